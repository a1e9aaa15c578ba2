"""Many clinics in one call: an error of one stops no other, and what no file makes any more is named."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from oqsgen.cli import making
from oqsgen.cli.build import build
from oqsgen.clinic.code import expected_digits
from oqsgen.compare.left_over import Given, left_over
from oqsgen.input.clinic_text import read_text
from oqsgen.seal.verify.places import bundles_at, made_before
from tests.cli.test_cli import CLINIC, assert_clear
from tests.command import OQSGEN, SECONDS, Run, running, wait_for
from tests.examples import EXAMPLES, FOLDER, example

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and links of POSIX")


def code(number: int) -> str:
    """The code of a made-up clinic."""
    digits = f"13199{1000 + number:04}"
    return f"{digits}{expected_digits(f'{digits}0')[0]}"


def clinic(number: int, terminal: str = "OQS-01") -> str:
    return CLINIC.replace("1319999012", code(number)).replace("OQS-01", terminal)


def write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def dist(folder: Path) -> list[str]:
    target = folder / "dist"
    return sorted(path.name for path in target.iterdir()) if target.exists() else []


def codes(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(p["code"], p["file"]) for p in json.loads(done.stdout)["problems"]]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A folder with a good clinic, a wrong one in the middle, and another good one."""
    texts = {"a.yaml": clinic(1), "b.yaml": clinic(2).replace("auto", "now"), "c.yml": clinic(3)}
    write(tmp_path / "clinics", texts)
    return tmp_path


def test_an_error_in_the_middle_stops_no_other_clinic(run: Run, three: Path) -> None:
    done = run("build", "clinics", "--unsigned")
    assert done.returncode == 1
    assert dist(three) == [f"{code(1)}_OQS-01", f"{code(3)}_OQS-01"]
    assert "clinics/b.yaml:3:8: エラー BAD_VALUE" in done.stderr
    *_, wrong, made = done.stderr.splitlines()
    assert wrong == "  clinics/b.yaml  エラー 1、警告 0、情報 0"
    assert made == "2 個の一式ができました（dist）。"
    # As a verb that is asked of each alone.
    assert run("build", "clinics/a.yaml", "--unsigned").returncode == 0


def test_check_counts_by_file(run: Run, three: Path) -> None:
    done = run("check", "clinics")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[-4:] == [
        "エラー 1、警告 0、情報 0",
        "  clinics/b.yaml  エラー 1、警告 0、情報 0",
        "  問題のないファイル 2（端末 2 台）",
        "ビルドできるファイル 2、できないファイル 1。",
    ]
    (three / "clinics" / "b.yaml").unlink()
    assert run("check", "clinics").stdout == "問題はありません（ファイル 2、端末 2 台）。\n"


