"""What all verbs share: exit codes, errors, printing, and asking for what nobody may see."""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from oqsgen.cli.problems_as_github import as_github
from oqsgen.cli.problems_as_text import Span, as_text
from oqsgen.input.problems import Problem
from oqsgen.text import BOM, columns, is_visible, visible

OK = 0
INPUT_ERROR = 1
USAGE_ERROR = 2
VERIFY_FAILED = 3
BUG = 70  # sysexits.h: EX_SOFTWARE

ATTEMPTS = 3

format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="出力の形。json は標準出力に JSON を書きます。",
)


class CliError(Exception):
    """Ends a command with a Japanese message and an exit code."""

    def __init__(self, message: str, code: int = INPUT_ERROR) -> None:
        super().__init__(message)
        self.code = code


def print_json(data: Any) -> None:
    """Write ``data`` to standard output; what is not visible as JSON's own escapes."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo("".join(c if c == "\n" or is_visible(c) else json.dumps(c)[1:-1] for c in text))


def write_pieces(pieces: Iterable[str]) -> None:
    """Write a text of many lines to standard output, piece by piece; what is not visible as by ``write``."""
    for piece in pieces:
        mark = BOM if piece.startswith(BOM) else ""
        text = piece.removeprefix(BOM)
        lines = "".join(c if c in "\r\n" or is_visible(c) else visible(c) for c in text)
        click.echo(mark + lines, nl=False)


def write(*lines: str) -> None:
    """Write lines to standard output, each in one line and visible as a whole, whoever wrote what is in it."""
    for line in lines:
        click.echo(visible(line))


def say(*lines: str) -> None:
    """The same to standard error: what a person is told beside the result."""
    for line in lines:
        click.echo(visible(line), err=True)


def print_problems(problems: Sequence[Problem], *, err: bool = True) -> None:
    """Show each problem to a person; with ``err`` beside a verb's result, else as the result itself."""
    for line in as_text(problems, width()):
        click.echo("".join(map(_painted, line)), err=err, color=_colour())


def print_for_github(problems: Iterable[Problem]) -> None:
    """Write a command of GitHub Actions for each problem."""
    for problem in problems:
        write(as_github(problem))


def width() -> int:
    """Columns of the terminal, as far as a text is comfortable to read; without one those of a page."""
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, 100))


def room_of_progress() -> int | None:
    """Columns of the line that tells how far something is; None where nobody would see it rewritten."""
    if not (sys.stderr and sys.stderr.isatty()) or os.environ.get("TERM") == "dumb":
        return None
    try:
        # One less than there are: with the last one some terminals go on to the next line.
        return os.get_terminal_size(sys.stderr.fileno()).columns - 1
    except OSError:
        return None


def rewrite(line: str) -> None:
    """Show a line on standard error in the place of the one that was shown so before; an empty one clears it."""
    global _rewritten
    text = visible(line)
    blanks = " " * max(0, _rewritten - columns(text))
    click.echo(f"\r{text}{blanks}" + ("" if text else "\r"), nl=False, err=True)
    _rewritten = columns(text)


_rewritten = 0
"""Columns of the line that the next one is written over."""


def can_ask() -> bool:
    """Whether there is a person who sees a question and can answer it."""
    streams = (sys.stdin, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def _colour() -> bool | None:
    """None: where there is a terminal. Never with NO_COLOR (no-color.org) or on one that knows none."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None


_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "place": {"bold": True},
    "faint": {"fg": "blue"},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
}


def _painted(span: Span) -> str:
    return click.style(visible(span.text), **_STYLES[span.style])


def secret(what: str, variable: str | None, option: str) -> str:
    """A password or PIN: from the environment variable that ``option`` named, or else asked for.

    Never from the command line, where other users and the shell's history would see it.
    """
    if variable is not None:
        if variable not in os.environ:
            raise CliError(
                f"エラー: 環境変数 {variable} がありません。{what}を入れてから実行してください。"
            )
        return os.environ[variable]
    if not (sys.stdin and sys.stdin.isatty()):
        raise CliError(
            f"エラー: {what}を尋ねられません。環境変数に入れ、その名前を {option} で指定してください。"
        )
    return _asked(what)


def new_secret(what: str, variable: str | None, option: str) -> str:
    """The same for one that is being made up: asked for twice."""
    if variable is not None or not (sys.stdin and sys.stdin.isatty()):
        return secret(what, variable, option)
    for _ in range(ATTEMPTS):
        text = _asked(what)
        if _asked(f"{what}（もう一度）") == text:
            return text
        say("2 つが同じではありません。")
    raise CliError(f"エラー: {what}が決まりませんでした。もう一度実行してください。")


def _asked(what: str) -> str:
    text: str = click.prompt(what, hide_input=True, default="", show_default=False, err=True)
    return text


def ask(question: str) -> str:
    """What is typed at a question on standard error, in one line; empty for Enter alone."""
    # Not by the call that waits: Python heeds no Ctrl+C that comes between the two within that.
    click.echo(f"{visible(question)}> ", nl=False, err=True)
    typed: str = click.prompt("", default="", show_default=False, prompt_suffix="", err=True)
    return typed
