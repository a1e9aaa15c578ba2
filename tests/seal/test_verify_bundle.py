"""Bundles that were tampered with: every way is found, and told from the others."""

import codecs
import dataclasses
import hashlib
import json
import random
import re
import string
from base64 import b64encode
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oqsgen.bundle import PROGRAM
from oqsgen.seal import cms
from oqsgen.seal.authenticode import BEGIN, END, sign_script
from oqsgen.seal.catalog import CERT_TRUST_LIST, catalog, list_id
from oqsgen.seal.manifest import FORMAT, hashes
from oqsgen.seal.verify.catalog_reader import open_catalog
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.expectation import expecting, printed_id
from oqsgen.seal.verify.files import compare
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.listing import Odd
from oqsgen.seal.verify.script import open_script
from oqsgen.seal.verify.system_files import APPLE_DOUBLE, BEGINNINGS, COMPOUND_FILE
from oqsgen.seal.verify.trust import Trust
from tests.certificates import NOW
from tests.examples import bundle_of, example
from tests.sealed import TRUST, bundle, codes, listing, report, signer

SCRIPT, MANIFEST, CATALOG = "terminal.ps1", "bundle.json", "bundle.cat"
SIGNED = (SCRIPT, MANIFEST, CATALOG)
DS_STORE = BEGINNINGS[".ds_store"]


@pytest.fixture
def files() -> dict[str, bytes]:
    return dict(bundle().files)


PATHS = sorted(bundle().files)


def test_a_bundle_as_built_is_fine(files: dict[str, bytes]) -> None:
    found = report(files)
    assert found.findings == ()
    assert found.fine
    assert (found.id, found.code, found.terminal) == (bundle().id, "1319999012", "OQS-01")
    assert found.signature is not None
    assert found.signature.as_json() == {
        "name": "試験 発行者",
        "fingerprint": signer().fingerprint,
        "root": "試験 発行者 ルート",
        "publisher": "certificate",
        "ends": "2027-04-01",
    }


def test_the_own_publisher_is_recognized(files: dict[str, bytes]) -> None:
    own = report(files, Trust(NOW, own=frozenset({signer().fingerprint})))
    assert own.signature and own.signature.publisher == "own"


# --- one file at a time


@pytest.mark.parametrize("path", PATHS)
def test_a_byte_changed_anywhere_is_found(path: str) -> None:
    """200 places a file. What the catalog alone guards needs no more than its hash."""
    files = dict(bundle().files)
    expected: dict[str, str | None] = {**hashes(files)}
    chance = random.Random(path)
    data = files[path]
    for at in [0, len(data) - 1, *(chance.randrange(len(data)) for _ in range(198))]:
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        files[path] = bytes(changed)
        if path in SIGNED:
            assert not report(files).fine, at
        else:
            assert [one.path for one in compare(listing(files), expected)] == [path], at
    if path not in SIGNED:
        code = "OTHER_CERTIFICATE" if path.endswith(".cer") else "CHANGED"
        assert codes(report(files)) == {(path, code)}


@pytest.mark.parametrize("path", PATHS)
def test_a_file_that_is_gone_is_named(path: str, files: dict[str, bytes]) -> None:
    del files[path]
    assert codes(report(files)) == {(path, "MISSING")}


@pytest.mark.parametrize("path", PATHS)
def test_an_emptied_file_is_named(path: str, files: dict[str, bytes]) -> None:
    files[path] = b""
    found = {code for where, code in codes(report(files)) if where == path}
    special = {SCRIPT: "UNSIGNED", MANIFEST: "MANIFEST_BROKEN", CATALOG: "SIGNATURE_BROKEN"}
    assert special.get(path, "EMPTY") in found
    assert {where for where, _ in codes(report(files))} == {path}


