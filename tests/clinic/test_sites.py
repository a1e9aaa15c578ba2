"""Sites as an office first wrote them: what is said of each is kept, and one round of it is enough."""

import difflib
from pathlib import Path

import pytest

from oqsgen.bundle import make_bundle
from oqsgen.cli.clinics import resolve_all
from oqsgen.input.clinic_text import read_text
from oqsgen.input.problems import has_errors
from oqsgen.text import columns
from tests.messages import WIDTHS, messages, said_of, sites

SITES = sites()


@pytest.mark.parametrize("path", messages(), ids=lambda path: path.stem)
def test_what_is_said_is_kept(path: Path) -> None:
    assert messages()[path] == path.read_text("utf-8"), "python tests/golden/regenerate.py"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_a_line_is_no_wider_than_the_terminal(path: Path, width: int) -> None:
    for line in said_of(path, width, path.name).splitlines():
        assert columns(line) <= width, line


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_one_round_is_enough(path: Path) -> None:
    profiles, problems = resolve_all([fixed(path)])
    assert profiles and not has_errors(problems), problems
    assert not [problem for problem in problems if problem.severity == "warning"]
    assert make_bundle(profiles[0][1], None).files


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_only_what_the_messages_say_was_changed(path: Path) -> None:
    """A line that is changed has a message; one that is added stands for a key that is missing."""
    _, problems = resolve_all([path])
    told = {p.line for p in problems if p.severity != "info"}
    missing = [p for p in problems if p.code == "MISSING_KEY"]
    before, after = lines_of(path), lines_of(fixed(path))
    added = 0
    for change, start, end, begin, stop in difflib.SequenceMatcher(
        None, before, after, False
    ).get_opcodes():
        if change in ("replace", "delete"):
            assert set(range(start + 1, end + 1)) <= told, (change, before[start:end])
        added += max(0, (stop - begin) - (end - start)) if change != "equal" else 0
    assert added <= len(missing)


def fixed(path: Path) -> Path:
    return path.with_suffix(".fixed.yaml")


def lines_of(path: Path) -> list[str]:
    source, problems = read_text(path)
    assert source, problems
    return source.text.splitlines()


def test_there_are_the_sites_of_the_trial() -> None:
    assert [path.stem for path in SITES] == ["01", "02", "03", "04", "05", "06a", "06b", "07", "08"]
