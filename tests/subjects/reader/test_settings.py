"""操作10 and 承継: each card reader by its account."""

from pathlib import Path

from tests.subjects.clinics import Plan, planned, wanted, with_linkage


def test_every_reader_is_named_with_its_account(plan: Plan) -> None:
    two = "{vendor: almex, account: F0FACE01, name: 受付}, {vendor: almex, account: F0FACE02}, {vendor: canon}"
    steps = plan(readers=two)
    console = steps["reader-console-almex"].values
    assert "".join(label for label, _ in console[:19]) == "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲"
    assert console[19:] == (
        ("1台目（受付）のデバイスID", "F0FACE01"),
        ("2台目のデバイスID", "F0FACE02"),
    )
    assert steps["readers-each"].values[2] == (
        "3台目",
        "キヤノンマーケティングジャパン、顔認証用アカウントは1台に1つ",
    )
    manuals = dict(steps["reader-set-up"].values)
    assert manuals["アルメックス"] == "設置マニュアル" and "アトラス" not in manuals
    assert {"reader-versions-almex", "reader-versions-canon"} <= steps.keys()
    assert "reader-versions-atlas" not in steps


def test_a_reader_that_no_document_knows_gets_what_holds_for_every_maker(plan: Plan) -> None:
    known, other = plan(readers="{vendor: canon}"), plan(
        readers="{vendor: other, vendor_name: 次世代A, account: F0FACE01}, {vendor: other}"
    )
    values = dict(other["reader-set-up"].values)
    assert values["次世代A"] == values["ほかのメーカー"] == "メーカーの取扱説明書"
    assert other["readers-each"].values[0] == ("1台目", "次世代A、顔認証用アカウント F0FACE01")
    # It has one name wherever it is named.
    entered = [label for label, _ in other["reader-account"].values]
    made = "".join(text for _, text in other["portal-accounts"].values)
    assert entered == ["次世代A", "ほかのメーカー"]
    assert "（次世代A） F0FACE01" in made and "（ほかのメーカー）" in made
    several = {"readers-each", "readers-bound"}
    assert known.keys() - other.keys() == {"reader-versions-canon"}
    assert not {id_ for id_ in other.keys() - known.keys() if id_ not in several}


def test_readers_that_no_document_knows_are_set_up_again_at_a_succession(tmp_path: Path) -> None:
    steps = planned(
        tmp_path,
        job='{mode: succession, succession: {previous_code: "1319999020", date: 2026-10-01}}',
        readers="[{vendor: other, vendor_name: 次世代A}]",
    )
    assert ("次世代A", "メーカーの取扱説明書") in steps["readers-rebound"].values


def test_a_succession_clears_what_the_readers_are_signed_in_with(tmp_path: Path) -> None:
    steps = with_linkage(tmp_path, mode="succession")
    assert wanted(steps["reader-info"]) == {"notBefore": 20261001}
    assert steps["reader-initialize"].how == "guided" and steps["reader-initialize"].open
    assert steps["reader-power"].how == "manual"
    assert "succ-restart" in steps["linkage-restart"].requirements
    assert "reader-info" not in with_linkage(tmp_path)
