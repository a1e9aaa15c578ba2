"""From a disk to data: which folders are bundles, what is read, and what is left alone."""

import hashlib
import os
import socket
import stat
import sys
import time
import tracemalloc
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from oqsgen.limits import FOLDER_ENTRIES, INSTALLER_BYTES
from oqsgen.seal.folder import put_in_place
from oqsgen.seal.verify import find_bundles
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.find_bundles import bundles_in
from oqsgen.seal.verify.listing import Odd, read_folder
from oqsgen.seal.verify.report import Report
from oqsgen.seal.verify.system_files import APPLE_DOUBLE, BEGINNINGS, COMPOUND_FILE
from oqsgen.seal.verify.trust import certificates_in, own_fingerprints
from tests.sealed import TRUST, bundle, codes

NAME = "1319999012_OQS-01"
posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A bundle's folder on the disk."""
    put_in_place(tmp_path / "dist" / NAME, bundle().files)
    return tmp_path / "dist" / NAME


def judged(place: Path) -> Report:
    return check(read_folder(place), TRUST)


def test_a_bundle_is_read_as_it_was_written(place: Path) -> None:
    listing = read_folder(place)
    assert listing.name == NAME
    assert listing.files == bundle().files
    assert listing.folders == {"publisher", "tasks"}
    assert judged(place).findings == ()


