"""The codes of problems and findings, and the codes with which something ends."""

from collections.abc import Iterator
from typing import Any

from oqsgen.explain.entry import Entry, named_rows, pages, told
from oqsgen.resources import spec

FOUND_BY = {"build": "oqsgen build", "bundle": "oqsgen verify、oqsgen diff"}
ENDS_OF = {"command": "oqsgen のコマンド", "pc": "施設の PC で開いた 1_適用、2_確認、3_元に戻す"}


def problem_entries() -> Iterator[Entry]:
    """An entry for each code of a problem: of a clinic's file and of the PC, then of builds and bundles."""
    for code, about in spec("problems").items():
        yield _problem(code, about)
    for group, codes in spec("findings").items():
        for code, about in codes.items():
            yield _problem(code, about, FOUND_BY[group])


def _problem(code: str, about: Any, found_by: str = "") -> Entry:
    requirement = about.get("requirement")
    source = about.get("source")
    return Entry(
        "problem",
        code,
        about["title"],
        "",
        told(
            ("すること", about["fix"]),
            ("見つけるもの", found_by),
            ("要件", named_rows([requirement] if requirement else [])),
            ("出典", pages([source] if source else [])),
        ),
    )


def exit_entries() -> Iterator[Entry]:
    """An entry for each code with which a command, or a start on the PC, ends."""
    for group, codes in spec("exit-codes").items():
        for code, about in codes.items():
            details = told(("何の", ENDS_OF[group]), ("すること", about["fix"]))
            yield Entry("exit", str(code), about["title"], "", details)
