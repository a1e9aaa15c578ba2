"""Nodes → the model of a clinic, going on past everything that is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from pydantic import TypeAdapter, ValidationError

from oqsgen.clinic.model import Clinic, Part, Terminal
from oqsgen.clinic.problem_at import problem
from oqsgen.clinic.secrets import looks_secret
from oqsgen.input.nodes import Entry, Mapping, Node, Position, Scalar, Sequence
from oqsgen.input.problems import Problem
from oqsgen.limits import CLINIC_ITEMS, CLINIC_PROBLEMS
from oqsgen.text import half_width, perhaps, shown

UNSET: Final = object()


class _WrongError(Exception):
    """The value cannot be used; its problem is in the list."""


class _Key(NamedTuple):
    """How one key of a group is read."""

    field: str
    name: str
    hint: str
    required: bool
    nullable: bool
    is_list: bool
    may_be_empty: bool
    part: type[Part] | None
    words: tuple[str, ...]
    adapter: TypeAdapter[Any] | None


@dataclass(frozen=True)
class _Reading:
    """What an entry of the file was read as, and whether anything in it is an error."""

    entry: Entry
    value: Any
    is_wrong: bool
    has_errors: bool


class ClinicReader:
    """Reads a clinic for each of its terminals; what several of them share is read once.

    ``problems`` are those of all that was read so far, each once.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: set[Problem] = set()
        self._readings: dict[int, _Reading] = {}
        self._has_errors = False

    def read(self, root: Mapping) -> tuple[Clinic, bool]:
        """The clinic of ``root``, and whether it has errors.

        What is wrong stays unset in it: asking raises ``UnknownError``.
        """
        self._has_errors = False
        clinic = self.part(Clinic, root, root.position)
        assert isinstance(clinic, Clinic)
        return clinic, self._has_errors

    def add(self, position: Position, path: str, code: str, message: str) -> None:
        new_problem = problem(self.file, position, path, code, message)
        self._has_errors |= new_problem.severity == "error"
        self.problems.add(new_problem)

    def once(self, entry: Entry, read: Callable[[], Any]) -> Any:
        """What ``read`` makes of ``entry``, asked the first time alone. Raises what it raised then."""
        reading = self._readings.get(id(entry))
        if reading is None:
            before, self._has_errors = self._has_errors, False
            value, is_wrong = None, False
            try:
                value = read()
            except _WrongError:
                is_wrong = True
            reading = _Reading(entry, value, is_wrong, self._has_errors)
            self._readings[id(entry)] = reading
            self._has_errors = before
        self._has_errors |= reading.has_errors
        if reading.is_wrong:
            raise _WrongError
        return reading.value

    def part(self, cls: type[Part], node: Node, position: Position) -> Part:
        """One group of keys; ``position`` is where a missing key is reported."""
        if not isinstance(node, Mapping):
            self.add(
                position, node.path, "BAD_TYPE", "「項目: 値」の形で、1つ下の段に書いてください。"
            )
            raise _WrongError
        values: dict[str, Any] = {}
        wrong_fields: list[str] = []
        for key in _keys(cls):
            entry_or_none = node.get(key.name)
            if entry_or_none is None:
                if key.required:
                    path = f"{node.path}.{key.name}" if node.path else key.name
                    self.add(
                        position,
                        path,
                        "MISSING_KEY",
                        f"「{path}」がありません。書いてください（{key.hint}）。",
                    )
                continue
            try:
                value = self.once(entry_or_none, partial(self.value, key, entry_or_none))
            except _WrongError:
                wrong_fields.append(key.field)
                continue
            if value is not UNSET:
                values[key.field] = value
        part = cls.model_construct(_fields_set=set(values), **values)
        for field in wrong_fields:
            part.__dict__.pop(field, None)
        return part

    def known_keys(self, root: Mapping) -> Mapping:
        """``root`` without the keys that the model does not have, each of them a problem.

        So no terminal goes through them again, however many somebody wrote.
        """
        pruned = self._known(Clinic, root)
        assert isinstance(pruned, Mapping)
        return pruned

    def _known(self, cls: type[Part], node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        keys = {key.name: key for key in _keys(cls)}
        entries = []
        for entry in node.entries:
            if entry.key not in keys:
                self._unknown(entry, list(keys))
                continue
            key, value = keys[entry.key], entry.value
            # What a terminal overrides are keys of the clinic.
            part = Clinic if cls is Terminal and key.name == "override" else key.part
            if part and key.is_list and isinstance(value, Sequence):
                items = tuple(self._known(part, item) for item in value.items)
                value = Sequence(value.path, value.position, items)
            elif part:
                value = self._known(part, value)
            entries.append(Entry(entry.key, entry.position, value))
        return Mapping(node.path, node.position, tuple(entries))

    def _unknown(self, entry: Entry, names: list[str]) -> None:
        # Every key is compared with every name; nobody reads more than the first of the problems.
        if len(self.problems) <= CLINIC_PROBLEMS.value and not looks_secret(entry.key):
            message = _unknown(entry.key, names)
            self.add(entry.position, entry.value.path, "UNKNOWN_KEY", message)

    def value(self, key: _Key, entry: Entry) -> Any:
        """What the model holds for ``key``, UNSET where nothing was written."""
        node = entry.value
        if isinstance(node, Scalar) and node.is_null:
            if key.required:
                message = f"値がありません。書いてください（{key.hint}）。"
                self.add(entry.position, node.path, "BAD_TYPE", message)
                raise _WrongError
            return None if key.nullable else UNSET
        if not key.is_list:
            return self.item(key, node, entry.position)
        if not isinstance(node, Sequence):
            message = "リストで書いてください（「- 」で始まる行を並べるか、[ ] で囲みます）。"
            self.add(entry.position, node.path, "BAD_TYPE", message)
            raise _WrongError
        if not node.items and not key.may_be_empty:
            message = f"「{node.path}」に何もありません。1つ以上書いてください（{key.hint}）。"
            self.add(entry.position, node.path, "MISSING_KEY", message)
            raise _WrongError
        if len(node.items) > CLINIC_ITEMS.value:
            message = f"多すぎます。{CLINIC_ITEMS.value} 件までで書いてください。"
            self.add(entry.position, node.path, "TOO_MANY_ITEMS", message)
            raise _WrongError
        items: list[Any] = []
        texts: set[str] = set()
        has_wrong_item = False
        for item in node.items:
            try:
                item_value = self.item(key, item, item.position)
            except _WrongError:
                has_wrong_item = True
                continue
            if key.part is None and str(item_value).casefold() in texts:
                self.add(
                    item.position, item.path, "BAD_VALUE", "同じ値が2回あります。消してください。"
                )
            texts.add(str(item_value).casefold())
            items.append(item_value)
        if has_wrong_item:
            raise _WrongError
        return tuple(items)

    def item(self, key: _Key, node: Node, position: Position) -> Any:
        if key.part is not None or key.adapter is None:
            return self.part(key.part or Part, node, position)
        if not isinstance(node, Scalar) or node.is_null:
            self.add(position, node.path, "BAD_TYPE", f"値を1つだけ書いてください（{key.hint}）。")
            raise _WrongError
        try:
            return key.adapter.validate_python(node.text)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                code = each["type"] if each["type"].isupper() else "BAD_VALUE"
                message = _choice(node.text, key.words) if key.words else each["msg"]
                self.add(node.position, node.path, code, message)
            raise _WrongError from None


def _unknown(name: str, names: list[str]) -> str:
    if ":" in name:
        return f"「{shown(name)}」の「:」のあとに半角の空白を入れてください。"
    hint = perhaps(name, names)
    end = f"（{hint}）" if hint else f"（ここに書けるのは {'、'.join(names)}）"
    return f"「{shown(name)}」という項目はありません。名前を直すか、消してください{end}。"


def _choice(text: str, words: tuple[str, ...]) -> str:
    hint = perhaps(text, words)
    end = f"（{hint}）" if hint else ""
    half = "半角で、" if half_width(text) != text else ""
    return f"「{shown(text)}」は使えません。{half}{'、'.join(words)} から選んでください{end}。"


@cache
def _keys(cls: type[Part]) -> tuple[_Key, ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple(_key(name, hints[name], cls) for name in cls.model_fields)


def _key(name: str, hint: Any, cls: type[Part]) -> _Key:
    field = cls.model_fields[name]
    nullable = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if nullable:
        hint = next(each for each in get_args(hint) if each is not NoneType)
    is_list = get_origin(hint) is tuple
    item = get_args(hint)[0] if is_list else hint
    part = item if isinstance(item, type) and issubclass(item, Part) else None
    words = get_args(item) if get_origin(item) is Literal else ()
    return _Key(
        field=name,
        name=field.alias or name,
        hint=field.description or "",
        required=field.is_required(),
        nullable=nullable,
        is_list=is_list,
        may_be_empty=not any(isinstance(each, MinLen) for each in field.metadata),
        part=part,
        words=words,
        adapter=None if part else TypeAdapter(item),
    )
