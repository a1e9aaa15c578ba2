"""Files that are not a clinic's: refused at once, in Japanese, without a traceback."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from tests.messages import said


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 20


def refused(path: Path) -> Problem:
    document, problems = load(path)
    assert document is None
    assert len(problems) == 1
    assert problems[0].severity == "error"
    return problems[0]


def holding(folder: Path, data: bytes) -> Path:
    path = folder / "clinic.yaml"
    path.write_bytes(data)
    return path


def test_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.yaml").code == "FILE_UNREADABLE"


def test_folder(tmp_path: Path) -> None:
    assert "フォルダー" in refused(tmp_path).message


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).code == "FILE_UNREADABLE"


def test_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert refused(tmp_path / "a").code == "FILE_UNREADABLE"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name is a thing of Unix")
def test_pipe_and_device_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").code == "FILE_UNREADABLE"
    assert refused(Path("/dev/zero")).code == "FILE_UNREADABLE"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_no_permission(tmp_path: Path) -> None:
    path = holding(tmp_path, b"a: 1")
    path.chmod(0)
    assert "権限" in refused(path).message


def test_no_permission_told_by_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "clinic.yaml"
    path.touch()
    monkeypatch.setattr(os, "open", denied)
    assert "権限" in refused(path).message


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    assert refused(path).code == "FILE_TOO_LARGE"


@pytest.mark.parametrize("unit", [b"[", b"{a: ", b"- ", b"? "])
def test_ten_thousand_levels(tmp_path: Path, unit: bytes) -> None:
    problem = refused(holding(tmp_path, unit * 10_000))
    assert problem.code == "YAML_SYNTAX"


def test_ten_thousand_levels_of_lines(tmp_path: Path) -> None:
    text = "".join(" " * depth + "a:\n" for depth in range(500))
    assert "深すぎ" in refused(holding(tmp_path, text.encode())).message


def test_billion_laughs(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert refused(holding(tmp_path, "\n".join(lines).encode())).code == "YAML_FEATURE"


@pytest.mark.parametrize("encoding", ["euc-jp", "iso2022_jp"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    problem = refused(holding(tmp_path, "facility:\n  name: 東京内科\n".encode(encoding)))
    assert problem.code in ("FILE_ENCODING", "CONTROL_CHARACTER")
    assert problem.line >= 1


@pytest.mark.parametrize(
    ("encoding", "name", "place"),
    [
        ("cp932", "Shift_JIS", (2, 9)),
        ("utf-16", "UTF-16", (1, 1)),
        ("utf-16-le", "UTF-16", (1, 1)),
        ("utf-16-be", "UTF-16", (1, 1)),
    ],
)
def test_what_editors_save_is_named_and_read_on(
    tmp_path: Path, encoding: str, name: str, place: tuple[int, int]
) -> None:
    """So that what else is wrong is found in the same round."""
    text = "facility:\n  name: 東京内科\n  name: 2\n"
    document, problems = load(holding(tmp_path, text.encode(encoding)))
    assert document
    assert [problem.code for problem in problems] == ["FILE_ENCODING", "DUPLICATE_KEY"]
    assert name in problems[0].message and "UTF-8" in problems[0].message
    assert (problems[0].line, problems[0].column) == place
    assert refused(holding(tmp_path, "東京内科\n".encode(encoding))).code == "FILE_ENCODING"


def test_a_workbook_is_called_so(tmp_path: Path) -> None:
    for data in (b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        problem = refused(holding(tmp_path, data))
        assert problem.code == "FILE_ENCODING" and "Excel" in problem.message


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x7f", "\x85", "\u2028", "\ufffe", "\uffff"])
def test_control_characters(tmp_path: Path, sign: str) -> None:
    problem = refused(holding(tmp_path, f"a: 1\n日本: {sign}\n".encode()))
    assert problem.code == "CONTROL_CHARACTER"
    assert (problem.line, problem.column) == (2, 5)


def test_half_a_character_as_bytes(tmp_path: Path) -> None:
    assert refused(holding(tmp_path, b"a: \xed\xa0\x80\n")).code == "FILE_ENCODING"


def test_half_a_character_as_an_escape(tmp_path: Path) -> None:
    document, problems = load(holding(tmp_path, b'"\\ud800": "\\udfff"\n'))
    assert document
    assert [problem.code for problem in problems] == ["BAD_VALUE", "BAD_VALUE"]
    for problem in problems:
        said([problem]).encode()


def test_an_escape_beyond_unicode(tmp_path: Path) -> None:
    assert refused(holding(tmp_path, b'a: "\\UFFFFFFFF"\n')).code == "YAML_SYNTAX"


def test_many_keys_up_to_the_limit(tmp_path: Path) -> None:
    text = "".join(f"key{n}: {n}\n" for n in range(14_000)).encode()
    assert len(text) < 256 * 1024
    document, problems = load(holding(tmp_path, text))
    assert document and not problems
