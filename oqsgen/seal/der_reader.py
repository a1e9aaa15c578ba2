"""Reading DER (ITU-T X.690) that somebody else may have written to do harm.

One level at a time: a value's content is looked at only when it is asked for, so nothing here
recurses. One-byte tags; definite lengths in the fewest bytes; nothing behind the last value.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from oqsgen.limits import DER_VALUES

T = TypeVar("T")

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
OCTET_STRING = 0x04
NULL = b"\x05\x00"

LENGTH_BYTES = 4


class DerError(ValueError):
    """These bytes are not the DER that was expected."""


class Value(NamedTuple):
    """One value: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    encoded: bytes

    def items(self, tag: int) -> list["Value"]:
        """The values in this one, which has to have ``tag``."""
        self.expect(tag)
        return read_all(self.content)

    def fields(self, *tags: int) -> list["Value"]:
        """The values in this SEQUENCE, which are exactly those of ``tags``."""
        values = self.items(SEQUENCE)
        if tuple(value.tag for value in values) != tags:
            raise DerError("other fields than expected")
        return values

    def members(self) -> list["Value"]:
        """The values in this SET, which are in DER order and all different."""
        values = self.items(SET)
        encoded = [value.encoded for value in values]
        if any(earlier >= later for earlier, later in pairwise(encoded)):
            raise DerError("a set that is not in DER order")
        return values

    def only(self, tag: int) -> "Value":
        """The one value in this one, which has to have ``tag``."""
        return only(self.items(tag))

    def expect(self, tag: int) -> "Value":
        """This value, which has to have ``tag``."""
        if self.tag != tag:
            raise DerError("another tag than expected")
        return self


def only(values: Sequence[T]) -> T:
    """The one of ``values`` that there is."""
    if len(values) != 1:
        raise DerError("not exactly one value")
    return values[0]


def read_one(data: bytes) -> Value:
    """The one value that ``data`` is."""
    value, end = _read(data, 0)
    if end != len(data):
        raise DerError("something behind the value")
    return value


def read_all(data: bytes) -> list[Value]:
    """The values in ``data``, one behind the other."""
    values: list[Value] = []
    at = 0
    while at < len(data):
        value, at = _read(data, at)
        values.append(value)
        if len(values) > DER_VALUES.value:
            raise DerError("too many values")
    return values


def _read(data: bytes, start: int) -> tuple[Value, int]:
    header = data[start : start + 2]
    if len(header) < 2:
        raise DerError("cut off")
    tag, size = header
    if tag & 0x1F == 0x1F or tag == 0:
        raise DerError("a tag that nothing here has")
    at = start + 2
    if size & 0x80:
        width = size & 0x7F
        length = data[at : at + width]
        if not 0 < width <= LENGTH_BYTES or len(length) < width:
            raise DerError("a length that is not DER")
        size = int.from_bytes(length, "big")
        if size < 0x80 or length[0] == 0:
            raise DerError("a length that is not as short as it can be")
        at += width
    end = at + size
    if end > len(data):
        raise DerError("a value that ends behind its parent")
    return Value(tag, data[at:end], data[start:end]), end
