"""What ``oqsgen explain`` says: of everything that has an id, from the data that decides it."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from oqsgen import resources
from oqsgen.cli import console, main
from oqsgen.clinic import model
from oqsgen.explain.entry import SORTS_JA, Entry
from oqsgen.explain.lookup import entries, everything, find, near
from oqsgen.manual.rows import row, rows
from oqsgen.manual.sources import cite
from oqsgen.subjects import SETTINGS
from oqsgen.text import columns
from tests import ROOT
from tests.command import Run

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
CODE = re.compile("[A-Z][A-Z0-9]+(_[A-Z0-9]+)*")
WHERE_CODES_ARE = (
    "clinic/**/*",
    "input/*",
    "seal/verify/*",
    "cli/build",
    "cli/making",
    "cli/signing",
    "cli/clinic_files",
    "cli/clinics",
    "render/printable",
)
NO_CODES = {"NFC", "NFKC", "FILE", "NAME", "URI", "URL", "NULL", "F0FACE01"}


def ids(sort: str) -> set[str]:
    return {entry.id for entry in everything() if entry.sort == sort}


def paths(part: type[model.Part], above: str = "") -> Iterator[str]:
    """Every key of the model by its path."""
    for name, field in part.model_fields.items():
        path = f"{above}{field.alias or name}"
        yield path
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, model.Part):
                yield from paths(inner, f"{path}.")


def test_every_key_is_there_with_its_values() -> None:
    assert ids("key") == set(paths(model.Clinic))
    values = {id.rpartition("=")[2] for id in ids("value")}
    for words in (
        model.Provider,
        model.Os,
        model.Mode,
        model.ReaderVendor,
        model.Option,
        model.Where,
    ):
        assert set(get_args(words)) <= values


def test_a_key_says_how_it_is_chosen_and_who_knows_it() -> None:
    """As the hearing sheet asks for it."""
    (entry,) = (each for each in find("network.dns.where") if each.sort == "key")
    assert "ルーター（設定画面に入れる人がいるとき）" in entry.text
    asked = dict(entry.details)["聞き方"]
    assert asked.startswith("DNS をどこに設定するか") and asked.endswith(
        "聞く相手: ルーターの管理者"
    )


def test_every_setting_and_every_row_is_there_with_its_page() -> None:
    assert ids("setting") == {setting.id for setting in SETTINGS}
    assert ids("row") == {each.id for each in rows()}
    for each in rows():
        (entry,) = (entry for entry in entries("row") if entry.id == each.id)
        said = dict(entry.details)["出典"]
        for source in each.source:
            document, _, page = source.partition(" ")
            assert cite(document) in said and page in said, each.id


def codes_of(path: Path) -> set[str]:
    """What is written like a code in a module; a key of a dictionary is none."""
    tree = ast.parse(path.read_text("utf-8"))
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}


def test_every_code_that_is_said_is_there() -> None:
    files = [path for place in WHERE_CODES_ARE for path in (ROOT / "oqsgen").glob(f"{place}.py")]
    assert len(files) > 30
    said = set().union(*map(codes_of, files)) - NO_CODES
    on_the_pc = set()
    for part in (resources.folder("templates") / "ps1").rglob("*.ps1"):
        on_the_pc |= set(re.findall(r"""['"]([A-Z]+(?:_[A-Z]+)+): """, part.read_text("utf-8")))
    assert said | on_the_pc <= ids("problem")


def test_every_code_with_which_a_command_ends_is_there() -> None:
    codes = resources.spec("exit-codes")
    of_commands = {
        console.OK,
        console.INPUT_ERROR,
        console.USAGE_ERROR,
        console.VERIFY_FAILED,
        console.BUG,
    }
    assert set(codes["command"]) == of_commands | {main.INTERRUPTED}
    assert set(codes["pc"]) == set(range(7))
    assert len(find("3")) == 2


@pytest.mark.parametrize("entry", everything(), ids=lambda entry: f"{entry.sort} {entry.id}")
def test_each_is_said_in_japanese(entry: Entry) -> None:
    said = entry.title + entry.text + "".join(text for _, text in entry.details)
    assert entry.title and JAPANESE.search(said)
    assert entry in find(entry.id)
    json.dumps(entry.as_json())


def test_the_rows_of_keys_are_rows_and_keys() -> None:
    for key, of_key in resources.spec("keys").items():
        assert key in ids("key") | ids("value"), key
        for name in of_key:
            assert row(name)


@pytest.mark.parametrize(
    ("id", "meant"),
    [
        ("dns.where", "network.dns.where"),
        ("terminals[0].name", "terminals.name"),
        ("terminals[1].override.power", "power"),
        ("network.dns.where = router", "network.dns.where=router"),
        ("mind", "network.provider=mind"),
        ("パナソニック", "readers.vendor=panasonic"),
        ("code_check", "CODE_CHECK"),
    ],
)
def test_an_id_is_found_as_people_write_it(id: str, meant: str) -> None:
    assert [entry.id for entry in find(id)] == [meant]


@pytest.mark.parametrize(
    ("id", "meant"),
    [
        ("netwrk", "network"),
        ("CODE_CHEK", "CODE_CHECK"),
        ("回線", "network"),
        ("panasonik", "panasonic"),
    ],
)
def test_what_may_be_meant_is_said(id: str, meant: str, run: Run) -> None:
    assert find(id) == ()
    assert near(id).endswith(meant)
    done = run("explain", id)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"もしかして: {meant}" in done.stderr


def test_an_id_of_nothing_and_a_hostile_one(run: Run) -> None:
    for id in ("zzzz", "", "[", "a" * 5000, "\x1b[31m", "=", "."):
        done = run("explain", id)
        assert done.returncode == 2 and "ID はありません" in done.stderr, id
        assert "\x1b" not in done.stderr and len(done.stderr) < 400


def test_it_fits_a_terminal(run: Run) -> None:
    for id in ("network.provider", "ext-autologon", "distribution-update", "CODE_CHECK", "70"):
        done = run("explain", id)
        assert done.returncode == 0
        assert max(map(columns, done.stdout.splitlines())) <= 80


def test_without_an_id_the_sorts_are_listed(run: Run) -> None:
    done = run("explain")
    assert done.returncode == 0
    assert all(name in done.stdout for name in SORTS_JA.values())
    listed = json.loads(run("explain", "--format", "json").stdout)["sorts"]
    assert set(listed) == set(SORTS_JA) and all(listed.values())


def test_json(run: Run) -> None:
    done = run("explain", "power", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    (entry,) = json.loads(done.stdout)["entries"]
    assert entry["sort"] == "key" and "auto（自動）" in entry["details"][0]["text"]
