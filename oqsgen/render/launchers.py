"""The files that a person double-clicks, and the text that they show.

A launcher is ASCII with CRLF: cmd.exe reads it in whatever code page the PC has. Everything that it
says stands in ``launcher.txt``, which its PowerShell command reads as data, but for the one message
for when that file is missing.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from oqsgen import resources
from oqsgen.clinic.model import Mode
from oqsgen.render.passes import PASSES
from oqsgen.text import wrapped

REGISTER: Final = "0_発行者を登録.cmd"
TEXT: Final = "launcher.txt"

LINE_LIMIT: Final = 8191
"""What cmd.exe takes as one line, lines joined with ``^`` counted as one."""

COLUMNS: Final = 78
"""Of a window that a launcher writes into."""

FILLED_IN: Final = 10
"""Columns that are kept for what is filled into a text: a date, a place."""

INCOMPLETE: Final = (
    "このフォルダーの中身がそろっていません。何も変更していません。\n"
    "ZIP ファイルの中で開いたときは、先に ZIP を「すべて展開」してください。\n"
    "コピーの途中で抜いたときは、フォルダーごとコピーし直してください。\n\n"
    "何かキーを押すと、この画面を閉じます。"
)
"""Shown where ``launcher.txt`` or ``terminal.ps1`` is missing, so it stands in each launcher."""

_COMMENTS: Final = {
    "Apply": "applies the settings.",
    "Verify": "checks the settings.",
    "Rollback": "puts the settings back.",
    "Publisher": "registers the publisher on this PC, or withdraws it.",
}


def launchers(*, mode: Mode, signed: bool, publisher: str | None) -> dict[str, bytes]:
    """The launchers of a bundle and their text, by file name.

    ``publisher`` is the SHA-256 of the signer certificate's DER as hex, in any case, with or
    without separators; ``None`` exactly where the bundle is not signed. An audit gets no launcher
    that changes anything but the publisher's registration; an unsigned bundle gets launchers that
    say why they cannot run.
    """
    if signed != (publisher is not None):
        raise ValueError("a signed bundle needs its publisher, an unsigned one has none")
    fingerprint = "".join(c for c in publisher or "" if c not in " :-\t\r\n").upper()
    if signed and not (len(fingerprint) == 64 and set(fingerprint) <= set("0123456789ABCDEF")):
        raise ValueError("the publisher is not a SHA-256 in hex")
    passes = {"Verify": PASSES["Verify"]} if mode == "audit" else PASSES
    template = "pass.cmd.j2" if signed else "unsigned.cmd.j2"
    files = {file: _launcher(template, mode, fingerprint) for mode, file in passes.items()}
    if signed:
        files[REGISTER] = _launcher("publisher.cmd.j2", "Publisher", fingerprint)
    files[TEXT] = _text()
    return files


def escape(text: str) -> str:
    r"""ASCII that .NET's ``[regex]::Unescape`` turns back into ``text``.

    Only letters, digits and spaces stay as they are, so nothing in it means anything to cmd.exe.
    """
    return "".join(
        c if c == " " or (c.isascii() and c.isalnum()) else _escaped(c.encode("utf-16-be"))
        for c in text
    )


def _escaped(units: bytes) -> str:
    return "".join(f"\\u{units[i]:02X}{units[i + 1]:02X}" for i in range(0, len(units), 2))


@cache
def _half() -> tuple[str, ...]:
    """The PowerShell that ``1_適用.cmd`` has run with administrator rights, in lines for ``set``.

    It is longer than one command of cmd.exe, so it goes to PowerShell as variables.
    """
    text = _environment().get_template("half.j2").render()
    return tuple(line.strip() for line in re.findall(r'^ "(.*)" \^$', text, re.MULTILINE))


@cache
def _launcher(template: str, mode: str, publisher: str) -> bytes:
    half = _half()
    text = (
        _environment()
        .get_template(template)
        .render(
            mode=mode,
            what=f"{mode}: {_COMMENTS[mode]}",
            publisher=publisher,
            incomplete=escape(INCOMPLETE),
            half="\n".join(f'set "OQSGEN_HALF_{n}={line}"' for n, line in enumerate(half, 1)),
            count=len(half),
            start=escape(PASSES["Apply"]),
        )
    )
    # Blanks that only set a line in would count towards LINE_LIMIT.
    text = re.sub(r'^ " +', ' "', text, flags=re.MULTILINE)
    return text.replace("\n", "\r\n").encode("ascii")


@cache
def _text() -> bytes:
    source = (_folder() / TEXT).read_text(encoding="utf-8")
    lines = [part for line in source.split("\n") for part in _on_console(line)]
    return "\r\n".join(lines).encode("utf-8-sig")


def _on_console(line: str) -> list[str]:
    """A line of the text, as so many of the same key as a window needs for it."""
    key, equals, text = line.partition("=")
    if not equals or key.startswith("#"):
        return [line]
    width = COLUMNS - FILLED_IN * text.count("{")
    return [f"{key}={part.rstrip()}" for part in wrapped(text, width)]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_folder()),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,
    )


def _folder() -> Path:
    return resources.folder("templates") / "launchers"
