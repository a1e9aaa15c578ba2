"""How often a PFX file has a password hashed, told before that is done (RFC 7292 4, RFC 8018 A.2 and B.2).

The count stands in clear beside its salt, for the file's own check and for each encrypted part. Tools write
PFX files in BER too, so this reads lengths that DER does not have, and passes over what it cannot read.
"""

import math
from collections.abc import Iterator

OCTET_STRING = 0x04
INTEGER = 0x02
CONSTRUCTED = 0x20
INDEFINITE = 0x80


def most_rounds(data: bytes) -> int:
    """The largest count of rounds that stands in clear in ``data``, 0 where there is none."""
    most = 0
    regions = [(0, len(data))]
    while regions:
        counts: list[int] | None = None
        for tag, start, end in _values(data, *regions.pop()):
            if tag == INTEGER and counts is not None:
                counts.append(int.from_bytes(data[start:end], "big", signed=True))
                most = max(most, _rounds(counts))
            else:
                # In BER a salt may be written in parts.
                counts = [] if tag & ~CONSTRUCTED == OCTET_STRING else None
            # What is signed or encrypted as a whole lies in an octet string.
            if tag & CONSTRUCTED or tag == OCTET_STRING:
                regions.append((start, end))
    return most


def _rounds(counts: list[int]) -> int:
    """Of the numbers behind a salt: scrypt has three (RFC 7914 7), each of which multiplies its work."""
    return math.prod(counts) if len(counts) == 3 else counts[0]


def _values(data: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Tag, start and end of the content of each value from ``at`` on, as far as they can be read."""
    while at + 2 <= end:
        tag, size = data[at], data[at + 1]
        at += 2
        if size == INDEFINITE:
            # To its end mark, which is where its own values end: what follows is looked at with them.
            yield tag, at, end
            return
        if size > INDEFINITE:
            width = size & 0x7F
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        if tag == 0 and size == 0:
            # An end mark: what follows stands beside what it ended.
            continue
        if tag == 0 or at + size > end:
            return
        yield tag, at, at + size
        at += size
