"""``チェックリスト.pdf``: the sheet that an engineer works through, signs and leaves at the clinic."""

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

import noto_cjk_sans_jp_bold  # type: ignore[import-untyped]
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped]
import segno
import typst

from oqsgen.plan.step import HOW_JA, Step
from oqsgen.resources import folder
from oqsgen.text import by_four

# Typst would write the present time into the file. The same input has to give the same bytes on
# any day, so every checklist carries this one: 2025-01-01T00:00:00Z.
CREATED = 1735689600

_KEPT = 10
"""For how many compilations Typst keeps what they do not use."""

_UNPRINTABLE = re.compile(
    r'the text (?:contains the disallowed codepoint )?`"(?P<text>(?:[^"\\]|\\.)+)"`', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u\{(?P<hex>[0-9a-fA-F]+)\}|(?P<char>.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


class MissingGlyph(ValueError):  # noqa: N818 - named for what is missing, like KeyError's key
    """No font of the checklist can print ``character`` (with its combining marks, if any)."""

    def __init__(self, character: str) -> None:
        super().__init__(character)
        self.character = character


@dataclass(frozen=True)
class Facility:
    """``kind`` and ``hours`` as they are to be printed (医科, 09:00〜18:30)."""

    code: str
    name: str
    kind: str
    hours: str


@dataclass(frozen=True)
class Terminal:
    """``name`` is the computer name; ``os`` and ``form`` as they are to be printed."""

    name: str
    os: str
    form: str


@dataclass(frozen=True)
class Network:
    """All as it is to be printed: the line's provider, how it connects, where it starts from."""

    provider: str
    method: str
    topology: str


@dataclass(frozen=True)
class Operation:
    """How the terminal is switched on, restarted and updated, as it is to be printed.

    ``reboot`` is None where nothing restarts the terminal at a set time, ``windows_update`` None
    where a person looks for updates.
    """

    power: str
    reboot: str | None
    windows_update: str | None


@dataclass(frozen=True)
class Vendor:
    """Who does the work; None where the input leaves it open."""

    company: str | None
    engineer: str | None
    phone: str | None


@dataclass(frozen=True)
class Publisher:
    """Whose signature the bundle carries.

    ``fingerprint`` is the SHA-256 of the certificate as hex; ``last_day`` is the last day on which
    Windows accepts the signature, None where it does not end.
    """

    name: str
    fingerprint: str
    last_day: date | None


@dataclass(frozen=True)
class Bundle:
    """Which bundle this sheet belongs to. ``id`` is hex; ``publisher`` is None where unsigned."""

    id: str
    tool: str
    manual: str
    publisher: Publisher | None


@dataclass(frozen=True)
class Checklist:
    """All that the sheet says. ``mode`` is the kind of work in Japanese (新規導入), ``work`` its name
    in the title of the sheet (点検 チェックリスト).

    ``areas`` maps each area of ``steps`` to its heading.
    """

    facility: Facility
    terminal: Terminal
    network: Network
    operation: Operation
    mode: str
    work: str
    vendor: Vendor | None
    bundle: Bundle
    steps: Sequence[Step]
    areas: Mapping[str, str]


def checklist(data: Checklist) -> bytes:
    """The sheet as PDF/A-2a and PDF/UA-1, the same bytes for the same data.

    Safe to call from several threads, but not in a child forked after a call in its parent: Typst's
    worker threads do not survive a fork, and the child would wait for them. Start such children
    with ``spawn``.

    Raises:
        MissingGlyph: a text of ``data`` has a character that cannot be printed.
    """
    files: Any = {  # read by name and never looked for on a disk; Typst's own types leave this out
        "main.typ": _template(),
        "data.json": json.dumps(_content(data), ensure_ascii=False).encode(),
        "qr.svg": _qr(data.bundle.id),
    }
    # A compiler may not be used twice at a time, and costs next to nothing beside its fonts.
    compiler = typst.Compiler(font_paths=_fonts())
    _forget(compiler)
    # PDF/A is also what turns a character that no font has into an error; without it Typst would
    # print an empty box in a clinic's name and say nothing.
    try:
        pdf, warnings = compiler.compile_with_warnings(
            input=files, format="pdf", timestamp=CREATED, pdf_standards=["a-2a", "ua-1"]
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
    """The character of a text that the sheet could not print; None where it prints all of it."""
    source = (
        '#let say(fonts) = text(font: fonts, lang: "ja", region: "JP", fallback: false, '
        'ligatures: false, sys.inputs.at("text"))\n'
        "#set document(title: [title])\n"
    )
    fonts = re.findall(r"^#let (?:plain|exact) = (\(.*\))$", _template().decode(), re.MULTILINE)
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


def _forget(compiler: typst.Compiler) -> None:
    """Give back the memory of the document before this one; a first one has none before it.

    Typst keeps every piece of layout until ten compilations in a row have had no use for it: some
    350 MB for sheets of a hundred steps. Compiling nothing ten times takes a millisecond.
    """
    nothing: Any = {"main.typ": b""}
    for _ in range(_KEPT + 1):
        compiler.compile(input=nothing, format="svg")


def _content(data: Checklist) -> dict[str, Any]:
    """What the template reads. User text goes in here and nowhere else, so it stays text."""
    publisher = data.bundle.publisher
    numbered = enumerate(data.steps, start=1)
    areas = [
        {"heading": data.areas[area], "steps": [_step(number, step) for number, step in group]}
        for area, group in groupby(numbered, key=lambda item: item[1].area)
    ]
    return {
        "facility": asdict(data.facility),
        "terminal": asdict(data.terminal),
        "network": asdict(data.network),
        "operation": asdict(data.operation),
        "mode": data.mode,
        "work": data.work,
        "vendor": asdict(data.vendor) if data.vendor else None,
        "bundle": {
            "id": data.bundle.id,
            "groups": by_four(data.bundle.id).split(),
            "tool": data.bundle.tool,
            "manual": data.bundle.manual,
        },
        "publisher": publisher
        and {
            "name": publisher.name,
            "fingerprint": by_four(publisher.fingerprint).split(),
            "last_day": publisher.last_day and _day(publisher.last_day),
        },
        "areas": areas,
        "how": HOW_JA,
    }


def _step(number: int, step: Step) -> dict[str, Any]:
    return {
        "number": number,
        "how": step.how,
        "everyone": step.who == "everyone",
        "restart": step.restart,
        "title": step.title,
        "what": step.what,
        "check": step.check,
        "values": step.values,
        "source": [*_sources(step.source), *([f"{step.as_of} 時点"] if step.as_of else [])],
    }


def _sources(citations: Sequence[str]) -> list[str]:
    """``A P.1``, ``A P.50``, ``B P.3`` as ``A P.1、P.50``, ``B P.3``."""
    pages: dict[str, list[str]] = {}
    for citation in citations:
        document, page, number = citation.partition(" P.")
        pages.setdefault(document, []).append(page.strip() + number)
    return [f"{document} {'、'.join(filter(None, p))}".strip() for document, p in pages.items()]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _qr(text: str) -> bytes:
    image = io.BytesIO()
    segno.make(text, error="m", micro=False).save(image, kind="svg", border=4, xmldecl=False)
    return image.getvalue()


def _unprintable(message: str) -> str | None:
    """The character of Typst's message, which quotes it the way Rust writes a string."""
    match = _UNPRINTABLE.search(message)
    return match and _ESCAPE.sub(_unescaped, match["text"])


def _unescaped(match: re.Match[str]) -> str:
    if match["hex"]:
        return chr(int(match["hex"], 16))
    return _ESCAPED.get(match["char"], match["char"])


@cache
def _template() -> bytes:
    return (folder("templates") / "checklist.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The same fonts on every PC: ours and Typst's own, never those of the system."""
    packages = (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[package.FONT_PATH.parent for package in packages],
    )
