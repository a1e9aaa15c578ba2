"""What others wrote reaches a terminal as visible characters in one line, and in no other way."""

import ast
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.cli import program
from oqsgen.seal.signer import make_signer
from oqsgen.text import is_visible
from tests.certificates import Authority
from tests.sealed import bundle, claiming, signer

PACKAGE = Path(program.__file__).parents[1]
EXAMPLE = PACKAGE.parent / "specs" / "examples" / "clinic.yaml"

WAYS = frozenset({"echo", "secho", "echo_via_pager", "prompt", "confirm", "progressbar", "print"})
STREAMS = frozenset({"sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__"})
ALLOWED = {
    ("cli/console.py", "echo"),
    # A question of ours, and nothing else.
    ("cli/console.py", "prompt"),
    # Whether it is a terminal, and how wide.
    ("cli/console.py", "stderr"),
    # Flushed before an interrupted process ends.
    ("cli/main.py", "stdout"),
    ("cli/main.py", "stderr"),
    # Their encoding.
    ("cli/program.py", "stdout"),
    ("cli/program.py", "stderr"),
    # The pipe of a process of our own, which is at no terminal.
    ("seal/pfx.py", "stdout"),
}

FORGED = "問題ありません"
HOSTILE = "".join(
    [
        *("\x1b[2J", "\x1b[1A", "\x9b2K", "\r", "\x08", "\x07", "\x7f", "\u2028", "\x85", "\x00"),
        *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u3164", "\U000e0041", "\ufffd"),
        f"\n{FORGED}\n  bundle  0000",
    ]
)
SURROGATE = "\ud800"


def ways_out() -> Iterator[tuple[str, str]]:
    """Where in the package something could be written to a terminal."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute | ast.Name):
                way = called.attr if isinstance(called, ast.Attribute) else called.id
                if way in WAYS:
                    yield name, way
            if isinstance(node, ast.Attribute) and ast.unparse(node) in STREAMS:
                yield name, node.attr


def test_one_module_writes_to_the_terminal() -> None:
    assert set(ways_out()) == ALLOWED


class Screen:
    """``oqsgen`` with these arguments, and what it left on the terminal."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def of(self, *arguments: str | Path) -> tuple[int, str]:
        self._monkeypatch.setattr(sys, "argv", ["oqsgen", *map(str, arguments)])
        code = program.run()
        written = self._capsys.readouterr()
        return code, written.out + written.err

    def is_honest(self, *arguments: str | Path) -> int:
        """Both forms of the output hold visible characters, and no line that a stranger began."""
        code, text = self.of(*arguments)
        assert code != 70, text
        assert not {c for c in text if not is_visible(c) and c != "\n"}, text
        assert not [line for line in text.splitlines() if line.startswith(FORGED)], text
        code, as_json = self.of(*arguments, "--format", "json")
        assert not {c for c in as_json if not is_visible(c) and c != "\n"}, as_json
        json.loads(as_json)
        return code


@pytest.fixture
def screen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Screen:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Screen(capsys, monkeypatch)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


# --- bundles


