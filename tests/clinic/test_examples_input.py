"""Every example resolves without errors, and reads the same from its own resolved input."""

import json
from pathlib import Path

import pytest

from oqsgen.clinic.unanswered import unanswered
from tests.examples import EXAMPLES, FOLDER, read


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_have_no_errors_and_no_warnings(path: Path) -> None:
    profiles, problems = read(path)
    assert profiles
    assert [p for p in problems if p.severity != "info"] == []


def test_the_smallest_file_is_told_only_what_it_costs_on_site() -> None:
    _, problems = read(FOLDER / "smallest.yaml")
    assert [(p.code, p.severity) for p in problems] == [("SHARE_BY_HAND", "info")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_resolved_input_resolves_to_the_same_profile(path: Path, tmp_path: Path) -> None:
    for profile in read(path)[0]:
        text = json.dumps(profile.resolved_input(), ensure_ascii=False)
        (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
        again, problems = read(tmp_path / "again.yaml")
        assert [p for p in problems if p.severity != "info"] == []
        assert again == (profile,)
        assert unanswered(again[0]) == unanswered(profile)
        assert json.dumps(again[0].resolved_input(), ensure_ascii=False) == text


def test_an_answer_is_another_input_than_none(tmp_path: Path) -> None:
    """Also where it is what would hold without one: the sheet asks for it no more, so it is another bundle."""
    text = (FOLDER / "smallest.yaml").read_text("utf-8")
    (left_open,) = read(FOLDER / "smallest.yaml")[0]
    for key, answer in {
        "his.link": "his: {link: false}",
        "services.erx": "services: {erx: false}",
    }.items():
        (tmp_path / "clinic.yaml").write_text(f"{text}{answer}\n", "utf-8")
        (answered,) = read(tmp_path / "clinic.yaml")[0]
        assert unanswered(left_open).keys() - unanswered(answered).keys() == {key}
        assert answered.resolved_input() != left_open.resolved_input()


def test_the_examples_use_every_fact() -> None:
    seen = frozenset[str]().union(*(profile.facts for p in EXAMPLES for profile in read(p)[0]))
    assert {"autologon", "certprop", "locale-ja", "no-sync-signin", "ntt-pack"} <= seen
    assert {"t1", "t2", "t3", "e14", "old-install", "several-codes", "new-accounts"} <= seen
    assert {
        "update",
        "succession",
        "audit",
        "replace",
        "phone-generic",
        "his-nas",
        "staff",
        "wifi",
    } <= seen
