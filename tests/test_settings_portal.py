"""操作8, 操作9, 操作12 and 承継: what each clinic's file makes of the portal and of the credentials."""

from pathlib import Path

import pytest
from examples import FOLDER, steps_of

from oqsgen.resources import spec
from oqsgen.plan.step import Step

CLINIC = """
facility: {{code: "{code}", name: 施設, hours: {{open: "09:00", close: "18:30"}}}}
network: {{provider: {provider}, dns: {{where: {dns}}}}}
power: auto
readers: [{{vendor: panasonic}}, {{vendor: panasonic, account: F0FACE07}}]
terminals: [{{name: OQS-01, os: win11-pro}}]
{more}
"""
TOKYO = {"code": "1319999012", "provider": "ntt-east", "dns": "router"}
PHARMACY = {"code": "2349999033", "provider": "ctc", "dns": "none"}
LINK = "his: {link: true, share_account: receiptcom}\n"


def steps(tmp_path: Path, more: str = "", site: dict[str, str] = TOKYO) -> dict[str, Step]:
    """The plan of a clinic with these further keys."""
    path = tmp_path / "clinic.yaml"
    path.write_text(CLINIC.format(**site, more=more), "utf-8")
    return steps_of(path)


def example(name: str) -> dict[str, Step]:
    """The plan of an example's first terminal."""
    return steps_of(FOLDER / f"{name}.yaml")


def wanted(step: Step) -> dict[str, object]:
    """What a step wants, which is not absence."""
    assert step.wanted is not None
    return dict(step.wanted)


def test_credentials_are_for_the_linkage_alone(tmp_path: Path) -> None:
    names = {"login-key", "clinic-code", "crypt-pass", "nas-login-key"}
    assert not names & steps(tmp_path).keys()
    assert names & steps(tmp_path, LINK).keys() == {"login-key", "clinic-code"}
    more = "his: {link: true, share_account: receiptcom, encrypt: true, nas: true}\n"
    planned = steps(tmp_path, more)
    assert names <= planned.keys()
    for name in names:
        assert (planned[name].how, planned[name].scope, planned[name].who) == (
            "apply",
            "user",
            "oqscomapp",
        )
    assert wanted(planned["clinic-code"])["code"] == "1319999012"
    assert wanted(planned["nas-login-key"]) == {
        "userName": "receiptcom", "prefixes": [], "code": None, "caseless": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("site", "more", "user", "prefixes"),
    [
        (TOKYO, LINK, None, ["R0"]),
        (TOKYO, LINK + "ntt_start_pack: true\n", "R0RENK01", ["R0"]),
        (PHARMACY, LINK + "ntt_start_pack: true\n", "R1RENK01", ["R1"]),
        (
            TOKYO,
            "ntt_start_pack: true\nhis: {link: true, share_account: a, login_key_user: R0X}\n",
            "R0X",
            ["R0"],
        ),
    ],
)
def test_the_linkage_account_is_as_written_or_the_start_packs(
    tmp_path: Path, site: dict[str, str], more: str, user: str | None, prefixes: list[str]
) -> None:
    planned = steps(tmp_path, more, site)
    found = wanted(planned["login-key"])
    assert (found["userName"], found["prefixes"]) == (user, prefixes)
    assert wanted(planned["login-key-kind"]) == {"prefixes": prefixes}


def test_each_account_of_the_site_is_named(tmp_path: Path) -> None:
    planned = steps(tmp_path, LINK + "ntt_start_pack: true\n")
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
        dict(steps(tmp_path, LINK + "ntt_start_pack: true\n", PHARMACY)["account-csv"].values)[
            "CSV"
        ]
        == "薬局用"
    )
    listed = [value for _, value in planned["portal-account-list"].values]
    assert "管理アカウント OnsKANRI" in listed and "連携用 R0RENK01" in listed and len(listed) == 4


def test_without_the_start_pack_no_account_is_guessed(tmp_path: Path) -> None:
    planned = steps(tmp_path, LINK)
    text = " ".join(value for step in planned.values() for _, value in step.values)
    for name in ("OnsKANRI", "F0FACE01", "RENK01"):
        assert name not in text
    assert not {"account-csv", "portal-administrator", "start-pack-folder"} & planned.keys()


