"""The browser extensions: packages made here are read by the PowerShell as shipped, on a PC of data."""

import base64
import json
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from oqsgen.render.powershell import joined
from tests import PARTS
from tests.pc.assemble import HERE, needs_pwsh, pc, plan, ready_machine, step
from tests.pc.crx import (
    EDGE,
    FOLDER,
    Extension,
    archive,
    crx,
    entry,
    extension_id,
    field,
    packages,
    profile,
    public_key,
)
from tests.pc.shell import file_of, run_text

pytestmark = needs_pwsh

NAMES = {
    "delegate.crx": "目視確認操作用アプリケーション",
    "nopinauth.crx": "顔認証用アプリケーション",
    "pinauth.crx": "暗証番号認証用アプリケーション",
}
OLD = {
    "delegate.crx": "目視確認操作用アプリケーション",
    "nopinauth.crx": "PIN無認証用アプリケーション",
    "pinauth.crx": "PIN有認証用アプリケーション",
}
FILES = {"folder": FOLDER, "files": list(NAMES)}
TARGET = {
    "folder": FOLDER,
    "extensions": [{"file": file, "names": [NAMES[file], OLD[file]]} for file in NAMES],
}

DRIVER = """
. '{pc}'
$cases = ConvertFrom-Json ([IO.File]::ReadAllText('{cases}')) -Depth 50
foreach ($case in $cases) {{
    Initialize-Pc
    Edit-Pc {{ param($machine) $machine.files = $case.files }}
    $found = $null
    $text = ''
    $met = @()
    try {{
        $found = Get-State $case.kind $case.target
        $met = @(foreach ($wanted in $case.wanted) {{ [bool] (Test-Kind $case.kind $wanted $found) }})
    }}
    catch {{ $text = Get-ErrorText $_ }}
    ConvertTo-JsonText ([pscustomobject] @{{ found = $found; met = $met; error = $text }})
}}
"""


