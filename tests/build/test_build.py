"""Whole bundles: what is in them, what their bytes look like, and that these never vary."""

import codecs
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from oqsgen.bundle import Bundle, make_bundle
from oqsgen.clinic import TerminalProfile
from oqsgen.plan.plan import make_plan
from oqsgen.seal.manifest import bundle_id
from oqsgen.seal.signer import Signer, make_signer
from tests.build.test_golden import regenerate
from tests.certificates import Authority
from tests.command import Run
from tests.examples import EXAMPLES, FOLDER, bundle_of, example, plan_in, profiles_of

SMALLEST = FOLDER / "smallest.yaml"
SCRIPT = "terminal.ps1"
CHECKLIST, ANNEX, TERMINAL_ANNEX = "チェックリスト.pdf", "付録.pdf", "付録_この端末.pdf"
BEHIND_THE_SIBLINGS = (SCRIPT, "bundle.json", "bundle.cat")


@pytest.fixture(scope="module")
def signer(authority: Authority) -> Signer:
    root = authority.issue("試験ルート", ca=True)
    leaf = authority.issue("試験 発行者", root)
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    return make_signer(leaf.key, leaf.certificate, (root.certificate,), ends=False)


def expected_files(profile: TerminalProfile) -> set[str]:
    passes = {"2_確認.cmd"}
    if profile.job.mode != "audit":
        passes |= {"1_適用.cmd", "3_元に戻す.cmd"}
    tasks = {
        f"tasks/{step.target['name']}.xml"
        for step in make_plan(profile)
        if step.kind == "task" and step.how == "apply" and step.target
    }
    publisher = {"0_発行者を登録.cmd", "publisher/publisher.cer", "publisher/root.cer"}
    papers = {CHECKLIST, ANNEX, TERMINAL_ANNEX}
    always = {"launcher.txt", SCRIPT, "bundle.json", "bundle.cat"} | papers
    return passes | tasks | publisher | always


def check_lines_fit_cmd(text: str, path: str) -> None:
    """A caret at the end takes the next line in: cmd.exe's limit is that of the whole command."""
    assert max(map(len, text.replace("^\r\n", "").split("\r\n"))) < 8191, path


def test_a_command_over_several_lines_counts_as_one() -> None:
    line = '"' + "x" * 4000 + '" ^\r\n'
    check_lines_fit_cmd(line + '"fits"\r\n', "a.cmd")
    with pytest.raises(AssertionError, match=r"a\.cmd"):
        check_lines_fit_cmd(line * 2 + '"' + "x" * 185 + '"\r\n', "a.cmd")


def check_bytes(files: dict[str, bytes]) -> None:
    """The encoding and the line ends that each kind of file has to have."""
    for path, data in files.items():
        if path.endswith(".cmd"):
            text = data.decode("ascii")
            assert not re.search(r"[\r\n]", text.replace("\r\n", "")), path
            check_lines_fit_cmd(text, path)
        elif path.endswith(".xml"):
            assert data.startswith(codecs.BOM_UTF16_LE), path
            text = data[2:].decode("utf-16-le")
            assert text.endswith("\r\n") and not re.search(
                r"[\r\n]", text.replace("\r\n", "")
            ), path
        elif path.endswith(".cer"):
            x509.load_der_x509_certificate(data)
        elif path.endswith(".pdf"):
            assert data.startswith(b"%PDF-1."), path
        elif path == "bundle.cat":
            assert data.startswith(b"\x30\x82"), path
        elif path == "bundle.json":
            assert data.endswith(b"}\n") and b"\r" not in data
            json.loads(data.decode("utf-8"))
        else:
            assert path in (SCRIPT, "launcher.txt"), f"a file that no rule is known for: {path}"
            assert data.startswith(codecs.BOM_UTF8), path
            assert not re.search(rb"[\r\n]", data.replace(b"\r\n", b"")), path


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_gives_whole_bundles(path: Path) -> None:
    signer = regenerate.signer()
    for profile in example(path.stem):
        bundle = bundle_of(profile, signer)
        files = dict(bundle.files)
        assert bundle.folder == f"{profile.facility.code}_{profile.terminal.name}"
        assert set(files) == expected_files(profile)
        check_bytes(files)
        assert all(files.values()), "an empty file"
        assert len(set(files.values())) == len(files), "two files are equal"

        hashes = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        manifest = json.loads(files["bundle.json"])
        listed = manifest.pop("files")
        assert listed == {
            path: hashes[path] for path in sorted(files) if not path.startswith("bundle.")
        }
        assert manifest == {
            "format": 2,
            "tool": manifest["tool"],
            "manual": manifest["manual"],
            "id": bundle.id,
            "identity": manifest["identity"],
            "facility": {"code": profile.facility.code},
            "terminal": profile.terminal.name,
            "signer": signer.fingerprint,
        }
        identity = manifest["identity"]
        assert bundle_id(identity) == bundle.id
        assert identity["input"] == profile.resolved_input()
        assert identity["signer"] == signer.fingerprint
        assert re.fullmatch(r"oqsgen \d+\.\d+\.\d+\S*", manifest["tool"])
        assert re.fullmatch(r"[0-9a-f]{32}", bundle.id)

        plan = plan_in(files[SCRIPT])
        assert plan["bundle"]["id"] == bundle.id
        assert plan["siblings"] == {
            path: hashes[path] for path in sorted(files) if path not in BEHIND_THE_SIBLINGS
        }
        assert plan["steps"] == [json.loads(json.dumps(s.as_json())) for s in make_plan(profile)]
        assert bundle.steps == len(plan["steps"]) == len({step["id"] for step in plan["steps"]})


