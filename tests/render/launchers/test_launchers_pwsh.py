"""The PowerShell of the shipped launchers, run by a real PowerShell on a PC made of one JSON file.

What stands in for Windows is in ``windows.ps1``. The only change to the launchers' text is what .NET
has on Windows alone (``ONLY_ON_WINDOWS``).
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from oqsgen.render.launchers import launchers
from tests.answers import NO, YES
from tests.certificates import Authority, Issued
from tests.pc.columns import unwrapped
from tests.pc.shell import run_text

from .launcher_pc import BUNDLE, WAITS, Pc, Publisher, Run, fingerprint, thumbprint

MakePc = Callable[..., Pc]

APPLY, VERIFY, ROLLBACK = "1_適用.cmd", "2_確認.cmd", "3_元に戻す.cmd"
REGISTER = "0_発行者を登録.cmd"
ADMINISTRATORS = "S-1-5-32-544"

needs_pwsh = pytest.mark.needs("pwsh")


@pytest.fixture
def pc(make_pc: MakePc) -> Pc:
    """The publisher is registered: launchers run."""
    made = make_pc()
    made.trust(("TrustedPublisher", made.signer))
    return made


def refused(run: Run, key: str, code: int) -> bool:
    """This message, this code, and nothing was started."""
    assert run.said(key), run.output
    assert not run.calls
    return run.code == code and run.said("close")


# What is wrong, in the order in which it is decided: each case also has what comes after it.
WRONG: list[tuple[str, int, dict[str, Any]]] = [
    ("unsigned", 3, {"signer": None, "status": "NotSigned"}),
    ("changed", 3, {"status": "HashMismatch"}),
    ("foreign", 3, {"signer": "stranger"}),
    ("early", 2, {"now": "20190101"}),
    ("ended", 2, {"now": "20510101"}),
    ("blocked", 2, {"certificates": ["LocalMachine\\Disallowed\\SIGNER"]}),
    ("policy", 2, {"policy": {"MachinePolicy": "RemoteSigned"}}),
    ("unknown", 2, {"certificates": []}),
]


def make_wrong(pc: Pc, publisher: Publisher, change: dict[str, Any]) -> None:
    if change.get("signer") == "stranger":
        path = pc.base / "stranger.cer"
        path.write_bytes(publisher.stranger.der)
        change = change | {"signer": str(path)}
    elif "certificates" in change:
        own = [one.replace("SIGNER", thumbprint(pc.signer)) for one in change["certificates"]]
        change = change | {"certificates": own}
    pc.world |= change


@pytest.mark.parametrize("index", range(len(WRONG)), ids=[key for key, _, _ in WRONG])
def test_order_of_decisions(pc: Pc, publisher: Publisher, index: int) -> None:
    """With the later things wrong too, the first is named."""
    for _, _, change in reversed(WRONG[index:]):
        make_wrong(pc, publisher, change)
    key, code, _ = WRONG[index]
    run = pc.run(VERIFY)
    assert refused(run, key, code)
    if key == "ended":
        assert "2051-01-01" in run.output and re.search("2050-11-2[0-2]", run.output)


def test_blocked_for_this_person_only(pc: Pc) -> None:
    pc.world["certificates"].append(f"CurrentUser\\Disallowed\\{thumbprint(pc.signer)}")
    run = pc.run(APPLY)
    assert refused(run, "blocked", 2)
    assert "CurrentUser" in run.output


def test_group_policy(pc: Pc) -> None:
    pc.world["policy"] |= {"MachinePolicy": "AllSigned", "UserPolicy": "Restricted"}
    run = pc.run(APPLY)
    assert refused(run, "policy", 2) and "UserPolicy：Restricted" in unwrapped(run.output)
    pc.world["policy"] |= {"UserPolicy": "AllSigned", "CurrentUser": "Bypass"}
    assert pc.run(APPLY).code == 0


@pytest.mark.parametrize("told", [{"timestamp": "by somebody"}, {"untold": True}])
def test_ended_certificate_with_a_timestamp_still_runs(pc: Pc, told: dict[str, Any]) -> None:
    """Where Windows takes the signature for good, it knows of a timestamp, told or not."""
    pc.world |= {"now": "20510101"} | told
    assert pc.run(APPLY).code == 0


def test_trusted_publisher_without_its_root_is_not_enough(pc: Pc) -> None:
    pc.world["status"] = "UnknownError"
    assert refused(pc.run(VERIFY), "unknown", 2)


@pytest.mark.parametrize(
    ("world", "told"),
    [
        ({"groups": [ADMINISTRATORS]}, True),
        ({"groups": [ADMINISTRATORS], "uac": {"EnableLUA": 0}}, False),
        ({"groups": [ADMINISTRATORS], "user": "S-1-5-21-1-2-3-500"}, False),
        (
            {
                "groups": [ADMINISTRATORS],
                "user": "S-1-5-21-1-2-3-500",
                "uac": {"EnableLUA": 1, "FilterAdministratorToken": 1},
            },
            True,
        ),
    ],
    ids=["elevated", "no UAC on this PC", "built-in Administrator", "the same, filtered"],
)
def test_run_as_administrator(pc: Pc, world: dict[str, Any], told: bool) -> None:
    """Only where a double-click would have given another token is there something to do better."""
    pc.world |= world
    run = pc.run(APPLY)
    assert refused(run, "administrator", 2) if told else run.code == 0


def test_mapped_network_drive(pc: Pc) -> None:
    pc.world["drive"] = "Network"
    assert refused(pc.run(APPLY), "network", 2)


def test_unc_path(pc: Pc) -> None:
    pc.unc = "\\\\server\\share\\"
    assert refused(pc.run(APPLY), "network", 2)


@pytest.mark.parametrize(
    ("launcher", "missing"),
    [(VERIFY, "launcher.txt"), (REGISTER, "launcher.txt"), (ROLLBACK, "terminal.ps1")],
)
def test_incomplete_folder(pc: Pc, launcher: str, missing: str) -> None:
    (pc.folder / missing).unlink()
    run = pc.run(launcher)
    assert run.code == 3 and not run.calls
    assert run.output.startswith("このフォルダーの中身がそろっていません。")
    assert "先に ZIP を「すべて展開」してください。" in run.output
    assert "何かキーを押すと" in run.output


@pytest.mark.parametrize("launcher", [APPLY, VERIFY, ROLLBACK])
def test_unsigned_bundle(make_pc: MakePc, launcher: str) -> None:
    assert refused(make_pc(signed=False).run(launcher), "nosignature", 2)


def test_an_error_of_windows_is_shown(pc: Pc) -> None:
    pc.world["broken"] = "the catalog service is away"
    run = pc.run(APPLY)
    assert run.code == 1 and "the catalog service is away" in run.output and run.said("close")


# Passes


@pytest.mark.parametrize(
    ("launcher", "mode", "of_mode", "of_another"),
    [(APPLY, "Apply", "", ".Verify"), (VERIFY, "Verify", ".Verify", "")],
)
def test_machine_then_user(pc: Pc, launcher: str, mode: str, of_mode: str, of_another: str) -> None:
    run = pc.run(launcher)
    assert run.passes == [f"-Mode {mode} -Scope Machine", f"-Mode {mode} -Scope User"]
    assert run.code == 0 and run.said(f"{mode}.0") and run.said("close")
    for scope in ("machine", "user"):
        assert run.said(f"{scope}{of_mode}") and not run.said(f"{scope}{of_another}"), scope
    machine, user = run.calls[0], run.calls[-1]
    assert machine["verb"] == "RunAs"
    assert machine["file"].replace("\\", "/") == str(
        pc.base / "windows/System32/WindowsPowerShell/v1.0/powershell.exe"
    )
    run_id = user["user"][user["user"].index("-Run") + 1]
    assert re.fullmatch("[0-9a-f]{32}", run_id) and run_id in machine["elevated"]
    assert "user pass" in run.output


def test_rollback_goes_the_other_way_and_then_reports(pc: Pc) -> None:
    run = pc.run(ROLLBACK)
    assert run.passes == [
        "-Mode Rollback -Scope User",
        "-Mode Rollback -Scope Machine",
        "-Mode Rollback -Scope User -ReportOnly",
    ]
    assert run.code == 0 and run.said("Rollback.0") and run.said("withdraw")


def test_each_run_has_its_own_id(pc: Pc) -> None:
    assert pc.run(VERIFY).calls[0]["elevated"] != pc.run(VERIFY).calls[0]["elevated"]


ODD = ["it's 100%TEMP% & (1);{2}", "a^b!c `$x $(throw 1)", "東京内科～①髙 @a,b", "[1]"]


@pytest.mark.parametrize("name", ODD)
def test_any_folder(make_pc: MakePc, name: str) -> None:
    pc = make_pc(name)
    pc.trust(("TrustedPublisher", pc.signer))
    run = pc.run(VERIFY)
    assert run.code == 0, run.output
    machine, user = run.calls
    assert f' -File "{pc.folder}/terminal.ps1" -Mode ' in machine["elevated"]
    assert user["user"][:5] == [
        "-NoProfile",
        "-ExecutionPolicy",
        "AllSigned",
        "-File",
        f"{pc.folder}/terminal.ps1",
    ]


@pytest.mark.parametrize(
    ("machine", "user", "combined"),
    [(0, 4, 0), (4, 4, 4), (5, 6, 6), (6, 2, 2), (2, 1, 1), (1, 3, 3), (5, 4, 5), (0, 77, 1)],
)
def test_combined_code(pc: Pc, machine: int, user: int, combined: int) -> None:
    pc.world["exit"] = machine
    pc.user_codes = [user]
    run = pc.run(APPLY)
    assert run.code == combined
    assert run.said(f"Apply.{combined}" if combined in (0, 5, 6) else f"code.{combined}")
    report = " -ReportOnly" if machine in (1, 2, 3) else ""
    assert run.passes[1] == f"-Mode Apply -Scope User{report}"


def pwsh(text: str) -> list[str]:
    done = run_text(text)
    assert not done.errors, done
    return done.output.split()


def shipped(launcher: str, pattern: str) -> str:
    """A piece of a shipped launcher's PowerShell."""
    files = launchers(mode="new", signed=True, publisher="0F" * 32)
    (found,) = re.findall(pattern, files[launcher].decode("ascii"))
    return str(found)


