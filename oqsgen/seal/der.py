"""Writing DER (ITU-T X.690), as much of it as Authenticode needs."""

from collections.abc import Iterable
from functools import cache

NULL = b"\x05\x00"


def tlv(tag: int, content: bytes) -> bytes:
    """Tag, definite length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*items: bytes) -> bytes:
    """SEQUENCE of encoded items."""
    return tlv(0x30, b"".join(items))


def set_of(items: Iterable[bytes]) -> bytes:
    """SET OF encoded items, in DER order."""
    return tlv(0x31, b"".join(sorted(items)))


def integer(number: int) -> bytes:
    """INTEGER, in the fewest bytes of two's complement."""
    size = (number if number >= 0 else ~number).bit_length() // 8 + 1
    return tlv(0x02, number.to_bytes(size, "big", signed=True))


def octet_string(content: bytes) -> bytes:
    """OCTET STRING."""
    return tlv(0x04, content)


def bmp_string(text: str) -> bytes:
    """The content of a BMPString: UTF-16BE without a tag."""
    return text.encode("utf-16-be")


@cache
def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    content = bytearray()
    for number in (first * 40 + second, *rest):
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        content += bytes(reversed(groups))
    return tlv(0x06, bytes(content))


def explicit(number: int, content: bytes) -> bytes:
    """Context tag ``[number]`` around an encoded value (or around implicit SET content)."""
    return tlv(0xA0 | number, content)
