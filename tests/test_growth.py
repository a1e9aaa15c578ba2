"""No input takes work that grows faster than the input does, and every limit is one that something keeps to."""

import re
from pathlib import Path

import pytest

from oqsgen import limits
from oqsgen.resources import PACKAGE
from tests.growth import SIZES, calls_in, inputs, pairs

RATIO = 1.5
"""Of the work for a kilobyte, between a longer input and the shortest."""


INPUTS, PAIRS = dict(inputs()), dict(pairs())


@pytest.mark.parametrize("name", INPUTS)
def test_work_grows_no_faster_than_its_input(name: str) -> None:
    make = INPUTS[name]
    make(1)[1]()  # what is read once in a process
    per_byte = [calls_in(work) / size for size, work in map(make, SIZES)]
    assert max(per_byte) <= RATIO * per_byte[0], f"{name}: {per_byte}"


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_long_is_gone_through_for_each_of_many(name: str) -> None:
    """Each further byte of both takes as much work as a byte before it."""
    make = PAIRS[name]
    make(1)[1]()
    (size, first), (longer, second), (longest, third) = (
        (size, calls_in(work)) for size, work in map(make, SIZES)
    )
    before, then = (second - first) / (longer - size), (third - second) / (longest - longer)
    assert then <= RATIO * before, f"{name}: {before}, {then}"


@pytest.mark.parametrize("name", [name for name, _ in limits.limits()])
def test_a_limit_is_kept_somewhere(name: str) -> None:
    texts = (path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "limits.py")
    # Imported, and then used.
    using = [text for text in texts if len(re.findall(rf"\b{name}\b", text)) > 1]
    assert using, name


def test_the_page_of_limits_is_what_the_table_says() -> None:
    page = Path(__file__).parents[1] / "docs" / "limits.md"
    assert page.read_text("utf-8") == limits.page(), "python tests/golden/regenerate.py"
