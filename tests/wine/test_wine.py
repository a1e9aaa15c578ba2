"""Each native function is called on the API of Windows, as Wine has it, or is named with the reason why not."""

import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from tests import PARTS
from tests.runtime.vocabulary import functions
from tests.subjects.certificate.test_native import Issued
from tests.subjects.common.test_network import reply

from .windows import HERE, NATIVE, REACH, Job, Windows, needs_wine, windows_path

CHECKS = sorted(HERE.glob("*/*.ps1"))


def test_reach_names_each_native_function() -> None:
    """In the file where it stands, as ``called`` or as ``not``, with the reason."""
    written = {
        path.relative_to(PARTS).as_posix(): list(functions(path.read_text("utf-8")))
        for path in NATIVE
    }
    assert {name: list(named) for name, named in REACH.items()} == written
    for named in REACH.values():
        for word in named.values():
            assert word == "called" or ([*word] == ["not"] and len(word["not"]) > 5), word


def test_each_file_of_checks_is_that_of_a_native_file() -> None:
    native = {f"{path.parent.name}/{path.name.partition('.')[0]}" for path in NATIVE}
    assert {f"{path.parent.name}/{path.stem}" for path in CHECKS} <= native


def serve(server: socket.socket, answer: Callable[[socket.socket], None]) -> None:
    """Let each client have its ``answer``, until the server is closed."""

    def accept() -> None:
        while True:
            try:
                client = server.accept()[0]
            except OSError:
                return
            with client, suppress(OSError):
                answer(client)

    threading.Thread(target=accept, daemon=True).start()


@contextmanager
def proxy() -> Iterator[int]:
    """A proxy that lets nobody through to closed.example: its port."""

    def answer(client: socket.socket) -> None:
        question = client.recv(1000)
        if question:
            code = b"407" if b"CONNECT closed.example:443 " in question else b"200"
            client.sendall(b"HTTP/1.1 " + code + b" -\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        serve(server, answer)
        yield server.getsockname()[1]


@contextmanager
def answering(answer: Callable[[bytes], bytes], place: tuple[str, int]) -> Iterator[int]:
    """A server that answers each datagram so: its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(place)

        def serve() -> None:
            while True:
                try:
                    question, client = server.recvfrom(600)
                except OSError:
                    return
                server.sendto(answer(question), client)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


@contextmanager
def dns() -> Iterator[int]:
    """A name server that knows no name, over UDP and TCP: its port."""

    def answer(question: bytes) -> bytes:
        return question[:2] + b"\x81\x83" + question[4:]

    def answer_over_tcp(client: socket.socket) -> None:
        message = client.recv(600)
        client.sendall(message[:2] + answer(message[2:]))

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        answering(answer, server.getsockname()) as port,
    ):
        serve(server, answer_over_tcp)
        yield port


def name_servers() -> list[str]:
    """Those that this machine asks."""
    file = Path("/etc/resolv.conf")
    lines = [line.split() for line in file.read_text().splitlines()] if file.is_file() else []
    return [words[1] for words in lines if len(words) > 1 and words[0] == "nameserver"]


def own_addresses() -> list[str]:
    """By which this machine is reached from elsewhere."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [line.getsockname()[0]]


@pytest.fixture(scope="session")
def reports(windows: Windows, native: Path) -> list[dict[str, Any]]:
    """What each check says of itself."""
    issued = Issued()
    with ExitStack() as servers, socket.create_server(("127.0.0.1", 0)) as unused:
        closed = unused.getsockname()[1]
        unused.close()
        ports = {
            "proxy": servers.enter_context(proxy()),
            "dns": servers.enter_context(dns()),
            "sntp": servers.enter_context(answering(partial(reply, ahead=3600), ("127.0.0.1", 0))),
            "closed": closed,
            "addresses": own_addresses(),
            "servers": name_servers(),
        }
        der = issued.own.public_bytes(serialization.Encoding.DER)
        environment = {
            "OQSGEN_PORTS": json.dumps(ports),
            "OQSGEN_DER": base64.b64encode(der).decode(),
        }
        files = "|".join(map(windows_path, CHECKS))
        arguments = {"Native": windows_path(native), "Files": files}
        (answer,) = windows.run([Job(HERE / "checks.ps1", arguments, environment)])
    assert answer and not answer.errors, answer
    return [json.loads(line) for line in answer.output]


@needs_wine
def test_checks(reports: list[dict[str, Any]]) -> None:
    """What reads gives what was put there by another way; what writes is read back by another way, and undone."""
    assert {report["file"] for report in reports} == {windows_path(path) for path in CHECKS} | {""}
    assert [report["problem"] for report in reports if report["problem"]] == []


@needs_wine
def test_what_is_said_to_be_called_is(reports: list[dict[str, Any]]) -> None:
    called = {name for report in reports if not report["problem"] for name in report["names"]}
    said = {name for named in REACH.values() for name, word in named.items() if word == "called"}
    assert sorted(called) == sorted(said)
