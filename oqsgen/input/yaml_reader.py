"""YAML text as nodes that know where they stand. Scalars stay as they were written.

YAML 1.1 would read ``0110112461`` as an octal number and ``18:30`` as 1110, so nothing is
interpreted here. A clinic's file is plain: no anchors, aliases, tags or merge keys.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from oqsgen.input.clinic_text import EMPTY, ClinicText, FileError, read_text
from oqsgen.input.nodes import (
    NOWHERE,
    Document,
    Entry,
    Mapping,
    Node,
    Position,
    Scalar,
    Sequence,
)
from oqsgen.input.problems import Problem
from oqsgen.input.slips import Mended, follows, mend
from oqsgen.input.yaml_messages import explain
from oqsgen.limits import CLINIC_DEPTH, CLINIC_PROBLEMS
from oqsgen.text import cut, shown

PATH_LENGTH = 200
"""Characters of a path that are told, and that everything below it holds again; those that are known have fewer."""


def load(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a clinic's file. The document is None where nothing sensible can be read from it.

    Never raises for what a file holds or where it stands; never reads more than CLINIC_BYTES, nor on when there are
    more problems than are told.
    """
    source, problems = read_text(path)
    return parse(source) if source else (None, problems)


def parse(source: ClinicText) -> tuple[Document | None, list[Problem]]:
    """The nodes of a file's text, as far as there are any."""
    mended = mend(source.text)
    root: Mapping | None = None
    problems = [*mended.slips]
    if sum(slip.severity == "error" for slip in problems) <= CLINIC_PROBLEMS.value:
        root, more = _compose(mended)
        problems += (p for p in more if p.code != "YAML_SYNTAX" or not follows(p, mended.slips))
    if source.encoding:
        # What is no clinic in another encoding is that first of all.
        problems = [source.encoding, *(problems if root else [])]
    document = Document(source.file, root) if root else None
    return document, [problem.problem(source.file) for problem in problems]


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


def _compose(mended: Mended) -> tuple[Mapping | None, list[FileError]]:
    """Nodes from YAML's events, with a stack of its own: depth costs no recursion."""
    tree = _Tree()
    try:
        for event in _events(mended.text):
            mark = event.start_mark
            tree.take(event, mended.original(mark.line + 1, mark.column + 1) if mark else NOWHERE)
            if len(tree.problems) > CLINIC_PROBLEMS.value:
                return None, tree.problems
    except FileError as refused:
        return None, [*tree.problems, refused]
    except yaml.MarkedYAMLError as error:
        message, position = explain(error, mended.text)
        syntax = FileError("YAML_SYNTAX", message, mended.original(position.line, position.column))
        return None, [*tree.problems, syntax]
    except (yaml.YAMLError, ValueError, OverflowError):  # "\UFFFFFFFF" and its like
        message = "引用符の中の \\ の書き方が正しくありません。「'」で囲むとそのまま読めます。"
        return None, [*tree.problems, FileError("YAML_SYNTAX", message)]
    if isinstance(tree.root, Mapping):
        return tree.root, tree.problems
    return None, [*tree.problems, _no_mapping(tree.root)]


@dataclass
class _Tree:
    """What has been read: whole as ``root``, or still open on the stack."""

    problems: list[FileError] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None

    def take(self, event: yaml.Event, position: Position) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise FileError(
                "YAML_SYNTAX",
                "文書が2つあります。「---」から後ろを消すか、別のファイルに分けてください。",
                position,
            )
        if isinstance(event, yaml.NodeEvent):
            _refuse_features(event, position)
        if isinstance(event, yaml.CollectionStartEvent):
            _open(event, position, self.stack)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.add(self.stack.pop().close())
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event, position)

    def scalar(self, event: yaml.ScalarEvent, position: Position) -> None:
        if self.stack and self.stack[-1].is_mapping and self.stack[-1].key is None:
            self.problems.extend(_take_key(self.stack[-1], event, position))
            return
        node = _scalar(self.stack[-1].path_of_next() if self.stack else "", position, event)
        if node.text != event.value:
            self.problems.append(_half_character(node.path, position))
        self.add(node)

    def add(self, node: Node) -> None:
        if self.stack:
            _take_value(self.stack[-1], node)
        else:
            self.root = node


def _scalar(path: str, position: Position, event: yaml.ScalarEvent) -> Scalar:
    text, plain = _whole(event.value), event.style is None
    offset = 0 if plain else 1
    begin, end = event.start_mark, event.end_mark
    if not (
        begin
        and end
        and (end.line, end.column) == (begin.line, begin.column + len(text) + 2 * offset)
    ):
        return Scalar(path, position, text, plain)
    return Scalar(path, position, text, plain, offset)


def _no_mapping(root: Node | None) -> FileError:
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return FileError("FILE_EMPTY", EMPTY, root.position if root else Position(1, 1))
    return FileError(
        "BAD_TYPE",
        "施設の設定ファイルではありません。「項目: 値」の行を並べて書きます（例: 「power: auto」）。"
        "CSV や Excel の表は、そのままでは読めません。",
        root.position,
    )


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)
    return events


def _refuse_features(event: yaml.NodeEvent, position: Position) -> None:
    if event.anchor is not None:
        sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
        raise FileError(
            "YAML_FEATURE",
            f"アンカーと別名（{sign}{shown(event.anchor)}）は使えません。値をそのまま書くか、"
            f"「{sign}」で始まる値なら引用符で囲んでください。",
            position,
        )
    if getattr(event, "tag", None) is not None:
        raise FileError(
            "YAML_FEATURE",
            "タグ（! で始まる指定）は使えません。消すか、値なら引用符で囲んでください。",
            position,
        )


def _open(event: yaml.CollectionStartEvent, position: Position, stack: list[_Open]) -> None:
    if stack and stack[-1].is_mapping and stack[-1].key is None:
        raise FileError(
            "YAML_SYNTAX",
            "項目名に表やリストは使えません。項目名は1語で書いてください。",
            position,
        )
    if len(stack) >= CLINIC_DEPTH.value:
        raise FileError(
            "YAML_SYNTAX",
            f"入れ子が深すぎます（上限 {CLINIC_DEPTH.value} 段）。字下げと括弧を確かめてください。",
            position,
        )
    path = stack[-1].path_of_next() if stack else ""
    stack.append(_Open(path, position, isinstance(event, yaml.MappingStartEvent)))


def _take_key(mapping: _Open, event: yaml.ScalarEvent, position: Position) -> Iterator[FileError]:
    if event.value == "<<" and event.style is None:
        raise FileError(
            "YAML_FEATURE", "マージキー（<<）は使えません。値をそのまま書いてください。", position
        )
    key = _whole(event.value)
    first = mapping.entries.get(key)
    mapping.key = (key, position)
    mapping.ignored = first is not None
    path = mapping.path_of_next()
    if first is not None:
        yield FileError(
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


def _half_character(path: str, position: Position) -> FileError:
    return FileError(
        "BAD_VALUE",
        "文字になっていない \\u の指定があります。文字そのものを書いてください。",
        position,
        path,
    )
