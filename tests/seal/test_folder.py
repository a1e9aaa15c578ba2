"""A bundle is put into its place whole or not at all, whenever the build is killed."""

import errno
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oqsgen.seal import folder
from oqsgen.seal.folder import HoldsOthersError, put_in_place, recover
from oqsgen.seal.manifest import MANIFEST, manifest


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    return {**files, MANIFEST: manifest({"id": "0" * 32}, files)}


OLD = with_manifest(
    {"terminal.ps1": b"old", "tasks/定刻に再起動.xml": b"\xff\xfe", "only-old.txt": b"x" * 70000}
)
NEW = with_manifest({"terminal.ps1": b"new", "publisher/root.cer": b"\x30\x00", "empty": b""})


def files(target: Path) -> dict[str, bytes]:
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }


@pytest.fixture(params=["exchange", "two moves"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bundle goes, on a system that can exchange two folders and on one that cannot."""
    if request.param == "two moves":
        monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    return tmp_path / "dist" / "1319999012_OQS-01"


def alone(target: Path) -> bool:
    return [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_new_bundle_is_written(target: Path) -> None:
    put_in_place(target, NEW)
    assert files(target) == NEW
    assert alone(target)


def test_a_bundle_replaces_the_one_before_it_whole(target: Path) -> None:
    put_in_place(target, OLD)
    put_in_place(target, NEW)
    assert files(target) == NEW
    assert alone(target)


@pytest.mark.parametrize("path", ["notes/memo.txt", "チェックリスト（署名済み）.pdf", ".memo"])
def test_what_somebody_put_into_a_bundles_folder_is_not_lost(path: str, target: Path) -> None:
    put_in_place(target, OLD)
    (target / path).parent.mkdir(exist_ok=True)
    (target / path).write_text("memo")
    with pytest.raises(HoldsOthersError, match=re.escape(path)):
        put_in_place(target, NEW)
    assert files(target) == {**OLD, path: b"memo"}


def test_a_folder_that_is_no_bundle_is_not_lost(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "my-notes.txt").write_text("memo")
    with pytest.raises(HoldsOthersError):
        put_in_place(target, NEW)
    assert files(target) == {"my-notes.txt": b"memo"}


def test_what_a_system_left_in_it_holds_no_build_up(target: Path) -> None:
    put_in_place(target, OLD)
    (target / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (target / "._only-old.txt").write_bytes(b"\0\5\x16\7")
    put_in_place(target, NEW)
    assert files(target) == NEW


def test_linux_exchanges_two_folders_at_once(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("renameat2 is Linux'")
    put_in_place(tmp_path / "one", OLD)
    put_in_place(tmp_path / "other", NEW)
    if not folder._exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this file system cannot exchange two folders")
    assert files(tmp_path / "one") == NEW
    assert files(tmp_path / "other") == OLD


def test_a_disk_that_fills_up_leaves_the_old_bundle(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(target, OLD)
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        put_in_place(target, NEW)
    assert files(target) == OLD
    assert alone(target)


def test_a_move_that_fails_leaves_the_old_bundle(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(target, OLD)
    rename = Path.rename

    def held_open(self: Path, to: Path) -> Path:
        if ".new-" in self.name:
            raise PermissionError(errno.EACCES, "held open by another program")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", held_open)
    monkeypatch.setattr(folder, "_exchange", lambda one, other: False)
    with pytest.raises(PermissionError):
        put_in_place(target, NEW)
    monkeypatch.undo()
    assert files(target) == OLD
    assert alone(target)


def test_an_exchange_that_fails_leaves_the_old_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(tmp_path / "bundle", OLD)

    def failing(one: Path, other: Path) -> bool:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(folder, "_exchange", failing)
    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "bundle", NEW)
    assert files(tmp_path / "bundle") == OLD
    assert alone(tmp_path / "bundle")


def test_a_build_killed_between_two_moves_is_made_good(target: Path) -> None:
    put_in_place(target, OLD)
    target.rename(target.with_name(f".{target.name}.old"))
    recover(target)
    assert files(target) == OLD
    assert alone(target)


def test_a_build_killed_after_two_moves_is_cleared_up(target: Path) -> None:
    put_in_place(target, NEW)
    put_in_place(target.with_name(f".{target.name}.old"), OLD)
    recover(target)
    assert files(target) == NEW
    assert alone(target)


def test_what_killed_builds_left_is_cleared_up_and_running_ones_are_left_alone(
    target: Path,
) -> None:
    killed = target.with_name(f".{target.name}.new-00000000")
    running = target.with_name(f".{target.name}.new-11111111")
    for left in (killed, running):
        put_in_place(left, OLD)
    an_age_ago = time.time() - 2 * folder.ABANDONED
    os.utime(killed, (an_age_ago, an_age_ago))
    put_in_place(target, NEW)
    assert files(target) == NEW
    assert not killed.exists()
    assert files(running) == OLD


@pytest.mark.parametrize("in_the_way", ["dist", "dist/1319999012_OQS-01"])
def test_a_file_in_the_way_is_left_alone(in_the_way: str, target: Path) -> None:
    obstacle = target.parents[1] / in_the_way
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    obstacle.write_text("in the way")
    with pytest.raises(OSError):
        put_in_place(target, NEW)
    assert obstacle.read_text() == "in the way"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_in_the_way_is_left_alone(target: Path) -> None:
    put_in_place(target.with_name("elsewhere"), OLD)
    target.symlink_to("elsewhere")
    with pytest.raises(OSError):
        put_in_place(target, NEW)
    assert target.is_symlink()
    assert files(target.with_name("elsewhere")) == OLD


BUILD_OVER_AND_OVER = """
import sys, time
from itertools import cycle
from pathlib import Path
from oqsgen.seal import folder
from oqsgen.seal.manifest import MANIFEST, manifest
target = Path(sys.argv[1])
if sys.argv[2] == "two moves":
    folder._exchange = lambda one, other: False
versions = [
    {f"tasks/{n}.txt": (letter * (1000 * n + 1)).encode() for n in range(count)}
    for letter, count in (("a", 9), ("b", 5))
]
versions = [{**files, MANIFEST: manifest({"id": "0" * 32}, files)} for files in versions]
folder.put_in_place(target, versions[0])
began = time.monotonic()
folder.put_in_place(target, versions[1])
folder.put_in_place(target, versions[0])
print(time.monotonic() - began, flush=True)
for version in cycle(versions):
    folder.put_in_place(target, version)
"""

VERSIONS = [
    with_manifest({f"tasks/{n}.txt": (letter * (1000 * n + 1)).encode() for n in range(count)})
    for letter, count in (("a", 9), ("b", 5))
]


@pytest.mark.parametrize("way", ["exchange", "two moves"])
def test_a_killed_build_leaves_one_whole_bundle(way: str, tmp_path: Path) -> None:
    chance = random.Random(4)
    target = tmp_path / "bundle"
    found = []
    for _ in range(50):
        command = [sys.executable, "-c", BUILD_OVER_AND_OVER, str(target), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout
            took = float(child.stdout.readline())
            time.sleep(chance.uniform(0, 2 * took))
            child.kill()
        if way == "two moves":
            recover(target)
        assert files(target) in VERSIONS
        found.append(VERSIONS.index(files(target)))
        for left in tmp_path.glob(".bundle.new-*"):
            shutil.rmtree(left)
    assert set(found) == {0, 1}, "the kills did not come at random moments"
