"""Servers that never come to an end of their answer, each in a way of its own, on this machine."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

HEAD = b"HTTP/1.1 200 OK\r\n"


class SlowServer:
    """``url`` answers with ``send(connection, ended)``, which goes on until ``ended`` is set; ``asked`` is set before."""

    def __init__(self, send: Callable[[socket.socket, threading.Event], None]) -> None:
        self.ended = threading.Event()
        self.asked = threading.Event()
        self._send = send
        self._listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/"

    def close(self) -> None:
        self.ended.set()
        # Closing alone does not wake the thread that waits for a connection.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(1 << 16)
            self.asked.set()
            self._send(connection, self.ended)


def _again_and_again(
    before: bytes, part: bytes, pause: float
) -> Callable[[socket.socket, threading.Event], None]:
    def send(connection: socket.socket, ended: threading.Event) -> None:
        connection.sendall(before)
        while not ended.wait(pause):
            connection.sendall(part)

    return send


WAYS = {
    "never a byte": _again_and_again(b"", b"", 0.2),
    "a byte of the status line": _again_and_again(b"", b"H", 0.2),
    "a byte of a header": _again_and_again(HEAD + b"X: ", b"x", 0.2),
    "a header at a time": _again_and_again(HEAD, b"X: x\r\n", 0.2),
    "100 Continue, slowly": _again_and_again(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.2),
    "100 Continue, fast": _again_and_again(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50, 0.0),
    "a byte of the body": _again_and_again(HEAD + b"Content-Length: 9999\r\n\r\n", b"0", 0.2),
    "a chunk at a time": _again_and_again(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n0\r\n", 0.2
    ),
}
"""Ways that a bound on each single wait does not see."""