@needs_pwsh
def test_combined_code_of_every_two_passes() -> None:
    combine = shipped(APPLY, r'"(\$code = 0; if .*?)" \^')
    lines = pwsh(
        "foreach ($machine in 0..6) { foreach ($user in 0..6) {"
        f"$codes = $machine, $user; {combine} $machine, $user, $code -join '-' }} }}"
    )
    assert len(lines) == 49
    for line in lines:
        machine, user, combined = map(int, line.split("-"))
        wanted = next((one for one in (3, 1, 2, 6, 5) if one in (machine, user)), 0)
        assert combined == (4 if machine == user == 4 else wanted), line


CTRL_C = 0
"""What ``powershell.exe -File`` ends with when Ctrl+C stops it, or q in the debugger of Ctrl+Break."""
CLOSED = -1073741510
"""What Windows ends a process with whose window was closed: 0xC000013A."""
BROKEN_OFF = [CTRL_C, CLOSED, CLOSED + 2**32, 4, 5, 6, -196608, 4294770688, None]


@pytest.mark.parametrize("launcher", [APPLY, VERIFY, ROLLBACK])
@pytest.mark.parametrize("code", BROKEN_OFF)
def test_a_machine_pass_that_left_nothing_was_broken_off(
    pc: Pc, launcher: str, code: int | None
) -> None:
    """Ctrl+C, a closed window, a code that no pass ends with before it has left a file, no such
    file, not known at all."""
    pc.world |= {"exit": code, "result": False}
    run = pc.run(launcher)
    assert run.code == 1 and run.said("code.1")
    assert run.passes[-1].endswith("-ReportOnly")


