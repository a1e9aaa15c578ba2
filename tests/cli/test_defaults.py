"""``--defaults``: what an office says once for all its clinics, with each problem at the place where it is written."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_many import code, codes, dist, write
from tests.command import Run

BASE = """\
# 共通
vendor: {company: 見本システム, engineer: 見本太郎, phone: 03-0000-0000}
network: {provider: ntt-east, dns: {where: router}}
power: auto
facility: {hours: {open: "09:00", close: "18:30"}}
readers: [{vendor: panasonic, name: 受付}, {vendor: almex, name: 会計}]
his: {share_account: null}
"""


def clinic(number: int, more: str = "", facility: str = "") -> str:
    return (
        f'facility: {{code: "{code(number)}", name: 東京内科{facility}}}\n'
        f"terminals: [{{name: OQS-01, os: win11-iot-ltsc-2024}}]\n{more}"
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    write(tmp_path / "clinics", {"a.yaml": clinic(1), "b.yaml": clinic(2)})
    write(tmp_path, {"base.yaml": BASE})
    return tmp_path


def problems(done: subprocess.CompletedProcess[str]) -> list[Any]:
    found: list[Any] = json.loads(done.stdout)["problems"]
    return found


def inputs(folder: Path) -> dict[str, Any]:
    """What each bundle was made of, by the facility's code."""
    manifests = [json.loads(path.read_text("utf-8")) for path in folder.glob("dist/*/bundle.json")]
    return {each["facility"]["code"]: each["identity"]["input"] for each in manifests}


def test_a_clinic_takes_what_it_does_not_say(run: Run, office: Path) -> None:
    own = "readers: [{vendor: canon}]\nnetwork: {dns: {where: terminal, nic: イーサネット}}\n"
    write(
        office / "clinics", {"b.yaml": clinic(2, own, ', hours: {open: "10:00", close: "19:00"}')}
    )
    done = run("build", "clinics", "--defaults", "base.yaml", "--unsigned")
    assert done.returncode == 0, done.stderr
    one, other = inputs(office)[code(1)], inputs(office)[code(2)]
    assert one["vendor"] == other["vendor"] and one["vendor"]["company"] == "見本システム"
    assert [reader["vendor"] for reader in one["readers"]] == ["panasonic", "almex"]
    assert [reader["vendor"] for reader in other["readers"]] == ["canon"], "lists are replaced"
    assert one["facility"]["hours"] == {"open": "09:00", "close": "18:30"}
    assert other["facility"]["hours"] == {"open": "10:00", "close": "19:00"}
    assert other["network"]["provider"] == "ntt-east"
    assert other["network"]["dns"] == {"where": "terminal", "nic": "イーサネット"}


def test_the_bundle_is_that_of_a_file_which_says_it_all(run: Run, office: Path) -> None:
    base = re.sub("facility.*\n", "", BASE)
    whole = clinic(1, base, ', hours: {open: "09:00", close: "18:30"}')
    write(office, {"whole.yaml": whole})
    verb = ["build", "--unsigned", "--format", "json"]
    one = run(*verb, "whole.yaml", "-o", "one")
    other = run(*verb, "clinics/a.yaml", "--defaults", "base.yaml", "-o", "other")
    ids = [json.loads(done.stdout)["bundles"][0]["id"] for done in (one, other)]
    assert ids[0] == ids[1]


def test_nothing_can_be_said_of_one_clinic(run: Run, office: Path) -> None:
    write(office / "clinics", {"b.yaml": clinic(2, "vendor: null\n")})
    done = run("build", "clinics", "--defaults", "base.yaml", "--unsigned")
    assert done.returncode == 0
    one, other = inputs(office)[code(1)], inputs(office)[code(2)]
    assert one.get("vendor") and not other.get("vendor")


def test_what_is_wrong_for_all_is_said_once_where_it_stands(run: Run, office: Path) -> None:
    wrong = BASE.replace("auto", "sometimes").replace("his: {", "his: {wifi_password: hunter2, ")
    write(office, {"base.yaml": f"{wrong}powr: auto\n"})
    done = run("check", "clinics", "--defaults", "base.yaml", "--format", "json")
    assert done.returncode == 1
    lines = {p["code"]: (p["file"], p["line"], p["column"]) for p in problems(done)}
    assert lines["BAD_VALUE"] == ("base.yaml", 4, 8)
    assert lines["SECRET_IN_PROFILE"] == ("base.yaml", 7, 7)
    assert lines["UNKNOWN_KEY"] == ("base.yaml", 8, 1)
    assert len(problems(done)) == len(lines)
    assert not any("のとき" in p["message"] for p in problems(done))
    text = run("check", "clinics", "--defaults", "base.yaml").stdout
    assert " 4 | power: sometimes\n   |        ^\n" in text and "hunter2" not in text
    assert "clinics/a.yaml  --defaults のファイルのエラーのため、作れません" in text
    assert run("build", "clinics", "--defaults", "base.yaml", "--unsigned").returncode == 1
    assert dist(office) == []


