"""Typst documents as PDF: the same fonts on every PC, the same bytes on any day, and no character that is not printed."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import noto_cjk_sans_jp_bold  # type: ignore[import-untyped]
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped]
import typst

from oqsgen.resources import folder

# Typst would write the present time into the file. The same input has to give the same bytes on
# any day, so every document carries this one: 2025-01-01T00:00:00Z.
CREATED = 1735689600

_UNPRINTABLE = re.compile(
    r'the text (?:contains the disallowed codepoint )?`"(?P<text>(?:[^"\\]|\\.)+)"`', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u\{(?P<hex>[0-9a-fA-F]+)\}|(?P<char>.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class MissingGlyph(ValueError):  # noqa: N818 - named for what is missing, like KeyError's key
    """No font of the documents can print ``character`` (with its combining marks, if any)."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


def typeset(name: str, files: Mapping[str, bytes]) -> bytes:
    """``templates/paper/<name>.typ`` as PDF/A-2a and PDF/UA-1; it finds ``files`` under their names, and nothing else.

    Typst takes over what it laid out in the last ten documents and finds here again with the same styles; the bytes are
    those without it.

    Safe to call from several threads, but not in a child forked after a call in its parent: Typst's
    worker threads do not survive a fork, and the child would wait for them. Start such children
    with ``spawn``.

    Raises:
        MissingGlyph: a text of the files has a character that cannot be printed.
    """
    # Read by name and never looked for on a disk; Typst's own types leave this out.
    sources: Any = {"main.typ": template(name), "paper.typ": template("paper"), **files}
    # A compiler may not be used twice at a time, and costs next to nothing beside its fonts.
    compiler = typst.Compiler(font_paths=_fonts())
    # PDF/A is also what turns a character that no font has into an error; without it Typst would
    # print an empty box in a clinic's name and say nothing.
    try:
        pdf, warnings = compiler.compile_with_warnings(
            input=sources, format="pdf", timestamp=CREATED, pdf_standards=["a-2a", "ua-1"]
        )
    except typst.TypstError as error:
        if character := _unprintable(error.message):
            raise MissingGlyph(character) from error
        raise
    if warnings:
        # An unknown font is only a warning to Typst, and nobody would see it on the way to paper.
        raise RuntimeError("; ".join(warning.message for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def missing_glyph(text: str) -> str | None:
    """The character of a text that no document could print; None where they print all of it."""
    source = (
        '#let say(fonts) = text(font: fonts, lang: "ja", region: "JP", fallback: false, '
        'ligatures: false, sys.inputs.at("text"))\n'
        "#set document(title: [title])\n"
    )
    fonts = re.findall(
        r"^#let (?:plain|exact) = (\(.*\))$", template("paper").decode(), re.MULTILINE
    )
    main = source + "".join(f"#say({names})\n" for names in fonts)
    compiler = typst.Compiler(font_paths=_fonts(), sys_inputs={"text": text})
    files: Any = {"main.typ": main.encode()}
    try:
        compiler.compile(input=files, format="pdf", timestamp=CREATED, pdf_standards=["a-2a"])
    except typst.TypstError as error:
        if character := _unprintable(error.message):
            return character
        raise
    return None


def _unprintable(message: str) -> str | None:
    """The character of Typst's message, which quotes it the way Rust writes a string."""
    match = _UNPRINTABLE.search(message)
    return match and _ESCAPE.sub(_unescaped, match["text"])


def _unescaped(match: re.Match[str]) -> str:
    if match["hex"]:
        return chr(int(match["hex"], 16))
    return _ESCAPED.get(match["char"], match["char"])


@cache
def template(name: str) -> bytes:
    """The source of ``templates/paper/<name>.typ``."""
    return (folder("templates") / "paper" / f"{name}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The same fonts on every PC: ours and Typst's own, never those of the system."""
    packages = (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[package.FONT_PATH.parent for package in packages],
    )
