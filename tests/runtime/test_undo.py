"""Undoing leaves alone what others changed, and that alone: for every kind that sets, and every field that it finds.

``undo-cases.ps1`` says what others may do to each field; a field that is not in it fails here, as does
a new kind. ``undo.ps1`` applies, lets them do it, and undoes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.kind import Kind, names
from oqsgen.subjects import KINDS
from tests import ROOT
from tests.pc.shell import run_file

pytestmark = pytest.mark.needs("pwsh")

SETTING = {
    name: kind
    for name, kind in KINDS.items()
    if not kind.waits and any(field.ours for field in kind.found)
}


def entries(value: Any, by: str) -> dict[str, Any]:
    """The entries of a field by what they are told apart by."""
    if isinstance(value, dict):
        return value
    return {str(one[by]) if by else one: one for one in value or ()}


def differs(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None, field: str) -> bool:
    """Whether two states differ in a field, or one of them has none of it."""
    one, other = first or {}, second or {}
    return (field in one) != (field in other) or one.get(field) != other.get(field)


def came_of(kind: str, folder: Path, **more: bool) -> Any:
    """What ``undo.ps1`` says of a kind."""
    script = ROOT / "tests" / "runtime" / "undo.ps1"
    done = run_file(script, {"Name": kind, **more}, {"OQSGEN_FAKE": str(folder)})
    assert not done.errors, done
    return json.loads(done.output)


@pytest.mark.parametrize("kind", SETTING.values(), ids=SETTING)
def test_others_changes(kind: Kind, tmp_path: Path) -> None:
    answer = came_of(kind.name, tmp_path)
    results = answer["results"]
    changed = {result["field"] for result in results}
    assert changed | set(answer["never"]) == names(kind.found), "a field is left out"
    assert not changed & set(answer["never"])
    ours = {field.name for field in kind.found if field.ours}
    # Somebody changes each of them and nothing is undone; what is told only as "as before" cannot be another value.
    for result in results:
        where = f"{result['case']}, {result['change']}: {result['status']} {result['message']}"
        assert result["applied"].split()[0] in ("changed", "restart"), (where, result["applied"])
        assert result["after"] is not None or result["before"] is not None
        # The change is one, in this field, to one of those who look.
        assert any(
            differs(result["after"], result[how], result["field"]) for how in ("found", "seen")
        ), where
        if result["expected"] is None and result["field"] in ours and "+" not in result["change"]:
            left_alone(result, where)
        else:
            undone(result, where)
    left = {result["field"] for result in results if result["status"] == "drift"}
    told = {result["field"] for result in results if result["status"] in ("ok", "unknown")}
    # One that has only two values, of which the other one is what was there before, is as before.
    two = {
        result["field"]
        for result in results
        if isinstance((result["before"] or {}).get(result["field"]), bool)
    }
    assert ours <= left | told | two


@pytest.mark.parametrize("name", ["credential", "shortcut", "task", "user", "vendor-task"])
def test_what_0_1_0_found_there_comes_back(name: str, tmp_path: Path) -> None:
    """Its PCs here had none of these before; a clinic's may have had."""
    results = came_of(name, tmp_path, Older=True)["results"]
    assert results[0]["change"] == ""
    for result in results:
        where = f"{result['case']}, {result['change']}: {result['status']} {result['message']}"
        assert result["before"] is not None
        # What its form leaves open nobody can have changed.
        told = result["field"] in result["after"]
        if told and result["label"] and result["expected"] is None:
            left_alone(result, where)
        else:
            undone(result, where)


def left_alone(result: Mapping[str, Any], where: str) -> None:
    """One of ours is another: nothing is touched, and label and value are said."""
    assert result["status"] == "drift", where
    assert result["same"] and result["open"] == 1, where
    assert result["says"] in result["message"], where
    assert result["label"] in result["message"] or result["found"] is None, where


def undone(result: Mapping[str, Any], where: str) -> None:
    """Another field is another: ours goes back, and what others changed stays."""
    status = result["status"]
    assert status == (result["expected"] or status), where
    if status in ("ok", "unknown"):
        assert result["same"] and (result["says"] or "") in result["message"], where
        return
    if status in ("manual", "drift"):
        assert result["same"] and result["open"] == 1 and result["expected"] == status, where
        assert (result["says"] or "") in result["message"], where
        return
    assert status in ("changed", "restart"), where
    assert result["open"] == 0, where
    final, before, found = result["final"], result["before"], result["found"]
    if before is None:
        assert final is None, where
        return
    for name in before:
        value = final.get(name)
        if name in result["derived"]:
            continue
        if name in result["with"]:
            assert value == found[name], (where, name, value)
        elif not differs(result["after"], found, name) or name not in result["after"]:
            # Nobody's change, or a state of another shape: what was before us is there again.
            assert value == before[name], (where, name, value)
        elif result["stays"] is not None:
            continue
        elif name in result["entries"]:
            by = result["entries"][name]
            assert entries(value, by) == merged(result, name, by), (where, name, value)
        elif result["expected"] is None:
            assert value == result["seen"].get(name), (where, name, value)
    assert result["stays"] is not False, where


def merged(result: Mapping[str, Any], name: str, by: str) -> dict[str, Any]:
    """The entries of a field that should be left: as before, but for those that others changed."""
    before, after, found = (
        entries((result[state] or {}).get(name), by) for state in ("before", "after", "found")
    )
    left = dict(before)
    for key in {*after, *found}:
        if after.get(key) == found.get(key):
            continue
        if result["expected"] and key in found:
            # What the kind takes for the same goes back.
            continue
        left.pop(key, None)
        if key in found:
            left[key] = found[key]
    return left


def test_no_case_is_of_a_kind_that_is_not_there() -> None:
    text = (ROOT / "tests" / "runtime" / "undo-cases.ps1").read_text("utf-8")
    cases = {
        line.split("'")[1] for line in text.splitlines() if line.startswith("        kind = '")
    }
    assert cases == SETTING.keys()
