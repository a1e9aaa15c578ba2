"""Why a file cannot be read or written is said in Japanese, in one way."""

import ast
import builtins
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oqsgen.files import NotRegularError, TooLargeError, open_regular, read_regular, reason
from oqsgen.limits import Limit
from oqsgen.resources import PACKAGE

USUAL = [
    "EACCES",
    "EPERM",
    "EROFS",
    "ENOENT",
    "EEXIST",
    "ENOTDIR",
    "EISDIR",
    "ENOTEMPTY",
    "ENAMETOOLONG",
    "EINVAL",
    "ELOOP",
    "EXDEV",
    "ENOSPC",
    "EDQUOT",
    "EFBIG",
    "EBUSY",
    "EMFILE",
    "ENFILE",
    "ENOMEM",
    "EIO",
    "ENXIO",
    "ENODEV",
    "ESTALE",
    "ETIMEDOUT",
]
OF_FILES = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, OSError)
} | {"NotRegularError", "TooLargeError", "Exception", "BaseException"}


def places() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from ((path, node) for node in ast.walk(ast.parse(path.read_text("utf-8"))))


def test_the_words_of_the_system_are_read_in_one_place() -> None:
    """``os.strerror`` goes into an error, and comes out of none."""
    read = {
        path.relative_to(PACKAGE).as_posix()
        for path, node in places()
        if isinstance(node, ast.Attribute) and node.attr == "strerror"
        if not (isinstance(node.value, ast.Name) and node.value.id == "os")
    }
    assert read == {"files.py"}


def test_no_error_of_the_system_is_shown_as_it_is() -> None:
    """Where one is caught, its text is asked of ``reason`` alone."""
    shown = []
    for path, handler in places():
        if not isinstance(handler, ast.ExceptHandler) or not handler.name or not handler.type:
            continue
        caught = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
        if not caught & OF_FILES:
            continue
        for node in (inner for line in handler.body for inner in ast.walk(line)):
            text = node.value if isinstance(node, ast.FormattedValue) else None
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("str", "repr"):
                text = node.args[0]
            if isinstance(text, ast.Name) and text.id == handler.name:
                shown.append(f"{path.name}: {ast.unparse(node)}")
    assert shown == []


@pytest.mark.parametrize("name", USUAL)
def test_a_usual_reason_is_japanese(name: str) -> None:
    number = getattr(errno, name)
    said = reason(OSError(number, os.strerror(number)))
    assert said and not said.isascii() and os.strerror(number) not in said


def test_other_reasons_are_the_systems_own() -> None:
    assert reason(OSError(errno.ENOEXEC, "Exec format error")) == "Exec format error"
    assert reason(OSError(0, "whoami")) == "whoami"
    assert reason(TimeoutError()) == "TimeoutError"


def test_windows_says_more_than_that_it_is_not_allowed() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert reason(error) == "ほかのプログラムが使っています"


def test_what_is_no_file_is_called_so(tmp_path: Path) -> None:
    with pytest.raises(NotRegularError) as folder:
        open_regular(tmp_path)
    (tmp_path / "a").write_bytes(b"12")
    with pytest.raises(TooLargeError) as large:
        read_regular(tmp_path / "a", Limit(1, "bytes", "", ""))
    assert reason(folder.value) == "ふつうのファイルではありません"
    assert reason(large.value) == "大きすぎます"
