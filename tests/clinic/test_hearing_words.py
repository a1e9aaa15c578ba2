"""``specs/words.yaml`` and the model: every choice has its names, and a name means what its choice does."""

from typing import Any, Literal, get_args, get_origin

import pytest
import yaml

from oqsgen import resources
from oqsgen.clinic import model, words
from tests.growth import groups as places
from tests.growth import schema_of

SPEC = resources.spec("words")
GROUPS: list[Any] = SPEC["choices"]


def literals() -> set[tuple[str, ...]]:
    """The choices of the model's keys."""
    return {get_args(value) for value in vars(model).values() if get_origin(value) is Literal}


def keys() -> set[str]:
    return {name for place in [(), *places(model.Clinic)] for name, _, _ in schema_of(place)}


def test_every_choice_of_the_model_has_a_group_and_no_group_is_of_nothing() -> None:
    assert {frozenset(group["names"]) for group in GROUPS} == {
        frozenset(each) for each in literals()
    }


@pytest.mark.parametrize("choices", sorted(literals()), ids="-".join)
def test_a_choice_is_called_something_else_than_the_others(choices: tuple[str, ...]) -> None:
    titles = [words.title(choices, choice) or choice for choice in choices]
    assert len(set(titles)) == len(titles)
    for choice, title in zip(choices, titles, strict=True):
        for text in (choice, choice.upper(), title, f" {title}　"):
            assert words.meant(choices, text) == (choice,), text


def test_a_name_is_written_once_for_a_choice() -> None:
    for group in GROUPS:
        for choice, names in group["names"].items():
            plain = [words.plain(name) for name in names]
            assert len(set(plain)) == len(plain), choice
    assert not {*map(words.plain, SPEC["yes"])} & {*map(words.plain, SPEC["no"])} - {""}


def test_names_of_keys_and_forms_are_of_keys_that_there_are() -> None:
    assert SPEC["keys"].keys() | SPEC["forms"].keys() <= keys()


@pytest.mark.parametrize("key", SPEC["forms"])
def test_a_form_is_yaml_that_its_key_takes(key: str) -> None:
    document = yaml.safe_load(words.form(key))
    assert list(document) == [key] and document[key]


@pytest.mark.parametrize(
    ("name", "group", "key"),
    [
        ("電子処方箋", ["erx", "emr"], "erx"),
        ("ﾚｾｺﾝ", ["his", "readers"], "his"),
        ("Reader", ["readers"], "readers"),
        ("serial", ["name", "os"], ""),
        ("メーカー", ["vendor", "account"], "vendor"),
    ],
)
def test_a_key_that_is_meant(name: str, group: list[str], key: str) -> None:
    assert words.key_meant(name, group) == key


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("はい", True),
        ("有り", True),
        ("○", True),
        ("Y", True),
        ("×", False),
        ("なし", False),
        ("？", None),
        ("", None),
    ],
)
def test_yes_and_no(text: str, answer: bool | None) -> None:
    assert words.flag(text) is answer


@pytest.mark.parametrize(
    ("text", "choices", "choice"),
    [
        ("panasonik", model.ReaderVendor, "panasonic"),
        ("パナソニツク", model.ReaderVendor, "panasonic"),
        ("win11-iot-ltsc-2019", model.Os, "win10-iot-ltsc-2019"),
        ("フレッツ光ネクスト", model.Provider, ""),
        ("ソフトバンク", model.Provider, ""),
        ("・", model.Power, ""),
    ],
)
def test_a_choice_that_is_nearly_written(text: str, choices: Any, choice: str) -> None:
    hint = words.near(text, get_args(choices))
    assert hint == (f"（もしかして: {choice}）" if choice else "")