@pytest.mark.parametrize("code", [1, 2, 3])
def test_a_machine_pass_that_was_refused_need_not_leave_anything(pc: Pc, code: int) -> None:
    pc.world |= {"exit": code, "result": False}
    assert pc.run(VERIFY).code == code


@pytest.mark.parametrize("launcher", [APPLY, VERIFY, ROLLBACK])
@pytest.mark.parametrize("code", [CLOSED, CLOSED + 2**32])
def test_a_user_pass_whose_window_was_closed(pc: Pc, launcher: str, code: int) -> None:
    pc.user_codes = [code]
    run = pc.run(launcher)
    assert run.code == 1 and run.said("code.1")


@pytest.mark.parametrize("launcher", [APPLY, VERIFY, ROLLBACK])
def test_ctrl_c_in_the_user_pass(pc: Pc, launcher: str) -> None:
    """The launcher's PowerShell stands in the same window and gets it too: ``-Command`` makes it 1
    (PowerShell #13523), whatever the pass ends with, and starts nothing more."""
    pc.user_codes = [WAITS]
    run = pc.run(launcher, ctrl_c=True)
    assert run.code == 1, run.output
    assert "user" in run.calls[-1]
    assert len(run.passes) == (1 if launcher == ROLLBACK else 2)


def result(file: str = "RUN", run: str | None = "RUN", code: Any = 6) -> dict[str, str]:
    named = "" if run is None else f'"run": "{run}", '
    return {"file": file, "text": f'{{"format": 1, {named}"exit": {code}}}'}


@pytest.mark.parametrize(
    ("written", "machine"),
    [
        (result(), 6),
        (result(run=None), 6),
        (result(run="0" * 32), 1),
        (result(file="0" * 32), 1),
        ({"file": "RUN", "text": '{"format": 1, "ru'}, 1),
        ({"file": "RUN", "text": "{}"}, 1),
        (result(code='"x"'), 1),
    ],
    ids=["own", "own, unnamed", "other inside", "other file", "torn", "empty", "no number"],
)
def test_what_the_machine_pass_wrote_counts(pc: Pc, written: Any, machine: int) -> None:
    pc.world |= {"exit": 0, "result": written}
    assert pc.run(VERIFY).code == machine


def test_a_process_that_this_person_may_not_ask(pc: Pc) -> None:
    pc.world |= {"inaccessible": True, "result": result(code=5)}
    assert pc.run(VERIFY).code == 5
    pc.world["result"] = False
    assert pc.run(VERIFY).code == 1


@pytest.mark.parametrize("user", [0, 5])
def test_uac_declined(pc: Pc, user: int) -> None:
    pc.world["elevation"] = "declined"
    pc.user_codes = [user]
    run = pc.run(VERIFY)
    assert run.said("declined") and "cannot be run" not in run.output
    assert run.passes == ["-Mode Verify -Scope Machine", "-Mode Verify -Scope User -UacDeclined"]
    assert run.code == user


def test_uac_declined_and_nothing_to_do_here(pc: Pc) -> None:
    """Code 4 is only where both passes said so."""
    pc.world["elevation"] = "declined"
    pc.user_codes = [4]
    assert pc.run(VERIFY).code == 0


def test_elevation_that_fails_otherwise_is_told_as_windows_says_it(pc: Pc) -> None:
    pc.world["elevation"] = "impossible"
    run = pc.run(VERIFY)
    assert run.said("declined") and "no memory" in run.output
    assert run.passes[1].endswith("-UacDeclined")


def test_uac_declined_in_a_rollback(pc: Pc) -> None:
    pc.world["elevation"] = "declined"
    pc.user_codes = [0, 5]
    run = pc.run(ROLLBACK)
    assert run.passes[2] == "-Mode Rollback -Scope User -ReportOnly -UacDeclined"
    assert run.code == 5


@pytest.mark.parametrize("first", [1, 2, 3])
def test_after_a_refused_rollback_windows_asks_nothing(pc: Pc, first: int) -> None:
    """Whoever says no to undoing is not asked for administrator rights to be told so."""
    pc.user_codes = [first]
    run = pc.run(ROLLBACK)
    assert run.passes == ["-Mode Rollback -Scope User", "-Mode Rollback -Scope User -ReportOnly"]
    assert run.code == first and not [call for call in run.calls if "elevated" in call]


def test_rollback_that_belongs_to_nobody_here(pc: Pc) -> None:
    pc.world["exit"] = 4
    pc.user_codes = [4, 0]
    assert pc.run(ROLLBACK).code == 4


# 1_: one process with administrator rights a start