def test_the_sheet_of_the_environment_says_what_the_file_says(tmp_path: Path) -> None:
    planned = steps(tmp_path, LINK + "services: {erx: true}\ngeneric_reader: true\nphone: true\n")
    sheet = dict(planned["portal-flags"].values)
    assert sheet["電子処方箋"] == "利用する（初期値: 利用しない）"
    assert sheet["スマホによる本人確認"] == "利用する（初期値: 利用しない）"
    assert sheet["電子カルテ情報共有"] == "利用しない（初期値: 利用しない）"
    for title in spec("portal")["undecided_flags"]:
        assert sheet[title].startswith("利用しない（初期値")
    assert len(sheet) == 11
    assert dict(planned["portal-charset"].values)["文字コード"].startswith("UTF-8")
    hospital = example("p08-saitama-byoin")
    assert dict(hospital["portal-charset"].values)["文字コード"].startswith("Shift-JIS")
    assert hospital["portal-emergency"].values[0] == ("この病院", "利用する")


def test_the_new_code_is_set_once_and_before_the_restart_of_a_succession() -> None:
    for name in ("p10-shizuoka-iin", "p11-chiba-shika"):
        planned = example(name)
        order = list(planned)
        assert "clinic-code" not in planned
        step = planned["clinic-code-succession"]
        assert {"succ-cred", "cred-med-code"} <= set(step.requirements)
        restart = next(s.id for s in planned.values() if "succ-restart" in s.requirements)
        assert order.index("carry-over") < order.index(step.id) < order.index(restart)
        before = dict(planned["before-succession"].values)
        assert before["前の医療機関等コード"] != before["新しい医療機関等コード"]
        assert order.index("before-succession") < order.index("carry-over")
    assert dict(planned["before-succession"].values)["旧コードの電子証明書を使える期限"].startswith(
        "2027-03-01"
    )


def test_what_the_linkage_application_reads_at_its_start_asks_for_a_restart() -> None:
    for name in ("p01-tokyo-naika", "p10-shizuoka-iin"):
        steps = [s for s in example(name).values() if s.kind == "credential"]
        assert len(steps) > 1 and all(s.restart for s in steps)


def test_a_succession_goes_one_of_two_ways() -> None:
    kept, anew = example("p10-shizuoka-iin"), example("p11-chiba-shika")
    assert "portal-code" in kept and "portal-code-new-accounts" not in kept
    assert not {"portal-passwords", "portal-accounts"} & kept.keys()
    assert {"portal-passwords", "portal-accounts", "portal-code-new-accounts"} <= anew.keys()
    order = list(anew)
    assert order.index("portal-passwords") < order.index("portal-accounts")
    assert order.index("portal-accounts") < order.index("portal-code-new-accounts")
    assert "引き継がれている" in dict(kept["carry-over"].values)["この施設の予定"]
    assert "引き継がれていない" in dict(anew["carry-over"].values)["この施設の予定"]


def test_accounts_made_anew_are_other_accounts_than_those_of_the_code_before() -> None:
    """Their names may be the same; a PC that remembers the old ones has to ask again."""
    accounts = wanted(example("p11-chiba-shika")["portal-passwords"])["accounts"]
    assert isinstance(accounts, list) and len(accounts) == 3
    assert all(account["account"].endswith("（1239999137）") for account in accounts)
    assert accounts[-1]["credential"] == "OQS_LOGIN_KEY"


def test_further_codes_are_said_where_they_matter(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yaml"
    text = CLINIC.format(**TOKYO, more=LINK + "ntt_start_pack: true\n")
    path.write_text(text.replace("name: 施設,", 'name: 施設, more_codes: ["1339999012"],'), "utf-8")
    planned = steps_of(path)
    assert ("医療機関等コード", "1339999012") in planned["portal-sign-ins"].values
    assert "登録しない" in dict(planned["clinic-code"].values)["ほかの医療機関等コード"]
    assert "2 個" in dict(planned["account-counts"].values)["医療機関等コード"]
