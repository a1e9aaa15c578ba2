"""Clinics' files: the examples, changed by word, by line and by what they mean.

``check`` and ``plan`` say something visible about every one of them, with lines and columns that are in the file, and
never end as a bug of ours; of what ``check`` calls fine, some are built.
"""

import contextlib
import io
import json
import random
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from oqsgen.bundle import make_bundle
from oqsgen.cli import program
from oqsgen.clinic import resolve
from oqsgen.input.problems import has_errors
from oqsgen.input.yaml_reader import load
from oqsgen.render.typeset import MissingGlyph
from oqsgen.text import is_visible
from tests.examples import EXAMPLES
from tests.fuzz.engine import Fuzzer, several
from tests.sealed import signer

FOLDER = tempfile.TemporaryDirectory(prefix="oqsgen-clinics-")
INVALID = sorted((Path(__file__).parents[1] / "invalid").glob("*.yaml"))

WORDS = [
    *(
        "",
        "~",
        "null",
        "true",
        "no",
        "0",
        "-1",
        "1e9",
        "0x1F",
        "1_000",
        "18:30",
        "25:61",
        "٣",
        "１２",
        "1.5",
    ),
    *(
        "2026-02-30",
        "2026/04/01",
        "0000-00-00",
        "9999-12-31",
        "令和8年4月1日",
        "1319999012",
        "0000000000",
    ),
    *(
        "OQS-01",
        "oqs-01",
        "CON",
        "a b",
        "ＯＱＳ",
        "𠮷野",
        "髙橋",
        "ｶﾅ",
        "é",
        "👩‍⚕️",
        "\u202e",
        "\u3164",
        "﷽",
    ),
    *(
        "192.168.1.1",
        "192.168.1.256",
        "::1",
        "fe80::1%eth0",
        "10.0.0.0/33",
        "*.example.jp",
        "a..b",
        "-a.jp",
    ),
    *(
        "C:\\OQS\\face",
        "\\\\server\\share",
        "C:",
        "C:\\a:b",
        "C:\\..\\x",
        "D:\\" + "x" * 300,
        "http://a b",
        "a@b",
    ),
    *(
        "'",
        '"',
        "|",
        ">",
        "&a",
        "*a",
        "!x",
        "%",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        "- ",
        "? ",
        ": ",
        "---",
    ),
    *(
        "x" * 70,
        "あ" * 70,
        "x" * 3000,
        "\t",
        "<<",
        "=",
        "'$(x)'",
        "`n",
        "'@",
        "\r\n'@\r\n",
        "{{x}}",
        "</a>",
    ),
]
SPLIT = re.compile(r"(\s+|[:,\[\]{}#'\"-])")


@cache
def texts() -> list[str]:
    return [path.read_text("utf-8") for path in EXAMPLES] + [
        path.read_bytes().decode("utf-8", "replace") for path in INVALID
    ]


def by_word(rng: random.Random) -> str:
    text = rng.choice(texts())
    for _ in several(rng, 5):
        words = SPLIT.split(text)
        at = rng.randrange(len(words))
        what = rng.choice(["other", "drop", "twice", "known", "join"])
        if what == "other":
            words[at] = rng.choice(WORDS)
        elif what == "drop":
            del words[at]
        elif what == "twice":
            words.insert(at, words[at])
        elif what == "known":
            words[at] = rng.choice(SPLIT.split(rng.choice(texts())))
        else:
            words.insert(
                at,
                rng.choice(["\n", "  ", " ", "\n  ", ": ", "\u3000", "\ufeff", "\x85", "\u2028"]),
            )
        text = "".join(words)
    return text


def by_line(rng: random.Random) -> str:
    lines = rng.choice(texts()).split("\n")
    for _ in several(rng, 4):
        at = rng.randrange(len(lines))
        what = rng.choice(["drop", "twice", "move", "deeper", "higher", "other"])
        if what == "drop" and len(lines) > 1:
            del lines[at]
        elif what == "twice":
            lines.insert(at, lines[at])
        elif what == "move":
            lines.insert(rng.randrange(len(lines)), lines[at])
        elif what == "deeper":
            lines[at] = rng.choice(["  ", " ", "\t", "- ", "      "]) + lines[at]
        elif what == "higher":
            lines[at] = lines[at][rng.choice([1, 2, 4]) :]
        else:
            lines.insert(at, rng.choice(rng.choice(texts()).split("\n")))
    return rng.choice(["\n", "\n", "\n", "\r\n", "\r"]).join(lines)


