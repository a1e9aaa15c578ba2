"""What the PC hands over while a person does a step."""

from pathlib import Path

import pytest

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from tests.examples import EXAMPLES, profiles_of
from tests.pc.columns import width

LABEL = 24
"""Columns that a label has in the line of the window."""


def decided(profile: TerminalProfile) -> set[str]:
    """Names under which the pass knows the portal's passwords."""
    steps = [step for step in make_plan(profile) if step.kind == "portal-password"]
    return {f"portal {one['account']}" for s in steps for one in (s.wanted or {})["accounts"]}


def told(step: Step) -> str:
    return "\n".join((step.what, *(value for _, value in step.values)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_handed_over_is_what_the_step_tells(path: Path) -> None:
    """Under names that can be told apart; it is never a password that somebody has decided."""
    for profile in profiles_of(path):
        for step in make_plan(profile):
            if not step.gives:
                continue
            assert step.scope == "user" and step.how in ("guided", "manual") and not step.secrets
            labels = [given.label for given in step.gives]
            assert len(set(labels)) == len(labels)
            lines = {label for label, _ in step.values}
            for given in step.gives:
                assert 0 < width(given.label) <= LABEL
                assert not given.of or given.of in lines
                if given.secret:
                    assert not given.value and given.secret in decided(profile)
                else:
                    assert given.value.strip() == given.value != ""
                    assert given.value in told(step), (step.id, given)
                    assert "パスワード" not in given.label
