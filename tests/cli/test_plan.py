"""``oqsgen plan`` as a person reads it: the manual's works, each with how many steps are done in which way."""

import re
from pathlib import Path

import pytest

from oqsgen.manual.rows import areas
from oqsgen.manual.sources import cite
from oqsgen.plan.step import HOW_JA
from oqsgen.resources import spec
from tests.command import Run
from tests.examples import EXAMPLES, plan_of, profiles_of

COUNTS = re.compile(r"^(.*)（(\d+) 手順: (.*)）$")


def counted(text: str) -> tuple[str, int, dict[str, int]]:
    """What a heading is of, how many steps there are, and how many of each way."""
    heading = COUNTS.match(text)
    assert heading, text
    by_how = dict(part.split(" ") for part in heading[3].split("、"))
    return heading[1], int(heading[2]), {name: int(count) for name, count in by_how.items()}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_steps_stand_under_the_manuals_works_with_their_number(path: Path, run: Run) -> None:
    done = run("plan", path)
    assert done.returncode == 0
    whole = done.stdout.split("端末 ")[1:]
    for profile, text in zip(profiles_of(path), whole, strict=True):
        first, *rest = text.split("\n\n")
        steps = plan_of(profile)
        name, number, by_how = counted(first.strip())
        assert (name, number) == (profile.terminal.name, len(steps))
        headings = [counted(block.splitlines()[0]) for block in rest]
        assert [title for title, _, _ in headings] == [
            title for area, title in areas().items() if area in {step.area for step in steps}
        ]
        assert sum(of_area for _, of_area, _ in headings) == number == sum(by_how.values())
        for how in HOW_JA.values():
            assert sum(each.get(how, 0) for _, _, each in headings) == by_how.get(how, 0)
        assert len(re.findall(r"^ *\d+\. \[", text, re.MULTILINE)) == number
        assert all(re.search(rf"^ {{8}}{step.id}\b", text, re.MULTILINE) for step in steps)
        for line in re.findall("^ {8}.* — (.*)$", text, re.MULTILINE):
            assert all(
                line.count(title) <= 1 for title in map(cite, spec("documents")["documents"])
            )
