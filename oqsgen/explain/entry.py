"""What there is to say about one id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from oqsgen.manual.rows import row
from oqsgen.manual.sources import cite, cited_together

Sort = Literal["key", "value", "setting", "row", "problem", "exit"]

SORTS_JA: dict[Sort, str] = {
    "key": "clinic.yaml の項目",
    "value": "clinic.yaml の値",
    "setting": "手順",
    "row": "要件",
    "problem": "問題",
    "exit": "終了コード",
}
"""What each sort of id is called, in the order in which they are looked up."""


@dataclass(frozen=True)
class Entry:
    """One id: what it is in a few words and in more, and what else is known of it, each with its label."""

    sort: Sort
    id: str
    title: str
    text: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``oqsgen explain --format json``."""
        return {
            "sort": self.sort,
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "details": [{"label": label, "text": text} for label, text in self.details],
        }


def told(*details: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The details that have something to say."""
    return tuple((label, text) for label, text in details if text)


def named_rows(ids: Iterable[str]) -> str:
    """Rows by id and title."""
    return "、".join(f"{id}（{row(id).title}）" for id in ids)


def pages(sources: Iterable[str]) -> str:
    """Printed pages, each once and with its document."""
    return cited_together(map(cite, sources))
