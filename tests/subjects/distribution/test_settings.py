"""操作11: the 配信アプリケーション and its task, as the site decides."""

from pathlib import Path

import pytest

from tests.subjects.clinics import T1, T3, Plan, wanted, with_linkage


def test_the_server_follows_the_line(plan: Plan) -> None:
    for network, choice, server in ((T1, "配信拠点(推奨)", "base"), (T3, "クラウド", "cloud")):
        steps = plan(network)
        assert dict(steps["distribution-server"].values)["接続する配信サーバー"] == choice
        for name in ("distribution-server-read", "distribution-wrong-server"):
            assert steps[name].wanted == {"server": server}
    assert "distro-min-version" in plan(T3) and "distro-min-version" not in plan(T1)


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


@pytest.mark.parametrize(("terminal", "old"), [("", False), (", force_delay: true", True)])
def test_only_an_old_installation_gets_the_delays(tmp_path: Path, terminal: str, old: bool) -> None:
    steps = with_linkage(tmp_path, terminal=terminal)
    assert wanted(steps["distribution-task"])["delay"] == ("PT1M" if old else None)
    assert wanted(steps["linkage-task-running"])["delay"] == ("PT30S" if old else None)
    assert wanted(steps["linkage-task-start"])["delay"] is None
    assert ("task-distro-delay" in steps["distribution-task"].requirements) == old


def test_a_terminal_that_is_updated_by_hand_gets_no_start_task(tmp_path: Path) -> None:
    steps = with_linkage(tmp_path, terminal=", manual_assets: true")
    assert "distribution-task" not in steps and "distribution-task-ran" not in steps
    assert steps["distribution-stopped"].how == "manual"
    assert steps["distribution-start-stopped"].how == "verify"
    assert "distribution-stopped" not in with_linkage(tmp_path)
