"""What a file's YAML says, as nodes that know where they stand; scalars stay as they were written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Position(NamedTuple):
    """Where a key or a value begins; line and column count from 1, columns in characters.

    ``file`` is empty in the document's own file; what an office says for all clinics stands in another one.
    """

    line: int
    column: int
    file: str = ""


NOWHERE = Position(0, 0)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written. ``plain`` is False for a quoted or block scalar."""

    path: str
    position: Position
    text: str
    plain: bool = True
    offset: int | None = field(default=None, compare=False)
    """Columns from ``position`` to its first character, where every character stands in the file as itself."""

    def place_of(self, index: int) -> Position:
        """Where the character at ``index`` stands, or the whole value where that is not known."""
        if self.offset is None:
            return self.position
        return self.position._replace(column=self.position.column + self.offset + index)

    @property
    def is_null(self) -> bool:
        """Whether nothing was written, or YAML's words for nothing."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``key: value`` of a mapping; ``position`` is where the key begins."""

    key: str
    position: Position
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; every key once."""

    path: str
    position: Position
    entries: tuple[Entry, ...] = ()
    _by_key: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {entry.key: entry for entry in self.entries})

    def get(self, key: str) -> Entry | None:
        """The entry of ``key``, if it is there."""
        return self._by_key.get(key)


@dataclass(frozen=True, slots=True)
class Sequence:
    """The items of a list, in order."""

    path: str
    position: Position
    items: tuple["Node", ...] = ()


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True)
class Document:
    """One file: the name it was asked for by, and its nodes."""

    file: str
    root: Mapping


def standing_in(file: str, node: Node) -> Node:
    """``node`` and all below it, with ``file`` in every position."""
    position = node.position._replace(file=file)
    if isinstance(node, Scalar):
        return replace(node, position=position)
    if isinstance(node, Sequence):
        return Sequence(node.path, position, tuple(standing_in(file, item) for item in node.items))
    return Mapping(
        node.path,
        position,
        tuple(
            Entry(each.key, each.position._replace(file=file), standing_in(file, each.value))
            for each in node.entries
        ),
    )


def walk(node: Node) -> Iterable[tuple[Entry | None, Node]]:
    """Every node below and with ``node``, in the order of the file, each with its key."""
    stack: list[tuple[Entry | None, Node]] = [(None, node)]
    while stack:
        entry, current = stack.pop()
        yield entry, current
        if isinstance(current, Mapping):
            stack.extend((each, each.value) for each in reversed(current.entries))
        elif isinstance(current, Sequence):
            stack.extend((None, item) for item in reversed(current.items))