@pytest.mark.parametrize("path", PATHS)
def test_a_cut_off_file_is_named(path: str, files: dict[str, bytes]) -> None:
    files[path] = files[path][: len(files[path]) // 2]
    assert {where for where, _ in codes(report(files))} == {path}


@pytest.mark.parametrize("path", PATHS)
def test_a_renamed_file_is_named_with_its_right_name(path: str, files: dict[str, bytes]) -> None:
    files[path + ".bak"] = files.pop(path)
    known_by_hash = path != CATALOG
    found = codes(report(files))
    if known_by_hash:
        assert found == {(path + ".bak", "RENAMED")}
    else:
        assert found == {(path, "MISSING"), (path + ".bak", "EXTRA")}


@pytest.mark.parametrize("path", [path for path in PATHS if path.swapcase() != path])
def test_a_rename_in_case_alone_is_found(path: str, files: dict[str, bytes]) -> None:
    name = path.rpartition("/")[2]
    other = path.removesuffix(name) + name.swapcase()
    files[other] = files.pop(path)
    assert codes(report(files)) == {(other, "CASE")}


def test_a_folder_renamed_in_case_is_found(files: dict[str, bytes]) -> None:
    task = next(path for path in files if path.startswith("tasks/"))
    files["Tasks/" + task.removeprefix("tasks/")] = files.pop(task)
    assert (task.replace("tasks", "Tasks"), "CASE") in codes(report(files))


@pytest.mark.parametrize("path", ["evil.cmd", "publisher/evil.cer", "desktop.ini", "new/x.txt"])
def test_an_added_file_is_named(path: str, files: dict[str, bytes]) -> None:
    files[path] = b"start calc.exe\r\n"
    assert (path, "EXTRA") in codes(report(files))


def test_an_added_empty_folder_is_named(files: dict[str, bytes]) -> None:
    whole = listing(files)
    more = dataclasses.replace(whole, folders=whole.folders | {"modules"})
    assert codes(check(more, TRUST)) == {("modules", "EXTRA")}


def test_a_copy_of_a_file_is_named(files: dict[str, bytes]) -> None:
    files["copy.cmd"] = files["1_適用.cmd"]
    assert codes(report(files)) == {("copy.cmd", "EXTRA")}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("why", Odd)
def test_what_is_no_readable_file_is_named(path: str, why: Odd, files: dict[str, bytes]) -> None:
    del files[path]
    odd = dataclasses.replace(listing(files), odd={path: why})
    assert codes(check(odd, TRUST)) == {(path, why.value)}


@pytest.mark.parametrize("path", PATHS)
def test_a_folder_in_the_place_of_a_file_is_named(path: str, files: dict[str, bytes]) -> None:
    del files[path]
    whole = listing(files)
    instead = dataclasses.replace(whole, folders=whole.folders | {path})
    assert codes(check(instead, TRUST)) == {(path, "FOLDER")}


def test_two_files_that_changed_places_are_told(files: dict[str, bytes]) -> None:
    one, other = "1_適用.cmd", "3_元に戻す.cmd"
    files[one], files[other] = files[other], files[one]
    assert codes(report(files)) == {(one, "SWAPPED"), (other, "SWAPPED")}


TEXTS = (".cmd", ".ps1", "launcher.txt")


@pytest.mark.parametrize("path", [path for path in PATHS if path.endswith(TEXTS)])
def test_line_ends_changed_by_a_transfer_are_told(path: str, files: dict[str, bytes]) -> None:
    files[path] = files[path].replace(b"\r\n", b"\n")
    assert codes(report(files)) == {(path, "LINE_ENDS")}


@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if bundle().files[path].startswith((codecs.BOM_UTF8, b"\xff\xfe"))],
)
def test_a_mark_that_an_editor_took_away_is_told(path: str, files: dict[str, bytes]) -> None:
    size = 3 if files[path].startswith(codecs.BOM_UTF8) else 2
    files[path] = files[path][size:]
    assert codes(report(files)) == {(path, "NO_BOM")}


@pytest.mark.parametrize("path", SIGNED)
@pytest.mark.parametrize("facility", ["大阪内科"])
def test_a_file_of_another_bundle_is_told(
    path: str, facility: str, files: dict[str, bytes]
) -> None:
    files[path] = bundle(facility).files[path]
    assert codes(report(files)) == {(path, "OTHER_BUNDLE")}


