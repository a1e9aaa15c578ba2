"""A clinic's file as text: read, decoded, and what a reader would not see in it refused."""

import re
from dataclasses import dataclass
from pathlib import Path

from oqsgen.files import NotRegularError, TooLargeError, read_regular
from oqsgen.input.nodes import NOWHERE, Position
from oqsgen.input.problems import Problem, Severity
from oqsgen.limits import CLINIC_BYTES, KB

EMPTY = "何も書かれていません。README にある例を写して書き始めてください。"


@dataclass
class FileError(Exception):
    """A problem that does not know its file yet; raised where reading cannot go on."""

    code: str
    message: str
    position: Position = NOWHERE
    path: str = ""
    severity: Severity = "error"

    def problem(self, file: str) -> Problem:
        line, column, _ = self.position
        return Problem(file, line, column, self.code, self.severity, self.path, self.message)


@dataclass(frozen=True)
class ClinicText:
    """What a file holds, by the name it was asked for; with the problem of its encoding, if it has one."""

    file: str
    text: str
    encoding: FileError | None = None


def read_text(path: Path) -> tuple[ClinicText | None, list[Problem]]:
    """The text of a clinic's file, or why there is none to read.

    Never raises for what a file holds or where it stands, and never reads more than CLINIC_BYTES.
    """
    file = str(path)
    try:
        text, encoding = _decode(_read(path))
        refused = _refused(text)
        if refused:
            raise encoding or refused
    except FileError as error:
        return None, [error.problem(file)]
    return ClinicText(file, text, encoding), []


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return re.split(r"\r\n|\r|\n", text)


def end_of(text: str) -> Position:
    """The place after ``text``."""
    lines = lines_of(text)
    return Position(len(lines), len(lines[-1]) + 1)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileError(
                "FILE_UNREADABLE", "フォルダーです。YAMLファイルの名前を指定してください。"
            )
        return read_regular(path, CLINIC_BYTES)
    except FileNotFoundError:
        raise FileError(
            "FILE_UNREADABLE", "ファイルがありません。名前とフォルダーを確かめてください。"
        ) from None
    except PermissionError:
        raise FileError(
            "FILE_UNREADABLE",
            "読み取る権限がありません。ファイルのアクセス権を確かめてください。",
        ) from None
    except TooLargeError:
        raise FileError(
            "FILE_TOO_LARGE",
            f"大きすぎます（上限 {CLINIC_BYTES.value // KB} KB）。"
            "施設の設定ファイルかどうか確かめてください。",
        ) from None
    except NotRegularError:
        raise FileError(
            "FILE_UNREADABLE",
            "通常のファイルではありません。YAMLファイルの名前を指定してください。",
        ) from None
    except (OSError, ValueError):  # a NUL in the name, too long a name, a loop of links
        raise FileError(
            "FILE_UNREADABLE", "読み取れません。ファイルの名前と場所を確かめてください。"
        ) from None


_SAVE_AS_UTF8 = "文字コード UTF-8 で保存し直してください（メモ帳: 名前を付けて保存 → エンコード）。"
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def _decode(data: bytes) -> tuple[str, FileError | None]:
    """The text, and the problem of its encoding where it can be read all the same."""
    if data.startswith((_ZIP, _OLD_OFFICE)):
        raise FileError(
            "FILE_ENCODING",
            "Excel などのファイルで、YAML のテキストではありません。YAML ファイルの名前を指定してください。",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        return _utf_16(data), FileError(
            "FILE_ENCODING", f"UTF-16 のファイルです。{_SAVE_AS_UTF8}", Position(1, 1)
        )
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        position = end_of(data[: error.start].decode("utf-8-sig", "replace"))
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        raise FileError(
            "FILE_ENCODING", f"UTF-8 以外の文字コードのファイルです。{_SAVE_AS_UTF8}", position
        ) from None
    return text, FileError(
        "FILE_ENCODING", f"Shift_JIS のファイルのようです。{_SAVE_AS_UTF8}", position
    )


def _utf_16(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    name = "utf-16" if marked else "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        raise FileError(
            "FILE_ENCODING", f"UTF-16 のファイルです。{_SAVE_AS_UTF8}", Position(1, 1)
        ) from None


# What YAML takes for printable, without the three further line breaks that no editor shows as one.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def _refused(text: str) -> FileError | None:
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        return FileError(
            "CONTROL_CHARACTER",
            f"使えない文字（U+{ord(unprintable[0]):04X}）があります。"
            "この位置の見えない文字を消してください。",
            end_of(text[: unprintable.start()]),
        )
    return None if text.strip() else FileError("FILE_EMPTY", EMPTY, Position(1, 1))
