"""The questions to the line, asked of servers of our own: these functions run the same here as on Windows."""

import json
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .tools import need
from .vocabulary import ROOT

NETWORK = ROOT / "templates" / "ps1" / "native" / "Network.ps1"


def ask(expression: str) -> object:
    """What the expression gives, as JSON."""
    script = (
        f"Set-StrictMode -Version 2; $ErrorActionPreference = 'Stop'; . '{NETWORK}'; $answer = & {{ {expression} }}; "
        "ConvertTo-Json -InputObject $answer -Compress"
    )
    done = subprocess.run(
        [need("pwsh"), "-NoProfile", "-NonInteractive", "-Command", script],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def sntp(answer: Callable[[bytes], bytes], family: int = socket.AF_INET) -> Iterator[int]:
    """A time server: the port of one that answers each question so."""
    server = socket.socket(family, socket.SOCK_DGRAM)
    server.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
    server.settimeout(20)

    def serve() -> None:
        try:
            question, client = server.recvfrom(100)
            server.sendto(answer(question), client)
        except OSError:
            pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.close()


def reply(question: bytes, *, ahead: float = 0.0, stratum: int = 2, mode: int = 4) -> bytes:
    """An answer of a server whose clock is so many seconds ahead."""
    now = time.time() + 2208988800 + ahead
    stamp = struct.pack(">II", int(now) % 2**32, int((now % 1) * 2**32))
    return bytes([0x20 | mode, stratum, 0, 0]) + bytes(12) + stamp + question[40:48] + stamp + stamp


def test_a_clock_is_compared() -> None:
    for ahead in (0, 3600, -86400):
        with sntp(lambda question, ahead=ahead: reply(question, ahead=ahead)) as port:
            offset = ask(f"Get-SntpOffset -Address '127.0.0.1' -Port {port}")
            assert isinstance(offset, int) and abs(offset - ahead * 1000) < 2000


def test_a_clock_over_ipv6() -> None:
    with sntp(reply, socket.AF_INET6) as port:
        assert abs(ask(f"Get-SntpOffset -Address '::1' -Port {port}")) < 2000


def test_a_useless_answer_is_none() -> None:
    for answer in (
        lambda question: reply(question, stratum=0),
        lambda question: reply(question, mode=3),
        lambda question: reply(bytes(48)),
        lambda question: b"short",
    ):
        with sntp(answer) as port:
            assert ask(f"Get-SntpOffset -Address '127.0.0.1' -Port {port} -Timeout 1000") is None


def test_silence_takes_no_longer_than_the_limit() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        took = ask(
            f"(Measure-Command {{ Get-SntpOffset -Address '127.0.0.1' -Port {port} -Timeout 500 }}).TotalSeconds"
        )
        assert took < 3


def test_a_port_is_open_or_not() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert ask(f"Test-TcpPort -Address '127.0.0.1' -Port {port}") is True
        assert ask(f"Test-TcpPort -Address '::1', '127.0.0.1' -Port {port}") is True
    assert ask(f"Test-TcpPort -Address '127.0.0.1' -Port {port}") is False
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        assert ask(f"Test-TcpPort -Address '::1' -Port {server.getsockname()[1]}") is True


def test_names() -> None:
    assert ask("(Resolve-HostAddress -HostName 'localhost').Length") >= 1
    assert ask("(Resolve-HostAddress -HostName 'no-such-name.invalid').Length") == 0


def test_times_survive_their_form_on_the_line_in_both_eras() -> None:
    for date in (
        "2026, 11, 21, 3, 4, 5",
        "2036, 2, 7, 6, 28, 15",
        "2036, 2, 7, 6, 28, 17",
        "2050, 1, 1, 0, 0, 0",
    ):
        difference = ask(
            f"$utc = (New-Object DateTime({date}, ([DateTimeKind]::Utc))).AddMilliseconds(678); "
            "[math]::Abs(((ConvertFrom-NtpTime (ConvertTo-NtpTime $utc) 0) - $utc).TotalMilliseconds)"
        )
        assert difference < 1
