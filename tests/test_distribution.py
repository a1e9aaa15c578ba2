"""操作10 and 操作11 in the plan: the values of the site, and what depends on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from examples import steps_of

from oqsgen.plan.step import Step

CLINIC = """
facility: {{code: "1319999012", name: 東京内科, hours: {{open: "09:00", close: "18:30"}}}}
job: {job}
network: {network}
power: auto
readers: [{readers}]
his: {his}
terminals: [{{name: OQS-01, os: win11-iot-ltsc-2024, {terminal}}}]
"""
T1 = "{provider: ntt-east, dns: {where: router}}"
T3 = (
    "{provider: own, proxy: {server: proxy.example, port: 3128, bypass: [], winhttp: true},"
    " ntp: {server: null, reason: 院内}}"
)
NEW = "{mode: new}"

Plan = Callable[..., dict[str, Step]]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    def make(
        network: str = T1,
        readers: str = "{vendor: panasonic}",
        his: str = "{link: false}",
        job: str = NEW,
        terminal: str = "form: desktop",
    ) -> dict[str, Step]:
        text = CLINIC.format(network=network, readers=readers, his=his, job=job, terminal=terminal)
        path = tmp_path / f"{abs(hash(text))}.yaml"
        path.write_text(text, "utf-8")
        return steps_of(path)

    return make


def test_the_server_follows_the_line(plan: Plan) -> None:
    for network, choice, wanted in ((T1, "配信拠点(推奨)", "base"), (T3, "クラウド", "cloud")):
        steps = plan(network)
        assert dict(steps["distribution-server"].values)["接続する配信サーバー"] == choice
        for name in ("distribution-server-read", "distribution-wrong-server"):
            assert steps[name].wanted == {"server": wanted}
    assert plan(T1)["distribution-reach"].target == {"host": "pweb.base.oqs-pdl.org"}
    assert plan(T3)["distribution-reach"].target == {"host": "proxy.example", "port": 3128}
    assert "distro-min-version" in plan(T3) and "distro-min-version" not in plan(T1)


def test_only_what_the_site_has_is_to_be_brought_and_compared(plan: Plan) -> None:
    alone = plan()
    linked = plan(his="{link: true, share_account: receiptcom}")
    assert "installer-linkage" not in alone and "installer-linkage" in linked
    names = [a["name"] for a in alone["installed-versions"].as_json()["target"]["applications"]]
    assert names == ["顔認証ライブラリ", "配信アプリケーション"]
    minimum = linked["latest-versions-least"].as_json()["wanted"]["minimum"]
    assert minimum == dict(zip(minimum, ("2.3.0", "2.2.0", "2.0.1"), strict=True))


def test_every_reader_is_named_with_its_account(plan: Plan) -> None:
    two = "{vendor: almex, account: F0FACE01, name: 受付}, {vendor: almex, account: F0FACE02}, {vendor: canon}"
    steps = plan(readers=two)
    console = steps["reader-console-almex"].values
    assert [label for label, _ in console[:22]] == [str(n) for n in range(1, 23)]
    assert console[22:] == (
        ("1台目（受付）", "アルメックス、顔認証用アカウント F0FACE01"),
        ("2台目", "アルメックス、顔認証用アカウント F0FACE02"),
    )
    assert steps["readers-each"].values[2] == (
        "3台目",
        "キヤノンマーケティングジャパン、顔認証用アカウントは1台に1つ",
    )
    manuals = dict(steps["reader-set-up"].values)
    assert manuals["アルメックス"] == "設置マニュアル" and "アトラス" not in manuals
    assert {"reader-versions-almex", "reader-versions-canon"} <= steps.keys()
    assert "reader-versions-atlas" not in steps


def test_the_record_is_of_this_terminal(plan: Plan) -> None:
    steps = plan()
    assert steps["distribution-record-read"].wanted == {"code": "1319999012", "ownComputer": True}
    assert ("コンピューター名", "OQS-01") in steps["distribution-record"].values


def test_updating_is_led_through_its_rounds_but_in_an_audit(plan: Plan) -> None:
    assert (plan()["distribution-update"].how, plan()["distribution-update"].kind) == (
        "guided",
        "update-cycle",
    )
    assert "distribution-update" not in plan(job="{mode: audit}")
    succession = "{mode: succession, succession: {previous_code: '1319999004', date: 2026-10-01, carry_over: true}}"
    assert "succ-update" in plan(job=succession)["distribution-update"].requirements


def test_a_terminal_that_does_not_update_itself_may_be_stopped(plan: Plan) -> None:
    assert plan()["distribution-status"].wanted == {"states": ["clean", "probably-clean"]}
    by_hand = plan(terminal="manual_assets: true")["distribution-status"]
    assert by_hand.wanted == {"states": ["clean", "probably-clean", "stopped"]}
