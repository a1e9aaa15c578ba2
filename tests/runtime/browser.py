"""A Chromium without a window, which is told what to do by the DevTools protocol over two pipes.

https://chromedevtools.github.io/devtools-protocol/: a JSON object each way, with a NUL behind it.
"""

import base64
import fcntl
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

QUIET = [
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--mute-audio",
    ),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-extensions", "--disable-default-apps"),
]
"""No window, nothing of the machine's graphics, and nothing that is fetched."""
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"
"""Whatever a page names: this browser reaches files alone."""
FIRST_FREE = 10
KEYS: Mapping[str, tuple[int, str]] = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}


class Browser:
    """One page of a browser, shown as long as no other is asked for."""

    def __init__(self, write: BinaryIO, read: BinaryIO) -> None:
        self._write, self._read = write, read
        self._number = 0
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        self.ask("Page.enable")
        self.ask("Emulation.setScrollbarsHidden", hidden=True)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers; what it says unasked in between is passed over."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        self._write.flush()
        answer = self._until(lambda said: said.get("id") == self._number)
        assert "error" not in answer, (method, answer)
        result: dict[str, Any] = answer["result"]
        return result

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            said: dict[str, Any] = json.loads(self._message())
            if wanted(said):
                return said

    def _message(self) -> bytes:
        data = bytearray()
        while (byte := self._read.read(1)) != b"\0":
            assert byte, "the browser has ended"
            data += byte
        return bytes(data)

    def open(self, page: Path) -> None:
        """Shows a file, and waits until it is there."""
        self.ask("Page.navigate", url=page.resolve().as_uri())
        self._until(lambda said: said.get("method") == "Page.loadEventFired")

    def look(self, *, width: int, height: int = 844, dark: bool = False, media: str = "") -> None:
        """How the page is looked at from now on."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def run(self, expression: str) -> Any:
        """What an expression comes to in the page: none of the page's own, which has no scripts."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        code, text = KEYS[key]
        name = "Space" if key == " " else key
        for kind in ("keyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=name,
                windowsVirtualKeyCode=code,
                text=text if kind == "keyDown" else "",
            )

    def print(self) -> bytes:
        """The page as a PDF, on the paper that its style asks for."""
        answer = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(answer["data"])

    def picture(self) -> bytes:
        """All of the page as a PNG: for whoever wants to look at it."""
        answer = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(answer["data"])


@contextmanager
def browser(program: str, folder: Path) -> Iterator[Browser]:
    """A browser that ends with the block; what it keeps stands in ``folder``."""
    to_it, from_it = os.pipe(), os.pipe()
    # The shell puts them where the browser looks for them, 3 and 4: no pipe may be there already.
    own = [fcntl.fcntl(end, fcntl.F_DUPFD, FIRST_FREE) for end in (to_it[0], from_it[1])]
    shell = ["bash", "-c", 'exec "${@:3}" 3<&"$1" 4>&"$2"', "bash", *map(str, own)]
    options = [*QUIET, OFFLINE, "--remote-debugging-pipe", f"--user-data-dir={folder}"]
    process = subprocess.Popen(
        [*shell, program, *options],
        pass_fds=own,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in (to_it[0], from_it[1], *own):
        os.close(end)
    with os.fdopen(to_it[1], "wb") as write, os.fdopen(from_it[0], "rb") as read:
        try:
            yield Browser(write, read)
        finally:
            process.terminate()
            process.wait(20)
