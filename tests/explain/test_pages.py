"""``docs/settings.md`` and ``docs/problems.md`` are what the data say now, and have every id."""

import re

from oqsgen.explain import pages
from oqsgen.explain.lookup import entries
from tests.build.test_golden import HINT, regenerate


def test_the_pages_are_current() -> None:
    assert regenerate.SETTINGS.read_text("utf-8") == pages.settings_page(), HINT
    assert regenerate.PROBLEMS.read_text("utf-8") == pages.problems_page(), HINT


def test_each_id_has_a_row() -> None:
    page = pages.settings_page()
    assert re.findall(r"^\| `([a-z_.0-9]+)` ", page, re.MULTILINE) == [e.id for e in entries("key")]
    settings = re.findall(r"^\| \[([a-z0-9-]+)\]", page, re.MULTILINE)
    assert sorted(settings) == sorted(each.id for each in entries("setting"))
    problems = pages.problems_page()
    codes = re.findall(r"^\| `?([A-Z0-9_]+)`? ", problems, re.MULTILINE)
    assert codes == [each.id for each in (*entries("problem"), *entries("exit"))]


def test_each_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for page in (pages.settings_page(), pages.problems_page()):
        for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(widths) == 1, table[:200]
