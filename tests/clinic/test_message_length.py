"""However long what somebody wrote is, what is said of it is short: for every key of the schema."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oqsgen.cli.clinics import resolve_all
from oqsgen.clinic.model import Clinic
from oqsgen.input.problems import Problem
from oqsgen.limits import CLINIC_PROBLEMS
from tests.growth import groups, schema_of, smallest, within

LONGEST = 400
"""Characters of a message; one names the keys that a group has."""

TEXTS = {
    "letters": "a" * 600,
    "digits": "1" * 600,
    "Japanese": "あ" * 600,
    "full width": "Ａ１" * 300,
    "a fold": "a\n" * 300,
    "signs": ":/*" * 200,
    "a path": "\\\\" + "x" * 600 + "\\y",
    "a file's path": "C:\\" + "x" * 600,
    "a network": "0" * 600 + ".0.0.0/8",
    "as long as may be": "a" * 200,
}


def problems_of(folder: Path, document: Any, more: str = "") -> list[Problem]:
    file = folder / "clinic.yaml"
    text = json.dumps(document, ensure_ascii=False) if document else ""
    file.write_text(text + more, "utf-8")
    _, problems = resolve_all([file])
    return problems


def assert_short(problems: list[Problem]) -> None:
    assert len(problems) <= CLINIC_PROBLEMS.value + 1
    for problem in problems:
        assert len(problem.message) <= LONGEST, problem.message
        assert len(problem.path) <= 250, problem.path


def documents(text: str) -> Iterator[dict[str, Any]]:
    """A clinic with a text as every value, and in every list of values; and as a key of every group."""
    for value in (text, [text], [text, text]):
        document = smallest()
        for place in groups(Clinic):
            group = within(document, place)
            for name, part, is_list in schema_of(place):
                if part is None and (is_list or isinstance(value, str)):
                    group[name] = value
        yield document
    for key in (text, f"password{text}", f"{text}:1"):
        document = smallest()
        for place in groups(Clinic):
            within(document, place)[key] = {text: {f"password{text}": text}}
        yield document


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_long_text_is_not_printed_whole(text: str, tmp_path: Path) -> None:
    told = [problems_of(tmp_path, document) for document in documents(text)]
    assert sum(map(len, told)) > 100
    for problems in told:
        assert_short(problems)


@pytest.mark.parametrize(
    "text",
    [
        "? {0}\n: 1\n",
        "? {0}\n: 1\n? {0}\n: 2\n",
        "facility:\n  ? {0}\n  : [1, 2, {{password: 1}}]\n",
        "? password{0}\n: 1\n",
        "&{0} a: 1\n",
        "a: *{0}\n",
        "a: !{0} b\n",
        "{0}",
        "- {0}\n",
    ],
    ids=repr,
)
def test_nor_is_what_fills_a_file(text: str, tmp_path: Path) -> None:
    assert_short(problems_of(tmp_path, None, text.format("k" * 200_000)))


@pytest.mark.parametrize("line", ["a: 1\n", 'a: "\\ud800"\n'], ids=repr)
def test_no_more_is_told_than_somebody_reads(line: str, tmp_path: Path) -> None:
    """Reading a file and resolving it are one count, and what is an error comes before what is none."""
    assert_short(problems_of(tmp_path, None, line * 20_000))
    document = smallest()
    document["terminals"] = [{"name": f"A{n}", "os": "win11-pro"} for n in range(150)]
    text = "".join(f"{key}: {json.dumps(value)}\n" for key, value in document.items())
    unknown = "".join(f"key{n}: 1\n" for n in range(150))
    problems = problems_of(tmp_path, None, text + unknown + line * 60)
    assert_short(problems)
    assert problems[-1].code == "TOO_MANY_PROBLEMS"
    assert {problem.severity for problem in problems} == {"error"}