def test_any_file_of_another_terminal_is_found() -> None:
    other = bundle(terminal=1, by="別の 発行者").files
    differing = [
        p for p in PATHS if p not in SIGNED and other.get(p) not in (None, bundle().files[p])
    ]
    assert len(differing) >= 5
    for path in differing:
        files = {**bundle().files, path: other[path]}
        assert {where for where, _ in codes(report(files))} == {path}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Thumbs.db", COMPOUND_FILE),
        (".DS_Store", DS_STORE),
        ("._チェックリスト.pdf", APPLE_DOUBLE),
        ("._publisher", APPLE_DOUBLE),
        ("tasks/._定刻に再起動.xml", APPLE_DOUBLE),
        ("publisher/thumbs.db", COMPOUND_FILE),
        ("tasks/._.DS_Store", APPLE_DOUBLE),
    ],
)
def test_what_the_system_left_is_named_and_no_more(
    name: str, data: bytes, files: dict[str, bytes]
) -> None:
    files[name] = data + bytes(100)
    found = report(files)
    assert found.fine
    assert [(one.path, one.code, one.severity) for one in found.findings] == [
        (name, "LEFT_BY_SYSTEM", "notice")
    ]


@pytest.mark.parametrize(
    "name", ["System Volume Information", "$RECYCLE.BIN", ".Trashes", "tasks/.fseventsd"]
)
def test_no_folder_of_a_system_belongs_in_a_bundle(name: str, files: dict[str, bytes]) -> None:
    """They stand at the root of a stick alone; inside a bundle they could hide anything."""
    files[f"{name}/1_適用.cmd"] = b"start calc.exe\r\n"
    assert {(name, "EXTRA"), (f"{name}/1_適用.cmd", "EXTRA")} <= codes(report(files))


STARTED = (
    "cmd bat ps1 exe com vbs js lnk msi scr hta pif cpl msc wsf jse vbe wsh reg url scf inf msp mst jar chm "
    "application appref-ms settingcontent-ms library-ms xll docm xlsm iso img vhd psm1 ps1xml msix appx diagcab "
    "rdp job theme py"
)


@pytest.mark.parametrize(
    "name",
    [
        *(f"._開く.{ending}" for ending in STARTED.split()),
        *("._1_適用.cmd", "._0_発行者を登録.cmd", "._terminal.ps1"),
        *("._チェックリスト.cmd ", "._チェックリスト.cmd.", "._チェックリスト.c\u200bmd"),
    ],
)
def test_nothing_that_starts_poses_as_macos_leftover(name: str, files: dict[str, bytes]) -> None:
    """Not even as what macOS itself writes: Explorer sorts it before the real launcher."""
    files[name] = APPLE_DOUBLE + bytes(100)
    assert (name, "EXTRA") in codes(report(files))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("._チェックリスト.pdf", b"start calc.exe\r\n"),
        ("._チェックリスト.pdf", APPLE_DOUBLE + bytes(64 * 1024)),
        ("._other.pdf", APPLE_DOUBLE),
        ("Thumbs.db", b"MZ"),
        (".DS_Store", b""),
        ("desktop.ini", b"[.ShellClassInfo]"),
    ],
)
def test_a_name_alone_makes_nothing_the_systems(
    name: str, data: bytes, files: dict[str, bytes]
) -> None:
    files[name] = data
    assert codes(report(files)) == {(name, "EXTRA")}


@pytest.mark.parametrize("path", PATHS)
def test_a_hidden_file_is_found(path: str, files: dict[str, bytes]) -> None:
    del files[path]
    hidden = dataclasses.replace(listing(files), odd={path: Odd.HIDDEN})
    assert (path, "HIDDEN") in codes(check(hidden, TRUST))


# --- the script by itself: the tamper table of other verifiers


def script_code(script: bytes) -> str:
    with pytest.raises(SealError) as raised:
        open_script(script)
    return raised.value.code


GOOD_SCRIPT = bundle().files[SCRIPT]
AT_BLOCK = GOOD_SCRIPT.index(BEGIN.encode())
BLOCK = GOOD_SCRIPT[AT_BLOCK:]
BODY = GOOD_SCRIPT[:AT_BLOCK]
LINES = BLOCK.split(b"\r\n")


def repacked(lines: list[bytes]) -> bytes:
    return BODY + b"\r\n".join(lines)


