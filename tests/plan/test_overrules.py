"""``specs/overrules.yaml``: whatever a setting gives is in it, and what it says can be looked at."""

from collections.abc import Iterator

import pytest

from oqsgen.plan.kind import Action
from oqsgen.plan.overrules import Condition, Overrule, entries, given_by, overrules_of
from oqsgen.plan.step import Step
from oqsgen.subjects import KINDS
from tests.examples import EXAMPLES, example, plan_of

GENERIC = {"registry", "policy"}
"""Kinds whose steps are named by the values that they give."""


def action_of(step: Step) -> Action:
    return Action(step.kind, step.target, step.wanted)


def steps() -> Iterator[Step]:
    for path in EXAMPLES:
        for profile in example(path.stem):
            yield from plan_of(profile)


def set_by_steps() -> set[str]:
    """Kinds that the steps of the examples set, and values that they give."""
    return {name for step in steps() if step.how == "apply" for name in given_by(action_of(step))}


def overrules() -> list[Overrule]:
    return list(dict.fromkeys(overrule for entry in entries() for overrule in entry.by))


def test_no_kind_that_sets_and_no_value_that_a_setting_gives_is_left_out() -> None:
    setting = {kind.name for kind in KINDS.values() if kind.changes and not kind.waits} - GENERIC
    named = {name for entry in entries() for name in entry.settings}
    assert setting - named == set()
    values = {name for name in set_by_steps() if "\\" in name}
    assert len(values) >= 9
    assert values - named == set()
    # And nothing stands there that no kind is called, and that no step gives.
    known = set(KINDS) - GENERIC | {n for step in steps() for n in given_by(action_of(step))}
    assert named - known == set()


def test_what_nothing_overrules_says_where_that_was_looked_for() -> None:
    for entry in entries():
        assert bool(entry.by) != bool(entry.looked), entry.settings
        assert entry.by or len(entry.looked) > 30, entry.settings
    assert sum(not entry.by for entry in entries()) < len(entries()) / 2


@pytest.mark.parametrize("overrule", overrules(), ids=lambda o: f"{o.label}-{o.condition.name}")
def test_each_says_what_it_is_where_what_comes_of_it_and_what_to_do(overrule: Overrule) -> None:
    assert overrule.label and not overrule.label.endswith("。")
    for text in (overrule.effect, overrule.remedy):
        assert text.endswith("。")
    assert overrule.source
    for condition in (overrule.condition, *overrule.also):
        assert all(key.startswith(("HKLM\\", "HKCU\\")) for key in condition.at)
        assert not any(key.endswith("\\") for key in condition.at)
        assert bool(condition.data) == (condition.test != "any")


def test_only_the_steps_of_a_person_look_into_that_persons_registry() -> None:
    for entry in entries():
        places = {key for overrule in entry.by for key in overrule.condition.at}
        kinds = [KINDS[name] for name in entry.settings if name in KINDS]
        if any(key.startswith("HKCU") for key in places) and kinds:
            assert all("user" in kind.scopes for kind in kinds), entry.settings


def test_each_has_a_step_that_looks_at_it() -> None:
    looked_at = {(one["label"], one["name"]) for step in steps() for one in step.overrules}
    assert looked_at == {(one.label, one.condition.name) for one in overrules()}


def test_what_is_wanted_stands_in_the_place_of_its_name() -> None:
    step = next(step for step in steps() if step.id == "internet-time")
    (server,) = (one for one in step.overrules if one["name"] == "NtpServer")
    assert server["data"] == [f"ntp.base.oqs-pdl.org,0x{flags}" for flags in (1, 8, 9)]
    condition = Condition(("HKLM\\x",), "y", "is", ("<hours>", "<b"))
    assert condition.as_json({"hours": 8})["data"] == ["8", "<b"]
    with pytest.raises(KeyError):
        condition.as_json({})


def test_nothing_overrules_where_nothing_in_particular_is_wanted() -> None:
    asked = Action("update-mode", {"service": "update"}, {"mode": "automatic"})
    told = Action("update-mode", {"service": "update"}, {})
    assert not all(one["risk"] for one in overrules_of(asked))
    assert overrules_of(told) and all(one["risk"] for one in overrules_of(told))


def test_nothing_of_it_is_in_a_target_or_in_what_is_wanted() -> None:
    step = next(step for step in steps() if step.overrules)
    data = step.as_json()
    assert "overrules" not in (data["target"] or {}) and "overrules" not in (data["wanted"] or {})
    assert data["overrules"]