def test_only_the_plan_differs_between_scripts() -> None:
    def fixed(path: Path) -> list[str]:
        bundle = bundle_of(example(path.stem)[0], regenerate.signer())
        script = bundle.files[SCRIPT].decode("utf-8-sig")
        before, rest = script.split("\r\n$plan = @'\r\n")
        after = rest.split("\r\n'@\r\n")[1].split("\r\n# SIG # Begin")[0]
        return [before, after]

    assert fixed(EXAMPLES[0]) == fixed(EXAMPLES[-1])


def test_an_unsigned_bundle_has_no_publisher() -> None:
    (profile,) = profiles_of(SMALLEST)
    files = dict(make_bundle(profile, None).files)
    only_signed = ("0_", "publisher/", "bundle.cat")
    expected = {path for path in expected_files(profile) if not path.startswith(only_signed)}
    assert set(files) == expected
    check_bytes(files)
    assert b"# SIG #" not in files[SCRIPT]
    assert json.loads(files["bundle.json"])["signer"] is None


def test_the_input_in_the_manifest_builds_the_same_bundle(signer: Signer, tmp_path: Path) -> None:
    (profile,) = profiles_of(SMALLEST)
    bundle = make_bundle(profile, signer)
    file = tmp_path / "again.yaml"
    file.write_text(
        json.dumps(
            json.loads(bundle.files["bundle.json"])["identity"]["input"], ensure_ascii=False
        ),
        "utf-8",
    )
    (again,) = profiles_of(file)
    assert make_bundle(again, signer) == bundle


def test_comments_and_order_are_not_part_of_a_bundle(signer: Signer, tmp_path: Path) -> None:
    file = tmp_path / "other order.yaml"
    lines = SMALLEST.read_text("utf-8").strip().split("\n")
    file.write_text("# 見出し\n" + "\n# 区切り\n".join(reversed(lines)) + "\n", "utf-8")
    (one,), (other,) = profiles_of(SMALLEST), profiles_of(file)
    assert make_bundle(one, signer) == make_bundle(other, signer)