TAMPERED = {
    "one byte": (BODY.replace(b"exit (", b"exit  (") + BLOCK, "TEXT_CHANGED"),
    "one kanji": (BODY.replace("署名".encode(), "書名".encode(), 1) + BLOCK, "TEXT_CHANGED"),
    "LF in the body": (BODY.replace(b"\r\n", b"\n") + BLOCK, "LINE_ENDS"),
    "LF in one line": (BODY.replace(b"\r\n", b"\n", 1) + BLOCK, "LINE_ENDS"),
    "CR in one line": (BODY.replace(b"\r\n", b"\r", 1) + BLOCK, "LINE_ENDS"),
    "LF everywhere": (GOOD_SCRIPT.replace(b"\r\n", b"\n"), "LINE_ENDS"),
    "no BOM": (GOOD_SCRIPT.removeprefix(codecs.BOM_UTF8), "NO_BOM"),
    "two BOMs": (codecs.BOM_UTF8 + GOOD_SCRIPT, "TEXT_CHANGED"),
    "a line before the block": (BODY + b"\r\n" + BLOCK, "TEXT_CHANGED"),
    "UTF-16": (
        codecs.BOM_UTF16_LE + GOOD_SCRIPT.decode("utf-8-sig").encode("utf-16-le"),
        "UNSIGNED",
    ),
    "not UTF-8": (BODY + b"\xff" + BLOCK, "NOT_UTF8"),
    "code behind the block": (GOOD_SCRIPT + b"Remove-Item C:\\\r\n", "APPENDED"),
    "a comment behind the block": (GOOD_SCRIPT + b"# x", "APPENDED"),
    "a line end more": (GOOD_SCRIPT + b"\r\n", "APPENDED"),
    "a zero byte more": (GOOD_SCRIPT + b"\0", "APPENDED"),
    "a line end less": (GOOD_SCRIPT.removesuffix(b"\r\n"), "APPENDED"),
    "cut off": (GOOD_SCRIPT[:-500], "APPENDED"),
    "a second block": (GOOD_SCRIPT + BLOCK, "SECOND_BLOCK"),
    "a block before": (BODY + BLOCK + BLOCK, "SECOND_BLOCK"),
    "a block in the text": (BODY + b"\r\n" + BLOCK.lower() + BLOCK, "SECOND_BLOCK"),
    "a marker in the text": (BODY + b"# SIG # x\r\n" + BLOCK, "SECOND_BLOCK"),
    "no block": (BODY, "UNSIGNED"),
    "no text": (codecs.BOM_UTF8 + BLOCK, "TEXT_CHANGED"),
    "nothing": (b"", "UNSIGNED"),
    "another letter": (
        repacked([*LINES[:9], LINES[9].replace(LINES[9][20:21], b"!"), *LINES[10:]]),
        "SIGNATURE_BROKEN",
    ),
    "a short line": (repacked([*LINES[:5], LINES[5][:40], b"# " + LINES[5][40:], *LINES[6:]]), "SIGNATURE_BROKEN"),
    "a long line": (repacked([*LINES[:5], LINES[5] + LINES[6][2:], *LINES[7:]]), "SIGNATURE_BROKEN"),
    "a line without #": (repacked([*LINES[:5], LINES[5][2:], *LINES[6:]]), "SIGNATURE_BROKEN"),
    "an empty line": (repacked([*LINES[:5], b"", *LINES[5:]]), "SIGNATURE_BROKEN"),
    "a line less": (repacked([*LINES[:5], *LINES[6:]]), "SIGNATURE_BROKEN"),
    "blanks in the block": (repacked([*LINES[:5], LINES[5] + b" ", *LINES[6:]]), "SIGNATURE_BROKEN"),
    "an empty block": (BODY + (BEGIN + END).encode(), "SIGNATURE_BROKEN"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_script_is_found_by_its_signature_alone(name: str) -> None:
    script, code = TAMPERED[name]
    assert script_code(script) == code


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_script_is_found_in_its_bundle(name: str, files: dict[str, bytes]) -> None:
    files[SCRIPT], _ = TAMPERED[name]
    found = report(files)
    assert {where for where, _ in codes(found)} == {SCRIPT}


def test_padding_bits_that_base64_ignores_are_not_ignored() -> None:
    # One name in three gives a length that needs padding.
    blocks = (sign_script(BODY, signer(), "x" * n)[len(BODY) :] for n in range(3))
    lines = next(block for block in blocks if b"=" in block).split(b"\r\n")
    (last,) = (at for at, line in enumerate(lines) if line.endswith(b"="))
    kept = lines[last].rstrip(b"=")
    alphabet = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    other = alphabet[alphabet.index(chr(kept[-1])) ^ 1].encode()
    assert open_script(repacked(lines))
    changed = kept[:-1] + other + lines[last][len(kept) :]
    assert script_code(repacked([*lines[:last], changed, *lines[last + 1 :]])) == "SIGNATURE_BROKEN"


def test_a_huge_block_is_refused() -> None:
    lines = [b"# " + b"A" * 64] * 20_000
    script = BODY + BEGIN.encode() + b"\r\n".join(lines) + b"\r\n" + END.encode()
    assert script_code(script) == "TOO_LARGE"
    assert script_code(BODY + b"#" * 9_000_000 + BLOCK) == "TOO_LARGE"


def test_a_huge_catalog_is_refused(files: dict[str, bytes]) -> None:
    files[CATALOG] += bytes(5_000_000)
    assert codes(report(files)) == {(CATALOG, "TOO_LARGE")}


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_der_in_a_block_ends_in_a_seal_error(data: bytes) -> None:
    text = b64encode(data)
    lines = [b"# " + text[i : i + 64] + b"\r\n" for i in range(0, len(text), 64)]
    assert script_code(BODY + BEGIN.encode() + b"".join(lines) + END.encode())


# --- the catalog by itself


def test_a_catalog_says_each_path_twice() -> None:
    _, opened = open_catalog(bundle().files[CATALOG])
    assert set(opened.sha256) == set(opened.sha1) == set(PATHS) - {CATALOG}
    assert opened.list_id == list_id(bundle().id)


def resigned(content: bytes) -> bytes:
    return cms.signed_data(CERT_TRUST_LIST, content, signer(), PROGRAM)


def content_of(files: dict[str, bytes]) -> bytes:
    from oqsgen.bundle import CATALOG_MADE

    signed = catalog(files, list_id(bundle().id), CATALOG_MADE, signer(), PROGRAM)
    return open_catalog(signed)[0].content.encoded


SMALL = {"a.txt": b"a", "b.txt": b"b"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\x82\x00", b"\x81\x00"),
        (b"\xa2\x02\x80\x00", b"\xa2\x02\x80\x01"),
        ("FilePath".encode("utf-16-be"), "FilePatt".encode("utf-16-be")),
        ("a.txt\0".encode("utf-16-le"), "../.t\0".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), "C:\\xt\0".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), "\\.txt\0".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), "a.txtx".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), "b.txt\0".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), "B.TXT\0".encode("utf-16-le")),
        ("a.txt\0".encode("utf-16-le"), b"\x00\xd8" * 6),
        (b"000101", b"00010x"),
        (bytes.fromhex("060a2b060104018237 0c0103"), bytes.fromhex("060a2b0601040182370c0102")),
        (bytes.fromhex("060a2b060104018237 0c0101"), bytes.fromhex("060a2b0601040182370c0102")),
    ],
    ids=[
        "cabinet",
        "another indirect data",
        "another name value",
        "a path upwards",
        "a drive",
        "a root",
        "no zero",
        "a path twice",
        "a path in two cases",
        "no text",
        "no date",
        "version 1",
        "no catalog list",
    ],
)
def test_a_member_has_to_be_as_oqsgen_writes_it(old: bytes, new: bytes) -> None:
    content = content_of(SMALL)
    assert old in content and len(old) == len(new)
    with pytest.raises(SealError) as raised:
        open_catalog(resigned(content.replace(old, new)))
    assert raised.value.code == "CATALOG_BROKEN"