def test_every_format_of_check_takes_a_folder(run: Run, three: Path) -> None:
    as_json = run("check", "clinics", "--format", "json")
    assert codes(as_json) == [("BAD_VALUE", "clinics/b.yaml")]
    sarif = json.loads(run("check", "clinics", "--format", "sarif").stdout)
    (result,) = sarif["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "clinics/b.yaml"
    github = run("check", "clinics", "--format", "github").stdout
    assert (
        github.startswith("::error file=clinics/b.yaml,line=3,col=8::") and "\n" not in github[:-1]
    )


@posix
def test_a_hostile_folder(run: Run, tmp_path: Path) -> None:
    """What cannot be read is told, what is no clinic's is passed over, and the good one is built."""
    folder = tmp_path / "clinics"
    write(folder, {"good.yaml": clinic(1), "empty.yaml": "", "._good.yaml": "\x00\x05\x16\x07"})
    (folder / "binary.yaml").write_bytes(b"\x00\xff\xfe")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    (folder / "again.yaml").symlink_to("good.yaml")
    (folder / "below.yaml").mkdir()
    (folder / "around").symlink_to(folder)
    os.mkfifo(folder / "pipe.yaml")
    write(tmp_path / "nothing", {})
    done = run("build", "clinics", "nothing", "missing.yaml", "--unsigned", "--format", "json")
    assert done.returncode == 1
    assert {file: found for found, file in codes(done)} == {
        "clinics/below.yaml": "FILE_UNREADABLE",
        "clinics/binary.yaml": "FILE_ENCODING",
        "clinics/empty.yaml": "FILE_EMPTY",
        "clinics/loop.yaml": "FILE_UNREADABLE",
        "clinics/pipe.yaml": "FILE_UNREADABLE",
        "missing.yaml": "FILE_UNREADABLE",
        "nothing": "FOLDER_EMPTY",
    }
    assert dist(tmp_path) == [f"{code(1)}_OQS-01"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_that_may_not_be_read(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "clinics", {"a.yaml": clinic(1)})
    write(tmp_path / "closed", {"b.yaml": clinic(2)})
    (tmp_path / "closed").chmod(0)
    done = run("build", "closed", "clinics", "--unsigned", "--format", "json")
    assert codes(done) == [("FILE_UNREADABLE", "closed")]
    assert dist(tmp_path) == [f"{code(1)}_OQS-01"]


def test_of_files_for_one_bundle_none_is_built_and_all_others_are(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": clinic(1), "b.yaml": clinic(1, "oqs-01"), "c.yaml": clinic(2)})
    done = run("build", "a.yaml", "b.yaml", "c.yaml", "--unsigned", "--format", "json")
    assert done.returncode == 1
    assert codes(done) == [("DUPLICATE_TERMINAL", name) for name in ("a.yaml", "b.yaml")]
    assert dist(tmp_path) == [f"{code(2)}_OQS-01"]


def test_the_folder_of_examples_is_built_but_for_three(run: Run, tmp_path: Path) -> None:
    done = run("build", FOLDER, "--unsigned", "--format", "json")
    assert done.returncode == 1
    problems = [p for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    names = [(p["code"], Path(p["file"]).stem) for p in problems]
    three = ["clinic", "p01-tokyo-naika", "smallest"]
    assert names == [("DUPLICATE_TERMINAL", name) for name in three]
    terminals = [p.name for path in EXAMPLES if path.stem not in three for p in example(path.stem)]
    assert dist(tmp_path) == sorted(terminals)


def with_accounts(number: int, terminal: str, face: str, key: str) -> str:
    text = clinic(number, terminal).replace("panasonic", f"panasonic, account: {face}")
    return text.replace(
        "{share_account: null}", f"{{link: true, local: true, login_key_user: {key}}}"
    )


def test_an_account_of_two_files_of_one_facility(run: Run, tmp_path: Path) -> None:
    texts = {
        "a.yaml": with_accounts(1, "OQS-01", "F0FACE01", "R0RENK01"),
        "b.yaml": with_accounts(1, "OQS-02", "F0FACE01", "R0RENK01"),
        # Another facility has accounts of its own.
        "c.yaml": with_accounts(2, "OQS-01", "F0FACE01", "R0RENK01"),
    }
    write(tmp_path, texts)
    done = run("check", *texts, "--format", "json")
    assert done.returncode == 1
    problems = [p for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert [(p["code"], p["file"], p["line"]) for p in problems] == [
        ("READER_ID_DUP", "a.yaml", 4),
        ("LOGIN_KEY_DUP", "a.yaml", 5),
        ("READER_ID_DUP", "b.yaml", 4),
        ("LOGIN_KEY_DUP", "b.yaml", 5),
    ]
    assert "b.yaml の端末" in problems[0]["message"]
    assert texts["a.yaml"].splitlines()[3][problems[0]["column"] - 1 :].startswith("F0FACE01")
    # One terminal in two files is one cause, said once.
    write(tmp_path, {"b.yaml": texts["a.yaml"]})
    done = run("check", "a.yaml", "b.yaml", "--format", "json")
    found = [p["code"] for p in json.loads(done.stdout)["problems"] if p["severity"] == "error"]
    assert found == ["DUPLICATE_TERMINAL"] * 2


# --- bundles that are left over


def left(done: subprocess.CompletedProcess[str]) -> list[str]:
    names: list[str] = [Path(path).name for path in json.loads(done.stdout)["left"]]
    return names


def test_a_terminal_that_is_renamed_leaves_its_bundle(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "clinics", {"a.yaml": clinic(1), "b.yaml": clinic(2)})
    build = ["build", "clinics", "--unsigned", "--format", "json"]
    assert left(run(*build)) == []
    write(tmp_path / "clinics", {"a.yaml": clinic(1, "UKETSUKE")})
    alone = run("build", "clinics/a.yaml", "--unsigned")
    assert alone.returncode == 0
    assert f"dist: 警告 BUNDLE_LEFT\n  {code(1)}_OQS-01 は、" in alone.stderr
    assert f"{code(2)}_OQS-01" not in alone.stderr
    done = run(*build)
    assert (done.returncode, left(done)) == (0, [f"{code(1)}_OQS-01"])
    assert codes(done) == [("BUNDLE_LEFT", "dist")]
    assert (tmp_path / "dist" / f"{code(1)}_OQS-01" / "bundle.json").exists(), "never deleted"


def test_a_clinic_that_is_gone_is_named_by_its_folder_alone(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "clinics", {"a.yaml": clinic(1), "b.yaml": clinic(2)})
    assert run("build", "clinics", "--unsigned").returncode == 0
    (tmp_path / "clinics" / "b.yaml").unlink()
    assert left(run("build", "clinics/a.yaml", "--unsigned", "--format", "json")) == []
    assert left(run("build", "clinics", "--unsigned", "--format", "json")) == [f"{code(2)}_OQS-01"]
    # Nobody knows whose a file is that cannot be read: it may be that one's.
    write(tmp_path / "clinics", {"b.yaml": "facility: {"})
    assert left(run("build", "clinics", "--unsigned", "--format", "json")) == []


def test_a_file_says_nothing_of_what_another_one_beside_it_may_make(
    run: Run, tmp_path: Path
) -> None:
    """The terminals of a facility may stand in several files."""
    clinics = tmp_path / "clinics"
    write(clinics, {"a.yaml": clinic(1), "b.yaml": clinic(1, "OQS-02"), "c.yaml": clinic(2)})
    assert left(run("build", "clinics", "--unsigned", "--format", "json")) == []
    write(clinics, {"a.yaml": clinic(1, "UKETSUKE")})
    alone = ["build", "clinics/a.yaml", "--unsigned", "--format", "json"]
    assert left(run(*alone)) == []
    others = {
        "does not read": "\x00",
        "in full width": f"code: {code(1)}".translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        "another facility": clinic(3),
    }
    for name, text in others.items():
        write(clinics, {"b.yaml": text})
        expected = [f"{code(1)}_OQS-{n:02}" for n in (1, 2)] if name == "another facility" else []
        assert left(run(*alone)) == expected, name
    both = run("build", *map(str, sorted(clinics.iterdir())), "--unsigned", "--format", "json")
    assert left(both) == expected
    (clinics / "b.yaml").unlink()
    assert left(run(*alone, "--defaults", "clinics/c.yaml")) == expected


def test_what_is_beside_is_read_only_where_a_bundle_may_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths: list[Path] = []

    def reading(path: Path) -> Any:
        paths.append(path)
        return read_text(path)

    monkeypatch.setattr("oqsgen.compare.left_over.read_text", reading)
    texts = {"a.yaml": clinic(1), "b.yaml": clinic(2)}
    write(tmp_path, texts)
    a, b = (tmp_path / name for name in texts)
    arguments = [str(a), "-o", str(tmp_path / "dist"), "--unsigned"]
    build.main(arguments, standalone_mode=False)
    assert paths == []
    write(tmp_path, {"a.yaml": clinic(1, "UKETSUKE")})
    build.main(arguments, standalone_mode=False)
    assert paths == [b]


GIVEN = [
    Given(frozenset({"1"}), frozenset({"1_A", "1_B"}), False),
    Given(frozenset({"2"}), frozenset({"2_A"}), True),
]


@pytest.mark.parametrize(
    ("found", "whole", "expected"),
    [
        (["1_a", "1_B"], True, []),
        (["1_C"], False, ["1_C"]),
        (["2_C"], True, []),
        (["3_A"], False, []),
        (["3_A"], True, ["3_A"]),
    ],
)
def test_what_is_left_over(found: list[str], whole: bool, expected: list[str]) -> None:
    assert left_over(map(Path, found), GIVEN, all_files=whole) == [*map(Path, expected)]
    nameless = [*GIVEN, Given(frozenset(), frozenset(), True)]
    sure = [path for path in map(Path, expected) if path.name.startswith("1_")]
    assert left_over(map(Path, found), nameless, all_files=whole) == sure


@posix
def test_what_stands_beside_bundles_is_none(tmp_path: Path) -> None:
    names = [f"{code(number)}_OQS-01" for number in range(4)]
    for name in names:
        write(tmp_path / "elsewhere" / name, {"bundle.json": "{}"})
    target = tmp_path / "dist"
    write(target / names[0], {"bundle.json": "{}"})
    write(target / names[1], {})
    (target / names[2]).symlink_to(tmp_path / "elsewhere" / names[2])
    write(target, {names[3]: "a file"})
    write(target / "photos", {"bundle.json": "{}"})
    write(target / f".{names[3]}.new-01234567", {"bundle.json": "{}"})
    (target / "results").mkdir()
    assert [path.name for path in made_before(target)] == [names[0]]
    assert {path.name for path in bundles_at(target)} >= {names[0], names[1], "photos"}
    assert names[2] not in {path.name for path in bundles_at(target)}


# --- stopped and killed


@pytest.fixture(scope="module")
def two_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    write(folder / "clinics", {f"c{number:03}.yaml": clinic(number) for number in range(200)})
    return folder


@contextmanager
def start(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A build of all of them, once the first bundle is there."""
    command = [*OQSGEN, "build", "clinics", "--unsigned", "--jobs", "2", *arguments]
    with running(command, folder, lambda: list(folder.glob("dist/1*"))) as child:
        yield child


def whole(target: Path) -> Iterator[dict[str, Any]]:
    for folder in target.glob("1*"):
        manifest = json.loads((folder / "bundle.json").read_text("utf-8"))
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        assert files == {*manifest["files"], "bundle.json"}
        yield manifest


@posix
def test_ctrl_c_says_which_are_whole_and_leaves_no_half(two_hundred: Path, tmp_path: Path) -> None:
    (tmp_path / "clinics").symlink_to(two_hundred / "clinics")
    with start(tmp_path) as child:
        child.send_signal(signal.SIGINT)
        out, said = child.communicate(timeout=60)
    assert child.returncode == 130
    made = [line.split()[0] for line in out.splitlines()]
    assert made == [f"dist/{name}" for name in dist(tmp_path)]
    assert 0 < len(made) < 200 and len(list(whole(tmp_path / "dist"))) == len(made)
    *_, count, last = said.splitlines()
    assert count == f"200 個のうち {len(made)} 個の一式ができています（dist）。残りは前のままです。"
    assert last == "中止しました。"
    assert_clear(said)


@posix
def test_ctrl_c_as_json(two_hundred: Path, tmp_path: Path) -> None:
    (tmp_path / "clinics").symlink_to(two_hundred / "clinics")
    with start(tmp_path, "--format", "json") as child:
        child.send_signal(signal.SIGINT)
        out, _ = child.communicate(timeout=60)
    assert child.returncode == 130
    assert [one["folder"] for one in json.loads(out)["bundles"]] == [
        f"dist/{name}" for name in dist(tmp_path)
    ]


SLOW_DISK = """
import sys
from pathlib import Path
from oqsgen.cli import making
from oqsgen.cli.main import main
from oqsgen.seal import folder
put, close = folder.put_in_place, making._Gate.close
def slowly(*arguments):
    Path("writing").touch()
    open("disk").close()
    put(*arguments)
def told(gate):
    Path("stopping").touch()
    close(gate)
folder.put_in_place, making._Gate.close = slowly, told
sys.argv[1:] = ["build", "a.yaml", "--unsigned"]
main()
"""
"""A disk that is a pipe: nothing is written before somebody opens its other end."""


@posix
@pytest.mark.parametrize("times", [1, 2])
def test_what_is_being_put_into_place_is_waited_for_once(times: int, tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": clinic(1)})
    os.mkfifo(tmp_path / "disk")
    command = [sys.executable, "-c", SLOW_DISK]
    with running(command, tmp_path, (tmp_path / "writing").exists) as child, ExitStack() as ends:
        child.send_signal(signal.SIGINT)
        wait_for(child, (tmp_path / "stopping").exists)
        if times == 1:
            # Opened to read too, so that nobody has to wait for the other end.
            ends.enter_context(open(tmp_path / "disk", "r+b", buffering=0))
        else:
            child.send_signal(signal.SIGINT)
        out, said = child.communicate(timeout=60)
    assert child.returncode == 130 and said.endswith("中止しました。\n")
    assert len(dist(tmp_path)) == len(out.splitlines()) == (1 if times == 1 else 0)


def test_what_comes_after_the_end_of_a_build_counts_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither a bundle nor an error, while what there is is told."""
    profiles = [(tmp_path / f"{number}.yaml", example("smallest")[0]) for number in range(2)]
    has_begun, has_ended = threading.Barrier(3), threading.Event()
    workers = []

    def late(*_: object) -> Any:
        workers.append(threading.current_thread())
        has_begun.wait(SECONDS)
        assert has_ended.wait(SECONDS)
        if threading.current_thread() is workers[0]:
            raise making.BundleError("TIMESTAMP_FAILED", "")
        return SimpleNamespace(folder="late", files={}, id="", steps=0)

    def stop(*_: object) -> None:
        has_begun.wait(SECONDS)
        raise KeyboardInterrupt

    monkeypatch.setattr("oqsgen.cli.making._bundle", late)
    monkeypatch.setattr("oqsgen.cli.making.Progress.show", stop)
    result = making.make_all(profiles, None, tmp_path, 2, with_progress=False)
    has_ended.set()
    for worker in workers:
        worker.join(SECONDS)
        assert not worker.is_alive()
    assert result == making.Made(stopped=True) and list(tmp_path.iterdir()) == []


@posix
def test_a_killed_build_of_many_goes_on(two_hundred: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "clinics").symlink_to(two_hundred / "clinics")
    with start(tmp_path) as child:
        child.kill()
    built = {manifest["facility"]["code"]: manifest["id"] for manifest in whole(tmp_path / "dist")}
    assert 0 < len(built) < 200
    ten = [f"clinics/c{number:03}.yaml" for number in range(10)]
    assert run("build", *ten, "--unsigned").returncode == 0
    again = {manifest["facility"]["code"]: manifest["id"] for manifest in whole(tmp_path / "dist")}
    assert again.items() >= built.items() and set(again) >= {code(number) for number in range(10)}


def test_two_hundred_clinics_are_checked(two_hundred: Path, run: Run) -> None:
    done = run("check", "clinics", cwd=two_hundred)
    assert done.stdout == "問題はありません（ファイル 200、端末 200 台）。\n"
