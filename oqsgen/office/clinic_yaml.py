"""A clinic's file as text, with what each key is beside it; and the blank one, with every key."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from oqsgen.clinic import words
from oqsgen.clinic.model import Clinic, Part, Terminal
from oqsgen.clinic.read import Key, keys_of
from oqsgen.clinic.schema import editor_line
from oqsgen.office.keys import is_flag
from oqsgen.office.tree import Branch, Leaf, Tree
from oqsgen.text import columns, wrapped

NOTE_COLUMN = 34
WIDTH = 100

HEAD = (
    "資格確認端末の設定ファイル。直したら oqsgen check で確かめます。",
    "書かない項目は、手順書の値か、ツールの提案になります。秘密の値（パスワードなど）は書きません。",
)
BLANK_HEAD = (
    "資格確認端末の設定ファイル: すべての項目。",
    "「##」の行は説明です。「#」が 1 つの行は、その「#」を消すと使えます（上の段の行も一緒に）。",
    "「#」のない行は必ず書きます。秘密の値（パスワードなど）は書きません。",
)


class _Line(NamedTuple):
    text: str
    note: str = ""


def clinic_yaml(tree: Tree, remarks: Sequence[str] = ()) -> str:
    """The text of a clinic's file; ``remarks`` are lines of their own at its end."""
    lines = [editor_line(), *(f"# {line}" for line in HEAD)]
    for name, branch in _known(Clinic, tree):
        lines += ["", *map(_with_note, _entry(name, branch, ""))]
    lines += ["", *(f"# {line}" for line in remarks)] if remarks else []
    return "\n".join(lines) + "\n"


def blank() -> str:
    """Every key with its meaning and its values: those that a file needs are empty, the others comments."""
    head = [editor_line(), *(f"## {line}" for line in BLANK_HEAD)]
    return "\n".join([*head, *_blank(Clinic, "")]) + "\n"


def _known(part: type[Part], tree: Tree) -> Iterator[tuple[Key, Branch]]:
    return ((key, tree[key.name]) for key in keys_of(part) if key.name in tree)


def _entry(
    key: Key, branch: Branch, indent: str, part: type[Part] | None = None
) -> Iterator[_Line]:
    part = part or key.part
    head = f"{indent}{key.name}:"
    if isinstance(branch, Leaf):
        yield _Line(f"{head} {scalar(branch.text)}".rstrip(), _note(key, branch.text))
    elif isinstance(branch, dict) and part:
        yield _Line(head, _note(key))
        for inner, each in _known(part, branch):
            yield from _entry(inner, each, f"{indent}  ", _part_below(part, inner))
    elif isinstance(branch, list) and key.part and branch:
        yield _Line(head, _note(key))
        for item in branch:
            assert isinstance(item, dict)
            yield from _item(key.part, item, f"{indent}  ")
    elif isinstance(branch, list):
        items = ", ".join(scalar(item.text) for item in branch if isinstance(item, Leaf))
        yield _Line(f"{head} [{items}]", _note(key))


def _item(part: type[Part], item: Tree, indent: str) -> Iterator[_Line]:
    lines = [
        line
        for key, branch in _known(part, item)
        for line in _entry(key, branch, f"{indent}  ", _part_below(part, key))
    ]
    for number, line in enumerate(lines):
        begin = f"{indent}- " if number == 0 else f"{indent}  "
        yield _Line(begin + line.text[len(begin) :], line.note)


def _part_below(part: type[Part], key: Key) -> type[Part] | None:
    """What a terminal overrides are keys of the clinic."""
    return Clinic if part is Terminal and key.name == "override" else key.part


def scalar(text: str) -> str:
    """A value as YAML reads it as itself: times and codes in quotes, as a person would."""
    if not text or re.fullmatch(
        r"true|false|[1-9]?[0-9]|[1-9][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}", text
    ):
        return text
    if (
        not text.isdecimal()
        and not re.search(r"[\[\]{},\"'#&*!|>%@`\\:]|^[\s?-]|\s$", text)
        and _is_text(text)
    ):
        return text
    if "\\" in text or '"' in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _is_text(text: str) -> bool:
    try:
        return bool(yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError):
        return False


def _note(key: Key, text: str = "") -> str:
    """What a key is, in a few words, and what its value is called."""
    about = re.split("[。:]", key.hint)[0]
    title = words.title(key.words, text) if text in key.words else ""
    if title and text in about:  # the hint names the values
        return title
    return f"{about}: {title}" if title else about


def _with_note(line: _Line) -> str:
    if not line.note:
        return line.text
    blanks = max(2, NOTE_COLUMN - columns(line.text))
    return f"{line.text}{' ' * blanks}# {line.note}"


def _blank(part: type[Part], indent: str, *, is_off: bool = False) -> Iterator[str]:
    """The keys of a group; with ``is_off`` one that a file can do without."""
    for key in keys_of(part):
        off = is_off or not key.required
        if not indent:
            yield ""
        yield from (f"{' ' * len(indent)}## {line}" for line in _meaning(part, key))
        yield f"{'#' if off else ''}{indent}{key.name}: {_default(part, key)}".rstrip()
        # A dash stands before the first key alone.
        indent = " " * len(indent)
        if key.part:
            yield from _blank(
                key.part, f"{indent}  - " if key.is_list else f"{indent}  ", is_off=off
            )


def _meaning(part: type[Part], key: Key) -> list[str]:
    meaning = key.hint.rstrip("。")
    if key.words:
        meaning = meaning.partition(":")[0]
        meaning += "。値: " + "、".join(words.called(key.words, word) for word in key.words)
    elif is_flag(key):
        meaning += "。値: true、false"
    return wrapped(meaning + ("（必須）" if key.required else ""), WIDTH - 12)


def _default(part: type[Part], key: Key) -> str:
    default = part.model_fields[key.field].default
    if isinstance(default, bool):
        return str(default).lower()
    if key.words and isinstance(default, str):
        return default
    return "[]" if key.is_list and not key.part and default == () else ""