def test_members_out_of_order_or_alone_are_refused() -> None:
    from oqsgen.seal import der
    from oqsgen.seal.der_reader import read_one

    *head, members = read_one(content_of(SMALL)).items(0x30)
    parts = [one.encoded for one in members.items(0x30)]
    short = der.sequence(der.octet_string(bytes(16)), der.set_of([der.sequence()]))
    for wrong in (parts[::-1], parts[1:], parts[:1], [*parts, parts[-1]], [short, *parts]):
        content = der.sequence(*(one.encoded for one in head), der.sequence(*wrong))
        with pytest.raises(SealError, match="カタログ"):
            open_catalog(resigned(content))


def test_a_catalog_whose_sha1_does_not_fit_is_found(files: dict[str, bytes]) -> None:
    """Windows asks one of both members, and nobody knows which."""
    from oqsgen.seal import der
    from oqsgen.seal.catalog import member_sha1
    from oqsgen.seal.der_reader import read_one

    *head, members = read_one(open_catalog(files[CATALOG])[0].content.encoded).items(0x30)
    path = "launcher.txt"
    right = member_sha1(path, hashlib.sha1(files[path]).digest())
    parts = [one.encoded for one in members.items(0x30)]
    parts = [member_sha1(path, bytes(20)) if one == right else one for one in parts]
    in_order = sorted(parts, key=lambda one: read_one(one).items(0x30)[0].content)
    content = der.sequence(*(one.encoded for one in head), der.sequence(*in_order))
    files[CATALOG] = resigned(content)
    assert codes(report(files)) == {(CATALOG, "DISAGREES")}