def test_the_elevated_process_stays_and_is_told_go_and_end(pc: Pc) -> None:
    run = pc.run(APPLY)
    machine, user = (call["user"] for call in run.calls[1:])
    assert user[user.index("-Run") + 1] == machine[machine.index("-Run") + 1]
    assert machine[-1] == "-Stay" and "-Stay" not in user
    id_ = machine[machine.index("-Run") + 1]
    person = f"D:P(A;;0x1f0003;;;{pc.world['user']})(A;;0x1f0003;;;BA)"
    go, end = f"Local\\oqsgen-{id_}-go", f"Local\\oqsgen-{id_}-end"
    made = [{"event": name, "access": person} for name in (go, end)]
    # What is handed over is ended by the copy's user pass.
    assert run.events == made
    pc.world["exit"] = 2
    pc.write("launcher.txt", (pc.folder / "launcher.txt").read_bytes() + b"\r\n")
    assert [event.get("set", "")[-4:] for event in pc.run(APPLY).events] == ["", "", "-end"]
    pc.world["exit"] = 0
    for launcher in (VERIFY, ROLLBACK):
        run = pc.run(launcher)
        assert run.events == [] and "-Stay" not in str(run.calls)


def test_what_the_elevated_process_has_answered_last_counts(pc: Pc) -> None:
    """The first answer's 5 does not outlive a later 0."""
    pc.world["exit"] = 5
    pc.world["later"] = 0
    assert pc.run(APPLY).code == 0


@pytest.mark.parametrize("answer", ["", "s"])
def test_who_declines_is_asked_again_and_goes_on_without_only_by_s(pc: Pc, answer: str) -> None:
    pc.world |= {"declines": 2, "answer": answer}
    run = pc.run(APPLY)
    elevated = [call for call in run.calls if "elevated" in call]
    assert run.said("again") and run.code == 0, run.output
    assert len(elevated) == (1 if answer else 3)
    assert run.passes[-1] == "-Mode Apply -Scope User" + (" -UacDeclined" if answer else "")


# 1_: the copy, and the publisher in the same start


NEWCOMER = {"status": "Unregistered"}
FOREIGN = "S-1-5-21-1-2-3-1001"
FULL = 0x1F01FF


def copies(pc: Pc) -> dict[str, bytes]:
    """The scripts in the folder of copies, by the name of theirs."""
    found = (pc.base / "programdata/oqsgen/bundle").glob("*/terminal.ps1")
    return {path.parent.name: path.read_bytes() for path in found}


def source(run: Run) -> str:
    """The folder that -From of the machine pass names; the user pass of the copy is told of none."""
    machine, user = (call["user"] for call in run.calls[1:])
    assert "-From" not in user
    digits = machine[machine.index("-From") + 1]
    return bytes.fromhex(digits).decode("utf-16-be")


@pytest.mark.parametrize("name", ODD)
def test_everything_runs_from_the_copy(make_pc: MakePc, name: str) -> None:
    pc = make_pc(name)
    pc.trust(("TrustedPublisher", pc.signer))
    run = pc.run(APPLY)
    assert run.code == 0 and run.said("known"), run.output + run.half
    elevated, machine, user = run.calls
    bundles = f"{pc.base}/programdata/oqsgen/bundle"
    assert re.fullmatch(rf"{bundles}/[0-9a-f]{{32}}\.new/terminal\.ps1", machine["user"][4])
    assert user["user"][4] == f"{bundles}/{BUNDLE}/terminal.ps1"
    assert source(run) == f"{pc.folder}/"
    assert copies(pc) == {BUNDLE: (pc.folder / "terminal.ps1").read_bytes()}
    # The folder's name is never PowerShell text, and nothing of the environment crosses UAC.
    assert f"/{name}/" not in elevated["elevated"] and "OQSGEN_" not in elevated["elevated"]
    assert elevated["elevated"].count('"') == 2 and len(elevated["elevated"]) < 32000
    # In quotes: 12e4 would be a number.
    assert re.search(r"} '[0-9A-F]{64}' '[0-9a-f]{32}' '(?:[0-9A-F]{4})+'\"$", elevated["elevated"])


def test_a_later_start_asks_nothing_of_windows(pc: Pc) -> None:
    """The stick's launcher finds the copy, and that of the copy has nothing for the machine to do."""
    assert pc.run(APPLY).code == 0
    pc.user_codes = [5]
    run = pc.run(APPLY)
    assert run.code == 5 and run.passes == ["-Mode Apply -Scope User"], run.output
    # Another byte, or one file more, on either side: not the same bundle.
    for folder in (pc.folder, pc.base / "programdata/oqsgen/bundle" / BUNDLE):
        (folder / "more.txt").write_text("more")
        assert pc.run(APPLY).passes[0] == "-Mode Apply -Scope Machine"
        (folder / "more.txt").unlink()


def test_nothing_runs_from_a_copy_whose_publisher_is_withdrawn(pc: Pc) -> None:
    """Windows itself would ask, and V at its question bars a publisher for good."""
    assert pc.run(APPLY).code == 0
    pc.world["certificates"] = []
    copy = pc.base / "programdata/oqsgen/bundle" / BUNDLE
    pc.folder = copy
    run = pc.run(APPLY)
    assert run.code == 2 and run.said("unknown") and run.passes == []


def test_only_applying_copies(pc: Pc) -> None:
    for launcher in (VERIFY, ROLLBACK):
        assert pc.run(launcher).code == 0
    assert copies(pc) == {}


def pairs(publisher: Publisher) -> list[tuple[str, Issued]]:
    return [("Root", publisher.root), ("CA", publisher.ca), ("TrustedPublisher", publisher.leaf)]


def test_a_publisher_is_registered_in_the_same_start(make_pc: MakePc, publisher: Publisher) -> None:
    """As 0_ registers it, so that 0_ can withdraw it."""
    pc = make_pc()
    pc.world |= NEWCOMER
    run = pc.run(APPLY)
    assert run.code == 0 and not run.said("known"), run.output + run.half
    assert "東京情報サービス {0} $(1)" in run.half
    assert len(re.findall(GROUPS, run.half, re.M)) == 1 and len(run.passes) == 2
    keys = [f"{store}\\{thumbprint(one)}" for store, one in pairs(publisher)]
    assert pc.world["certificates"] == [f"LocalMachine\\{key}" for key in keys]
    assert pc.world["marks"] == {fingerprint(pc.signer): {"added": keys, "uses": keys}}
    again = pc.run(APPLY)
    assert again.code == 0 and again.said("known") and not re.findall(GROUPS, again.half, re.M)
    assert pc.run(REGISTER).said("removed") and pc.world["certificates"] == []


