"""The DER reader: what it takes, what it refuses, and that nothing makes it fail otherwise."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oqsgen.limits import DER_VALUES
from oqsgen.seal import der
from oqsgen.seal.der_reader import SEQUENCE, SET, DerError, Value, read_all, read_one


@given(st.binary(max_size=300), st.sampled_from([0x02, 0x04, 0x0C, 0x30, 0x31, 0x80, 0xA0]))
def test_what_was_written_is_read_back(content: bytes, tag: int) -> None:
    encoded = der.tlv(tag, content)
    assert read_one(encoded) == Value(tag, content, encoded)
    assert [value.encoded for value in read_all(encoded * 3)] == [encoded] * 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x04",
        b"\x04\x01",
        b"\x04\x00\x00",
        b"\x04\x80\x00\x00",
        b"\x04\x81\x01x",
        b"\x04\x82\x00\x80" + bytes(128),
        b"\x04\x82\x01",
        b"\x04\x85\x01\x00\x00\x00\x00",
        b"\x04\x84\xff\xff\xff\xff",
        b"\x04\xffx",
        b"\x00\x00",
        b"\x1f\x81\x01\x00",
        b"\xbf\x01\x00",
    ],
    ids=[
        "nothing",
        "no length",
        "cut off",
        "more behind",
        "indefinite",
        "long form of a short length",
        "leading zero",
        "half a length",
        "five bytes of length",
        "four gigabytes",
        "reserved length",
        "end of contents",
        "two-byte tag",
        "two-byte context tag",
    ],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    with pytest.raises(DerError):
        read_one(data)


def test_a_set_has_to_be_in_order_and_without_doubles() -> None:
    one, two = der.octet_string(b"1"), der.octet_string(b"2")
    assert [v.encoded for v in read_one(der.set_of([two, one])).members()] == [one, two]
    for wrong in (two + one, one + one):
        with pytest.raises(DerError):
            read_one(der.tlv(SET, wrong)).members()


def test_too_many_values_are_refused() -> None:
    with pytest.raises(DerError):
        read_all(der.NULL * (DER_VALUES.value + 1))


def test_deep_nesting_costs_nothing() -> None:
    value = read_one(nested(2000))
    for _ in range(2000):
        value = value.only(SEQUENCE)
    assert value.encoded == der.NULL


def nested(depth: int) -> bytes:
    data = der.NULL
    for _ in range(depth):
        data = der.sequence(data)
    return data


QUESTIONS: list[Callable[[Value], object]] = [
    lambda value: value.items(SEQUENCE),
    lambda value: value.fields(0x06, 0x04),
    lambda value: value.members(),
    lambda value: value.only(0x30),
]


@given(st.binary(max_size=200))
@example(b"\x30\x80")
@example(b"\x31\x03\x30\x80\x00")
def test_any_bytes_are_a_value_or_a_der_error(data: bytes) -> None:
    with suppress(DerError):
        value = read_one(data)
        for ask in QUESTIONS:
            with suppress(DerError):
                ask(value)