@pytest.mark.parametrize("path", [SCRIPT, MANIFEST])
def test_a_catalog_names_script_and_manifest(path: str, files: dict[str, bytes]) -> None:
    others = {p: data for p, data in files.items() if p not in (CATALOG, path)}
    files[CATALOG] = resigned(content_of(others))
    assert {(CATALOG, "DISAGREES"), (path, "EXTRA")} <= codes(report(files))


def test_a_catalog_without_a_signature_is_told(files: dict[str, bytes]) -> None:
    from oqsgen.bundle import CATALOG_MADE

    others = {path: data for path, data in files.items() if path != CATALOG}
    files[CATALOG] = catalog(others, list_id(bundle().id), CATALOG_MADE, None)
    assert codes(report(files)) == {(CATALOG, "UNSIGNED")}


# --- more than one file, and more than one signer


def sealed_again(files: dict[str, bytes], by: str) -> dict[str, bytes]:
    """``files`` with a catalog of somebody's who knows how."""
    from oqsgen.bundle import CATALOG_MADE

    others = {path: data for path, data in files.items() if path != CATALOG}
    manifest = json.loads(others[MANIFEST])
    manifest["files"] = hashes({p: d for p, d in others.items() if p != MANIFEST})
    others[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    made = catalog(others, list_id(manifest["id"]), CATALOG_MADE, signer(by), PROGRAM)
    return {**others, CATALOG: made}


def test_a_manifest_edited_to_fit_is_found(files: dict[str, bytes]) -> None:
    files["launcher.txt"] += b"x"
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = hashes({p: files[p] for p in manifest["files"]})
    files[MANIFEST] = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    assert codes(report(files)) == {("launcher.txt", "CHANGED"), (MANIFEST, "CHANGED")}


def test_a_catalog_made_anew_by_another_is_found(files: dict[str, bytes]) -> None:
    files["launcher.txt"] += b"x"
    found = codes(report(sealed_again(files, "侵入者")))
    assert (CATALOG, "OTHER_SIGNER") in found
    assert ("launcher.txt", "CHANGED") in found


def test_a_catalog_made_anew_by_the_same_does_not_fit_the_script(files: dict[str, bytes]) -> None:
    files["launcher.txt"] += b"x"
    assert (SCRIPT, "DISAGREES") in codes(report(sealed_again(files, "試験 発行者")))


@pytest.mark.parametrize("key", ["tool", "manual", "terminal", "facility", "signer"])
def test_a_manifest_that_says_something_else_than_the_script(
    key: str, files: dict[str, bytes]
) -> None:
    manifest = json.loads(files[MANIFEST])
    del manifest[key]
    files[MANIFEST] = json.dumps(manifest).encode()
    assert (MANIFEST, "DISAGREES") in codes(report(sealed_again(files, "試験 発行者")))


def test_a_manifest_that_lists_another_script_than_the_catalog(files: dict[str, bytes]) -> None:
    manifest = json.loads(files[MANIFEST])
    manifest["files"][SCRIPT] = "0" * 64
    files[MANIFEST] = json.dumps(manifest).encode()
    others = {path: data for path, data in files.items() if path != CATALOG}
    files[CATALOG] = resigned(content_of(others))
    assert codes(report(files)) == {(MANIFEST, "DISAGREES")}


def test_a_bundle_that_names_another_publisher_than_signed_it(files: dict[str, bytes]) -> None:
    files |= signer("侵入者").publisher_files()
    files[SCRIPT] = sign_script(BODY, signer("侵入者"), PROGRAM)
    found = codes(report(sealed_again(files, "侵入者")))
    assert {(SCRIPT, "OTHER_SIGNER"), (MANIFEST, "OTHER_SIGNER")} <= found


def test_a_script_of_another_signer_is_found(files: dict[str, bytes]) -> None:
    files[SCRIPT] = sign_script(BODY, signer("侵入者"), PROGRAM)
    assert (CATALOG, "OTHER_SIGNER") in codes(report(files))


def test_another_script_by_the_same_signer_is_found(files: dict[str, bytes]) -> None:
    files[SCRIPT] = sign_script(BODY + b"# more\r\n", signer(), PROGRAM)
    assert codes(report(files)) == {(SCRIPT, "CHANGED")}
    files[SCRIPT] = sign_script(codecs.BOM_UTF8 + b"exit 0\r\n", signer(), PROGRAM)
    assert codes(report(files)) == {(SCRIPT, "NO_PLAN")}


def test_publisher_files_of_another_are_found(files: dict[str, bytes]) -> None:
    for path, data in signer("侵入者").publisher_files().items():
        files[path] = data
    found = codes(report(files))
    assert ("publisher/publisher.cer", "OTHER_CERTIFICATE") in found
    assert ("publisher/root.cer", "OTHER_CERTIFICATE") in found


def test_another_signers_bundle_is_fine_until_somebody_is_trusted() -> None:
    files = dict(bundle(by="侵入者").files)
    assert report(files).fine
    for trusted in (signer().certificate, signer().chain[-1]):
        known = Trust(NOW, trust=frozenset({trusted}))
        assert codes(report(files, known)) == {(SCRIPT, "NOT_TRUSTED"), (CATALOG, "NOT_TRUSTED")}
        assert report(dict(bundle().files), known).fine


def test_a_chain_with_a_ca_between_is_fine_and_can_be_trusted() -> None:
    long = signer("長い 鎖", between=True)
    made = bundle_of(example("smallest")[0], long)
    assert "publisher/ca-1.cer" in made.files
    assert report(made.files, Trust(NOW, trust=frozenset({long.chain[0]}))).fine


@pytest.mark.parametrize(("days", "code"), [(400, "EXPIRED"), (-400, "NOT_YET_VALID")])
def test_a_signature_that_is_not_valid_today(days: int, code: str, files: dict[str, bytes]) -> None:
    found = report(files, Trust(NOW + timedelta(days=days)))
    assert codes(found) == {(SCRIPT, code), (CATALOG, code)}


def test_an_unsigned_bundle_is_told() -> None:
    assert codes(report(dict(bundle(signed=False).files))) == {(SCRIPT, "UNSIGNED")}


def test_a_bundle_whose_signatures_were_taken_off_is_not_fine(files: dict[str, bytes]) -> None:
    files[SCRIPT] = BODY
    del files[CATALOG]
    assert {(SCRIPT, "UNSIGNED"), (CATALOG, "MISSING")} <= codes(report(files))


def test_a_manifest_alone_proves_nothing() -> None:
    head = {"format": 1, "id": "0" * 32, "signer": None, "files": {}}
    assert codes(report({MANIFEST: json.dumps(head).encode()})) == {("", "NOT_A_BUNDLE")}


def test_an_empty_folder_is_not_a_bundle() -> None:
    assert codes(report({})) == {("", "NOT_A_BUNDLE")}


# --- the manifest as data of somebody's

DEEP = b"[" * 200_000 + b"]" * 200_000
HEAD = {"format": FORMAT, "id": "0" * 32, "files": {}}


@pytest.mark.parametrize(
    "data",
    [
        DEEP,
        b'{"a":' * 100_000,
        json.dumps(HEAD).encode()[:-1] + b', "id": "' + b"1" * 32 + b'"}',
        json.dumps({**HEAD, "format": FORMAT + 1}).encode(),
        json.dumps({**HEAD, "files": {"a": 1}}).encode(),
        json.dumps({**HEAD, "files": []}).encode(),
        json.dumps({**HEAD, "id": "X" * 32}).encode(),
        json.dumps({**HEAD, "id": 1}).encode(),
        json.dumps(HEAD).encode("utf-16"),
        b"[]",
        b"1" * 100_000,
        b"\xff",
        json.dumps(HEAD).encode() + b" " * 5_000_000,
    ],
    ids=[
        "deep lists",
        "deep objects",
        "a key twice",
        "a newer format",
        "hashes that are none",
        "files that are none",
        "an id in upper case",
        "an id that is a number",
        "UTF-16",
        "a list",
        "a huge number",
        "no text",
        "too long",
    ],
)
def test_a_hostile_manifest_is_refused(data: bytes, files: dict[str, bytes]) -> None:
    files[MANIFEST] = data
    assert codes(report(files)) == {(MANIFEST, "MANIFEST_BROKEN")}


def test_a_deep_plan_is_refused() -> None:
    text = b"\xef\xbb\xbf\r\n$plan = @'\r\n" + DEEP + b"\r\n'@\r\n"
    found = report({**bundle().files, SCRIPT: sign_script(text, signer(), PROGRAM)})
    assert codes(found) == {(SCRIPT, "NO_PLAN")}


@settings(max_examples=60)
@given(st.data())
def test_hostile_bundles_are_never_fine_and_never_fail(data: st.DataObject) -> None:
    files = dict(bundle().files)
    for path in data.draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=4, unique=True)):
        whole = files[path]
        at = data.draw(st.integers(0, len(whole) - 1))
        gone = data.draw(st.integers(0, 200))
        new = data.draw(st.binary(max_size=40))
        files[path] = whole[:at] + new + whole[at + gone :]
    found = report(files)
    if files != dict(bundle().files):
        assert not found.fine


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([*SIGNED, "x", "publisher/root.cer", "\udc83", "._x", "a/b/c"]),
        st.binary(max_size=60),
    )
)
def test_anything_at_all_is_not_a_bundle(files: dict[str, bytes]) -> None:
    assert not report(files).fine


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(["tool", "manual", "facility", "terminal", "signer", "input", "more"]), JSON
    )
)
def test_any_manifest_is_a_report(more: dict[str, object]) -> None:
    files = dict(bundle().files)
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **more}).encode()
    with suppress(UnicodeEncodeError):
        assert not report(files).fine