@pytest.mark.parametrize(
    ("marks", "certificates"),
    [({}, 0), ({"uses": 1}, 0), ({"uses": 1, "added": 1}, 0), ({"uses": 2, "added": 2}, 1)],
)
def test_a_start_that_was_killed_while_it_registered(
    make_pc: MakePc, publisher: Publisher, marks: dict[str, int], certificates: int
) -> None:
    """Between any two of its writes: the next start goes on, beside what is left of its copy."""
    pc = make_pc()
    keys = [f"{store}\\{thumbprint(one)}" for store, one in pairs(publisher)]
    begun = {name: keys[:count] for name, count in marks.items()}
    pc.world |= NEWCOMER | {"marks": {fingerprint(pc.signer): begun}}
    pc.world["certificates"] = [f"LocalMachine\\{key}" for key in keys[:certificates]]
    left = pc.base / "programdata/oqsgen/bundle/0.new"
    left.mkdir(parents=True)
    (left / "terminal.ps1").write_text("# ha")
    run = pc.run(APPLY)
    assert run.code == 0 and len(run.passes) == 2, run.output + run.half
    assert pc.world["certificates"] == [f"LocalMachine\\{key}" for key in keys]
    assert pc.world["marks"] == {fingerprint(pc.signer): {"uses": keys, "added": keys}}


@pytest.mark.parametrize("paper", ["another", "none"])
def test_without_the_paper_of_this_publisher_nothing_is_registered_or_copied(
    make_pc: MakePc, publisher: Publisher, paper: str
) -> None:
    pc = make_pc()
    stranger = fingerprint(publisher.stranger) if paper == "another" else None
    pc.world |= NEWCOMER | {"paper": stranger}
    run = pc.run(APPLY)
    assert run.code == 2 and run.passes == [] and copies(pc) == {}, run.output + run.half
    assert pc.world["certificates"] == [] and pc.world["marks"] == {}
    assert ("発行者の指紋と違うため" in run.half) == (paper == "another")
    groups = re.findall("....", fingerprint(pc.signer))
    rest = re.sub(r"\s+", " ", run.half).replace(shown(publisher.root), "")
    assert not [group for group in groups if group in rest]


def test_a_refused_script_leaves_the_publisher_alone(make_pc: MakePc) -> None:
    """The publisher is registered before the script can say that this is the wrong PC."""
    pc = make_pc()
    pc.world |= NEWCOMER | {"exit": 2}
    run = pc.run(APPLY)
    assert run.code == 2 and run.said("only") and copies(pc) == {}, run.output + run.half
    assert run.passes == ["-Mode Apply -Scope Machine", "-Mode Apply -Scope User -ReportOnly"]
    assert len(pc.world["certificates"]) == 3
    assert not pc.run(APPLY).said("only")


def test_a_person_who_declines_registers_nobody(make_pc: MakePc) -> None:
    pc = make_pc()
    pc.world |= NEWCOMER | {"elevation": "declined", "answer": "s"}
    run = pc.run(APPLY)
    assert run.code == 2 and run.said("declined") and run.said("unknown") and run.passes == []


@pytest.mark.parametrize("registered", [True, False])
def test_a_script_that_was_changed_after_the_check(make_pc: MakePc, registered: bool) -> None:
    """Between the launcher's look and the yes to UAC: what is judged is the copy."""
    pc = make_pc()
    pc.world |= NEWCOMER | {"swapped": "# CHANGED-BYTE"}
    if registered:
        pc.trust(("TrustedPublisher", pc.signer))
    run = pc.run(APPLY)
    assert run.code == 3 and "署名したあとに変わっています" in run.half and copies(pc) == {}
    assert run.passes == []


def test_what_is_judged_is_what_runs(pc: Pc) -> None:
    pc.world["swapped"] = "# of the same publisher"
    assert pc.run(APPLY).code == 0
    assert copies(pc) == {BUNDLE: b"# of the same publisher"}


def test_a_script_without_an_end_is_not_copied(pc: Pc) -> None:
    pc.write("terminal.ps1", b"#" * (8 * 1024 * 1024 + 1))
    run = pc.run(APPLY)
    assert run.code == 1 and copies(pc) == {}


@pytest.mark.parametrize("part", ["oqsgen", "oqsgen/bundle"])
@pytest.mark.parametrize("link", [True, False])
def test_a_folder_of_somebody_else_gets_no_copy(pc: Pc, part: str, link: bool) -> None:
    path = pc.base / "programdata" / part
    if link:
        elsewhere = pc.base / "elsewhere"
        elsewhere.mkdir()
        if path.exists():
            path.rename(pc.base / "away")
        path.symlink_to(elsewhere)
    else:
        path.mkdir(exist_ok=True)
        pc.world["access"] = {part: {"owner": FOREIGN}}
    run = pc.run(APPLY)
    assert run.code == 2 and f"「{path}」の所有者" in unwrapped(run.half), run.half
    assert "-Mode Apply -Scope Machine" not in run.passes and copies(pc) == {}


@pytest.mark.parametrize("answer", ["はい", ""])
def test_an_access_entry_too_many_is_taken_out_on_consent(pc: Pc, answer: str) -> None:
    entry = {"entries": [[FOREIGN, FULL]]}
    pc.world |= {"answer": answer, "access": {"oqsgen": entry}}
    run = pc.run(APPLY)
    assert FOREIGN in unwrapped(run.half) and run.code == (0 if answer else 2), (
        run.output + run.half
    )
    assert pc.world["access"]["oqsgen"] == ({} if answer else entry)
    assert (BUNDLE in copies(pc)) == (answer != "")


