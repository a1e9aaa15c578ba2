"""How often a PFX file has a password hashed, told before that is done (RFC 7292 4, RFC 8018 A.2 and B.2).

The count stands in clear beside its salt, for the file's own check and for each part that is not itself inside an
encrypted one. Tools write PFX files in BER too, so this reads lengths that DER does not have, values up to an end
mark and octet strings in parts, as openssl does; it passes over what it cannot read.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

OCTET_STRING = 0x04
INTEGER = 0x02
CONSTRUCTED = 0x20
INDEFINITE = 0x80
LONG_TAG = 0x1F

DEPTH = 32
"""Values in values; openssl reads no more than 30."""
STRINGS = 8
"""Octet strings in octet strings; a PFX file has three."""


class _Value(NamedTuple):
    tag: int
    content: memoryview
    values: tuple["_Value", ...]


def most_rounds(data: bytes) -> int:
    """The largest count of rounds that stands in clear in ``data``, 0 where there is none."""
    most = 0
    pending = [(_values(memoryview(data), 0, DEPTH)[0], STRINGS)]
    while pending:
        values, strings = pending.pop()
        most = max(most, _rounds_among(values))
        for value in values:
            pending.append((value.values, strings))
            # What is signed or encrypted as a whole lies in an octet string.
            if value.tag == OCTET_STRING and strings:
                pending.append((_values(value.content, 0, DEPTH)[0], strings - 1))
    return most


def _rounds_among(values: Iterable[_Value]) -> int:
    """The largest count that stands behind a salt. scrypt has three (RFC 7914 7), which multiply its work."""
    most = 0
    counts: list[int] | None = None
    for value in values:
        if value.tag == INTEGER and counts is not None:
            counts.append(int.from_bytes(value.content, "big", signed=True))
            most = max(most, math.prod(counts) if len(counts) == 3 else counts[0])
        else:
            counts = [] if value.tag == OCTET_STRING else None
    return most


def _values(data: memoryview, at: int, depth: int) -> tuple[tuple[_Value, ...], int]:
    """The values in ``data`` from ``at`` up to an end mark, as far as they can be read; and what is behind them."""
    values: list[_Value] = []
    while at + 2 <= len(data):
        tag, at = data[at], at + 1
        if tag == 0:
            at += 1
            break
        if tag & LONG_TAG == LONG_TAG:
            while at < len(data) and data[at] & 0x80:
                at += 1
            at += 1
        if at >= len(data):
            break
        size, at = data[at], at + 1
        if size > INDEFINITE:
            width = size & 0x7F
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        elif size == INDEFINITE:
            inner, behind = _values(data, at, depth - 1) if depth else ((), len(data))
            values.append(_joined(tag, data[at:behind], inner))
            at = behind
            continue
        if at + size > len(data):
            break
        content = data[at : at + size]
        is_read = tag & CONSTRUCTED and depth
        values.append(_joined(tag, content, _values(content, 0, depth - 1)[0] if is_read else ()))
        at += size
    return tuple(values), at


def _joined(tag: int, content: memoryview, values: tuple[_Value, ...]) -> _Value:
    """A value; an octet string in parts as a whole."""
    if tag != OCTET_STRING | CONSTRUCTED:
        return _Value(tag, content, values)
    return _Value(OCTET_STRING, memoryview(b"".join(value.content for value in values)), ())
