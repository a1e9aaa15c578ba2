"""Each requirement row is done as far as it can be, or the page says why not."""

import pytest

from oqsgen.manual.coverage import falls_short
from oqsgen.manual.rows import Row, rows
from tests.build.test_golden import HINT, regenerate
from tests.examples import EXAMPLES, example, plan_of

STEPS = [
    step
    for path in EXAMPLES
    for profile in example(path.stem)
    if profile.job.mode != "audit"
    for step in plan_of(profile)
]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_is_done_as_far_as_it_can_be_or_says_why_not(row: Row) -> None:
    assert falls_short(row, STEPS) == bool(row.reason) or row.how in ("plan", "note")


def test_the_page_is_as_the_rows_are() -> None:
    assert regenerate.COVERAGE.read_text("utf-8") == regenerate.coverage_page(), HINT
