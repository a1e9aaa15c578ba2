"""A process at a terminal of its own, and keys that are pressed there."""

import fcntl
import os
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence

CTRL_C = b"\x03"


def run_at_terminal(
    command: Sequence[str], environment: Mapping[str, str], ready: Callable[[], bool], keys: bytes
) -> tuple[int, str]:
    """The code and the output of a process, at whose terminal these keys are pressed once it is ready.

    All processes of the terminal get the signal of a key, as those of a window of Windows do.
    """
    near, far = os.openpty()
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdin=far,
        stdout=far,
        stderr=far,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(far)
    output = b""
    try:
        os.set_blocking(near, False)
        end = time.monotonic() + 60
        pressed = False
        while process.poll() is None:
            assert time.monotonic() < end, output.decode(errors="replace")
            if not pressed and ready():
                time.sleep(0.5)
                os.write(near, keys)
                pressed = True
            output += _read(near)
            time.sleep(0.05)
        assert pressed, output.decode(errors="replace")
        return process.returncode, (output + _read(near)).decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(near)


def _read(descriptor: int) -> bytes:
    """What there is to read now."""
    try:
        return os.read(descriptor, 65536)
    except (BlockingIOError, OSError):
        return b""
