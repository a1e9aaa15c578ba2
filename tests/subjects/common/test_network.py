"""The questions to the line, asked of servers of our own: these functions run the same here as on Windows."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

from tests import PARTS
from tests.pc.shell import json_of

pytestmark = pytest.mark.needs("pwsh")

NETWORK = PARTS / "common" / "network.native.ps1"


def ask(expression: str) -> Any:
    """What the expression gives, as JSON."""
    script = (
        f"Set-StrictMode -Version 2; $ErrorActionPreference = 'Stop'; . '{NETWORK}'; $answer = & {{ {expression} }}; "
        "ConvertTo-Json -InputObject $answer -Compress"
    )
    return json_of(script)


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
        with sntp(partial(reply, ahead=ahead)) as port:
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


def test_many_names_are_asked_at_once_and_a_failure_is_remembered_for_a_while() -> None:
    assert ask(
        "@(Resolve-HostAddressList -HostName 'localhost', 'no-such-name.invalid' | ForEach-Object { $_ } | "
        'ForEach-Object { "$($_.host) $(@($_.addresses).Length -gt 0)" })'
    ) == ["localhost True", "no-such-name.invalid False"]
    memory = (
        "$script:UnresolvedName['localhost'] = $script:NetworkWatch.Elapsed.TotalSeconds - %d; "
        "(Resolve-HostAddress -HostName 'localhost').Length -gt 0"
    )
    assert ask(memory % 1) is False
    assert ask(memory % 11) is True


def test_ports_are_asked_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        silent = "192.0.2.1"  # TEST-NET-1: packets to it are lost
        open_, closed = (
            f"{{addresses = '{silent}', '127.0.0.1'; port = {port}}}",
            "{addresses = '127.0.0.1'; port = 1}",
        )
        lost = f"{{addresses = '{silent}', '192.0.2.2', '192.0.2.3', '::1'; port = 9}}"
        nothing = "{addresses = @(); port = 9}"
        list_ = ", ".join(
            f"[pscustomobject] @{text}" for text in (lost, open_, lost, lost, closed, lost, nothing)
        )
        answer = ask(
            f"$watch = [Diagnostics.Stopwatch]::StartNew(); $found = Test-TcpPortList -Endpoint @({list_}) -Timeout 4000; "
            "@{ found = $found; seconds = $watch.Elapsed.TotalSeconds }"
        )
        assert isinstance(answer, dict)
        assert answer["found"] == [False, True, False, False, False, False, False]
        assert answer["seconds"] < 14


@contextmanager
def proxy(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that answers each question so: its port, and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                asked.append(client.recv(1000))
                client.sendall(answer)
                client.close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], asked


def test_a_proxy_is_asked_for_a_way() -> None:
    for answer, status in (
        (b"HTTP/1.1 200 Connection established\r\n\r\n", 200),
        (b"HTTP/1.0 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n", 407),
        (b"SSH-2.0-nothing\r\n", 0),
        (b"", 0),
    ):
        with proxy(answer) as (port, asked):
            found = ask(
                f"Test-ProxyTunnel -Address '127.0.0.1' -Port {port} -Goal 'a.example:443', 'b.example:80' -Timeout 2000"
            )
            assert found == [status, status]
            assert sorted(asked) == [
                b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n",
                b"CONNECT b.example:80 HTTP/1.1\r\nHost: b.example:80\r\n\r\n",
            ]
    assert ask("Test-ProxyTunnel -Address '127.0.0.1' -Port 1 -Goal 'a.example:443'") == [0]


def test_a_silent_proxy_takes_no_longer_than_the_limit() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        took = ask(
            f"(Measure-Command {{ Test-ProxyTunnel -Address '127.0.0.1' -Port {server.getsockname()[1]} "
            "-Goal 'a:443', 'b:443', 'c:443', 'd:443' -Timeout 3000 }).TotalSeconds"
        )
        assert took < 10


def dns_reply(question: bytes) -> bytes:
    """That there is no such name: an answer all the same."""
    assert question[12:] == b"\x03www\x04mnw7\x00\x00\x1c\x00\x01"
    return question[:2] + b"\x81\x83" + question[4:]


def test_a_dns_server_is_asked_over_udp_and_tcp() -> None:
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with sntp(dns_reply, family) as port:
            assert (
                ask(f"Test-DnsAnswer -Address '{address}' -HostName 'www.mnw7' -Port {port}")
                is True
            )
    for other in (lambda question: question, lambda question: b"\0\0" + dns_reply(question)[2:]):
        with sntp(other) as port:
            asked = f"Test-DnsAnswer -Address '127.0.0.1' -HostName 'www.mnw7' -Port {port} -Timeout 500"
            assert ask(asked) is False
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            client, _ = server.accept()
            question = client.recv(1000)
            assert struct.unpack(">H", question[:2])[0] == len(question) - 2
            answer = dns_reply(question[2:])
            client.sendall(struct.pack(">H", len(answer)) + answer[:5])
            time.sleep(0.2)
            client.sendall(answer[5:])
            client.close()

        threading.Thread(target=serve, daemon=True).start()
        port = server.getsockname()[1]
        assert (
            ask(f"Test-DnsAnswer -Address '127.0.0.1' -HostName 'www.mnw7' -Port {port} -Tcp")
            is True
        )
    assert (
        ask("Test-DnsAnswer -Address '127.0.0.1' -HostName 'www.mnw7' -Port 1 -Tcp -Timeout 500")
        is False
    )


def test_all_dns_servers_are_asked_at_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent, sntp(dns_reply) as port:
        silent.bind(("127.0.0.2", port))
        quiet = "'127.0.0.2', '127.0.0.2', '127.0.0.2', "
        asked = f"Test-DnsAnswer -Address {quiet} '127.0.0.1' -HostName 'www.mnw7' -Port {port}"
        assert ask(asked) is True
    with socket.create_server(("127.0.0.1", 0)) as server:
        tcp = server.getsockname()[1]

        def serve() -> None:
            for _ in range(2):
                client, _ = server.accept()
                if question := client.recv(1000)[2:]:
                    answer = dns_reply(question)
                    client.sendall(struct.pack(">H", len(answer)) + answer)
                client.close()

        threading.Thread(target=serve, daemon=True).start()
        assert ask(
            "Test-DnsAnswer -Address '127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.1' "
            f"-HostName 'www.mnw7' -Port {tcp} -Tcp"
        )


def test_addresses_of_this_machine() -> None:
    assert (
        ask(
            "@(Read-NetAddress | ForEach-Object { $_ } | Where-Object { $_.address -eq '127.0.0.1' }).Length"
        )
        == 0
    )
    assert isinstance(ask("@(Read-DnsServer | ForEach-Object { $_.servers }).Length"), int)


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
