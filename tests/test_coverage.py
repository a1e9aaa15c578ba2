"""Each requirement row is done as far as it can be, or the page says why not."""

import pytest
from test_golden import HINT, regenerate

from oqsgen.catalogue import Row, rows
from oqsgen.coverage import falls_short
from oqsgen.document import load
from oqsgen.plan import make_plan
from oqsgen.site import resolve

STEPS = [
    step
    for example in regenerate.examples()
    for site in resolve(load(example)[0])[0]
    if site.job.mode != "audit"
    for step in make_plan(site)
]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_is_done_as_far_as_it_can_be_or_says_why_not(row: Row) -> None:
    assert falls_short(row, STEPS) == bool(row.reason) or row.how in ("plan", "note")


def test_the_page_is_as_the_rows_are() -> None:
    assert regenerate.COVERAGE.read_text("utf-8") == regenerate.coverage_page(), HINT
