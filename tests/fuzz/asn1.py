"""ASN.1 values as a tree that can be changed anywhere, and written again right or wrong."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Optional

from oqsgen.seal import der

CONSTRUCTED = 0x20
OCTETS, BITS, OID, INTEGER = 0x04, 0x03, 0x06, 0x02
TAGS = [
    0x01,
    0x02,
    0x03,
    0x04,
    0x05,
    0x06,
    0x0A,
    0x0C,
    0x13,
    0x14,
    0x16,
    0x17,
    0x18,
    0x1E,
    0x30,
    0x31,
]
TAGS += [0x00, 0x1F, 0x3F, 0x80, 0x81, 0x82, 0xA0, 0xA1, 0xA2, 0xA3, 0xBF, 0xFF]
OIDS = [
    *("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.32", "2.5.29.36", "2.5.29.37"),
    *("2.5.29.14", "2.5.29.35", "2.5.29.31", "1.3.6.1.4.1.11129.2.4.3", "1.3.6.1.5.5.7.1.1"),
    *("1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.8", "2.5.29.37.0", "2.5.4.3"),
    *("1.2.840.113549.1.1.1", "1.2.840.113549.1.1.5", "1.2.840.113549.1.1.10", "1.3.101.112"),
    *("1.2.840.113549.1.1.11", "1.2.840.10045.2.1", "1.2.840.10045.3.1.7", "1.3.132.0.10"),
    *("1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1", "1.3.14.3.2.26", "1.2.840.113549.2.5"),
    *("1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.4", "1.2.3.4"),
    *("1.2.840.113549.1.9.3", "1.2.840.113549.1.9.5", "1.3.6.1.4.1.311.3.3.1"),
    *("1.3.6.1.4.1.311.2.1.21", "1.3.6.1.4.1.311.2.1.22", "1.3.6.1.4.1.311.2.1.12"),
]
NUMBERS = [
    b"",
    b"\x00",
    b"\x01",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\x00\x80",
    b"\x00\x00\x01",
    b"\xff" * 9,
]
NUMBERS += [b"\x7f" + b"\xff" * 7, b"\x01" + b"\x00" * 20, b"\x7f" * 300, b"\x80" + b"\x00" * 7]
TIMES = [
    b"000101000000Z",
    b"491231235959Z",
    b"500101000000Z",
    b"260101000000Z",
    b"99",
    b"260230000000Z",
]
TIMES += [
    b"00000101000000Z",
    b"99991231235959Z",
    b"20260101000000Z",
    b"20260101000000.5Z",
    b"2026010100Z",
]
TIMES += [b"20260401000000+0900", b"\xd9\xa1\xd9\xa2", b"20261301000000Z", b"260101000060Z"]
TEXTS = [
    b"",
    b"\x00",
    b"a\x00b",
    b"\xff\xfe",
    b"\xd8\x00",
    b"\x1b[2J",
    b"\xe2\x80\xae",
    b"x" * 300,
    b"*",
]


class Node:
    """One value: its tag, and its content or the nodes in it. ``before`` stands ahead of what is in a BIT STRING."""

    def __init__(self, tag: int, content: bytes = b"", inner: list["Node"] | None = None) -> None:
        self.tag, self.content, self.inner = tag, content, inner
        self.before = b""
        self.form = ""
        """Another way to write the length than the right one."""

    def encoded(self) -> bytes:
        content = self.content
        if self.inner is not None:
            content = self.before + b"".join(node.encoded() for node in self.inner)
        if self.form == "long":
            return bytes((self.tag, 0x84)) + len(content).to_bytes(4, "big") + content
        if self.form == "endless":
            return bytes((self.tag, 0x80)) + content + b"\0\0"
        if self.form == "short of":
            return der.tlv(self.tag, content)[:-1]
        return der.tlv(self.tag, content)

    def at(self, *places: int) -> "Node":
        """The node at these indexes. Raises LookupError where there is none."""
        node = self
        for place in places:
            if node.inner is None:
                raise LookupError
            node = node.inner[place]
        return node

    def all(self) -> Iterator[tuple[Optional["Node"], "Node"]]:
        """Every node with the one above it."""
        pending: list[tuple[Node | None, Node]] = [(None, self)]
        while pending:
            above, node = pending.pop()
            yield above, node
            pending += [(node, inner) for inner in node.inner or ()]

    def replace(self, other: "Node") -> None:
        self.tag, self.content, self.inner = other.tag, other.content, other.inner
        self.before, self.form = other.before, other.form


def tree(data: bytes) -> Node:
    """The one value that ``data`` is, as far in as it can be read. Raises ValueError."""
    (node,) = _nodes(data)
    return node


def _nodes(data: bytes) -> list[Node]:
    nodes, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError
        tag, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            width = size & 0x7F
            size = int.from_bytes(data[at : at + width], "big")
            at += width
            if width == 0 or size < 0x80:
                raise ValueError
        if (tag & 0x1F in (0x00, 0x1F) and tag < 0x80) or at + size > len(data):
            raise ValueError
        nodes.append(_node(tag, data[at : at + size]))
        at += size
    return nodes


def _node(tag: int, content: bytes) -> Node:
    node = Node(tag, content)
    before = b"\x00" if tag == BITS else b""
    wraps = tag in (OCTETS, BITS) and len(content) > 2 and content.startswith(before)
    if tag & CONSTRUCTED or wraps:
        try:
            inner = _nodes(content[len(before) if wraps else 0 :])
        except ValueError:
            return node
        if tag & CONSTRUCTED or len(inner) == 1:
            node.inner, node.before = inner, before if wraps else b""
    return node


def change(root: Node, rng: random.Random) -> None:
    """Change something in the tree of ``root``."""
    nodes = list(root.all())
    above, node = rng.choice(nodes)
    rng.choice(CHANGES)(rng, nodes, above, node)


Pairs = list[tuple[Node | None, Node]]


def _drop(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    if above and above.inner:
        above.inner = [one for one in above.inner if one is not node]


def _twice(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    if above and above.inner:
        times = rng.choice([1, 1, 1, 2, 12])
        above.inner = above.inner + [deepcopy(node) for _ in range(times)]


def _turn(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    if above and above.inner:
        rng.shuffle(above.inner)


def _from_elsewhere(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    node.replace(deepcopy(rng.choice(nodes)[1]))


def _tag(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    node.tag = rng.choice(TAGS)


def _form(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    node.form = rng.choice(["long", "endless", "short of"])


def _wrap(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    for _ in range(rng.choice([1, 1, 2, 40])):
        node.replace(Node(rng.choice([0x30, 0x31, 0xA0, 0x04]), inner=[deepcopy(node)]))


def _unwrap(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    if node.inner:
        node.replace(deepcopy(rng.choice(node.inner)))


def _content(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    """Another content that fits the tag, or nearly."""
    data = bytearray(node.content if node.inner is None else node.encoded())
    node.inner = None
    kinds: dict[int, list[bytes]] = {INTEGER: NUMBERS, 0x01: NUMBERS, 0x17: TIMES, 0x18: TIMES}
    if node.tag == OID and rng.random() < 0.8:
        node.content = der.oid(rng.choice(OIDS))[2:]
    elif node.tag in kinds and rng.random() < 0.8:
        node.content = rng.choice(kinds[node.tag])
    elif rng.random() < 0.3:
        node.content = rng.choice(TEXTS)
    else:
        for _ in several_bytes(rng):
            if data:
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        node.content = bytes(data) + rng.randbytes(rng.choice([0, 0, 0, 1, 9]))


def several_bytes(rng: random.Random) -> range:
    return range(rng.choice([1, 1, 1, 2, 5]))


def _time(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    times = [one for _, one in nodes if one.tag in (0x17, 0x18)]
    if times:
        one = rng.choice(times)
        one.tag, one.content = rng.choice([(one.tag, one.tag), (0x18, 0x18)])[0], rng.choice(TIMES)


def _oid(rng: random.Random, nodes: Pairs, above: Node | None, node: Node) -> None:
    oids = [one for _, one in nodes if one.tag == OID]
    if oids:
        rng.choice(oids).content = der.oid(rng.choice(OIDS))[2:]


Change = Callable[[random.Random, Pairs, Node | None, Node], None]
CHANGES: list[Change] = [
    *(_drop, _twice, _turn, _from_elsewhere, _tag, _form, _wrap, _unwrap),
    *(_content, _content, _content, _time, _oid),
]
