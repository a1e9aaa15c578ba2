"""The requirement rows as data: complete, well formed, and free of what a page cannot print."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from oqsgen.manual.rows import RowHow
from oqsgen.plan.step import Who
from oqsgen.resources import folder, spec
from oqsgen.subjects import KINDS
from tests.examples import EXAMPLES, example, plan_of

REQUIRED = {"id", "title", "what", "how", "automation", "source"}
OPTIONAL = {
    "check",
    "mends",
    "looks",
    "also",
    "adds",
    "values",
    "when",
    "who",
    "verify",
    "open",
    "reason",
    "shapes",
    "as_of",
    "claim",
}
ROWS_OF_THE_MANUAL = 264
ROWS_OF_OUR_OWN = 22
"""Rows that no document and nobody in the field asks for: their only source is ``tool``."""
SECRET_WORDS = re.compile(r"(?i)(?:パスワード|password|pass)\s*(?:[:：=＝]|は)\s*[0-9A-Za-z]{4,}")

WORDS = """
    new update succession audit replace auto-power manual-power t1 t2 t3 winhttp ntt east west
    ip-vpn ipsec-ike internet-proxy dns-router dns-terminal win11-pro win11 win10
    desktop notebook wifi e14 e14-time shared manual-assets stop-auto-update face noface several-readers
    fujitsu panasonic almex canon atlas other-reader generic-reader phone phone-generic
    his his-link linkage his-shared his-local shares his-encrypt his-nas ika shika yakkyoku houkan
    clinic hospital pharmacy station medical_info specified_disease erx emr medical_aid emergency
    wu-auto wu-manual staff ntt-pack several-codes carry-over new-accounts old-install
    certprop no-sync-signin autologon locale-ja start-task
"""
FACTS = frozenset(WORDS.split())
"""Every fact that ``oqsgen.clinic.facts`` can give (docs/architecture.md, Requirement rows)."""


def index() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = spec("requirements/index")
    return entries


def all_rows() -> list[dict[str, Any]]:
    return [
        row
        for entry in index()
        for row in spec(f"requirements/{entry['file'].removesuffix('.yaml')}")
    ]


def texts(row: dict[str, Any]) -> Iterator[str]:
    for field in ("title", "what", "check", "mends", "looks", "also", "adds", "reason"):
        if field in row:
            yield row[field]
    for value in row.get("values", ()):
        yield from (value["label"], value["value"])


every_row = pytest.mark.parametrize("row", all_rows(), ids=lambda row: row.get("id", "?"))


def test_the_index_names_each_file_once() -> None:
    listed = [entry["file"] for entry in index()]
    there = {path.name for path in (folder("specs") / "requirements").glob("*.yaml")}
    assert sorted(listed) == sorted(there - {"index.yaml"})
    for key in ("area", "title"):
        assert max(Counter(entry[key] for entry in index()).values()) == 1


def test_every_row_of_the_manual_is_there_once() -> None:
    ids = [row["id"] for row in all_rows()]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    ours = [row["id"] for row in all_rows() if row["source"] == ["tool"]]
    assert (len(ids) - len(ours), len(ours)) == (ROWS_OF_THE_MANUAL, ROWS_OF_OUR_OWN)


@every_row
def test_a_row_has_its_fields_and_no_others(row: dict[str, Any]) -> None:
    assert REQUIRED <= set(row) <= REQUIRED | OPTIONAL
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])
    assert row["how"] in get_args(RowHow)
    assert row.get("who", "oqscomapp") in get_args(Who)


@every_row
def test_a_person_does_nothing_as_the_administrator(row: dict[str, Any]) -> None:
    if row.get("who") == "administrator":
        assert row["how"] in ("apply", "verify"), "what a person does belongs to the user pass"


@every_row
def test_only_what_the_pc_can_do_or_see_has_a_kind(row: dict[str, Any]) -> None:
    if row["how"] in ("plan", "note"):
        assert not {"verify", "open"} & set(row)
    assert row.get("reason") or row["how"] != "note", "why does no step come of it?"
    assert bool(row.get("shapes")) == (row["how"] in ("plan", "note")), "which steps?"
    assert "open" not in row or row["how"] == "guided"
    assert row["how"] in ("plan", "note") or row.get("check"), "how does one see that it is right?"


@every_row
def test_a_verify_block_is_an_action_that_only_reads(row: dict[str, Any]) -> None:
    if "verify" not in row:
        return
    block = row["verify"]
    kind = KINDS[block["kind"]]
    assert ("machine" if row.get("who") == "administrator" else "user") in kind.scopes
    if block["kind"] == "windows":
        assert set(block) == {"kind"}, "the planner knows the editions of the site"
        return
    assert set(block) == {"kind", "target", "wanted"}
    kind.action(block["target"], block["wanted"])
    assert block["target"]


@every_row
def test_when_uses_known_facts(row: dict[str, Any]) -> None:
    when = row.get("when", {})
    assert set(when) <= {"all", "any", "none"}
    for facts in when.values():
        assert isinstance(facts, list)
        assert facts
        assert set(facts) <= FACTS
    assert not set(when.get("all", ())) & set(when.get("none", ()))


def test_a_plan_row_shapes_rows_that_are_steps() -> None:
    hows = {row["id"]: row["how"] for row in all_rows()}
    for row in all_rows():
        for shaped in row.get("shapes", ()):
            assert hows[shaped] not in ("plan", "note"), (row["id"], shaped)


@every_row
def test_a_source_is_a_known_document_and_a_page_of_it(row: dict[str, Any]) -> None:
    documents = spec("documents")["documents"]
    assert row["source"]
    for source in row["source"]:
        document, _, page = source.partition(" ")
        assert document in documents
        assert re.fullmatch(r"|P\.\d+(-\d+)?|(補足)?[①-⑳]", page), source


@every_row
def test_a_row_opens_only_what_windows_or_an_official_profile_has(row: dict[str, Any]) -> None:
    if "open" in row:
        programs = "certmgr|taskschd|devmgmt|gpedit|credentials|programs"
        pattern = (
            rf"ms-settings:[a-z0-9?=&-]*|https://[^\s\"]+|C:\\[^\"]*|edge://[a-z/]+|{programs}"
            r"|installer:<[a-z-]+\.installers>"
        )
        assert re.fullmatch(pattern, row["open"])


FOLLOWING = re.compile("次の(?!日|回|画面|再起動)")
"""What points to something that stands below."""


def test_a_check_says_above_of_the_values_above_it() -> None:
    """On paper and on the screen, values stand between what is done and the check."""
    checks = {row["id"]: row["check"] for row in all_rows() if "check" in row and "values" in row}
    for path in EXAMPLES:
        for profile in example(path.stem):
            checks |= {step.id: step.check for step in plan_of(profile) if step.values}
    assert {name: check for name, check in checks.items() if FOLLOWING.search(check)} == {}


@every_row
def test_text_is_one_paragraph_that_a_person_can_read(row: dict[str, Any]) -> None:
    for text in texts(row):
        assert isinstance(text, str)
        assert text == text.strip()
        assert text
        assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")]
        assert unicodedata.is_normalized("NFC", text)
        assert not SECRET_WORDS.search(text), "a password has no place in a requirement"
    assert not row["title"].isascii()
    assert re.search(r"[ぁ-んァ-ヶ一-龠]", row["what"])
    for field in ("what", "check", "mends", "looks", "also", "adds"):
        if field in row:
            assert row[field].endswith("。"), f"{field} is not a sentence"
