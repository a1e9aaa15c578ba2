"""``docs/security.md``: every statement ends with the test that holds it, or says that no check stops this."""

import re

import pytest

from tests import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
STATEMENTS = re.findall(r"^- (.*)$", PAGE, re.MULTILINE)
NO_CHECK = "no check stops this."
TEST = re.compile(r"`(tests/[^`:]+)::([^`]+)`")
LINES = 100
"""One page."""


def test_it_is_one_page_of_statements() -> None:
    assert len(PAGE.splitlines()) <= LINES
    # Whatever is no heading and no statement is the first paragraph.
    rest = re.sub(r"^(#.*|- .*|)$", "", PAGE, flags=re.MULTILINE).strip()
    assert "\n\n" not in rest and PAGE.index(rest[:40]) < PAGE.index("\n- ")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_ends_with_its_test_or_says_that_there_is_none(statement: str) -> None:
    tests = TEST.findall(statement)
    assert statement.endswith(NO_CHECK) or statement.endswith("`"), statement
    assert tests or NO_CHECK in statement, statement
    for path, name in tests:
        text = (ROOT / path).read_text("utf-8")
        if path.endswith(".py"):
            assert re.search(rf"^def {re.escape(name)}\(", text, re.MULTILINE), name
        else:
            assert re.search(rf"\bIt '{re.escape(name)}", text), name