# --- what a person holds in the hand


@pytest.mark.parametrize(
    "typed",
    [
        "{}",
        " {} ",
        "{upper}",
        "{groups}",
        "{dashes}",
        "{wide}",
    ],
)
def test_an_id_is_known_however_it_is_typed(typed: str) -> None:
    id = bundle().id
    groups = re.findall("....", id)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in id)
    text = typed.format(
        id, upper=id.upper(), groups=" ".join(groups), dashes="-".join(groups), wide=wide
    )
    assert printed_id(text) == id


@pytest.mark.parametrize("typed", ["", "1234", "g" * 32, "0" * 33])
def test_other_text_is_no_id(typed: str) -> None:
    with pytest.raises(ValueError):
        printed_id(typed)


def test_an_older_bundle_of_the_same_terminal_is_found() -> None:
    new, old = report(bundle().files), report(bundle("旧 東京内科").files)
    other = check(listing(bundle(terminal=1).files, "1319999012_OQS-02"), TRUST)
    expected = frozenset({bundle().id})

    (judged,), missing = expecting([new], expected)
    assert judged.fine and not missing
    (judged,), missing = expecting([old], expected)
    assert codes(judged) == {("", "OTHER_ID")}
    assert [one.code for one in missing] == ["EXPECTED_MISSING"]

    (good, bad, beside), missing = expecting([new, old, other], expected)
    assert (good.fine, bad.fine, beside.fine, missing) == (True, False, True, [])
    assert [one.code for one in beside.findings] == ["NOT_EXPECTED"]
    judged_all, missing = expecting([old, other], expected)
    assert [one.code for one in missing] == ["EXPECTED_MISSING"]
    assert not any(one.fine for one in judged_all), "nobody knows which of them was meant"
    assert expecting([old], frozenset()) == ([old], [])


@pytest.mark.parametrize(
    ("name", "severity"), [("1319999012_OQS-02", "error"), ("コピー", "notice"), ("b", "notice")]
)
def test_the_folders_name_is_part_of_it(name: str, severity: str, files: dict[str, bytes]) -> None:
    found = check(listing(files, name), TRUST)
    assert [(one.code, one.severity) for one in found.findings] == [("FOLDER_NAME", severity)]
