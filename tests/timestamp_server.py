"""A timestamp server (RFC 3161) for tests: ``openssl ts`` behind HTTP on this machine."""

import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from tests.certificates import Issued

CONFIGURATION = """\
[tsa]
default_tsa = ts
[ts]
serial = serial
crypto_device = builtin
signer_digest = {digest}
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


BODIES = {
    "garbage": b"<html>captive portal</html>",
    "empty": b"",
    "large": b"\x30" * (3 << 20),
    "drip": b"x" * 50,
    "cut": b"\x30",
}


class TimestampServer:
    """``url`` answers as ``behave`` says; ``asked`` is how often it was asked.

    ``behave``: ok, 500, 404, rejected, hang, or one of BODIES. The first ``fails`` times it is 500
    whatever that says; ``query`` is answered in the place of what was asked.
    """

    def __init__(self, folder: Path, signer: Issued, *, digest: str = "sha256") -> None:
        self.folder = folder
        self.behave = "ok"
        self.fails = 0
        self.query: bytes | None = None
        self.asked = 0
        self.ended = threading.Event()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(digest=digest))
        (folder / "serial").write_text("01\n")
        pem = serialization.Encoding.PEM
        (folder / "tsa.pem").write_bytes(signer.certificate.public_bytes(pem))
        (folder / "tsa.key").write_bytes(
            signer.key.private_bytes(
                pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def reset(self) -> None:
        self.behave, self.fails, self.query, self.asked = "ok", 0, None, 0

    def close(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()

    def reply(self, query: bytes) -> bytes:
        """The TimeStampResp that openssl makes."""
        with self.lock:
            (self.folder / "query").write_bytes(query)
            command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
            command += ["-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply"]
            subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
            return (self.folder / "reply").read_bytes()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        tsa = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *arguments: object) -> None:
                pass

            def do_POST(self) -> None:
                tsa.asked += 1
                query = self.rfile.read(int(self.headers["Content-Length"]))
                wanted = self.headers["Content-Type"] == "application/timestamp-query"
                behave = tsa.behave if wanted else "404"
                if tsa.fails >= tsa.asked:
                    behave = "500"
                if behave in ("500", "404"):
                    self.send_error(int(behave))
                    return
                if behave == "hang":
                    tsa.ended.wait(30)
                    return
                if behave == "ok":
                    body = tsa.reply(tsa.query or query)
                elif behave == "rejected":
                    # An imprint of a kind that the server does not know.
                    body = tsa.reply(query.replace(b"\x04\x02\x01", b"\x04\x02\x03"))
                else:
                    body = BODIES[behave]
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body) + (behave == "cut")))
                self.end_headers()
                pause = 0.1 if behave == "drip" else 0
                step = 1 if behave == "drip" else len(body) or 1
                try:
                    for start in range(0, len(body), step):
                        self.wfile.write(body[start : start + step])
                        time.sleep(pause)
                except OSError:
                    pass  # the other side has given up

        return Handler