def test_the_folder_of_copies_is_always_ours_alone(pc: Pc) -> None:
    """Nothing in it counts before it was judged, so nobody is asked."""
    (pc.base / "programdata/oqsgen/bundle").mkdir()
    pc.world["access"] = {"oqsgen/bundle": {"entries": [[FOREIGN, FULL]], "open": True}}
    assert pc.run(APPLY).code == 0 and pc.world["access"]["oqsgen/bundle"] == {}


@pytest.mark.parametrize("part", ["", "/results", "/bundle", f"/bundle/{BUNDLE}/terminal.ps1"])
def test_the_launcher_runs_nothing_from_a_copy_that_others_can_write(pc: Pc, part: str) -> None:
    """The machine pass says that all is well; the launcher, which is nobody's administrator, looks itself."""
    pc.world["given"] = {f"oqsgen{part}": {"owner": FOREIGN}}
    run = pc.run(APPLY)
    assert run.code == 2 and "の所有者が管理者ではないか" in unwrapped(run.output), run.output
    assert run.passes == ["-Mode Apply -Scope Machine"]


BY_ITSELF = "$env:OQSGEN_CONTINUE = '1'"


def test_nothing_but_the_copy_opens_by_itself(pc: Pc) -> None:
    (pc.base / "programdata/oqsgen/bundle").mkdir()
    run = pc.run(APPLY, first=BY_ITSELF)
    assert run.code == 2 and run.passes == [] and "使いません" in run.output, run.output


@pytest.mark.parametrize("foreign", [None, "/bundle", f"/bundle/{BUNDLE}/terminal.ps1"])
def test_what_opens_by_itself_is_a_copy_that_administrators_own(
    make_pc: MakePc, foreign: str | None
) -> None:
    """It asks first, in the window of whoever signs in, and closes without a word where that is not the engineer."""
    pc = make_pc(f"programdata/oqsgen/bundle/{BUNDLE}")
    pc.trust(("TrustedPublisher", pc.signer))
    pc.user_codes = [4]
    if foreign:
        pc.world["access"] = {f"oqsgen{foreign}": {"owner": FOREIGN}}
    run = pc.run(APPLY, first=BY_ITSELF)
    if foreign:
        assert run.code == 2 and run.passes == [] and "使いません" in run.output, run.output
        return
    assert run.code == 4 and not run.said("close"), run.output
    assert run.passes == ["-Mode Apply -Scope User -Continued"]


# 0_: the publisher


def shown(one: Issued) -> str:
    """The fingerprint as the screen shows it, without the line break."""
    return " ".join(re.findall("....", fingerprint(one)))


def test_register(make_pc: MakePc, publisher: Publisher) -> None:
    pc = make_pc()
    run = pc.run(REGISTER)
    assert run.code == 0 and run.said("added"), run.output
    assert shown(publisher.root) in re.sub(r"\s+", " ", run.output)
    assert "東京情報サービス {0} $(1)" in run.output
    keys = [
        f"Root\\{thumbprint(publisher.root)}",
        f"CA\\{thumbprint(publisher.ca)}",
        f"TrustedPublisher\\{thumbprint(publisher.leaf)}",
    ]
    assert pc.world["certificates"] == [f"LocalMachine\\{key}" for key in keys]
    assert pc.world["marks"] == {fingerprint(pc.signer): {"added": keys, "uses": keys}}
    assert pc.run(APPLY).code == 0


def test_elevated_half_gets_bytes_and_no_path(make_pc: MakePc, publisher: Publisher) -> None:
    pc = make_pc("it's 100% (secret)")
    (call,) = pc.run(REGISTER).calls
    assert call["verb"] == "RunAs"
    for one in (publisher.root, publisher.ca, publisher.leaf):
        assert f":{one.der.hex().upper()}" in call["elevated"]
    assert "secret" not in call["elevated"] and "env:OQSGEN" not in call["elevated"]
    assert call["elevated"].count('"') == 2
    assert len(call["elevated"]) < 32000


def test_register_adds_only_what_is_missing(make_pc: MakePc, publisher: Publisher) -> None:
    pc = make_pc()
    pc.trust(("Root", publisher.root))
    assert pc.run(REGISTER).code == 0
    assert (
        f"Root\\{thumbprint(publisher.root)}"
        not in pc.world["marks"][fingerprint(pc.signer)]["added"]
    )
    assert pc.world["certificates"].count(f"LocalMachine\\Root\\{thumbprint(publisher.root)}") == 1
    pc.world["answer"] = "y"
    run = pc.run(REGISTER)
    assert run.code == 0 and run.said("removed")
    assert pc.world["certificates"] == [f"LocalMachine\\Root\\{thumbprint(publisher.root)}"]
    assert pc.world["marks"] == {}


def test_self_signed_publisher(make_pc: MakePc, publisher: Publisher) -> None:
    pc = make_pc(signer=publisher.self_signed)
    run = pc.run(REGISTER)
    assert run.code == 0, run.output
    assert pc.world["certificates"] == [
        f"LocalMachine\\Root\\{thumbprint(publisher.self_signed)}",
        f"LocalMachine\\TrustedPublisher\\{thumbprint(publisher.self_signed)}",
    ]
    assert not run.said("root")


GROUPS = r"^(\d+) 番、(\d+) 番、(\d+) 番の組"