def test_the_name_is_known_from_inside(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    assert judged(Path(".")).findings == ()


@posix
@pytest.mark.parametrize("to", ["terminal.ps1", "nowhere", "/dev/zero", "."])
def test_a_link_is_not_followed(to: str, place: Path, tmp_path: Path) -> None:
    (tmp_path / "terminal.ps1").write_bytes(bundle().files["terminal.ps1"])
    (place / "terminal.ps1").unlink()
    (place / "terminal.ps1").symlink_to(tmp_path / to if to == "terminal.ps1" else to)
    assert codes(judged(place)) == {("terminal.ps1", "LINK")}


@posix
def test_a_linked_folder_is_not_followed(place: Path) -> None:
    (place / "round").symlink_to(place, target_is_directory=True)
    assert codes(judged(place)) == {("round", "LINK")}


@posix
def test_a_pipe_does_not_hang(place: Path) -> None:
    (place / "launcher.txt").unlink()
    os.mkfifo(place / "launcher.txt")
    assert codes(judged(place)) == {("launcher.txt", "SPECIAL")}


@posix
def test_a_socket_is_no_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        assert codes(judged(place)) == {("socket", "SPECIAL")}


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(place: Path) -> None:
    (place / "launcher.txt").chmod(0)
    (place / "tasks").chmod(0)
    found = codes(judged(place))
    (place / "tasks").chmod(0o700)
    assert {("launcher.txt", "UNREADABLE"), ("tasks", "UNREADABLE")} <= found


@pytest.mark.parametrize("ask", ["stat", "lstat"])
def test_what_may_not_be_looked_at_is_named(
    ask: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder whose names can be read, and nothing about them."""
    (place.parent / "写真" / "2026").mkdir(parents=True)
    asked = getattr(os, ask)

    def refused(path: str | Path, *rest: object, **options: object) -> object:
        if os.fspath(path).endswith("2026"):
            raise PermissionError(13, "Permission denied")
        return asked(path, *rest, **options)

    monkeypatch.setattr(os, ask, refused)
    found, findings = bundles_in(place.parent)
    assert found == [place]
    named = ("2026", "UNREADABLE") in [(Path(one.path).name, one.code) for one in findings]
    assert named == (ask == "lstat")


def test_a_read_error_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick that is going to die."""
    opened = os.open

    def failing(path: str, flags: int, *more: int, **named: int) -> int:
        if str(path).endswith("launcher.txt"):
            raise OSError(5, "Input/output error")
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", failing)
    assert codes(judged(place)) == {("launcher.txt", "UNREADABLE")}


@pytest.mark.parametrize("path", ["bundle.cat", "terminal.ps1", "extra.bin", "bundle.json"])
def test_a_huge_file_is_not_read(path: str, place: Path) -> None:
    with (place / path).open("ab") as file:
        file.truncate(1024**3)
    began = time.monotonic()
    tracemalloc.start()
    found = codes(judged(place))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {(path, "TOO_LARGE")}
    assert peak < 50_000_000
    assert time.monotonic() - began < 10


def test_many_large_files_are_not_read_either(place: Path) -> None:
    for number in range(5):
        with (place / f"{number}.bin").open("wb") as file:
            file.truncate(60_000_000)
    why = {code for path, code in codes(judged(place)) if path.endswith(".bin")}
    assert "TOO_LARGE" in why


def test_very_many_files_end(place: Path) -> None:
    for number in range(FOLDER_ENTRIES.value):
        (place / f"{number:05}").touch()
    assert Odd.TOO_MANY in read_folder(place).odd.values()
    assert not judged(place).fine


def test_not_one_file_more_goes_unseen(place: Path) -> None:
    entries = len(list(place.rglob("*")))
    for number in range(FOLDER_ENTRIES.value - entries):
        (place / f"{number:05}").touch()
    assert "TOO_MANY" not in {code for _, code in codes(judged(place))}
    (place / "x").touch()
    assert "TOO_MANY" in {code for _, code in codes(judged(place))}


def test_very_many_bundles_are_not_half_checked(place: Path) -> None:
    for number in range(FOLDER_ENTRIES.value):
        (place.parent / f"{number:05}").mkdir()
    _, findings = bundles_in(place.parent)
    assert [one.code for one in findings if one.severity == "error"] == ["TOO_MANY"]


def test_very_deep_folders_end(place: Path) -> None:
    deep = place
    for _ in range(40):
        deep = deep / "d"
    deep.mkdir(parents=True)
    assert ("/".join("d" * 9), "TOO_MANY") in codes(judged(place))


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_name_that_is_no_text_is_named(place: Path) -> None:
    (place / os.fsdecode(b"\x83\x65.cmd")).write_bytes(b"x")
    assert codes(judged(place)) == {("\udc83e.cmd", "EXTRA")}


def test_a_folder_that_is_gone_meanwhile_is_no_bundle(tmp_path: Path) -> None:
    assert codes(judged(tmp_path / "gone")) == {("", "NOT_A_BUNDLE"), ("", "UNREADABLE")}


# --- which folders are bundles


def test_a_bundle_and_a_folder_of_bundles(place: Path) -> None:
    assert bundles_in(place) == ([place], [])
    assert bundles_in(place.parent) == ([place], [])


def test_results_and_leftovers_beside_bundles_are_passed_over(place: Path) -> None:
    stick = place.parent
    for name in ("System Volume Information", "$RECYCLE.BIN", ".Spotlight-V100"):
        (stick / name / "x").mkdir(parents=True)
    run = stick / "results" / NAME / "20261128-010030_Apply_setup"
    run.mkdir(parents=True)
    for path in (*map(run.joinpath, ("result.html", "log.txt", "result.json")), run.parent / PAGE):
        path.write_bytes(b"x")
    for name, data in {
        "Thumbs.db": COMPOUND_FILE,
        "desktop.ini": b"[ViewState]",
        ".DS_Store": BEGINNINGS[".ds_store"],
        f"._{NAME}": APPLE_DOUBLE,
        **dict.fromkeys(["._.DS_Store", "._.Trashes", "._.Spotlight-V100"], APPLE_DOUBLE),
        **dict.fromkeys(["._.apdisk", "._.com.apple.timemachine.donotpresent"], APPLE_DOUBLE),
        ".apdisk": b'<?xml version="1.0" encoding="UTF-8"?>',
        ".VolumeIcon.icns": b"icns\x00\x00\x10\x00",
        ".metadata_never_index": b"",
        ".com.apple.timemachine.donotpresent": b"",
    }.items():
        (stick / name).write_bytes(data)
    assert bundles_in(stick) == ([place], [])


def test_everything_else_beside_bundles_is_named(place: Path) -> None:
    (place.parent / "写真").mkdir()
    (place.parent / "見積.xlsx").write_bytes(b"x")
    (place.parent / f".{NAME}.new-01234567").mkdir()
    (place.parent / f".{NAME}.old").mkdir()
    found, findings = bundles_in(place.parent)
    assert found == [place]
    assert {Path(one.path).name: (one.code, one.severity) for one in findings} == {
        "写真": ("NOT_CHECKED", "notice"),
        "見積.xlsx": ("NOT_CHECKED", "notice"),
        f".{NAME}.new-01234567": ("UNFINISHED", "error"),
        f".{NAME}.old": ("UNFINISHED", "error"),
    }


@pytest.mark.parametrize(
    "path",
    [
        *(
            "1_適用.cmd",
            f"{NAME}.exe",
            f"{NAME}.lnk",
            "autorun.inf",
            "OQSDistroApp.msi.exe",
            "a.cmd ",
        ),
        *(f"{NAME} (最新)/1_適用.cmd", "1319999012_OQS－01/1_適用.cmd", f"{NAME}\xa0/1_適用.cmd"),
        *("results/1_適用.cmd", f"results/{NAME}/1_適用.cmd", "写真/写真.scr", "Thumbs.db"),
        *("results/a/b/c/x.cmd", "Results/a/result.json.lnk"),
        # Not as the portal hands it over, nor as a copy of that is called.
        *("OQSDistroApp1_適用.msi", "OQSDistroApp.1_適用.msi", "OQSDistroApp 最新.msi"),
        *("OQSDistroApper2.msi", "OQSDistroApp２.msi", "OQSDistroApp 2.msi.msi"),
        # No visit leaves an installer in the results.
        *("results/OqsInstall.exe", f"results/{NAME}/x/OQSDistroApp_2.0.1.msi"),
        # Marks of macOS have nothing in them.
        *(".metadata_never_index", ".apdisk", ".com.apple.timemachine.donotpresent"),
        # A companion of something else, and one that is none.
        *("._.Traſhes", "._.fseventsd", "._.Trashes.cmd"),
        *("desktop.ini", "写真/desktop.ini"),
        # A name that is an ending and nothing else, and one that Windows tells from an installer's.
        *(".cmd", "写真/.lnk", "._.cmd", "OqſInſtall.exe"),
        # A system's folder by its name alone.
        *("ſystem Volume Information/1_適用.cmd", ".Trashes/1_適用.cmd", "$RECYCLE.BIN/a.lnk"),
        "System Volume Information/desktop.ini",
    ],
)
def test_what_could_be_started_beside_bundles_is_an_error(path: str, place: Path) -> None:
    file = place.parent / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes("[.ShellClassInfo]\r\nLocalizedResourceName=x".encode("utf-16"))
    found, findings = bundles_in(place.parent)
    assert found == [place]
    errors = [(one.path, one.code) for one in findings if one.severity == "error"]
    assert errors == [(os.fspath(file), "STARTS")]


def test_what_a_system_keeps_in_its_own_folders_is_passed_over(place: Path) -> None:
    for path in (
        *(
            "System Volume Information/WPSettings.dat",
            "System Volume Information/IndexerVolumeGuid",
        ),
        *("$RECYCLE.BIN/desktop.ini", ".Spotlight-V100/VolumeConfiguration.plist"),
        *(".fseventsd/0000000000a1b2c3", ".Trashes/501/deleted.cmd"),
    ):
        (place.parent / path).parent.mkdir(parents=True, exist_ok=True)
        (place.parent / path).write_bytes(b"LocalizedResourceName=@shell32.dll")
    assert bundles_in(place.parent) == ([place], [])


@pytest.mark.parametrize(
    ("name", "data"),
    [(".apdisk", b"<?xml "), (".VolumeIcon.icns", b"icns"), (".metadata_never_index", b"")],
)
@pytest.mark.parametrize("folder", [NAME, f"{NAME}/tasks", "写真", "results"])
def test_a_mark_of_macos_for_a_whole_stick_stands_at_its_root_alone(
    folder: str, name: str, data: bytes, place: Path
) -> None:
    file = place.parent / folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    _, beside = bundles_in(place.parent)
    errors = [one for one in (*beside, *judged(place).findings) if one.severity == "error"]
    assert [(Path(one.path).name, one.code) for one in errors] == [
        (name, "EXTRA" if folder.startswith(NAME) else "STARTS")
    ]


PAGE = "OQS-01_2026-11-28.html"


@pytest.mark.parametrize(
    "path",
    [
        *("result.html", f"{NAME}/log.txt", "a/b/result.json", "a/b/c/d/e/メモ.txt"),
        *(f"{NAME}/20261128-010030_Apply_setup/{name}" for name in ("LOG.txt", "見積.pdf")),
        *(
            f"{NAME}/最新_Apply_setup/result.html",
            PAGE,
            f"{NAME}/OQS-01_2026.html",
            f"{NAME}/a/{PAGE}",
        ),
    ],
)
def test_what_no_pass_leaves_in_results_is_named(path: str, place: Path) -> None:
    """``result.html`` is opened by people: only where a pass puts it, it is passed over."""
    file = place.parent / "results" / path
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    _, findings = bundles_in(place.parent)
    assert [(one.path, one.code) for one in findings] == [(os.fspath(file), "NOT_CHECKED")]


def test_the_results_that_a_pass_left_are_passed_over() -> None:
    stick = Path(__file__).parents[1] / "made-by" / "0.1.0" / "clinic" / "pc" / "stick"
    assert [*stick.rglob("result.html")]
    _, findings = bundles_in(stick)
    assert [one.code for one in findings if "results" in one.path.removeprefix(f"{stick}")] == []


def test_what_is_deeper_is_not_passed_over_in_silence(place: Path) -> None:
    results = place.parent / "results"
    deep = results.joinpath(*"abcdefgh")
    for folder in (deep, place.parent / "写真" / "2026", results / NAME):
        folder.mkdir(parents=True)
    (place.parent / "写真" / "2026" / "写真.scr").write_bytes(b"x")
    (results / NAME / "メモ.txt").write_bytes(b"x")
    _, findings = bundles_in(place.parent)
    assert {Path(one.path).name: one.code for one in findings} == {
        "写真": "NOT_CHECKED",
        "2026": "NOT_CHECKED",
        "メモ.txt": "NOT_CHECKED",
        "h": "TOO_MANY",
    }
    said = {Path(one.path).name: one.message for one in findings}
    assert said["2026"] == "この中は調べていません。" and "調べていません" not in said["写真"]


def test_a_companion_of_macos_is_called_so(place: Path) -> None:
    for folder in (place, place.parent):
        (folder / "._1_適用.cmd").write_bytes(APPLE_DOUBLE)
    _, (beside,) = bundles_in(place.parent)
    (inside,) = (one for one in judged(place).findings if one.severity == "error")
    assert (beside.code, inside.code) == ("STARTS", "EXTRA")
    assert "「1_適用.cmd」" in beside.message and "dot_clean" in beside.message
    assert beside.message == inside.message


@pytest.mark.parametrize(
    "text",
    [
        "[LocalizedFileNames]\r\na.txt=@b.dll,-1\r\n",
        "[.ShellClassInfo]\r\nIconResource=\\\\server\\share\\a.ico,0\r\n",
        "[.ShellClassInfo]\r\nIconFile=//server/share/a.ico\r\n",
    ],
    ids=["renames", "icon elsewhere", "icon elsewhere, with slashes"],
)
@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_a_desktop_ini_that_misleads_is_an_error(text: str, encoding: str, place: Path) -> None:
    (place.parent / "desktop.ini").write_bytes(text.encode(encoding))
    _, (finding,) = bundles_in(place.parent)
    assert (finding.code, finding.severity) == ("STARTS", "error")


def test_a_folder_that_explorer_shows_as_something_else_is_an_error(place: Path) -> None:
    (place.parent / "写真.{20D04FE0-3AEA-1069-A2D8-08002B30309D}").mkdir()
    _, (finding,) = bundles_in(place.parent)
    assert (finding.code, finding.severity) == ("STARTS", "error")


def test_a_bundle_one_level_down_is_checked_as_well(place: Path) -> None:
    inner = place.parent / "控え" / "1319999012_OQS-02"
    inner.mkdir(parents=True)
    (inner / "1_適用.cmd").write_bytes(b"x")
    found, _ = bundles_in(place.parent)
    assert found == [place, inner]
    assert not judged(inner).fine


INSTALLERS = [
    *("OQSDistroApp_2.0.1.msi", "OQSDistroApp-Ver2.0.1.msi", "OQSDistroApp201 (2).msi"),
    "OQSDistroApp2 - コピー (2).msi",
    *("oqsinstall.exe", "OQSComApp (1).zip", "OQSFaceApp - コピー.zip"),
]


@pytest.mark.parametrize("name", INSTALLERS)
@pytest.mark.parametrize("folder", ["", "インストーラー"])
def test_an_installer_of_the_visit_is_named_with_its_hash(
    name: str, folder: str, place: Path
) -> None:
    file = place.parent / folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"installer")
    _, findings = bundles_in(place.parent)
    (finding,) = (one for one in findings if one.path == os.fspath(file))
    assert (finding.code, finding.severity) == ("NOT_LOOKED_AT", "notice")
    assert hashlib.sha256(b"installer").hexdigest() in finding.message
    assert "9 バイト" in finding.message


def test_a_name_that_hides_something_is_no_installers(place: Path) -> None:
    (place.parent / "OQSComApp_\u202egpj.zip").write_bytes(b"x")
    (place.parent / "OQSDistroApp\u200b.msi").write_bytes(b"x")
    _, findings = bundles_in(place.parent)
    assert [finding.code for finding in findings] == ["NOT_CHECKED", "STARTS"]


@posix
def test_many_large_installers_are_not_all_read(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_bundles, "INSTALLER_BYTES", INSTALLER_BYTES._replace(value=10))
    for name in ("OQSComApp1.zip", "OQSComApp2.zip", "インストーラー/OQSComApp3.zip"):
        (place.parent / name).parent.mkdir(exist_ok=True)
        (place.parent / name).write_bytes(b"12345")
    _, findings = bundles_in(place.parent)
    codes_found = [finding.code for finding in findings if finding.code != "NOT_CHECKED"]
    assert codes_found == ["NOT_LOOKED_AT", "NOT_LOOKED_AT", "TOO_LARGE"]


def test_an_installer_that_is_too_large_is_not_read(place: Path) -> None:
    with (place.parent / "OqsInstall.exe").open("wb") as file:
        file.truncate(INSTALLER_BYTES.value + 1)
    _, (finding,) = bundles_in(place.parent)
    assert (finding.code, finding.severity) == ("TOO_LARGE", "error")


@pytest.mark.parametrize("attributes", [stat.FILE_ATTRIBUTE_HIDDEN, stat.FILE_ATTRIBUTE_SYSTEM])
def test_a_file_that_explorer_does_not_show_is_found(
    attributes: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says so beside what POSIX says of a file."""
    seen = os.lstat

    def lstat(path: str) -> object:
        status = seen(path)
        if not os.fspath(path).endswith("1_適用.cmd"):
            return status
        return SimpleNamespace(st_mode=status.st_mode, st_file_attributes=attributes)

    monkeypatch.setattr(os, "lstat", lstat)
    assert ("1_適用.cmd", "HIDDEN") in codes(judged(place))


@posix
def test_a_link_to_a_bundle_is_not_followed(place: Path) -> None:
    (place.parent / "1319999012_OQS-09").symlink_to(place, target_is_directory=True)
    found, (finding,) = bundles_in(place.parent)
    assert found == [place]
    assert (finding.code, finding.severity) == ("LINK", "error")


@pytest.mark.parametrize("left", [[], ["launcher.txt"], ["1_適用.cmd"]])
def test_a_gutted_bundle_is_still_meant_to_be_one(left: list[str], place: Path) -> None:
    for path in bundle().files:
        if path not in left:
            (place / path).unlink()
    assert bundles_in(place.parent) == ([place], [])
    assert not judged(place).fine


@pytest.mark.parametrize("what", ["nothing", "file", "empty", "others"])
def test_where_there_are_no_bundles_it_says_so(what: str, tmp_path: Path) -> None:
    given = tmp_path / "given"
    if what == "file":
        given.write_bytes(b"x")
    elif what != "nothing":
        given.mkdir()
    if what == "others":
        (given / "other").mkdir()
    found, findings = bundles_in(given)
    assert found == []
    assert findings[-1].code == "NOT_A_BUNDLE"
    assert findings[-1].severity == "error"


# --- certificates at hand


def test_certificates_are_read_in_both_forms(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    from tests.sealed import signer

    one, other = signer().certificate, signer().chain[0]
    file = tmp_path / "trust"
    file.write_bytes(one.public_bytes(Encoding.DER))
    assert certificates_in(file) == {one}
    file.write_bytes(one.public_bytes(Encoding.PEM) + other.public_bytes(Encoding.PEM))
    assert certificates_in(file) == {one, other}


@pytest.mark.parametrize(
    "data", [b"", b"x", b"-----BEGIN CERTIFICATE-----\n", b"-----BEGIN X-----", bytes(900_000)]
)
def test_other_files_are_no_certificates(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "trust").write_bytes(data)
    with pytest.raises(ValueError):
        certificates_in(tmp_path / "trust")


def test_a_check_makes_no_publisher(tmp_path: Path) -> None:
    assert own_fingerprints(tmp_path / "publisher") == frozenset()
    assert list(tmp_path.iterdir()) == []


def test_two_names_that_one_system_takes_for_one_are_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """macOS gives names decomposed: the second must not hide behind the first."""
    monkeypatch.setattr(sys, "platform", "darwin")
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "ガイド.txt")).write_text(form)
    listing = read_folder(tmp_path)
    assert listing.odd == {"ガイド.txt": Odd.TWICE}
    assert ("ガイド.txt", "TWICE") in codes(check(listing, TRUST))
