"""How far a build is: one line at a terminal that fits, an honest estimate, and nothing anywhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from oqsgen.cli import progress
from oqsgen.cli.progress import Progress, line
from oqsgen.text import columns
from tests.cli.test_many import clinic, write
from tests.command import OQSGEN, Run
from tests.terminal import pieces

NAMES = [
    "東京内科 OQS-01",
    "髙橋こどもクリニック日本橋室町三丁目分院 UKETSUKE-LEFT-1",
    "A" * 90,
    "①" * 60,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seconds", [None, 3.0, 59.0, 3600.0, 40_000.0])
@pytest.mark.parametrize("room", [1, 10, 39, 79, 200])
def test_the_line_fits_and_keeps_its_numbers(room: int, seconds: float | None, name: str) -> None:
    shown = line(12, 200, seconds, name, room)
    assert columns(shown) <= room
    if room >= 39:
        assert shown.startswith("12/200") and ("残り" in shown) == (seconds is not None)
    if room >= 79:
        assert name[:6] in shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "10 秒"),
        (41, "50 秒"),
        (51, "1 分"),
        (61, "2 分"),
        (3599, "1 時間 0 分"),
        (7300, "2 時間 2 分"),
    ],
)
def test_a_time_is_said_as_it_is_known(seconds: float, said: str) -> None:
    assert f" 残り約 {said} " in line(1, 9, seconds, "x", 79)


def test_the_time_left_is_that_of_the_bundles_that_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first ones of each thread load everything; the pace is that of all others, also of one that hangs."""
    clock, lines = [0.0], list[str]()
    monkeypatch.setattr("oqsgen.cli.progress.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(progress, "room_of_progress", lambda: 79)
    monkeypatch.setattr(progress, "rewrite", lines.append)
    shown = Progress(100, 2, is_shown=True)
    for done, now in [(0, 0), (1, 9), (2, 10), (3, 11), (4, 12), (52, 60), (52, 110)]:
        clock[0] = now
        shown.show(done)
    said = [re.search("残り約 (.*)$", each) for each in lines]
    assert [match and match[1] for match in said] == [
        None,
        None,
        None,
        None,
        "2 分",
        "50 秒",
        "2 分",
    ]


@pytest.mark.parametrize("room", [None, 79])
def test_it_is_shown_where_asked_for_alone(
    room: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    monkeypatch.setattr(progress, "room_of_progress", lambda: room)
    monkeypatch.setattr(progress, "rewrite", lines.append)
    Progress(2, 1, is_shown=False).show(1)
    Progress(2, 1, is_shown=True).show(1)
    assert lines == ([] if room is None else ["1/2"])


def at_terminal(folder: Path, wide: int, *arguments: str, **environment: str) -> tuple[str, str]:
    """What a build leaves on standard output, a pipe, and on standard error, a terminal so wide."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
    process = subprocess.Popen(
        [*OQSGEN, "build", "clinics", "--unsigned", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    try:
        said = "".join(pieces(ours, 120))
        out, _ = process.communicate(timeout=120)
    finally:
        process.kill()
        os.close(ours)
    assert process.returncode == 0, said
    return out.decode(), said.replace("\r\n", "\n")


@pytest.fixture
def clinics(tmp_path: Path) -> Path:
    name = "髙橋こどもクリニック日本橋室町三丁目分院"
    texts = {f"c{n}.yaml": clinic(n).replace("東京内科", name) for n in range(4)}
    write(tmp_path / "clinics", texts)
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal of Unix")
@pytest.mark.parametrize("wide", [40, 80])
def test_a_terminal_has_one_line_that_is_rewritten(wide: int, clinics: Path) -> None:
    out, said = at_terminal(clinics, wide)
    assert out.count("\n") == 4 and "\r" not in out
    rewritten, _, rest = said.rpartition("\r")
    assert "\n" not in rewritten
    lines = rewritten.split("\r")
    assert all(columns(each) < wide for each in lines)
    numbers = [each.split(" ")[0] for each in lines if each.strip()]
    assert (
        numbers[0] == "0/4" and numbers == sorted(numbers) and {"1/4", "2/4", "3/4"} <= {*numbers}
    )
    assert any("髙橋" in each for each in lines)
    assert lines[-1].strip() == "", "the line is gone at the end"
    assert rest.endswith("4 個の一式ができました（dist）。\n")


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal of Unix")
def test_a_terminal_that_rewrites_nothing_and_json_have_none(clinics: Path) -> None:
    for arguments, environment in (([], {"TERM": "dumb"}), (["--format", "json"], {})):
        _, said = at_terminal(clinics, 80, *arguments, **environment)
        assert "/4" not in said and "\r" not in said


def test_a_pipe_has_none(clinics: Path, run: Run) -> None:
    done = run("build", "clinics", "--unsigned")
    assert "/4" not in done.stderr and "\r" not in done.stderr