def test_the_screen_shows_nothing_of_the_fingerprint_that_it_asks_for(
    make_pc: MakePc, publisher: Publisher
) -> None:
    pc = make_pc()
    output = pc.run(REGISTER).output
    groups = re.findall("....", fingerprint(pc.signer))
    root = shown(publisher.root)
    assert not [group for group in groups if group in re.sub(r"\s+", " ", output).replace(root, "")]


def test_three_groups_are_asked_for_at_random(make_pc: MakePc) -> None:
    pc = make_pc()
    pc.world["elevation"] = "declined"
    asked = []
    for _ in range(6):
        (drawn,) = re.findall(GROUPS, pc.run(REGISTER).output, re.M)
        asked.append(tuple(map(int, drawn)))
    assert len(set(asked)) > 1
    for groups in asked:
        assert len(set(groups)) == 3 and list(groups) == sorted(groups)
        assert set(groups) <= set(range(1, 17))


DRAWN = (2, 7, 16)
DRAW = f"function Get-Random {{ {', '.join(map(str, DRAWN))} }};"


def groups_of(one: Issued) -> list[str]:
    """What a person copies who has the paper, as the window draws in these tests."""
    digits = fingerprint(one)
    return [digits[4 * group - 4 : 4 * group] for group in DRAWN]


WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789abcdefABCDEF"}


def other(group: str) -> str:
    return ("0" if group[0] != "0" else "1") + group[1:]


@pytest.mark.parametrize("between", ["", " ", "\u3000"])
def test_groups_may_be_lower_case_and_full_width(make_pc: MakePc, between: str) -> None:
    pc = make_pc()
    first, second, third = groups_of(pc.signer)
    typed = [first.lower(), second.translate(WIDE), f" {third.lower().translate(WIDE)}\u3000"]
    run = pc.run(REGISTER, typed="", answers=[between.join(typed)], first=DRAW)
    assert run.code == 0 and run.said("added"), run.output


@pytest.mark.parametrize("wrong", range(3))
@pytest.mark.parametrize("change", [other, lambda group: group[:3], lambda group: group + "0"])
def test_a_group_of_another_fingerprint_registers_nothing(
    make_pc: MakePc, wrong: int, change: Callable[[str], str]
) -> None:
    pc = make_pc()
    typed = groups_of(pc.signer)
    typed[wrong] = change(typed[wrong])
    run = pc.run(REGISTER, typed="", answers=[" ".join(typed)], first=DRAW)
    assert refused(run, "differs", 2) and pc.world["certificates"] == []


def test_the_paper_of_another_publisher_registers_nothing(
    make_pc: MakePc, publisher: Publisher
) -> None:
    pc = make_pc()
    pc.world["paper"] = fingerprint(publisher.stranger)
    assert refused(pc.run(REGISTER), "differs", 2)


@pytest.mark.parametrize("answer", ["はい", "y"])
def test_yes_is_no_group(make_pc: MakePc, answer: str) -> None:
    run = make_pc().run(REGISTER, typed="", answers=[answer], first=DRAW)
    assert refused(run, "differs", 2)


def test_without_paper_nothing_is_registered(make_pc: MakePc) -> None:
    pc = make_pc()
    pc.world["paper"] = None
    assert refused(pc.run(REGISTER), "stopped", 2)


def test_no_consent_to_withdraw(make_pc: MakePc) -> None:
    pc = make_pc()
    assert pc.run(REGISTER).code == 0
    pc.world["answer"] = "いいえ"
    run = pc.run(REGISTER)
    assert refused(run, "stopped", 2)
    assert shown(pc.signer) in re.sub(r"\s+", " ", run.output)


@needs_pwsh
def test_what_counts_as_consent() -> None:
    """Read from what is shipped: how an answer is made ready, and what then stops it."""
    ready = shipped(REGISTER, r"(function Read-Typed \{.*?\});\"")
    refuses = shipped(REGISTER, r"if \((\(Read-Typed\) -notmatch '.*?')\)")
    asked = ", ".join(f"'{answer}'" for answer in (*YES, *NO) if "\0" not in answer)
    found = pwsh(
        f"function Clear-Typed {{ }}; function Read-Host {{ $one }}; {ready};"
        f"foreach ($one in {asked}) {{ [int] -not ({refuses}) }}"
    )
    wanted = [1] * len(YES) + [0] * (len(found) - len(YES))
    assert [int(one) for one in found] == wanted and len(found) > len(YES) + 5


# Keys that were typed while nobody had asked


TYPED_AHEAD = ["\n", "はい\n", "y\ny\n\n"]


@pytest.mark.parametrize("typed", TYPED_AHEAD)
@pytest.mark.parametrize("launcher", [APPLY, VERIFY, ROLLBACK])
def test_keys_typed_ahead_do_not_close_the_window(pc: Pc, launcher: str, typed: str) -> None:
    """What still stands in the buffer ends the pause of cmd.exe before anybody has read the code."""
    run = pc.run(launcher, typed=typed)
    assert run.code == 0 and run.said("close")
    assert run.typed == ""


def test_keys_typed_ahead_do_not_close_a_refusal(pc: Pc) -> None:
    pc.world["status"] = "HashMismatch"
    assert pc.run(APPLY, typed="\n\n").typed == ""
    (pc.folder / "launcher.txt").unlink()
    assert pc.run(APPLY, typed="\n\n").typed == ""


@pytest.mark.parametrize("typed", TYPED_AHEAD)
def test_keys_typed_ahead_register_nobody(make_pc: MakePc, typed: str) -> None:
    """Nor do they stand in an answer, nor the right ones in the place of one."""
    pc = make_pc()
    right = " ".join(groups_of(pc.signer))
    for ahead in (typed, f"{right}\n"):
        run = pc.run(REGISTER, typed=ahead, answers=[""], first=DRAW)
        assert run.code == 2 and run.said("stopped") and run.typed == ""
    run = pc.run(REGISTER, typed="", answers=[f"0\n{right}\n"], first=DRAW)
    assert run.code == 2 and run.said("differs") and run.typed == ""
    assert pc.world["certificates"] == []
    run = pc.run(REGISTER, typed=typed, answers=[right], first=DRAW)
    assert run.code == 0 and run.said("added") and run.typed == ""