def ask(tmp_path: Path, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the PC says to each of ``cases``: kind, target, files, wanted (a list of wishes)."""
    (tmp_path / "cases.json").write_text(json.dumps(cases, ensure_ascii=False), "utf-8")
    loader = HERE / "Pc.ps1"
    done = run_text(DRIVER.format(pc=loader, cases=tmp_path / "cases.json"))
    assert not done.errors, (done.output[-500:], done.errors)
    return [json.loads(line) for line in done.output.splitlines()]


@cache
def three() -> list[Extension]:
    """The three extensions, each with a key of its own."""
    return [
        Extension(file, name, rsa.generate_private_key(65537, 2048)) for file, name in NAMES.items()
    ]


def installed(version: str, names: Mapping[str, str] = NAMES, **more: Any) -> dict[str, Any]:
    """The three in Edge."""
    return {e.id: entry(e.id, names[e.file], version, **more) for e in three()}


def base64_of(content: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(content).decode()}


def test_the_id_and_the_version_are_those_of_the_package(tmp_path: Path) -> None:
    many = archive({"version": "10.20.30.40", "name": "x"}, bom=True)
    one = rsa.generate_private_key(65537, 2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    # The store signs a package once more, and marks of other field types are passed over.
    store = field(2, field(1, public_key(three()[0].key)) + field(2, b"x" * 256))
    other = b"\x08\x96\x01" + b"\x11" + b"12345678" + b"\x1d" + b"1234"
    files = {
        rf"{FOLDER}\delegate.crx": base64_of(crx(one, many)),
        rf"{FOLDER}\nopinauth.crx": base64_of(crx(curve, archive({"version": "2"}))),
        rf"{FOLDER}\pinauth.crx": base64_of(
            crx(one, archive({"version": "2.0.0.1"}), more=store + other)
        ),
    }
    case = {
        "kind": "extension-files",
        "target": FILES,
        "files": files,
        "wanted": [{"complete": True}],
    }
    (answer,) = ask(tmp_path, [case])
    assert answer["met"] == [True], answer
    found = {p["file"]: (p["id"], p["version"]) for p in answer["found"]["packages"]}
    assert found == {
        "delegate.crx": (extension_id(one), "10.20.30.40"),
        "nopinauth.crx": (extension_id(curve), "2"),
        "pinauth.crx": (extension_id(one), "2.0.0.1"),
    }


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    key = three()[0].key
    content = archive({"version": "2.0.0.0"})
    good = crx(key, content)
    length = struct.unpack("<I", good[8:12])[0]
    wrong = {
        "empty": b"",
        "short": good[:11],
        "zip alone": content,
        "magic": b"cr24" + good[4:],
        "version 2": good[:4] + struct.pack("<I", 2) + good[8:],
        "header beyond the end": good[:8] + struct.pack("<I", 2**32 - 1) + good[12:],
        "header cut": good[:8] + struct.pack("<I", length - 3) + good[12:],
        "id of another": crx(key, content, crx_id=b"0123456789abcdef"),
        "id too short": crx(key, content, crx_id=b"012"),
        "no zip": good[: 12 + length],
        "no manifest": crx(key, archive(None)),
        "no version": crx(key, archive({"name": "x"})),
        "version of words": crx(key, archive({"version": "2.0 beta"})),
        "endless number": good[:8] + struct.pack("<I", 12) + b"\xff" * 12 + content,
        "manifest of megabytes": crx(key, archive({"version": "2.0", "name": "x" * 1_100_000})),
        "header of more than 64 KB": crx(key, content, more=field(9, b"x" * 70_000)),
        "group": good[:8] + struct.pack("<I", 1) + b"\x0b" + content,
    }
    target = {"folder": FOLDER, "files": ["a.crx"]}
    cases = [
        {
            "kind": "extension-files",
            "target": target,
            "files": {rf"{FOLDER}\a.crx": base64_of(raw)},
            "wanted": [{"complete": True}],
        }
        for raw in [*wrong.values(), good]
    ]
    *answers, last = ask(tmp_path, cases)
    assert last["met"] == [True], "the package that the others were made of is good"
    for name, answer in zip(wrong, answers, strict=True):
        assert answer["met"] == [False], name
        assert "a.crx: 拡張機能のファイル" in answer["found"]["message"], (name, answer)


def test_files_that_are_missing_are_named_and_a_missing_library_is_unknown(tmp_path: Path) -> None:
    files = packages(three()[1:], "2.0.0.0")
    shown = [{"complete": True}]
    kind = {"kind": "extension-files", "target": FILES, "wanted": shown}
    only = {r"C:\Program Files\OQS-Auth\Version.Info": "2.3.0"}
    missing, none, absent = ask(
        tmp_path, [kind | {"files": files}, kind | {"files": only}, kind | {"files": {}}]
    )
    assert missing["met"] == none["met"] == [False]
    assert missing["found"]["message"].startswith(
        "delegate.crx: ファイルがありません、nopinauth.crx 2.0.0.0"
    )
    assert none["found"]["message"].count("ファイルがありません") == 3
    assert list(absent["found"]) == ["unknown"]


ALL = list(NAMES)
WISHES = [
    {"added": ["delegate.crx"]},
    {"exactly": ALL},
    {"minimumVersion": "2.0.0.0"},
    {"noneBelow": "2.0.0.0"},
    {"current": True},
    {"developerMode": False},
    {"ready": True},
]
WISH = ["added", "exactly", "minimumVersion", "noneBelow", "current", "modeOff", "ready"]


def cases() -> dict[str, tuple[dict[str, Any], str]]:
    """Each PC, and the wishes that do not hold there."""
    delivered = packages(three(), "2.0.0.1")
    first = three()[0]
    new = installed("2.0.0.1")
    one_off = new | {first.id: entry(first.id, first.name, "2.0.0.1", disable_reasons=[16777216])}
    strange = rsa.generate_private_key(65537, 2048)
    before = {extension_id(strange): entry(extension_id(strange), OLD["pinauth.crx"], "1.0.0.3")}
    others = {
        "a" * 32: entry("a" * 32, "Amazon", "1.0", location=1),
        "b" * 32: entry("b" * 32, NAMES["pinauth.crx"], "1.0", location=5),
    }
    text = json.dumps
    edge = EDGE.format(account="OqsComApp")
    without = {id_: {k: v for k, v in e.items() if k != "manifest"} for id_, e in new.items()}
    manifests = {path: t for path, t in profile(new).items() if path.endswith("manifest.json")}
    elsewhere = profile({}, name="Default") | profile(new, name="Profile 1")
    unpacked = {first.id: entry(first.id, first.name, "2.0.0.1", location=4, path=r"D:\x")}
    message = "__MSG_appName__"
    named = {extension_id(strange): entry(extension_id(strange), message, "1.0.0.0")}
    folder = rf"{edge}\Default\Extensions\{extension_id(strange)}\1.0.0.0_0"
    words = {"APPNAME": {"message": OLD["nopinauth.crx"]}}
    return {
        "as wanted": (delivered | profile(new), ""),
        "developer mode on": (delivered | profile(new, developer_mode=True), "modeOff"),
        "Edge never opened": (delivered, "added exactly minimumVersion ready"),
        "nothing yet, mode on": (
            delivered | profile({}, developer_mode=True),
            "added exactly minimumVersion modeOff",
        ),
        "one is off": (delivered | profile(one_off), "added exactly ready"),
        "one is off, as bits": (
            delivered | profile(new | {first.id: one_off[first.id] | {"disable_reasons": 1}}),
            "added exactly ready",
        ),
        "one is off, as a state": (
            delivered | profile(new | {first.id: new[first.id] | {"state": 0}}),
            "added exactly ready",
        ),
        "no bits and state 1 are on": (
            delivered | profile(installed("2.0.0.1", disable_reasons=0, state=1)),
            "",
        ),
        "stale": (delivered | profile(installed("2.0.0.0")), "added current ready"),
        "newer than the files": (delivered | profile(installed("2.0.0.10")), ""),
        "ten is more than nine": (
            packages(three(), "2.0.0.9") | profile(installed("2.0.0.10")),
            "",
        ),
        "fewer parts": (packages(three(), "2.0.0.0") | profile(installed("2.0")), ""),
        "old ones under the same ids": (
            delivered | profile(installed("1.0.0.3", OLD)),
            "added minimumVersion noneBelow current ready",
        ),
        "an old one under another id": (delivered | profile(new | before), "exactly noneBelow"),
        "an old one whose name is a message": (
            delivered
            | profile(new | named)
            | {rf"{folder}\_locales\ja\messages.json": text(words)},
            "exactly noneBelow",
        ),
        "others are nobody's business": (delivered | profile(new | others), ""),
        "manifest on the disk alone": (delivered | profile(without) | manifests, ""),
        "gone from the disk": (
            {p: t for p, t in (delivered | profile(new)).items() if first.id not in p},
            "added exactly minimumVersion ready",
        ),
        "unpacked": (
            delivered
            | {p: t for p, t in profile(new | unpacked).items() if "D:" not in p}
            | {r"D:\x\manifest.json": text({"name": first.name, "version": "2.0.0.1"})},
            "",
        ),
        "in the profile that is used": (delivered | elsewhere, ""),
        "in another profile": (
            delivered | profile(new, name="Profile 1") | profile({}, name="Default"),
            "added exactly minimumVersion ready",
        ),
        "in the unprotected file": (
            delivered
            | profile(new)
            | {
                rf"{edge}\Default\Secure Preferences": "{}",
                rf"{edge}\Default\Preferences": text({"extensions": {"settings": new}}),
            },
            "",
        ),
        "a package is unreadable": (
            delivered | profile(new) | {rf"{FOLDER}\delegate.crx": "x"},
            "",
        ),
    }


def test_each_wish_holds_where_it_should(tmp_path: Path) -> None:
    pcs = cases()
    asked = [
        {"kind": "extensions", "target": TARGET, "files": files, "wanted": WISHES}
        for files, _ in pcs.values()
    ]
    for (name, (_, missed)), answer in zip(pcs.items(), ask(tmp_path, asked), strict=True):
        assert not answer["error"], (name, answer)
        not_met = [wish for wish, met in zip(WISH, answer["met"], strict=True) if not met]
        assert " ".join(not_met) == missed, (name, answer["found"]["message"])


def test_a_person_is_told_what_is_there(tmp_path: Path) -> None:
    pcs = cases()
    names = ["as wanted", "one is off", "stale", "an old one under another id", "Edge never opened"]
    edge = EDGE.format(account="OqsComApp")
    known: dict[str, Any] = {
        "profile": {"info_cache": {"Default": {}, "Profile 1": {}, r"..\x": {}}}
    }
    strayed = pcs["in another profile"][0] | {rf"{edge}\Local State": json.dumps(known)}
    asked = [
        {"kind": "extensions", "target": TARGET, "files": files, "wanted": []}
        for files in [*(pcs[name][0] for name in names), strayed]
    ]
    told = [answer["found"]["message"] for answer in ask(tmp_path, asked)]
    assert told[0] == (
        "Edge のプロファイル Default：目視確認操作用アプリケーション 2.0.0.1、顔認証用アプリケーション 2.0.0.1、"
        "暗証番号認証用アプリケーション 2.0.0.1。開発者モードはオフ。"
    )
    assert "目視確認操作用アプリケーション 2.0.0.1（オフ）、" in told[1]
    assert told[2].count("2.0.0.0（配信されたファイルより古い版）") == 3
    assert "、古いもの PIN有認証用アプリケーション 1.0.0.3。" in told[3]
    assert told[4].count("なし") == 3 and told[4].endswith("オフ。")
    assert told[5].endswith("無いものは、ほかのプロファイルに入っています: Profile 1")


def test_an_unreadable_file_is_an_error_and_no_library_is_unknown(tmp_path: Path) -> None:
    edge = EDGE.format(account="OqsComApp")
    torn = packages(three(), "2.0.0.0") | {rf"{edge}\Default\Preferences": '{"extensions": {'}
    asked = {"kind": "extensions", "target": TARGET, "wanted": WISHES}
    broken, absent = ask(tmp_path, [asked | {"files": torn}, asked | {"files": {}}])
    assert "読めません" in broken["error"] and "Preferences" in broken["error"]
    assert list(absent["found"]) == ["unknown"]


def test_signing_in_to_edge_is_seen_in_every_profile_and_nobody_is_named(tmp_path: Path) -> None:
    edge = EDGE.format(account="OqsComApp")
    signed = {"account_info": [{"account_id": "1", "email": "someone@example.com"}]}
    two = profile({}, preferences=signed, name="Profile 1") | profile({})
    two[rf"{edge}\Local State"] = json.dumps(
        {"profile": {"info_cache": {"Default": {}, "Profile 1": {}}}}
    )
    pcs = [{}, profile({}, preferences={"account_info": []}), profile({}, preferences=signed), two]
    asked = [
        {
            "kind": "edge-account",
            "target": {"browser": "edge"},
            "files": f,
            "wanted": [{"signedIn": False}],
        }
        for f in pcs
    ]
    answers = ask(tmp_path, asked)
    assert [answer["met"] for answer in answers] == [[True], [True], [False], [False]]
    assert answers[3]["found"]["profiles"] == ["Profile 1"]
    assert "example.com" not in json.dumps(answers)


def test_the_extensions_wait_for_the_restart_after_the_library(tmp_path: Path) -> None:
    """A library that was installed since Windows started holds up what follows, until it restarts."""
    library = r"C:\Program Files\OQS-Auth"
    waits = {
        "id": "wait",
        "kind": "restarted-since",
        "target": {"paths": [library]},
        "wanted": {"done": True},
    }
    guide = {
        "id": "add",
        "kind": "extensions",
        "how": "guided",
        "target": TARGET,
        "wanted": {"added": ALL},
    }
    steps = [step(scope="user", who="oqscomapp", **one) for one in (waits, guide)]
    files = packages(three(), "2.0.0.0")
    computer = pc(
        tmp_path, ready_machine(files=files, created={library: "2026-11-20 08:00:00.000"})
    )
    script = computer.bundle(plan(steps))

    def status() -> dict[str, str]:
        return {one["id"]: one["status"] for one in computer.result()["steps"]}

    before = computer.run(script, "Apply", "User", answers=[""])
    assert (before.exit, status()) == (5, {"wait": "restart", "add": "unknown"}), before
    assert "Enter 再起動する" in before.console
    computer.machine = computer.machine | {"boot": "2026-11-21 07:00:00.000"}
    after = computer.run(script, "Apply", "User", run="run-2", answers=["s"])
    assert (after.exit, status()) == (5, {"wait": "ok", "add": "manual"}), after
    assert "目視確認操作用アプリケーション なし" in json.dumps(
        computer.result(), ensure_ascii=False
    )
    computer.machine = computer.machine | {"files": files | profile(installed("2.0.0.0"))}
    last = computer.run(script, "Apply", "User", run="run-3")
    assert (last.exit, status()) == (0, {"wait": "ok", "add": "ok"}), last


JSON = r"""
{parts}
Set-StrictMode -Version 2
$text = [IO.File]::ReadAllText('{folder}/a.json')
$read = ConvertFrom-BrowserJson $text
[IO.File]::WriteAllText('{folder}/b.json', (ConvertTo-JsonText $read))
foreach ($wrong in [IO.File]::ReadAllLines('{folder}/wrong.txt')) {{
    try {{ $null = ConvertFrom-BrowserJson $wrong; "taken: $wrong" }} catch {{ $null = $_ }}
}}
$commented = ConvertFrom-BrowserJson "// a`n{{ /* b */ `"a`": 1 // c`n}} // d"
"a = $(Get-BrowserField $commented @('a'))"
"""


def test_json_is_read_as_browsers_write_it(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]
    members = {str(number): number for number in range(5000)}
    value = {
        "": {"Amazon": 1, "amazon": 2, "list": [1, [], {}, None, True, False], "deep": deep},
        "large": "x" * 3_000_000,
        "many": members,
        "text": '"\\/\b\f\n\r\t日本語\U0001f600\u2028',
        "numbers": [0, -1, 2**53, -(2**63)],
        "date": "2026-11-21T00:00:00Z",
    }
    wrong = [
        '{"a": 1',
        '{"a" 1}',
        "[1,]",
        "[1 2]",
        '"a',
        r'"\u12"',
        r'"\x"',
        "tru",
        "1 2",
        "{1: 2}",
        "1e",
        "/*",
    ]
    (tmp_path / "a.json").write_text(json.dumps(value))
    (tmp_path / "wrong.txt").write_text("\n".join([*wrong, "[" * 1000]))
    parts = ("runtime/kind-api.ps1", "runtime/state.ps1", "browser/browser-json.ps1")
    loading = f". '{file_of(joined(PARTS / name for name in parts))}'"
    done = run_text(JSON.format(parts=loading, folder=tmp_path))
    assert done.output == "a = 1" and not done.errors, done
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == value
