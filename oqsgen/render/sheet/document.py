"""The pages of one terminal's sheet, and the sheet as PDF."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import segno

from oqsgen.render.sheet import tables
from oqsgen.render.sheet.about import FEW, About
from oqsgen.render.sheet.blocks import blocks
from oqsgen.render.typeset import typeset
from oqsgen.resources import spec
from oqsgen.text import by_four

_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")


def sheet(about: About) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1, the same bytes for the same data.

    Long names make it denser before they make it longer. Raises MissingGlyph: a text has a character that cannot be
    printed.
    """
    head = content(about)
    pages = head.pop("pages")
    files = {"head.json": _json(head), "qr.svg": _qr(about.bundle)}
    for by in range(len(spec("sheet")["densities"])):
        denser = [_denser(page, by) for page in pages]
        pdf = typeset("sheet", {**files, "pages.json": _json(denser)})
        if _count(pdf) == len(pages):
            break
    return pdf


def content(about: About) -> dict[str, Any]:
    """What the template reads. User text goes in here and nowhere else, so it stays text."""
    titles = spec("sheet")["titles"][about.mode]
    facility, terminal = about.profile.facility.name, about.profile.terminal.name
    return {
        "title": f"{titles['title']}　{facility}　{terminal}",
        "head": f"{facility}　{terminal}　{titles['short']}",
        "bundle": " ".join(by_four(about.bundle).split()[:2]),
        "pages": list(_pages(about)),
    }


def _pages(about: About) -> Iterator[dict[str, Any]]:
    densities = spec("sheet")["densities"]
    for page in spec("sheet")["pages"][about.mode]:
        yield {"density": densities[page["density"]], "blocks": list(blocks(about, page["blocks"]))}
    if more := list(_tables(about)):
        yield {"density": densities[0], "blocks": more}


def _denser(page: dict[str, Any], by: int) -> dict[str, Any]:
    """The page so many densities on, the last one at most."""
    densities = spec("sheet")["densities"]
    return {
        **page,
        "density": densities[min(densities.index(page["density"]) + by, len(densities) - 1)],
    }


def _tables(about: About) -> Iterator[dict[str, Any]]:
    """A hospital's many readers or staff accounts have a page of their own."""
    if tables.long(about):
        yield from tables.account_table(about)
    if sum(number.person is not None for number in about.numbers) > FEW:
        yield from tables.persons(about)


def _count(pdf: bytes) -> int:
    """How many pages a document of Typst has."""
    count = _PAGES.search(pdf)
    assert count is not None
    return int(count[1])


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _qr(text: str) -> bytes:
    image = io.BytesIO()
    segno.make(text, error="m", micro=False, mask=0).save(
        image, kind="svg", border=4, xmldecl=False
    )
    return image.getvalue()