def test_the_signer_and_the_version_are_part_of_the_id(
    signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (profile,) = profiles_of(SMALLEST)
    ids = {make_bundle(profile, signer).id, make_bundle(profile, None).id}
    monkeypatch.setattr("oqsgen.bundle.__version__", "99.0.0")
    ids.add(make_bundle(profile, signer).id)
    assert len(ids) == 3


HOSTILE_NAMES = [
    "'@ ’@ ”",
    "$(New-Item owned) ${env:PATH} `$x",
    "</Description><!-- & ]]> &amp; <script>alert(1)</script>",
    "#set page(fill: red) *bold* _x_ $ x $ @label `raw` // /* \\u{41}",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "../../../etc/passwd \\\\server\\share C:\\CON",
    "%PATH% !x! ^& | > NUL",
    "# SIG # Begin signature block",
    "髙﨑𠮷葛\U000e0100医院",
    "ｶﾅ　ＡＢＣ①㈱Ⅳ",
    "～－‖−¢£¬",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_name_is_data_in_every_file(name: str, signer: Signer, tmp_path: Path) -> None:
    def built(text: str) -> Bundle:
        data = {
            **{key: profile_input[key] for key in ("network", "power", "readers", "terminals")},
            "facility": {**profile_input["facility"], "name": text},
            "vendor": {"company": text, "engineer": text, "phone": "03-0000-0000"},
        }
        file = tmp_path / "clinic.yaml"
        file.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        (profile,) = profiles_of(file)
        return make_bundle(profile, signer)

    (plain_profile,) = profiles_of(SMALLEST)
    profile_input = plain_profile.resolved_input()
    plain, hostile = built("東京内科"), built(name)
    assert hostile.folder == plain.folder
    assert set(hostile.files) == set(plain.files)
    check_bytes(dict(hostile.files))
    told_apart = {path for path in plain.files if hostile.files[path] != plain.files[path]}
    assert told_apart == {SCRIPT, CHECKLIST, TERMINAL_ANNEX, "bundle.json", "bundle.cat"}
    plan, plain_plan = plan_in(hostile.files[SCRIPT]), plan_in(plain.files[SCRIPT])
    assert plan["bundle"]["facility"]["name"] == name
    assert plan["bundle"]["vendor"]["company"] == name
    # Of the steps, only the value with whom to call has the text, as it is.
    steps = json.dumps(plan["steps"], ensure_ascii=False)
    written = json.dumps(name, ensure_ascii=False)[1:-1]
    assert json.loads(steps.replace(written, "東京内科")) == plain_plan["steps"]
    assert steps.count(written) == 2 * steps.count(f"{written}　{written}　03-0000-0000")
    manifest = json.loads(hostile.files["bundle.json"])
    assert manifest["identity"]["input"]["facility"]["name"] == name


def bundles_in(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


def test_the_same_input_gives_the_same_bytes_everywhere(run: Run, tmp_path: Path) -> None:
    elsewhere = tmp_path / "別の フォルダー $x '1'"
    elsewhere.mkdir()
    (elsewhere / "copy.yaml").write_bytes((FOLDER / "clinic.yaml").read_bytes())
    (tmp_path / "clinic.yaml").write_bytes((elsewhere / "copy.yaml").read_bytes())

    def built(cwd: Path, *arguments: str, **environment: str) -> dict[str, bytes]:
        done = run("build", *arguments, "-o", "out", cwd=cwd, **environment)
        assert done.returncode == 0, done.stderr
        return bundles_in(cwd / "out")

    first = built(tmp_path, "clinic.yaml", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    assert len(first) > 20
    varied = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    varied |= {"LANG": "ja_JP.SJIS", "SOURCE_DATE_EPOCH": "1", "PYTHONOPTIMIZE": "2"}
    assert built(elsewhere, "copy.yaml", **varied) == first
    umask = os.umask(0o077)
    try:
        assert built(elsewhere, "copy.yaml", "--jobs", "2", PYTHONHASHSEED="3") == first
    finally:
        os.umask(umask)


# One process imports everything; its children build over and over, until they are killed. What is on
# paper is printed beforehand: it takes most of a build, in which nothing is written.
BUILD_OVER_AND_OVER = """
import os, sys
from itertools import cycle
from pathlib import Path
from oqsgen import bundle, clinic
from oqsgen.cli import program
from oqsgen.seal import folder, publisher
printed = lambda name, profile: Path(profile.facility.name, name).read_bytes()
bundle.sheet = lambda about: printed(bundle.CHECKLIST, about.profile)
bundle.annex = lambda *_: Path("東京内科", bundle.ANNEX).read_bytes()
bundle.terminal_annex = lambda profile, *_: printed(bundle.TERMINAL_ANNEX, profile)
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)
        continue
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    files = ["other.yaml", "one.yaml"]
    for file in files if line == "both\\n" else cycle(files):
        program.oqsgen.main(["build", file], standalone_mode=False)
    os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
def test_a_killed_build_leaves_one_whole_bundle(run: Run, tmp_path: Path) -> None:
    text = SMALLEST.read_text("utf-8")
    (tmp_path / "one.yaml").write_text(text, "utf-8")
    (tmp_path / "other.yaml").write_text(text.replace("東京内科", "大阪内科"), "utf-8")
    versions = []
    for name, facility in (("other", "大阪内科"), ("one", "東京内科")):
        assert run("build", f"{name}.yaml").returncode == 0
        versions.append(bundles_in(tmp_path / "dist"))
        (tmp_path / facility).mkdir()
        for path, data in versions[-1].items():
            if path.endswith((CHECKLIST, ANNEX, TERMINAL_ANNEX)):
                (tmp_path / facility / path.rpartition("/")[2]).write_bytes(data)
    assert versions[0] != versions[1]

    chance = random.Random(4)
    found = []
    with subprocess.Popen(
        [sys.executable, "-c", BUILD_OVER_AND_OVER],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as zygote:
        assert zygote.stdin and zygote.stdout
        zygote.stdin.write("both\n")
        zygote.stdin.flush()
        zygote.stdout.readline()
        began = time.monotonic()
        assert zygote.stdout.readline() == "gone\n"
        took = time.monotonic() - began
        assert bundles_in(tmp_path / "dist") == versions[1]
        for _ in range(50):
            zygote.stdin.write("build\n")
            zygote.stdin.flush()
            child = int(zygote.stdout.readline())
            time.sleep(chance.uniform(0.1, 1.2) * took)
            os.kill(child, signal.SIGKILL)
            assert zygote.stdout.readline() == "gone\n"
            now = {
                path: data
                for path, data in bundles_in(tmp_path / "dist").items()
                if not path.startswith(".")
            }
            assert now in versions
            found.append(versions.index(now))
        zygote.stdin.close()
    assert set(found) == {0, 1}, "the kills did not come at random moments"
