"""From sites to plans: what the manual asks is covered, and nothing is there twice."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import row, rows, rows_for
from oqsgen.plan.kind import Action
from oqsgen.plan.plan import make_plan
from oqsgen.plan.setting import Setting
from oqsgen.plan.step import Step
from oqsgen.resources import spec
from oqsgen.subjects import KINDS, SETTINGS
from tests.examples import EXAMPLES, example, plan_of, profiles_of

CARRIED_OUT = ("account", "proxy", "windows")
"""Areas whose rows the tool carries out in full."""


every_profile = pytest.mark.parametrize(
    "profile",
    [
        pytest.param(profile, id=f"{path.stem}-{profile.terminal.name}")
        for path in EXAMPLES
        for profile in example(path.stem)
    ],
)


def profile_of(text: str, tmp_path: Path) -> TerminalProfile:
    file = tmp_path / "clinic.yaml"
    file.write_text(text, "utf-8")
    (profile,) = profiles_of(file)
    return profile


@every_profile
def test_every_row_that_applies_is_named_by_a_step(profile: TerminalProfile) -> None:
    named = {name for step in plan_of(profile) for name in step.requirements}
    applying = {row.id for row in rows() if row.applies_to(profile.facts)}
    notes = {row.id for row in rows() if row.how == "note"}
    assert applying - notes <= named <= applying


@every_profile
def test_rows_of_carried_out_areas_are_carried_out(profile: TerminalProfile) -> None:
    """操作1 and 操作3: apply rows are applied, verify rows verified, but for what is left out.

    What is applied is read back, and so verified.
    """
    left_out = {skip.id for skip in profile.skip}
    done = {
        how: {name for step in plan_of(profile) if step.how == how for name in step.requirements}
        for how in ("apply", "verify")
    }
    done["verify"] |= done["apply"]
    if "audit" in profile.facts:
        done["apply"] = done["verify"]
    if profile.ntp_server is None:
        left_out |= {"ntp-skip", "ntp-dns-rr"}
    for one in rows():
        if one.area in CARRIED_OUT and one.applies_to(profile.facts) and one.id not in left_out:
            assert one.how not in done or one.id in done[one.how], one.id


@every_profile
def test_an_audit_changes_nothing_and_asks_for_no_password(profile: TerminalProfile) -> None:
    if "audit" in profile.facts:
        for step in plan_of(profile):
            assert step.how in ("verify", "manual") and not step.secrets and not step.restart


@every_profile
def test_steps_are_named_once_and_stand_in_the_order_of_the_areas(profile: TerminalProfile) -> None:
    steps = plan_of(profile)
    assert len({step.id for step in steps}) == len(steps)
    order = list(dict.fromkeys(row.area for row in rows()))
    positions = [order.index(step.area) for step in steps]
    assert positions == sorted(positions)


@every_profile
def test_a_target_is_changed_by_one_step_alone(profile: TerminalProfile) -> None:
    changed = [
        (step.kind, json.dumps(step.target, sort_keys=True))
        for step in plan_of(profile)
        if step.how == "apply"
    ]
    assert len(set(changed)) == len(changed)


@every_profile
def test_steps_fit_their_kinds(profile: TerminalProfile) -> None:
    for step in plan_of(profile):
        kind = KINDS[step.kind]
        assert step.scope in kind.scopes, step.id
        assert (step.target is None) == (step.kind in ("manual", "guided")), step.id
        if step.target is not None:
            kind.action(step.target, step.wanted)
        assert step.how != "apply" or kind.changes, step.id
        assert step.title and step.what and step.source, step.id
        json.dumps(step.as_json())


def first(name: str) -> tuple[Step, ...]:
    return plan_of(example(name)[0])


def in_order(steps: Sequence[Step], *ids: str) -> bool:
    """Whether the steps ``ids`` are there, in this order."""
    places = [[step.id for step in steps].index(name) for name in ids]
    return places == sorted(places)


def test_an_update_delivers_the_extensions_before_they_are_swapped() -> None:
    """NTT West: 配信アプリケーション, then the swap, then the versions."""
    steps = first("p05-yokohama-seikei")
    assert in_order(
        steps,
        "distribution-server",
        "distribution-connected",
        "distribution-update",
        "reader-almex-power",
        "extension-files",
        "extensions-old",
        "extensions-added",
        "e14-arp-offload",
        "windows-update",
        "latest-versions",
    )
    new = first("p01-tokyo-naika")
    assert in_order(new, "extensions-added", "distribution-server", "distribution-update")


@pytest.mark.parametrize("name", ["p10-shizuoka-iin", "p11-chiba-shika"])
def test_a_succession_goes_in_the_order_of_its_manual(name: str) -> None:
    """almex ③ to ⑫; where the accounts are made anew, that is between ⑦ and ⑧."""
    steps = first(name)
    anew = [
        "master-notice-code",
        "acct-master-reset",
        "portal-passwords",
        "portal-sign-in",
        "portal-accounts",
        "portal-code-new-accounts",
    ]
    assert in_order(
        steps,
        "certificate-notice",
        "succession-sign-in",
        "before-succession",
        "windows-edition",
        "certificate-import",
        "carry-over",
        *(anew if name == "p11-chiba-shika" else ["portal-code"]),
        "clinic-code-succession",
        "login-key",
        "linkage-restart",
        "reader-power",
        "readers-rebound" if name == "p11-chiba-shika" else "reader-initialize",
        "reader-info",
        "distribution-update",
        "test-face",
        "succ-test",
    )
    assert next(step for step in steps if step.id == "reader-power").values == ()
    reader_info = next(step for step in steps if step.id == "reader-info")
    assert reader_info.after == (
        "certificate-notice",
        "certificate-import",
        "clinic-code-succession",
    )


def test_the_power_of_an_almex_reader_follows_the_update() -> None:
    steps = first("p10-shizuoka-iin")
    assert in_order(steps, "reader-initialize", "reader-console-almex", "distribution-update")
    assert in_order(steps, "distribution-update", "reader-almex-power", "succ-test")


def test_a_succession_without_the_linkage_application_restarts_the_pc(tmp_path: Path) -> None:
    job = (
        'job: {mode: succession, succession: {previous_code: "1319999020", date: 2026-10-01}}\n'
        "his: {link: %s, share_account: receiptcom}\n"
    )
    text = SMALLEST.format(power="auto", os="win11-pro", form="desktop")
    (tmp_path / "a").mkdir()
    alone = profile_of(text + job % "false", tmp_path)
    linked = profile_of(text + job % "true", tmp_path / "a")
    assert "linkage-restart" not in steps_by_id(alone)
    assert "succession-restart" not in steps_by_id(linked)
    assert steps_by_id(alone)["succession-restart"].kind == "restart"
    assert in_order(list(plan_of(alone)), "succession-restart", "reader-power", "reader-info")
    assert steps_by_id(alone)["reader-info"].after == ("certificate-notice", "certificate-import")


def test_each_other_order_moves_rows_that_there_are_and_no_others() -> None:
    names = [row.id for row in rows()]
    for fact in {move["fact"] for move in spec("order")}:
        moves = [move for move in spec("order") if move["fact"] == fact]
        ids = [row.id for row in rows_for(frozenset({fact}))]
        assert sorted(ids) == sorted(names)
        for move in moves:
            place = ids.index(move["before"])
            assert ids[place - len(move["rows"]) : place] == move["rows"]
        moved = {name for move in moves for name in move["rows"]}
        others = [name for name in names if name not in moved]
        assert [name for name in ids if name not in moved] == others
    assert rows_for(frozenset({"new"})) == rows()


def test_the_examples_name_every_row() -> None:
    named = {
        requirement
        for path in EXAMPLES
        for profile in example(path.stem)
        for step in plan_of(profile)
        for requirement in step.as_json()["requirements"]
    }
    assert named == {row.id for row in rows()}


def test_each_setting_gives_a_step_in_an_example() -> None:
    """What no example has is held by no golden file and by no run of a script."""
    steps = {
        step.id for path in EXAMPLES for profile in example(path.stem) for step in plan_of(profile)
    }
    assert {setting.id for setting in SETTINGS} - steps == set()


def test_each_setting_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(setting: Setting) -> Setting:
        def action(profile: TerminalProfile) -> Action | None:
            asked.append(setting.id)
            return setting.action(profile)

        return replace(setting, action=action)

    monkeypatch.setattr("oqsgen.plan.plan.SETTINGS", tuple(map(counting, SETTINGS)))
    make_plan(example("clinic")[0])
    assert sorted(asked) == sorted(setting.id for setting in SETTINGS)


def test_a_setting_repeats_nothing_of_its_row_and_says_why_it_departs() -> None:
    for setting in SETTINGS:
        first = row(setting.rows[0])
        departs = setting.who is not None or setting.how is not None
        assert setting.who != first.who, setting.id
        assert setting.how != first.how, setting.id
        assert departs == bool(setting.unlike_row), setting.id


def test_a_row_without_a_step_shapes_others_and_a_note_says_why() -> None:
    for one in rows():
        assert bool(one.shapes) == (one.how in ("plan", "note")), one.id
        assert one.how != "note" or one.reason, one.id


def test_every_row_applies_to_some_profile_or_waits_for_an_option(tmp_path: Path) -> None:
    """A row that no example reaches would never be looked at."""
    reached = {
        row.id
        for path in EXAMPLES
        for profile in example(path.stem)
        for row in rows()
        if row.applies_to(profile.facts)
    }
    everything = profile_of(
        """
