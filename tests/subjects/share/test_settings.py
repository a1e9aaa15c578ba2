"""操作4 and 操作5: what is shared, with whom, and what is only looked at, on each sort of site."""

import re
from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.step import Step
from oqsgen.resources import spec
from tests import PARTS
from tests.subjects.clinics import with_shares


def shares(plan: dict[str, Step]) -> dict[str, Any]:
    """Name → folder of each share that is made."""
    found = [step for step in plan.values() if step.kind == "share" and step.how == "apply"]
    return {step.target["name"]: step.target["path"] for step in found if step.target}


def looked_at(step: Step) -> dict[str, str]:
    """Name → folder of each share that a step looks at."""
    assert step.kind == "shares-access" and step.how == "verify" and step.target
    return {share["name"]: share["path"] for share in step.target["shares"]}


def test_each_folder_is_shared_with_the_account_once_it_is_there(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: true, share_account: receiptcom}")
    folders = {name: rf"C:\OQS\{name}" for name in ("face", "req", "res")}
    assert shares(plan) == folders
    account = plan["share-account"]
    assert (account.kind, account.how) == ("user", "apply")
    assert account.wanted and account.wanted["administrator"] is False
    order = list(plan)
    assert order.index("share-account") < order.index("share-account-console")
    assert order.index("share-account") < order.index("share-firewall") < order.index("share-face")
    assert order.index("share-network") < order.index("share-face")
    assert not [name for name in plan if name.startswith("share-place-")], "sharing looks for it"
    assert [looked_at(plan[f"share-works-{name}"]) for name in ("face", "link")] == [
        {"face": folders["face"]},
        {name: folders[name] for name in ("req", "res")},
    ]
    for name in folders:
        assert plan[f"share-{name}"].wanted == {"account": "receiptcom"}


def test_only_the_reader_s_folder_without_a_link(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: false, share_account: receiptcom}")
    assert shares(plan) == {"face": r"C:\OQS\face"}


def test_a_person_shares_where_no_account_is_decided(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: false}")
    assert not shares(plan) and "share-firewall" not in plan
    assert plan["share-by-hand"].how == "manual"
    assert [name for name in plan if name.startswith("share-")] == [
        "share-by-hand",
        "share-place-face",
    ]


def test_nothing_is_shared_with_this_pc_itself(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: true, local: true}")
    assert not shares(plan) and not {"share-account", "share-firewall", "share-face"} & plan.keys()
    absent = plan["share-not-needed"]
    assert (absent.kind, absent.how, absent.wanted) == ("share", "verify", None)
    by_person = [
        name for name, step in plan.items() if name.startswith("share-") and step.how == "manual"
    ]
    assert by_person == ["share-works-here"]


def test_other_folders_of_this_pc_are_shared_and_a_nas_is_not(tmp_path: Path) -> None:
    paths = r"paths: {req: 'D:\a\req', res: '\\nas\oqs\res'}"
    plan = with_shares(
        tmp_path, "{link: true, share_account: receiptcom, nas: true, " + paths + "}"
    )
    assert shares(plan) == {"face": r"C:\OQS\face", "req": r"D:\a\req"}
    assert plan["share-nas"].how == "manual"
    assert ("resフォルダー", r"\\nas\oqs\res") in plan["share-nas"].values
    there = plan["share-place-res-nas"]
    assert (there.scope, there.how, there.target) == ("user", "verify", {"path": r"\\nas\oqs\res"})
    assert "everyone-req" in plan and "everyone-res" not in plan


def test_the_rule_lets_in_the_facility_s_other_networks(tmp_path: Path) -> None:
    his = "{{link: true, share_account: receiptcom{}}}"
    plan = with_shares(tmp_path, his.format(", share_from: [192.168.20.0/24, 'FD12:3::/48']"))
    step = plan["share-firewall"]
    networks = ["LocalSubnet", "192.168.20.0/24", "fd12:3::/48"]
    assert step.wanted and step.wanted["remote"] == networks and step.wanted["exact"] is True
    assert ("リモート アドレス", "ローカル サブネット、192.168.20.0/24、fd12:3::/48") in step.values
    plan = with_shares(tmp_path, his.format(""))
    step = plan["share-firewall"]
    assert step.wanted and step.wanted["remote"] == ["LocalSubnet"]
    # What is open for other private addresses stays, and is named.
    assert step.wanted["exact"] is False


def test_a_facility_s_networks_are_the_same_for_the_pc() -> None:
    text = (PARTS / "common" / "address-range.ps1").read_text("utf-8")
    match = re.search(r"^\$script:FacilityNetwork = (.*)$", text, re.MULTILINE)
    assert match and re.findall("'([^']+)'", match[1]) == spec("network")["private"]


@pytest.mark.parametrize("mode", ["update", "audit"])
def test_a_pc_that_was_set_up_before_is_only_looked_at(tmp_path: Path, mode: str) -> None:
    plan = with_shares(tmp_path, "{link: true, share_account: receiptcom}", mode)
    assert not shares(plan)
    assert not [step for step in plan.values() if step.id.startswith("share-") and step.secrets]
    assert {plan[f"share-works-{name}"].how for name in ("face", "link")} == {"verify"}
    assert ("share-face" in plan) == (mode == "audit")
    assert mode == "update" or plan["share-face"].how == "verify"
