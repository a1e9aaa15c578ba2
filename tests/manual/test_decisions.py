"""What the documents leave open is decided once, for rows that exist, from pages that are printed."""

from typing import Any

import pytest

from oqsgen.manual.rows import rows
from oqsgen.manual.sources import cite
from oqsgen.resources import spec

DECISIONS: list[dict[str, Any]] = spec("decisions")


def test_each_is_named_once() -> None:
    names = [decision["id"] for decision in DECISIONS]
    contradictions = [f"b-{number:02}" for number in range(1, 63)]
    assert names == contradictions + [f"b-s{number}" for number in range(1, 9)]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision["id"])
def test_says_what_why_and_for_which_rows(decision: dict[str, Any]) -> None:
    assert set(decision) == {"id", "finding", "decision", "reason", "rows", "source"}
    for field in ("finding", "decision", "reason"):
        assert decision[field].endswith("。"), field
    assert decision["rows"] and set(decision["rows"]) <= {row.id for row in rows()}
    assert decision["source"] and all(cite(source) for source in decision["source"])
