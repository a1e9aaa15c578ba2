"""The JSON Schema that editors get: it takes what is right, and refuses what ``oqsgen check`` refuses by its form."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, ValidationError

from oqsgen.clinic.overrides import one_root_each
from oqsgen.clinic.read import ClinicReader
from oqsgen.clinic.schema import SCHEMA_FILE, editor_line, json_schema
from oqsgen.input.yaml_reader import load
from tests import ROOT
from tests.command import Run
from tests.examples import EXAMPLES

INVALID = sorted((ROOT / "tests" / "invalid").glob("*.yaml"))
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

BEYOND_A_PATTERN = {
    "paths": {"his.paths.req"},  # a name that Windows has for a device
    "terminal-names": {"terminals[2].name", "terminals[3].name"},
    "staff-accounts": {"terminals[0].staff_accounts[1]"},  # Windows does not tell A from a
    "share-from": {f"his.share_from[{index}]" for index in (1, 2, 3, 4, 6, 7)},  # not a facility's
    "share-from-overlap": {"his.share_from[4]"},
    "visit": {"visit.from"},  # no such day
}
"""What a pattern cannot tell, and ``oqsgen check`` can."""


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it (core schema): no octal codes, no hours in base 60, no days."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", "~nN"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), [*first, ""]
    )
EditorLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_editors_read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=EditorLoader)


def refused(data: Any) -> dict[str, list[str]]:
    """The path of everything that the schema refuses, as ``oqsgen check`` writes paths, with why."""
    found: dict[str, list[str]] = {}
    for error in validator().iter_errors(data):
        for inner in _innermost(error):
            for path in _paths(inner):
                found.setdefault(path, []).append(inner.message)
    return found


def _innermost(error: ValidationError) -> Iterator[ValidationError]:
    """A group that may be empty is one of two forms: what is wrong is wrong in the group."""
    inner = [e for e in error.context or () if e.relative_path or e.validator != "type"]
    if not inner:
        yield error
    for each in inner:
        yield from _innermost(each)


def _paths(error: ValidationError) -> Iterator[str]:
    path = "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in error.absolute_path)
    if error.validator == "required":
        needed = error.schema["required"]
        yield from (f"{path}.{key}".lstrip(".") for key in needed if key not in error.instance)
    elif error.validator == "additionalProperties":
        allowed = error.schema["properties"]
        yield from (f"{path}.{key}".lstrip(".") for key in error.instance if key not in allowed)
    else:
        yield path.lstrip(".")


def wrong_by_form(path: Path) -> set[str]:
    """The YAML paths of what reading refuses, before any two keys are compared."""
    document, _ = load(path)
    if document is None or not _is_yaml(path):
        return set()
    reader = ClinicReader(str(path))
    root = reader.known_keys(document.root)
    for merged in one_root_each(str(path), root)[0]:
        reader.read(merged)
    return {problem.path for problem in reader.problems if problem.severity == "error"}


def _is_yaml(path: Path) -> bool:
    try:
        return as_editors_read(path) is not None
    except yaml.YAMLError:
        return False


def test_it_is_a_json_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema() == json.loads(json.dumps(json_schema()))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_right(path: Path) -> None:
    assert refused(as_editors_read(path)) == {}


WRONG_BY_FORM = [path for path in INVALID if wrong_by_form(path)]


@pytest.mark.parametrize("path", WRONG_BY_FORM, ids=lambda path: path.stem)
def test_what_check_refuses_by_form_is_refused(path: Path) -> None:
    found = refused(as_editors_read(path))
    missed = {where for where in wrong_by_form(path) if not _covers(found, where)}
    assert missed == BEYOND_A_PATTERN.get(path.stem, set())


def _covers(found: dict[str, list[str]], where: str) -> bool:
    """Whether something at ``where``, or at the group that it stands in, is refused."""
    return any(path in ("", where) or where.startswith((f"{path}.", f"{path}[")) for path in found)


def _keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in {"": schema, **schema["$defs"]}.items():
        for key, form in part["properties"].items():
            yield f"{name}.{key}", form


def test_every_key_and_every_word_is_explained_in_japanese() -> None:
    for name, form in _keys(json_schema()):
        assert JAPANESE.search(form["description"]) and form["title"], name
        for choice in (form, form.get("items", {})):
            if "enum" in choice:
                named = dict(zip(choice["enum"], choice["enumDescriptions"], strict=True))
                assert all(text for word, text in named.items() if word), name


def test_what_is_optional_may_be_left_empty() -> None:
    required = {"facility", "network", "power", "readers", "terminals"}
    assert set(json_schema()["required"]) == required
    smallest = as_editors_read(ROOT / "specs" / "examples" / "smallest.yaml")
    for name in set(json_schema()["properties"]) - required:
        assert refused({**smallest, name: None}) == {}, name
    for name in required:
        assert refused({**smallest, name: None}).keys() == {name}


@pytest.mark.parametrize("wrong", ["maybe", ["a", "b"], {"a": 1}, "a\nb", -1, 7.5])
def test_a_value_of_another_form_is_refused_at_its_place(wrong: Any) -> None:
    smallest = as_editors_read(ROOT / "specs" / "examples" / "smallest.yaml")
    for key in ("power", "generic_reader", "windows_update", "his", "readers", "options"):
        found = refused({**smallest, key: wrong})
        assert found and all(re.match(rf"{key}\b", path) for path in found), key
    hour = refused({**smallest, "windows_update": {"hour": wrong}})
    assert list(hour) == ["windows_update.hour"]


def test_a_terminal_overrides_what_it_likes_and_no_more() -> None:
    smallest = as_editors_read(ROOT / "specs" / "examples" / "smallest.yaml")

    def with_override(override: Any) -> Any:
        return refused(
            {**smallest, "terminals": [{**smallest["terminals"][0], "override": override}]}
        )

    assert with_override({"network": {"dns": {"nic": "イーサネット"}}, "power": "manual"}) == {}
    assert with_override({"power": "maybe"}).keys() == {"terminals[0].override.power"}
    assert with_override({"terminals": []}).keys() == {"terminals[0].override.terminals"}


def test_the_verb_writes_it(run: Run, tmp_path: Path) -> None:
    shown = run("schema")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert json.loads(shown.stdout) == json_schema()
    done = run("schema", "--output", SCHEMA_FILE)
    assert (done.returncode, done.stdout) == (0, "")
    assert editor_line() in done.stderr
    assert json.loads((tmp_path / SCHEMA_FILE).read_text("utf-8")) == json_schema()


def test_no_other_file_is_overwritten(run: Run, tmp_path: Path) -> None:
    (tmp_path / "clinic.yaml").write_text("power: auto\n")
    done = run("schema", "-o", "clinic.yaml")
    assert done.returncode == 2 and ".json" in done.stderr
    assert (tmp_path / "clinic.yaml").read_text() == "power: auto\n"
    nowhere = run("schema", "-o", "no/such/folder.json")
    assert nowhere.returncode == 1 and "ありません" in nowhere.stderr
