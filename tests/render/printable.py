"""Makes ``specs/printable.txt`` from the fonts of the checklist: ``python -m tests.render.printable``."""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

import noto_cjk_sans_jp_bold  # type: ignore[import-untyped]
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped]

from oqsgen.render.printable import TABLE

FONTS: tuple[Path, ...] = (
    noto_cjk_sans_jp_regular.FONT_PATH,
    noto_cjk_sans_jp_bold.FONT_PATH,
)


def characters(font: bytes) -> set[int]:
    """What a font maps to a glyph: the table `cmap` in its format for all of Unicode (12)."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {
        tag: offset
        for tag, _, offset, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    }
    cmap = tables[b"cmap"]
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for platform, encoding, offset in struct.iter_unpack(
        ">HHI", font[cmap + 4 : cmap + 4 + 8 * count]
    ):
        if (platform, encoding) != (3, 10):
            continue
        form, _, _, _, groups = struct.unpack_from(">HHIII", font, cmap + offset)
        assert form == 12
        start = cmap + offset + 16
        ranges = struct.iter_unpack(">III", font[start : start + 12 * groups])
        return {code for first, last, _ in ranges for code in range(first, last + 1)}
    raise AssertionError("the font has no table for all of Unicode")


def ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Numbers as runs of numbers that follow each other."""
    run: list[int] = []
    for code in sorted(codes):
        if run and code != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(code)
    if run:
        yield run[0], run[-1]


def table() -> str:
    """The text of ``specs/printable.txt``: what all fonts have, and which fonts they are."""
    fonts = [path.read_bytes() for path in FONTS]
    common = set.intersection(*(characters(font) for font in fonts))
    heads = [
        f"# {path.name} {hashlib.sha256(font).hexdigest()}"
        for path, font in zip(FONTS, fonts, strict=True)
    ]
    lines = [f"{first:x}-{last:x}" for first, last in ranges(common) if last >= 0x20]
    return "\n".join([*heads, *lines]) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
