"""What comes out of a program at a terminal of POSIX, and never a wait without an end."""

import codecs
import os
import select
import time
from collections.abc import Iterator

QUIET = 20.0
"""Seconds after which a program that said nothing is taken to wait."""


def pieces(terminal: int, seconds: float = 60) -> Iterator[str]:
    """What is said, as it comes, until the program ends; an empty text each time that nothing came for a while."""
    said, end = "", time.monotonic() + seconds
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while time.monotonic() < end:
        if not select.select([terminal], [], [], QUIET)[0]:
            yield ""
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            return
        if not piece:
            return
        text = decoder.decode(piece)
        said += text
        yield text
    raise AssertionError(f"not ended after {seconds} s: {said}")
