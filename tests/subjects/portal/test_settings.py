"""操作8, 操作9 and 承継: what a clinic's file makes of the portal."""

from pathlib import Path

from oqsgen.resources import spec
from tests.subjects.clinics import LINK, PHARMACY, TOKYO, example_steps, wanted, with_portal


def test_each_account_of_the_profile_is_named(tmp_path: Path) -> None:
    planned = with_portal(tmp_path, LINK + "ntt_start_pack: true\n")
    accounts = wanted(planned["portal-passwords"])["accounts"]
    assert accounts == [
        {"account": "管理アカウント OnsKANRI", "expires": True, "credential": None},
        {"account": "顔認証用（1台目） F0FACE01", "expires": False, "credential": None},
        {"account": "顔認証用（2台目） F0FACE07", "expires": False, "credential": None},
        {"account": "連携用 R0RENK01", "expires": False, "credential": "OQS_LOGIN_KEY"},
    ]
    assert wanted(planned["account-csv"]) == {"rows": 3}
    upload = dict(planned["account-csv-upload"].values)
    assert upload["CSV"] == "医科歯科用" and upload["処理件数"] == "3"
    assert (
        dict(
            with_portal(tmp_path, LINK + "ntt_start_pack: true\n", PHARMACY)["account-csv"].values
        )["CSV"]
        == "薬局用"
    )
    listed = [value for _, value in planned["portal-account-list"].values]
    assert "管理アカウント OnsKANRI" in listed and "連携用 R0RENK01" in listed and len(listed) == 4


def test_without_the_start_pack_no_account_is_guessed(tmp_path: Path) -> None:
    planned = with_portal(tmp_path, LINK)
    text = " ".join(value for step in planned.values() for _, value in step.values)
    for name in ("OnsKANRI", "F0FACE01", "RENK01"):
        assert name not in text
    assert not {"account-csv", "portal-administrator", "start-pack-folder"} & planned.keys()


def test_the_sheet_of_the_environment_says_what_the_file_says(tmp_path: Path) -> None:
    planned = with_portal(
        tmp_path, LINK + "services: {erx: true, emr: false}\ngeneric_reader: true\nphone: true\n"
    )
    sheet = dict(planned["portal-flags"].values)
    assert sheet["電子処方箋管理サービス"] == "利用する（初期値: 利用しない）← 変える"
    phone = "スマホによる本人確認（カードリーダー使用）"
    assert sheet[phone] == "利用する（初期値: 利用しない）← 変える"
    assert sheet["電子カルテ情報共有"] == "利用しない（初期値のまま）"
    assert sheet["医療扶助"] == "利用しない（初期値。施設に尋ねる）", "nobody has answered it"
    assert sheet["医療情報"] == "利用する", "the manual says nothing of what it is at first"
    for title in spec("portal")["undecided_flags"]:
        assert sheet[title] == "利用しない（初期値。施設に尋ねる）"
    assert len(sheet) == 11
    assert dict(planned["portal-charset"].values)["文字コード"] == "UTF-8（初期値のまま）"
    hospital = example_steps("p08-saitama-byoin")
    assert (
        dict(hospital["portal-charset"].values)["文字コード"]
        == "Shift-JIS（初期値: UTF-8）← 変える"
    )
    assert hospital["portal-emergency"].values[0] == ("この病院", "利用する")


def test_accounts_made_anew_are_other_accounts_than_those_of_the_code_before() -> None:
    """Their names may be the same; a PC that remembers the old ones has to ask again."""
    accounts = wanted(example_steps("p11-chiba-shika")["portal-passwords"])["accounts"]
    assert isinstance(accounts, list) and len(accounts) == 3
    assert all(account["account"].endswith("（1239999137）") for account in accounts)
    assert accounts[-1]["credential"] == "OQS_LOGIN_KEY"


def test_further_codes_are_said_where_they_matter(tmp_path: Path) -> None:
    more = LINK + "ntt_start_pack: true\n"
    planned = with_portal(tmp_path, more, TOKYO | {"more": 'more_codes: ["1339999012"], '})
    assert ("医療機関等コード", "1339999012") in planned["portal-sign-ins"].values
    assert "登録しない" in dict(planned["clinic-code"].values)["ほかの医療機関等コード"]
    assert "2 個" in dict(planned["account-counts"].values)["医療機関等コード"]
