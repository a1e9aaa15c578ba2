"""YAML text as nodes that know where they stand. Scalars stay as they were written.

YAML 1.1 would read ``0110112461`` as an octal number and ``18:30`` as 1110, so nothing is
interpreted here. A clinic's file is plain: no anchors, aliases, tags or merge keys.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from oqsgen.files import NotRegularError, TooLargeError, read_regular
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_messages import explain, place_of
from oqsgen.limits import CLINIC_BYTES, CLINIC_DEPTH, CLINIC_PROBLEMS, KB
from oqsgen.text import cut, shown


class Position(NamedTuple):
    """Where a key or a value begins; both count from 1, columns in characters."""

    line: int
    column: int


NOWHERE = Position(0, 0)
PATH_LENGTH = 200
"""Characters of a path that are told, and that everything below it holds again; those that are known have fewer."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written. ``plain`` is False for a quoted or block scalar."""

    path: str
    position: Position
    text: str
    plain: bool = True

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


def load(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a clinic's file. The document is None where nothing sensible can be read from it.

    Never raises for what a file holds or where it stands; never reads more than CLINIC_BYTES, nor on when there are
    more problems than are told.
    """
    try:
        text = _decode(_read(path))
        root, problems = _compose(text)
    except _FileError as error:
        return None, [error.problem(str(path))]
    file_problems = [problem.problem(str(path)) for problem in problems]
    return (Document(str(path), root) if root else None), file_problems


@dataclass
class _FileError(Exception):
    """A problem that does not know its file yet; raised where reading cannot go on."""

    code: str
    message: str
    position: Position = NOWHERE
    path: str = ""

    def problem(self, file: str) -> Problem:
        line, column = self.position
        return Problem(file, line, column, self.code, "error", self.path, self.message)


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _FileError(
                "FILE_UNREADABLE", "フォルダーです。YAMLファイルの名前を指定してください。"
            )
        return read_regular(path, CLINIC_BYTES)
    except FileNotFoundError:
        raise _FileError(
            "FILE_UNREADABLE", "ファイルがありません。名前とフォルダーを確かめてください。"
        ) from None
    except PermissionError:
        raise _FileError(
            "FILE_UNREADABLE",
            "読み取る権限がありません。ファイルのアクセス権を確かめてください。",
        ) from None
    except TooLargeError:
        raise _FileError(
            "FILE_TOO_LARGE",
            f"大きすぎます（上限 {CLINIC_BYTES.value // KB} KB）。"
            "施設の設定ファイルかどうか確かめてください。",
        ) from None
    except NotRegularError:
        raise _FileError(
            "FILE_UNREADABLE",
            "通常のファイルではありません。YAMLファイルの名前を指定してください。",
        ) from None
    except (OSError, ValueError):  # a NUL in the name, too long a name, a loop of links
        raise _FileError(
            "FILE_UNREADABLE", "読み取れません。ファイルの名前と場所を確かめてください。"
        ) from None


_SAVE_AS_UTF8 = "文字コード UTF-8 で保存し直してください（メモ帳: 名前を付けて保存 → エンコード）。"


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise _FileError("FILE_ENCODING", f"UTF-16 のファイルです。{_SAVE_AS_UTF8}", Position(1, 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        name = "Shift_JIS" if _is_shift_jis(data) else "UTF-8 以外の文字コード"
        raise _FileError(
            "FILE_ENCODING", f"{name} のファイルのようです。{_SAVE_AS_UTF8}", _end_of(before)
        ) from None
    unprintable = _UNPRINTABLE.search(text)
    if unprintable:
        raise _FileError(
            "CONTROL_CHARACTER",
            f"使えない文字（U+{ord(unprintable[0]):04X}）があります。"
            "この位置の見えない文字を消してください。",
            _end_of(text[: unprintable.start()]),
        )
    if not text.strip():
        raise _FileError(
            "FILE_EMPTY",
            "何も書かれていません。specs/examples/smallest.yaml の例を写して書き始めてください。",
            Position(1, 1),
        )
    return text


# What YAML takes for printable, without the three further line breaks that no editor shows as one.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def _is_shift_jis(data: bytes) -> bool:
    try:
        data.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True


def _end_of(text: str) -> Position:
    lines = re.split(r"\r\n|\r|\n", text)
    return Position(len(lines), len(lines[-1]) + 1)


@dataclass
class _Open:
    """A mapping or list that has begun. ``key`` waits for its value."""

    path: str
    position: Position
    is_mapping: bool
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    key: tuple[str, Position] | None = None
    ignored: bool = False  # the value of a key that was already there

    def path_of_next(self) -> str:
        if not self.is_mapping:
            return cut(f"{self.path}[{len(self.items)}]", PATH_LENGTH)
        name = self.key[0] if self.key else ""
        return cut(f"{self.path}.{name}" if self.path else name, PATH_LENGTH)

    def close(self) -> Node:
        if self.is_mapping:
            return Mapping(self.path, self.position, tuple(self.entries.values()))
        return Sequence(self.path, self.position, tuple(self.items))


def _compose(text: str) -> tuple[Mapping | None, list[_FileError]]:
    """Nodes from YAML's events, with a stack of its own: depth costs no recursion."""
    problems: list[_FileError] = []
    stack: list[_Open] = []
    root: Node | None = None
    try:
        for event in _events(text):
            mark = event.start_mark
            position = Position(mark.line + 1, mark.column + 1) if mark else NOWHERE
            node: Node | None = None
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                raise _FileError(
                    "YAML_SYNTAX",
                    "文書が2つあります。「---」から後ろを消すか、別のファイルに分けてください。",
                    position,
                )
            if isinstance(event, yaml.NodeEvent):
                _refuse_features(event, position)
            if isinstance(event, yaml.CollectionStartEvent):
                _open(event, position, stack)
            elif isinstance(event, yaml.CollectionEndEvent):
                node = stack.pop().close()
            elif isinstance(event, yaml.ScalarEvent):
                if stack and stack[-1].is_mapping and stack[-1].key is None:
                    problems.extend(_take_key(stack[-1], event, position))
                else:
                    path = stack[-1].path_of_next() if stack else ""
                    node = Scalar(path, position, _whole(event.value), event.style is None)
                    if node.text != event.value:
                        problems.append(_half_character(path, position))
            if len(problems) > CLINIC_PROBLEMS.value:
                return None, problems
            if node is not None:
                if stack:
                    _take_value(stack[-1], node)
                else:
                    root = node
    except _FileError as refused:
        return None, [*problems, refused]
    except yaml.MarkedYAMLError as error:
        mark = place_of(error)
        position = Position(mark.line + 1, mark.column + 1) if mark else NOWHERE
        return None, [*problems, _FileError("YAML_SYNTAX", explain(error, text), position)]
    except (yaml.YAMLError, ValueError, OverflowError):  # "\UFFFFFFFF" and its like
        message = "引用符の中の \\ の書き方が正しくありません。「'」で囲むとそのまま読めます。"
        return None, [*problems, _FileError("YAML_SYNTAX", message)]
    if not isinstance(root, Mapping):
        position = root.position if root else Position(1, 1)
        code, message = (
            (
                "FILE_EMPTY",
                "何も書かれていません。specs/examples/smallest.yaml の例を写して書き始めてください。",
            )
            if root is None or (isinstance(root, Scalar) and root.is_null)
            else ("BAD_TYPE", "「facility:」のような項目の並びではありません。")
        )
        return None, [*problems, _FileError(code, message, position)]
    return root, problems


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
    return events


def _refuse_features(event: yaml.NodeEvent, position: Position) -> None:
    if event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        raise _FileError(
            "YAML_FEATURE",
            f"アンカーと別名（{sign}{shown(event.anchor)}）は使えません。値をそのまま書くか、"
            f"「{sign}」で始まる値なら引用符で囲んでください。",
            position,
        )
    if getattr(event, "tag", None) is not None:
        raise _FileError(
            "YAML_FEATURE",
            "タグ（! で始まる指定）は使えません。消すか、値なら引用符で囲んでください。",
            position,
        )


def _open(event: yaml.CollectionStartEvent, position: Position, stack: list[_Open]) -> None:
    if stack and stack[-1].is_mapping and stack[-1].key is None:
        raise _FileError(
            "YAML_SYNTAX",
            "項目名に表やリストは使えません。項目名は1語で書いてください。",
            position,
        )
    if len(stack) >= CLINIC_DEPTH.value:
        raise _FileError(
            "YAML_SYNTAX",
            f"入れ子が深すぎます（上限 {CLINIC_DEPTH.value} 段）。字下げと括弧を確かめてください。",
            position,
        )
    path = stack[-1].path_of_next() if stack else ""
    stack.append(_Open(path, position, isinstance(event, yaml.MappingStartEvent)))


def _take_key(mapping: _Open, event: yaml.ScalarEvent, position: Position) -> Iterator[_FileError]:
    if event.value == "<<" and event.style is None:
        raise _FileError(
            "YAML_FEATURE", "マージキー（<<）は使えません。値をそのまま書いてください。", position
        )
    key = _whole(event.value)
    first = mapping.entries.get(key)
    mapping.key = (key, position)
    mapping.ignored = first is not None
    path = mapping.path_of_next()
    if first is not None:
        yield _FileError(
            "DUPLICATE_KEY",
            f"「{shown(key)}」が2回書かれています（1回目は {first.position.line} 行目）。"
            "片方を消してください。",
            position,
            path,
        )
    if key != event.value:
        yield _half_character(path, position)


def _take_value(parent: _Open, node: Node) -> None:
    if not parent.is_mapping:
        parent.items.append(node)
    elif parent.key is not None:
        key, position = parent.key
        if not parent.ignored:
            parent.entries[key] = Entry(key, position, node)
        parent.key = None


def _whole(text: str) -> str:
    """``text`` with U+FFFD for halves of characters (``"\\ud800"``), which no file can hold."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _half_character(path: str, position: Position) -> _FileError:
    return _FileError(
        "BAD_VALUE",
        "文字になっていない \\u の指定があります。文字そのものを書いてください。",
        position,
        path,
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
