"""What ``build`` refuses of a clinic's file, ``check`` refuses, with the same code at the same place."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from oqsgen.cli.build import build
from oqsgen.cli.check import check
from oqsgen.render.printable import TABLE, doubtful
from oqsgen.render.typeset import missing_glyph
from tests import ROOT
from tests.cli.test_cli import CLINIC
from tests.examples import EXAMPLES
from tests.render import printable

WRONG = sorted((ROOT / "tests" / "invalid").glob("*.yaml"))

NAMES = {
    "an emoji": ("東京🏥内科", "🏥"),
    "a rune": ("東京ᚠ内科", "ᚠ"),
    "of no standard": ("東京\ue000内科", "\ue000"),
    "Thai": ("โรงพยาบาล", "โ"),
    "a letter of mathematics": ("𝔸 内科", "𝔸"),
    "a rare character": ("𠮷野内科", ""),
    "a variant": ("葛\U000e0100城内科", ""),
    "put together": ("か\u309a内科 e\u0301", ""),
    "both widths": ("ｱｲｳ ＡＢＣ ～−‖髙﨑①㈱", ""),
    "Typst's own signs": ("#set *東京* $x$ @a <b> \\\\ `c` _d_", ""),
}
"""Names of clinics, each with the character that no font has."""


def said(verb: click.Command, files: Sequence[Path], target: Path) -> tuple[int, list[Any]]:
    """A verb's code, and what it says of the files: code, file, line, column, key and words."""
    more = ["--unsigned", "-o", str(target)] if verb is build else []
    done = CliRunner().invoke(verb, [*map(str, files), *more, "--format", "json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    code = done.exit_code or done.return_value or 0
    problems = json.loads(done.stdout)["problems"]
    return code, problems


def assert_same(files: Sequence[Path], target: Path) -> list[Any]:
    checked, built = said(check, files, target), said(build, files, target)
    assert checked == built
    return checked[1]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_of_wrong_files(path: Path, tmp_path: Path) -> None:
    assert assert_same([path], tmp_path)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["facility", "vendor"])
def test_of_what_the_sheet_prints(name: str, key: str, tmp_path: Path) -> None:
    text, missing = NAMES[name]
    clinic = CLINIC.replace("東京内科", json.dumps(text, ensure_ascii=False))
    if key == "vendor":
        quoted = json.dumps(text, ensure_ascii=False)
        clinic = CLINIC + f"vendor: {{company: {quoted}, engineer: a, phone: 03-0000-0000}}\n"
    file = tmp_path / "clinic.yaml"
    file.write_text(clinic, "utf-8")
    errors = [p for p in assert_same([file], tmp_path / "dist") if p["severity"] == "error"]
    if not missing:
        assert not errors and (tmp_path / "dist").exists()
        return
    (problem,) = errors
    assert problem["code"] == "GLYPH_MISSING" and f"「{missing}」" in problem["message"]
    line = clinic.splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 :].startswith(json.dumps(text, ensure_ascii=False))
    assert problem["path"] == ("facility.name" if key == "facility" else "vendor.company")


def test_of_two_files_for_one_bundle(tmp_path: Path) -> None:
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for file in files:
        file.write_text(CLINIC, "utf-8")
    problems = assert_same(files, tmp_path / "dist")
    assert [problem["file"] for problem in problems] == [*map(str, files)]
    for problem, other in zip(problems, reversed(files), strict=True):
        assert problem["code"] == "DUPLICATE_TERMINAL" and f"{other} からも" in problem["message"]
        assert (problem["line"], problem["path"]) == (6, "terminals[0].name")
    assert not (tmp_path / "dist").exists()


def test_of_a_file_that_is_named_twice(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(CLINIC, "utf-8")
    again = tmp_path / "x" / ".." / "one.yaml"
    (tmp_path / "x").mkdir()
    assert assert_same([tmp_path / "one.yaml", again], tmp_path / "dist") == []


def test_the_table_is_of_the_fonts_that_are_used() -> None:
    assert TABLE.read_text("utf-8") == printable.table(), "python -m tests.render.printable"


def test_typst_prints_all_of_the_table_and_asks_nothing_of_the_examples() -> None:
    listed = [
        chr(code)
        for code in range(0x20, sys.maxunicode + 1)
        if code != 0x7F and not doubtful(chr(code))
    ]
    assert len(listed) > 40_000
    assert missing_glyph("".join(listed)) is None
    for path in EXAMPLES:
        assert not doubtful(path.read_text("utf-8").replace("\n", ""))


def test_what_a_verb_may_refuse_besides_the_file_is_known() -> None:
    """Codes that only ``build`` gives: of keys, of the line to a time server, and of the disk."""
    sources = [ROOT / "oqsgen" / "cli" / f"{name}.py" for name in ("build", "making")]
    source = "".join(path.read_text("utf-8") for path in sources)
    codes = {word for word in source.split('"') if re.fullmatch("[A-Z]+(_[A-Z]+)+", word)}
    assert codes == {
        "BUNDLE_LEFT",
        "GLYPH_MISSING",  # of what a signer is called; a file's is known before
        "OUTPUT_HOLDS_OTHERS",
        "OUTPUT_NOT_WRITTEN",
        "SIGNING_FAILED",
        "TIMESTAMP_FAILED",
    }
