"""What the PC hands over while a person does a step."""

import re
from pathlib import Path

import pytest

from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from tests.examples import EXAMPLES, profiles_of
from tests.pc.columns import width

LABEL = 24
"""Columns that a label has in the line of the window."""


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
            labels = [label for label, _ in step.gives]
            assert len(set(labels)) == len(labels)
            for label, value in step.gives:
                assert 0 < width(label) <= LABEL and value.strip() == value != ""
                assert value in told(step), (step.id, value)
                assert not re.search("パスワード", label)
