"""How two plans differ: what ``oqsgen diff`` is told by the pure half."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oqsgen.compare.difference import Difference, difference
from oqsgen.compare.side import Side, of_profile, plan_steps
from oqsgen.seal.verify.finding import SealError
from tests.clinic.test_resolve import profile_of, terminal
from tests.examples import EXAMPLES, profiles_of


@pytest.fixture
def side(tmp_path: Path) -> Any:
    def make(**keys: Any) -> Side:
        return of_profile(profile_of(tmp_path, **keys))

    return make


def said(found: Difference) -> dict[str, dict[str, tuple[str, str]]]:
    """Step → label → old and new."""
    return {c.step.id: {x.label: (x.old, x.new) for x in c.changes} for c in found.changed}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_differs_from_itself(path: Path) -> None:
    for profile in profiles_of(path):
        assert difference(of_profile(profile), of_profile(profile)).nothing


def test_another_hour_is_said_in_the_plans_labels(side: Any) -> None:
    old, new = ({"reboot": {"time": t}, "windows_update": {"hour": 6}} for t in ("02:13", "03:17"))
    found = difference(side(**old), side(**new))
    assert [(c.label, c.old, c.new) for c in found.keys] == [("reboot.time", "02:13", "03:17")]
    assert (found.added, found.removed) == ((), ())
    old_value, new_value = said(found)["daily-restart"]["トリガー"]
    assert "02:13" in old_value and "03:17" in new_value
    assert [step.id for step in found.on_pc] == ["daily-restart"]
    assert found.print_again and found.pages


def test_steps_come_and_go_with_who_switches_the_pc_on(side: Any) -> None:
    found = difference(side(), side(power="manual"))
    assert {"active-hours", "wu-manual-mode"} <= {step.id for step in found.added}
    assert {"daily-restart", "windows-update"} <= {step.id for step in found.removed}
    assert [step.id for step in found.on_pc] == ["active-hours"]
    assert [step.id for step in found.left_on_pc] == ["daily-restart", "windows-update"]
    back = difference(side(power="manual"), side())
    assert (back.added, back.removed) == (
        tuple(s for s in back.new.steps if s.id in {x.id for x in found.removed}),
        tuple(s for s in back.old.steps if s.id in {x.id for x in found.added}),
    )


def test_what_a_person_did_and_the_pc_now_does_is_a_setting_of_the_pc(side: Any) -> None:
    found = difference(side(his={"share_account": None}), side(his={"share_account": "receiptcom"}))
    assert {"share-account", "share-face"} <= {step.id for step in found.on_pc}
    assert "share-by-hand" in {step.id for step in found.removed}


def test_words_of_the_sheet_alone_are_to_be_printed_again(side: Any) -> None:
    found = difference(side(), side(vendor={"company": "見本", "phone": "03-0000-0000"}))
    assert (found.added, found.removed, found.on_pc) == ((), (), ())
    assert found.print_again and found.pages


def test_a_state_without_a_value_is_said_by_its_fields_label(side: Any) -> None:
    found = difference(side(), side(power="manual"))
    assert said(found)["windows-update-mode"]["Windows Update"] == ("自動", "（なし）")


def test_another_edition_and_another_publisher(side: Any) -> None:
    old = replace(side(), signer="a" * 64, id="1" * 32)
    other = difference(old, replace(side(), manual="3.23", pages=None, id="2" * 32))
    assert [(c.label, c.old, c.new) for c in other.versions] == [("手順書", "3.22", "3.23")]
    assert other.print_again and other.pages is None and not other.nothing
    publisher = difference(old, replace(side(), signer="b" * 64))
    assert publisher.print_again and publisher.pages == () and publisher.other_publisher
    assert not difference(old, replace(side(), signer="a" * 64, id="2" * 32)).print_again


def test_json_is_plain(side: Any) -> None:
    found = difference(side(), side(terminals=terminal(name="OQS-02"), power="manual"))
    assert json.loads(json.dumps(found.as_json())) == found.as_json()
    assert found.as_json()["new"].endswith("_OQS-02")


DEEP: list[Any] = []
for _ in range(100):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "plan",
    [
        {},
        {"steps": None},
        {"steps": {"id": "a"}},
        {"steps": [1]},
        {"steps": [{}]},
        {"steps": [{"id": ""}]},
        {"steps": [{"id": 1}]},
        {"steps": [{"id": "a"}, {"id": "a"}]},
        {"steps": [{"id": "a", "wanted": DEEP}]},
    ],
)
def test_a_plan_of_another_form_is_refused(plan: Any) -> None:
    with pytest.raises(SealError, match="手順"):
        plan_steps(plan)


@pytest.mark.parametrize(
    "odd",
    [
        {"values": 1},
        {"values": [1, {"label": 2}]},
        {"wanted": [1, [2], {"a": None}]},
        {"how": {}, "title": []},
        {"target": "x", "kind": ["k"]},
    ],
)
def test_odd_fields_of_a_step_are_borne(odd: Any, side: Any) -> None:
    steps = plan_steps(
        {
            "kinds": {"k": 1, "l": {"fields": [1, {"name": "a", "label": "b", "words": 3}]}},
            "steps": [{"id": "a", **odd}],
        }
    )
    found = difference(side(), replace(side(), steps=steps, input=odd))
    json.dumps(found.as_json())
    json.dumps(difference(found.new, found.old).as_json())
