"""操作11: the 配信アプリケーション and its task, as the site decides."""

from pathlib import Path

import pytest

from tests.subjects.clinics import T1, T3, Plan, wanted, with_linkage


def test_the_server_follows_the_line(plan: Plan) -> None:
    for network, choice, server in ((T1, "配信拠点(推奨)", "base"), (T3, "クラウド", "cloud")):
        steps = plan(network)
        assert (
            dict(steps["distribution-server"].values)["設定の変更 → 接続する配信サーバー"] == choice
        )
        assert steps["distribution-server"].wanted == {"server": server}
    assert "distro-min-version" in plan(T3) and "distro-min-version" not in plan(T1)


def test_the_record_is_of_this_terminal(plan: Plan) -> None:
    steps = plan()
    assert steps["distribution-record"].how == "guided"
    assert steps["distribution-record"].wanted == {"code": "1319999012", "ownComputer": True}
    assert ("配信実績の確認 → コンピューター名", "OQS-01") in steps["distribution-record"].values


def test_updating_is_led_through_its_rounds_but_in_an_audit(plan: Plan) -> None:
    assert (plan()["distribution-update"].how, plan()["distribution-update"].kind) == (
        "guided",
        "update-cycle",
    )
    assert "distribution-update" not in plan(job="{mode: audit}")
    succession = "{mode: succession, succession: {previous_code: '1319999004', date: 2026-10-01, carry_over: true}}"
    assert "succ-update" in plan(job=succession)["distribution-update"].requirements


def test_a_terminal_that_does_not_update_itself_may_be_stopped(plan: Plan) -> None:
    audit = "{mode: audit}"
    itself = plan(job=audit)["distribution-status"]
    assert itself.wanted == {"states": ["clean", "probably-clean"]}
    by_hand = plan(job=audit, terminal="manual_assets: true")["distribution-status"]
    assert by_hand.wanted == {"states": ["clean", "probably-clean", "stopped"]}


def test_the_rounds_of_updating_print_what_each_status_means(plan: Plan) -> None:
    steps = plan()
    assert "distribution-status" not in steps, "the rounds end with a look at it"
    meanings = [label for label, _ in steps["distribution-update"].values]
    assert {"Status: 再起動待ち", "Status: 未適用更新ファイルなし"} <= set(meanings)


def test_the_day_of_delivery_is_asked_about_but_where_the_terminal_is_set_up(plan: Plan) -> None:
    assert "distro-no-download-day1" not in plan()
    assert "distro-no-download-day1" in plan(job="{mode: update}")


@pytest.mark.parametrize(("terminal", "old"), [("", False), (", force_delay: true", True)])
def test_only_an_old_installation_gets_the_delays(tmp_path: Path, terminal: str, old: bool) -> None:
    steps = with_linkage(tmp_path, terminal=terminal)
    assert wanted(steps["distribution-task"])["delay"] == ("PT1M" if old else None)
    assert wanted(steps["linkage-task-running"])["delay"] == ("PT30S" if old else None)
    assert wanted(steps["linkage-task-start"])["delay"] is None
    assert ("task-distro-delay" in steps["distribution-task"].requirements) == old


STOPPED = ", manual_assets: true"


def test_a_terminal_that_is_updated_by_hand_is_stopped_after_its_task_is_there(
    tmp_path: Path,
) -> None:
    steps = with_linkage(tmp_path, terminal=STOPPED)
    names = list(steps)
    assert names.index("distribution-task") < names.index("distribution-update")
    assert names.index("distribution-update") < names.index("distribution-stopped")
    assert wanted(steps["distribution-task"])["mayBeOff"] is True
    assert (
        "後の「配信アプリケーションの自動更新の停止」の項目で止めます"
        in steps["distribution-task"].what
    )
    assert steps["distribution-stopped"].how == "manual"
    assert "distribution-task-ran" not in steps, "once it is off, it no longer runs"
    others = with_linkage(tmp_path)
    assert "distribution-stopped" not in others
    assert wanted(others["distribution-task"]).keys() == {"account", "delay"}


@pytest.mark.parametrize("mode", ["update", "succession", "audit"])
def test_nobody_starts_the_updates_that_somebody_has_stopped(tmp_path: Path, mode: str) -> None:
    steps = with_linkage(tmp_path, terminal=STOPPED, mode=mode)
    assert "distribution-task" not in steps
    assert steps["distribution-stopped"].how == "manual"
    assert "distribution-task" in with_linkage(tmp_path, mode=mode)


def test_the_delays_are_printed_where_they_are_not_set(tmp_path: Path) -> None:
    assert "distro-fail-delay" in with_linkage(tmp_path)
    assert "distro-fail-delay" not in with_linkage(tmp_path, terminal=", force_delay: true")


def test_the_line_s_names_come_before_what_needs_them(plan: Plan) -> None:
    names = list(plan(T1))
    assert names.index("v6-option") < names.index("dns-router-oqs") < names.index("line-up")