@cache
def documents() -> list[str]:
    return [json.dumps(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)) for path in EXAMPLES]


def groups(data: Any) -> list[Any]:
    found, pending = [], [data]
    while pending:
        one = pending.pop()
        if isinstance(one, dict | list) and one:
            found.append(one)
            pending += one.values() if isinstance(one, dict) else one
    return found


def by_structure(rng: random.Random) -> str:
    """Values, keys and groups in other places; mostly such that a file comes of it that could be meant so."""
    data = json.loads(rng.choice(documents()))
    for _ in several(rng, 4):
        other = rng.choice(groups(json.loads(rng.choice(documents()))))
        group = rng.choice(groups(data))
        keys = list(group) if isinstance(group, dict) else list(range(len(group)))
        key = rng.choice(keys)
        what = rng.choice(["word", "drop", "known", "twice", "wrap", "key", *["graft"] * 6])
        if what == "graft":
            _graft(rng, data)
        elif what == "word":
            group[key] = rng.choice(WORDS)
        elif what == "drop":
            del group[key]
            if not groups(data):
                break
        elif what == "known" and isinstance(group, dict) and isinstance(other, dict):
            name = rng.choice(list(other))
            group[name] = other[name]
        elif what == "twice" and isinstance(group, list):
            group.append(group[key])
        elif what == "wrap":
            group[key] = rng.choice([[group[key]], {"name": group[key]}])
        elif isinstance(group, dict):
            group[rng.choice([str(key).upper(), f"{key}s", rng.choice(WORDS)])] = group.pop(key)
    if rng.random() < 0.5:
        return json.dumps(data, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 1]))
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text


def _graft(rng: random.Random, data: Any) -> None:
    """What another example says at the same place: each could be meant so, all together need not be."""
    other = json.loads(rng.choice(documents()))
    while isinstance(data, dict) and isinstance(other, dict) and other:
        key = rng.choice(list(other))
        if key not in data or rng.random() < 0.3:
            data[key] = other[key]
            return
        data, other = data[key], other[key]
        if isinstance(data, list) and isinstance(other, list) and data and other:
            data, other = rng.choice(data), rng.choice(other)


def encoded(rng: random.Random, text: str) -> bytes:
    if rng.random() < 0.9:
        return text.encode("utf-8", "replace")
    data = bytearray(text.encode(rng.choice(["cp932", "utf-16", "utf-8-sig", "utf-8"]), "replace"))
    if data and rng.random() < 0.5:
        data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def printed(*arguments: str) -> tuple[int, str]:
    """The code with which ``oqsgen`` ends, and what it wrote."""
    out = io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["oqsgen", *arguments]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        code = program.run()
    text = out.getvalue()
    assert code in (0, 1), text
    assert not {c for c in text if not is_visible(c) and c != "\n"}, text
    return code, text


def case(rng: random.Random) -> str:
    file = Path(FOLDER.name) / "clinic.yaml"
    data = encoded(rng, rng.choice([by_word, by_line, by_structure, by_structure])(rng))
    file.write_bytes(data)
    code, text = printed("check", str(file), "--format", "json")
    problems = json.loads(text)["problems"]
    lines = re.split("\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        for one in problems:
            _is_in_the_file(one, lines)
    assert (code == 1) == any(one["severity"] == "error" for one in problems)
    other = rng.choice(["check", "plan"])
    assert printed(other, str(file))[0] == code, f"{other} ends otherwise than check"
    if code:
        return "refused"
    if rng.random() < BUILT:
        _build(rng, file)
        return "built"
    return "fine"


BUILT = 0.03
"""Of the files that are fine: a sheet takes half a second."""


def _is_in_the_file(problem: dict[str, Any], lines: list[str]) -> None:
    line, column = problem["line"], problem["column"]
    assert problem["message"].strip() and problem["code"], problem
    if (line, column) == (0, 0):
        return
    assert 1 <= line <= len(lines), f"line {line} of {len(lines)}: {problem}"
    assert 1 <= column <= len(lines[line - 1]) + 1, f"column {column}: {problem}"


def _build(rng: random.Random, file: Path) -> None:
    document, problems = load(file)
    assert document
    profiles, more = resolve(document)
    assert profiles and not has_errors(problems + more)
    try:
        make_bundle(rng.choice(profiles), signer())
    except MissingGlyph as error:
        raise AssertionError(
            f"check lets {error.character!a} pass, and no sheet can show it"
        ) from error


CLINICS = Fuzzer("clinics", 700, case, frozenset({"refused", "fine", "built"}))