def test_a_default_that_does_not_fit_one_clinic_names_that_one(run: Run, office: Path) -> None:
    own = "network: {provider: ctc}\n"
    write(office / "clinics", {"b.yaml": clinic(2, own)})
    done = run("build", "clinics", "--defaults", "base.yaml", "--unsigned", "--format", "json")
    assert done.returncode == 1
    (problem,) = (p for p in problems(done) if p["code"] == "DNS_NOT_APPLICABLE")
    assert (problem["file"], problem["line"]) == ("base.yaml", 3)
    assert problem["message"].endswith("（clinics/b.yaml のとき）")
    assert dist(office) == [f"{code(1)}_OQS-01"]


def test_what_a_clinic_lacks_is_missing_in_its_own_file(run: Run, office: Path) -> None:
    write(office, {"base.yaml": BASE.replace("facility: {", 'facility: {code: "1319999012", ')})
    write(office / "clinics", {"b.yaml": "facility: {name: 大阪内科}\n"})
    done = run("check", "clinics", "--defaults", "base.yaml", "--format", "json")
    found = [(p["code"], p["file"], p["path"]) for p in problems(done)]
    assert found == [
        ("NOT_A_DEFAULT", "base.yaml", "facility.code"),
        ("MISSING_KEY", "clinics/b.yaml", "facility.code"),
        ("MISSING_KEY", "clinics/b.yaml", "terminals"),
    ]


def test_the_defaults_may_lie_among_the_clinics(run: Run, office: Path) -> None:
    write(office / "clinics", {"base.yaml": BASE})
    done = run("build", "clinics", "--defaults", "clinics/base.yaml", "--unsigned")
    assert done.returncode == 0, done.stderr
    assert dist(office) == [f"{code(number)}_OQS-01" for number in (1, 2)]
    alone = run("check", "base.yaml", "--defaults", "base.yaml", "--format", "json")
    assert codes(alone) == [("FOLDER_EMPTY", "base.yaml")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "FILE_UNREADABLE"),
        ("", "FILE_EMPTY"),
        ("- a\n", "BAD_TYPE"),
        ("vendor: {company: [\n", "YAML_SYNTAX"),
    ],
)
def test_defaults_that_cannot_be_read_are_the_only_problem(
    text: str | None, expected: str, run: Run, office: Path
) -> None:
    (office / "base.yaml").unlink()
    if text is not None:
        write(office, {"base.yaml": text})
    for verb in (["check"], ["build", "--unsigned"]):
        done = run(*verb, "clinics", "--defaults", "base.yaml", "--format", "json")
        assert done.returncode == 1
        assert codes(done) == [(expected, "base.yaml")]
    assert dist(office) == []


def test_two_accounts_name_the_file_of_each(run: Run, office: Path) -> None:
    write(office, {"base.yaml": BASE.replace("almex,", "almex, account: F0FACE01,")})
    terminal = "  - {name: OQS-02, os: win11-iot-ltsc-2024, override: {readers: [{vendor: canon, account: F0FACE01}]}}\n"
    text = clinic(1).replace(
        "terminals: [{name: OQS-01, os: win11-iot-ltsc-2024}]\n",
        f"terminals:\n  - {{name: OQS-01, os: win11-iot-ltsc-2024}}\n{terminal}",
    )
    write(office / "clinics", {"a.yaml": text})
    done = run("check", "clinics/a.yaml", "--defaults", "base.yaml", "--format", "json")
    (problem,) = problems(done)
    assert (problem["code"], problem["file"], problem["line"]) == (
        "READER_ID_DUP",
        "clinics/a.yaml",
        4,
    )
    assert "base.yaml の 6 行目" in problem["message"]


def test_a_character_that_no_font_has_is_told_at_its_place(run: Run, office: Path) -> None:
    write(office, {"base.yaml": BASE.replace("見本太郎", "ᚠ")})
    (problem,) = problems(run("check", "clinics", "--defaults", "base.yaml", "--format", "json"))
    assert (problem["code"], problem["file"], problem["line"]) == ("GLYPH_MISSING", "base.yaml", 2)


def test_plan_and_diff_take_them(run: Run, office: Path) -> None:
    given = ["--defaults", "base.yaml", "--format", "json"]
    assert run("plan", "clinics/a.yaml").returncode == 1
    planned = run("plan", "clinics/a.yaml", *given)
    assert planned.returncode == 0 and len(json.loads(planned.stdout)["terminals"]) == 1
    assert run("build", "clinics/a.yaml", "--unsigned", *given[:2]).returncode == 0
    bundle = f"dist/{code(1)}_OQS-01"
    assert run("diff", bundle, "clinics/a.yaml").returncode == 1
    done = run("diff", bundle, "clinics/a.yaml", *given[:2])
    assert (done.returncode, done.stdout.splitlines()[1:]) == (0, ["  違いはありません。"])


def test_hearing_words_of_the_defaults_are_told_once(run: Run, office: Path) -> None:
    write(office, {"base.yaml": BASE.replace("power: auto", "power: 自動")})
    found = codes(run("check", "clinics", "--defaults", "base.yaml", "--format", "json"))
    assert found == [("READ_AS", "base.yaml")]
