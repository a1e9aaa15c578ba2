"""操作10 and 承継: each card reader by its account."""

from pathlib import Path

from tests.subjects.clinics import Plan, wanted, with_linkage


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


def test_a_succession_clears_what_the_readers_are_signed_in_with(tmp_path: Path) -> None:
    steps = with_linkage(tmp_path, mode="succession")
    assert wanted(steps["reader-info"]) == {"notBefore": 20261001}
    assert steps["reader-initialize"].how == "guided" and steps["reader-initialize"].open
    assert steps["reader-power"].how == "manual"
    assert "succ-restart" in steps["linkage-restart"].requirements
    assert "reader-info" not in with_linkage(tmp_path)