def texts_in(data: Any, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where the texts of ``data`` stand."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        if isinstance(value, str):
            yield (*above, key)
        elif isinstance(value, dict | list):
            yield from texts_in(value, *above, key)


def replacing(place: tuple[str | int, ...], text: str) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for key in place[:-1]:
            data = data[key]
        data[place[-1]] = text

    return change


MANIFEST = json.loads(bundle().files["bundle.json"])
PLAN = json.loads(
    bundle()
    .files["terminal.ps1"]
    .decode("utf-8-sig")
    .split("\r\n$plan = @'\r\n")[1]
    .split("\r\n'@")[0]
)


@pytest.mark.parametrize("text", [HOSTILE, SURROGATE], ids=["hostile", "surrogate"])
@pytest.mark.parametrize(
    "place", [*texts_in(MANIFEST)], ids=lambda place: "-".join(map(str, place))
)
def test_texts_of_a_manifest(
    place: tuple[str | int, ...], text: str, screen: Screen, tmp_path: Path
) -> None:
    files = dict(bundle().files)
    manifest = json.loads(files["bundle.json"])
    replacing(place, text)(manifest)
    files["bundle.json"] = json.dumps(manifest).encode()
    assert screen.is_honest("verify", written(tmp_path / "1319999012_OQS-01", files)) == 3


@pytest.mark.parametrize("text", [HOSTILE, SURROGATE], ids=["hostile", "surrogate"])
@pytest.mark.parametrize(
    "place",
    [("bundle", *place) for place in texts_in(PLAN["bundle"])] + [("siblings", "launcher.txt")],
    ids=lambda place: "-".join(map(str, place)),
)
def test_texts_of_a_script_that_a_stranger_signed(
    place: tuple[str | int, ...], text: str, screen: Screen, tmp_path: Path
) -> None:
    files = claiming(signer("侵入者"), lambda manifest: None, replacing(place, text))
    good = written(tmp_path / "dist" / "1319999012_OQS-02", dict(bundle(terminal=1).files))
    written(tmp_path / "dist" / "1319999012_OQS-01", files)
    assert screen.is_honest("verify", tmp_path / "dist") == 3
    _, text_of_all = screen.of("verify", tmp_path / "dist")
    assert f"{good}: {FORGED}" in text_of_all, "another bundle's verdict is lost"


@pytest.mark.parametrize(
    "names",
    [[HOSTILE[:12]], [HOSTILE[12:]], ["髙" * 20] * 20 + ["（このユーザーの発行者）"]],
    ids=["controls", "invisible", "long"],
)
def test_names_in_certificates(names: list[str], screen: Screen, tmp_path: Path) -> None:
    authority = Authority()
    root = authority.issue("試験 ルート", ca=True)
    key = authority.key("試験 名前")
    subject = [x509.NameAttribute(x509.NameOID.ORGANIZATIONAL_UNIT_NAME, name) for name in names]
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(subject))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(root.certificate.not_valid_before_utc)
        .not_valid_after(root.certificate.not_valid_after_utc)
        .add_extension(usage, critical=False)
        .sign(root.key, hashes.SHA256())
    )
    by = make_signer(key, certificate, [root.certificate], ends=False)
    folder = tmp_path / "1319999012_OQS-01"
    screen.is_honest("verify", written(folder, claiming(by, lambda manifest: None)))
    _, text = screen.of("verify", folder)
    (line,) = (line for line in text.splitlines() if line.startswith("  署名者"))
    assert line.startswith(
        "  署名者  PFX などの証明書"
    ), "what a name says stands behind what is known"
    assert len(line) < 64 + 60


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
@pytest.mark.parametrize("beside", [False, True])
def test_names_of_files_and_folders(beside: bool, screen: Screen, tmp_path: Path) -> None:
    folder = written(tmp_path / "dist" / "1319999012_OQS-01", dict(bundle().files))
    place = folder.parent if beside else folder
    for name in (HOSTILE.replace("\x00", ""), os.fsdecode(b"\x83\x65\xff")):
        (place / name.replace("/", "")).write_bytes(b"x")
        (place / f"{name.replace('/', '')} 1").mkdir()
    screen.is_honest("verify", folder.parent)


# --- a clinic's file


CLINIC = yaml.safe_load(EXAMPLE.read_text("utf-8"))


@pytest.mark.parametrize("verb", ["check", "plan"])
@pytest.mark.parametrize("place", [*texts_in(CLINIC)], ids=lambda place: "-".join(map(str, place)))
def test_values_of_a_clinics_file(
    place: tuple[str | int, ...], verb: str, screen: Screen, tmp_path: Path
) -> None:
    document = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    replacing(place, HOSTILE)(document)
    file = tmp_path / "clinic.yaml"
    file.write_text(json.dumps(document, default=str), "utf-8")
    assert screen.is_honest(verb, file) == 1


@pytest.mark.parametrize("verb", ["check", "plan", "build"])
def test_keys_of_a_clinics_file_and_its_name(verb: str, screen: Screen, tmp_path: Path) -> None:
    document = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    document[HOSTILE] = document["facility"][HOSTILE] = document["terminals"][0][HOSTILE] = HOSTILE
    name = (
        HOSTILE.replace("\x00", "").replace("/", "") + ".yaml" if os.name == "posix" else "a.yaml"
    )
    file = tmp_path / name
    file.write_text(json.dumps(document, default=str), "utf-8")
    assert screen.is_honest(verb, file) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", HOSTILE.replace("\x00", "")],
        [HOSTILE],
        ["verify", "x", "--trust", HOSTILE.replace("\x00", "")],
        ["keys", HOSTILE],
        ["check", f"--{HOSTILE}"],
        ["build", "x", "--jobs", HOSTILE],
    ],
)
def test_what_stands_on_the_command_line(arguments: list[str], screen: Screen) -> None:
    code, text = screen.of(*arguments)
    assert code in (1, 2, 3)
    assert not {c for c in text if not is_visible(c) and c != "\n"}, text
    assert not [line for line in text.splitlines() if line.startswith(FORGED)], text
