"""Wrong files in ``tests/invalid``: each lists in its comments exactly what is to be found.

A line ``# expect: CODE LINE:COLUMN PATH`` for each problem, in the order of the file.
"""

import json
import re
from pathlib import Path

import pytest
import yaml

from oqsgen import resources
from oqsgen.clinic import resolve
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from tests import ROOT
from tests.messages import said_of

FILES = sorted((ROOT / "tests" / "invalid").glob("*.yaml"))
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def found(path: Path) -> list[Problem]:
    document, problems = load(path)
    return sorted(problems + (resolve(document)[1] if document else []))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_exactly_the_expected_problems(path: Path) -> None:
    expected = re.findall("^# expect: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert expected
    got = [f"{p.code} {p.line}:{p.column} {p.path}".rstrip() for p in found(path)]
    assert got == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_problems_speak_japanese_and_say_what_to_do(path: Path) -> None:
    for problem in found(path):
        assert JAPANESE.search(problem.message)
        assert problem.message.endswith(("。", "）"))
        json.dumps(problem.as_json())
        assert problem.code in resources.spec("problems")


def test_values_of_secrets_are_never_repeated() -> None:
    text = said_of(ROOT / "tests" / "invalid" / "secrets.yaml")
    assert text.count("SECRET_IN_PROFILE") == 4
    assert "0000" not in text and "abc" not in text


def test_every_error_code_of_the_rules_has_a_file() -> None:
    expected = set()
    for path in FILES:
        expected |= set(
            re.findall("^# expect: ([A-Z0-9_]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    of_hostile_files = {
        "FILE_UNREADABLE",
        "FILE_TOO_LARGE",
        "FILE_ENCODING",
        "FILE_EMPTY",
        "CONTROL_CHARACTER",
        "TOO_MANY_ITEMS",
        "TOO_MANY_PROBLEMS",
    }
    # tests/cli/test_many.py and test_defaults.py
    of_several_files = {"FOLDER_EMPTY", "NOT_A_DEFAULT"}
    warnings = {"DNS_NOT_SET", "WU_POWER_MANUAL"}
    # tests/office/test_sheet.py
    of_sheets = {"SHEET_UNREADABLE", "SHEET_FORMULA"}
    on_the_pc = {code for code in resources.spec("problems") if code in ON_THE_PC}
    assert on_the_pc == said_on_the_pc()
    assert set(resources.spec("problems")) - expected == (
        of_hostile_files | of_several_files | warnings | of_sheets | on_the_pc
    )


ON_THE_PC = [
    "CRYPT_PASS_RULE",
    "PORTAL_PW_RULE",
    "DEFAULT_SECRET",
    "CSV_ENCODING",
    "LEFTOVER_PDF",
    "PLAINTEXT_SECRETS",
    "CERT_EXPIRED",
    "NO_CERT_DIALOG",
    "DISTRO_SERVER_MISMATCH",
]


def said_on_the_pc() -> set[str]:
    """The codes of ``ON_THE_PC`` that the script says."""
    parts = (resources.folder("templates") / "ps1").rglob("*.ps1")
    text = "".join(path.read_text("utf-8") for path in parts)
    return {code for code in ON_THE_PC if re.search(rf"\b{code}\b", text)}


def test_problem_rows_exist() -> None:
    rows = {
        row["id"]
        for entry in resources.spec("requirements/index")
        for row in resources.spec(f"requirements/{entry['file'].removesuffix('.yaml')}")
    }
    for code, known in resources.spec("problems").items():
        assert known["title"] and known["fix"], code
        assert known.get("requirement", "succ-when") in rows, code
    for rule in resources.spec("optional"):
        for group in rule["groups"].values():
            assert set(group) <= rows


def test_specs_are_plain_data() -> None:
    for path in resources.folder("specs").glob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