def test_nobody_registers_nobody(make_pc: MakePc) -> None:
    run = make_pc().run(REGISTER, typed="", answers=[])
    assert run.code == 2 and run.said("stopped")


# A language mode in which only Windows' own commands work

CONSTRAINED = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage';"


@pytest.mark.parametrize(
    ("policy", "key"),
    [
        ({"VerifiedAndReputablePolicyState": 1}, "smart"),
        ({"VerifiedAndReputablePolicyState": 0}, "language"),
        ({}, "language"),
    ],
    ids=["on", "off", "not there"],
)
def test_smart_app_control_gets_the_advice_that_helps(
    pc: Pc, policy: dict[str, int], key: str
) -> None:
    """It lets no publisher in. The launcher runs in the language that is left."""
    pc.world["ci"] = policy
    run = pc.run(APPLY, typed="\n", first=CONSTRAINED)
    assert refused(run, key, 2)
    assert not run.said("smart" if key == "language" else "language")


def test_register_uac_declined(make_pc: MakePc) -> None:
    pc = make_pc()
    pc.world["elevation"] = "declined"
    run = pc.run(REGISTER)
    assert run.code == 2 and run.said("declined") and pc.world["certificates"] == []


def test_a_store_that_takes_nothing(make_pc: MakePc) -> None:
    """The outcome is what the stores hold afterwards, not what the elevated half says."""
    pc = make_pc()
    pc.world["full"] = True
    run = pc.run(REGISTER)
    assert run.code == 1 and run.said("failed")


def test_registered_by_somebody_else(pc: Pc, publisher: Publisher) -> None:
    pc.trust(("Root", publisher.root), ("CA", publisher.ca))
    run = pc.run(REGISTER)
    assert run.code == 0 and run.said("already") and not run.calls


def test_withdraw_leaves_a_root_that_another_publisher_uses(
    make_pc: MakePc, publisher: Publisher
) -> None:
    pc = make_pc()
    assert pc.run(REGISTER).code == 0
    shared = [f"Root\\{thumbprint(publisher.root)}", f"CA\\{thumbprint(publisher.ca)}"]
    pc.world["marks"]["F" * 64] = {"added": ["TrustedPublisher\\EE"], "uses": shared}
    run = pc.run(REGISTER)
    assert run.said("removed") and run.said("ask.remove"), run.output
    assert pc.world["certificates"] == [f"LocalMachine\\{key}" for key in shared]
    assert pc.world["marks"] == {
        "F" * 64: {"added": ["TrustedPublisher\\EE", *shared], "uses": shared}
    }


@pytest.mark.parametrize("file", ["publisher.cer", "root.cer", "ca-1.cer"])
def test_a_file_of_another_publisher(make_pc: MakePc, publisher: Publisher, file: str) -> None:
    pc = make_pc()
    pc.write(f"publisher/{file}", publisher.stranger.der)
    key = "foreign" if file == "publisher.cer" else "chain"
    assert refused(pc.run(REGISTER), key, 3)


def test_a_ca_that_is_not_of_the_publisher_shown_is_not_registered(
    make_pc: MakePc, publisher: Publisher
) -> None:
    pc = make_pc()
    pc.write("publisher/ca-2.cer", publisher.stranger.der)
    run = pc.run(REGISTER)
    assert run.code == 0, run.output
    assert [key for key in pc.world["certificates"] if "\\CA\\" in key] == [
        f"LocalMachine\\CA\\{thumbprint(publisher.ca)}"
    ]
    assert publisher.stranger.der.hex().upper() not in run.calls[0]["elevated"]


def test_no_publisher_file(make_pc: MakePc) -> None:
    pc = make_pc()
    (pc.folder / "publisher/publisher.cer").unlink()
    assert refused(pc.run(REGISTER), "foreign", 3)


def test_a_root_of_the_same_name(make_pc: MakePc, authority: Authority) -> None:
    pc = make_pc()
    twin = authority.issue("試験 認証局", ca=True, usages=None, days=(-2000, 9000))
    pc.write("publisher/root.cer", twin.der)
    assert refused(pc.run(REGISTER), "chain", 3)


def test_not_for_code_signing(make_pc: MakePc, publisher: Publisher) -> None:
    assert refused(make_pc(signer=publisher.no_code_signing).run(REGISTER), "chain", 3)


@pytest.mark.parametrize("index", [1, 5], ids=["changed", "blocked"])
def test_register_checks_the_same_things_first(
    make_pc: MakePc, publisher: Publisher, index: int
) -> None:
    key, code, change = WRONG[index]
    pc = make_pc()
    make_wrong(pc, publisher, change)
    assert refused(pc.run(REGISTER), key, code)


@pytest.mark.parametrize("told", [{"timestamp": "by somebody"}, {"untold": True}])
def test_register_after_the_certificate_has_ended(
    make_pc: MakePc, publisher: Publisher, authority: Authority, told: dict[str, Any]
) -> None:
    """A timestamp keeps the signature alive, so the publisher can still be registered."""
    old = authority.issue("期限切れ", publisher.ca, kind="p256", days=(-2000, -1000))
    pc = make_pc(signer=old)
    assert refused(pc.run(REGISTER), "ended", 2)
    pc.world |= told
    run = pc.run(REGISTER)
    assert run.code == 0 and run.said("added"), run.output
