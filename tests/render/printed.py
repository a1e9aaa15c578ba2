"""What a printed document says: the words of the data that its template reads."""

from collections.abc import Iterator
from typing import Any


def said(runs: Any) -> str:
    """Runs (``oqsgen/render/runs.py``) as text: ``□`` a box, ``＿`` an em of a line to write on."""
    return "".join(
        (
            "□"
            if "box" in run
            else "＿" * run.get("line", 0) + "".join(run.get("exact", ())) + run.get("text", "")
        )
        for run in runs
    )


def lines(content: dict[str, Any]) -> Iterator[str]:
    """The sheet's data as lines: each text, each row with its cells apart."""
    yield content["head"]
    for number, page in enumerate(content["pages"], 1):
        yield f"---- {number}: {page['density']['size']} pt"
        for block in page["blocks"]:
            yield from _block(block)


def _block(block: dict[str, Any]) -> Iterator[str]:
    for key, value in block.items():
        if key in ("kind", "columns", "tall", "alt") or not value:
            continue
        if key in ("rows", "pairs"):
            yield from (_row(row) for row in value)
        elif key in ("list", "lines", "header"):
            yield from (_cell(each) for each in value)
        else:
            yield _cell(value)


def _row(row: Any) -> str:
    return " | ".join(_cell(cell) for cell in (row.values() if isinstance(row, dict) else row))


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    return " ".join(cell) if cell and isinstance(cell[0], str) else said(cell)