facility: {code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}}
job: {mode: succession, succession: {previous_code: "1319999004", date: 2026-10-01, carry_over: false}}
network: {provider: ntt-east, dns: {where: terminal, nic: LAN}}
power: auto
readers: [{vendor: almex}, {vendor: canon}, {vendor: fujitsu}, {vendor: atlas}, {vendor: panasonic}]
generic_reader: true
phone: true
his: {link: true, share_account: receiptcom, encrypt: true, nas: true}
ntt_start_pack: true
options: [certprop, no-sync-signin, autologon, locale-ja]
terminals: [{name: OQS-01, os: win11-pro, form: notebook, force_delay: true, staff_accounts: [uke]}]
""",
        tmp_path,
    )
    reached |= {row.id for row in rows() if row.applies_to(everything.facts)}
    assert {row.id for row in rows()} - reached == set()


SMALLEST = """
facility: {{code: "1319999012", name: 東京内科, hours: {{open: "09:00", close: "18:30"}}}}
network: {{provider: ntt-east, dns: {{where: router}}}}
power: {power}
readers: [{{vendor: panasonic}}]
terminals: [{{name: OQS-01, os: {os}, form: {form}}}]
"""


def steps_by_id(profile: TerminalProfile) -> dict[str, Step]:
    return {step.id: step for step in plan_of(profile)}


def test_power_decides_between_restart_task_and_active_hours(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    auto = steps_by_id(
        profile_of(
            SMALLEST.format(power="auto", os="win11-iot-ltsc-2024", form="desktop"), tmp_path
        )
    )
    manual = steps_by_id(
        profile_of(
            SMALLEST.format(power="manual", os="win11-iot-ltsc-2024", form="desktop"),
            tmp_path / "a",
        )
    )
    assert {"daily-restart", "windows-update"} <= auto.keys()
    assert not {"active-hours", "restarted-today"} & auto.keys()
    assert {"active-hours", "restarted-today"} <= manual.keys()
    assert not {"daily-restart", "windows-update"} & manual.keys()


def test_a_notebook_alone_has_the_battery_step(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    notebook = SMALLEST.format(power="auto", os="win11-pro", form="notebook")
    desktop = SMALLEST.format(power="auto", os="win11-pro", form="desktop")
    assert "sleep-dc" in steps_by_id(profile_of(notebook, tmp_path))
    assert "sleep-dc" not in steps_by_id(profile_of(desktop, tmp_path / "a"))


def test_a_skipped_row_is_printed_with_its_reason_and_done_by_nobody(tmp_path: Path) -> None:
    text = SMALLEST.format(power="auto", os="win11-pro", form="desktop")
    profile = profile_of(text + "skip: [{id: display-scale, reason: レセコン画面優先}]\n", tmp_path)
    step = steps_by_id(profile)["display-scale"]
    assert (step.how, step.kind, step.target) == ("manual", "manual", None)
    assert "レセコン画面優先" in step.what and "display-scale" in step.requirements


def test_what_builds_on_a_row_that_is_left_out_is_left_out_with_it(tmp_path: Path) -> None:
    text = SMALLEST.format(power="auto", os="win11-pro", form="desktop") + (
        "skip: [{id: reboot-task, reason: 夜間は電源を切る}, {id: proxy-server, reason: 院内の決まり},"
        " {id: ntp-server, reason: 院内の決まり}]\n"
    )
    profile = profile_of(text, tmp_path)
    gone = ("定刻に再起動", "プロキシ", "WinHTTP", "ntp.base")
    for step in plan_of(profile):
        if step.kind != "manual" and step.id != "connection-doctor":
            assert step.kind not in ("task-time", "task-history", "proxy", "winhttp", "bypass-text")
            assert step.kind not in ("time", "clock"), step.id
    doctor = steps_by_id(profile)["connection-doctor"]
    looked_at = json.dumps([doctor.target, doctor.wanted], ensure_ascii=False)
    assert not any(name in looked_at for name in gone[1:3])
    left_out = [step for step in plan_of(profile) if "（実施しない）" in step.title]
    assert {"夜間は電源を切る", "院内の決まり"} == {
        step.what.removeprefix("この施設では行いません。理由: ") for step in left_out
    }
