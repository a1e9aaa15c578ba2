"""Nodes → the model of a clinic, going on past everything that is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from pydantic import TypeAdapter, ValidationError

from oqsgen.clinic import words
from oqsgen.clinic.model import Clinic, Part, Terminal
from oqsgen.clinic.problem_at import problem
from oqsgen.clinic.secrets import looks_secret
from oqsgen.clinic.value_messages import (
    canonical,
    explained,
    missing,
    no_choice,
    no_group,
    no_list,
    read_as,
    to_be_asked,
    unknown_key,
    wrong_at,
)
from oqsgen.input.nodes import Entry, Mapping, Node, Position, Scalar, Sequence
from oqsgen.input.problems import Problem, Severity
from oqsgen.limits import CLINIC_ITEMS, CLINIC_PROBLEMS

UNSET: Final = object()
TO_BE_ASKED: Final = "TO_BE_ASKED"


class _WrongError(Exception):
    """The value cannot be used; its problem is in the list."""


class Key(NamedTuple):
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

    def is_left_out_by(self, text: str) -> bool:
        """Whether ``text`` says that there is none of this group or list, which may be so: なし."""
        may_be_nothing = self.may_be_empty if self.is_list else self.part and self.nullable
        return bool(may_be_nothing) and words.flag(text) is False


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

    def add(
        self, position: Position, path: str, code: str, message: str, severity: Severity = "error"
    ) -> None:
        new_problem = problem(self.file, position, path, code, message, severity)
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
            self.add(position, node.path, "BAD_TYPE", no_group(node))
            raise _WrongError
        values: dict[str, Any] = {}
        wrong_fields: list[str] = []
        for key in keys_of(cls):
            entry_or_none = node.get(key.name)
            if entry_or_none is None:
                if key.required:
                    path = f"{node.path}.{key.name}" if node.path else key.name
                    self.add(position, path, "MISSING_KEY", missing(path, key.hint))
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

        So no terminal goes through them again, however many somebody wrote. What is meant by one is read as that key.
        """
        pruned = self._known(Clinic, root)
        assert isinstance(pruned, Mapping)
        return pruned

    def _known(self, cls: type[Part], node: Node) -> Node:
        if not isinstance(node, Mapping):
            return node
        keys = {key.name: key for key in keys_of(cls)}
        free = [name for name in keys if not node.get(name)]
        entries = []
        for entry in node.entries:
            name = entry.key if entry.key in keys else self._unknown(entry, free, list(keys))
            if not name:
                continue
            key, value = keys[name], entry.value
            # What a terminal overrides are keys of the clinic.
            part = Clinic if cls is Terminal and key.name == "override" else key.part
            if part and key.is_list and isinstance(value, Sequence):
                items = tuple(self._known(part, item) for item in value.items)
                value = Sequence(value.path, value.position, items)
            elif part:
                value = self._known(part, value)
            entries.append(Entry(name, entry.position, value))
        return Mapping(node.path, node.position, tuple(entries))

    def _unknown(self, entry: Entry, free: list[str], names: list[str]) -> str:
        """Tell of a key that is none; the one of ``free`` that it stands for, which is free no more."""
        # Every key is compared with every name; nobody reads more than the first of the problems.
        if len(self.problems) > CLINIC_PROBLEMS.value or looks_secret(entry.key):
            return ""
        meant = words.key_meant(entry.key, free)
        message = unknown_key(entry.key, meant, names)
        self.add(entry.position, entry.value.path, "UNKNOWN_KEY", message)
        if meant:
            free.remove(meant)
        return meant

    def value(self, key: Key, entry: Entry) -> Any:
        """What the model holds for ``key``, UNSET where nothing was written."""
        node = entry.value
        if isinstance(node, Scalar) and node.is_null:
            if key.required:
                message = f"値がありません。書いてください（{key.hint}）。"
                self.add(entry.position, node.path, "BAD_TYPE", message)
                raise _WrongError
            if not node.text:
                self.add(entry.position, node.path, TO_BE_ASKED, to_be_asked(key.hint), "info")
            return None if key.nullable else UNSET
        if isinstance(node, Scalar) and key.is_left_out_by(node.text):
            nothing = "[]" if key.is_list else "null"
            self._read_as(node, nothing, f"{nothing}（なし）")
            return () if key.is_list else None
        if not key.is_list:
            return self.item(key, node, entry.position)
        return self._items(key, entry)

    def _items(self, key: Key, entry: Entry) -> tuple[Any, ...]:
        node = entry.value
        if not isinstance(node, Sequence):
            self.add(entry.position, node.path, "BAD_TYPE", no_list(key.name, node, key.part))
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

    def item(self, key: Key, node: Node, position: Position) -> Any:
        if key.part is not None or key.adapter is None:
            return self.part(key.part or Part, node, position)
        if not isinstance(node, Scalar) or node.is_null:
            self.add(position, node.path, "BAD_TYPE", f"値を1つだけ書いてください（{key.hint}）。")
            raise _WrongError
        if key.words:
            return self._choice(key.words, node)
        try:
            value = key.adapter.validate_python(node.text)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                code = each["type"] if each["type"].isupper() else "BAD_VALUE"
                self.add(wrong_at(node), node.path, code, explained(code, each["msg"], key.hint))
            raise _WrongError from None
        self._read_as(node, canonical(value, node.text))
        return value

    def _choice(self, choices: tuple[str, ...], node: Scalar) -> str:
        if node.text in choices:
            return node.text
        meant = words.meant(choices, node.text)
        if len(meant) != 1:
            self.add(node.position, node.path, "BAD_VALUE", no_choice(node.text, choices, meant))
            raise _WrongError
        self._read_as(node, meant[0], words.called(choices, meant[0]))
        return meant[0]

    def _read_as(self, node: Scalar, value: str, shown_as: str = "") -> None:
        """Tell how a value is read that is written in another way."""
        if node.text != value:
            position, message = read_as(node, value, shown_as or value)
            self.add(position, node.path, "READ_AS", message, "info")


@cache
def keys_of(cls: type[Part]) -> tuple[Key, ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple(_key(name, hints[name], cls) for name in cls.model_fields)


def _key(name: str, hint: Any, cls: type[Part]) -> Key:
    field = cls.model_fields[name]
    nullable = get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)
    if nullable:
        hint = next(each for each in get_args(hint) if each is not NoneType)
    is_list = get_origin(hint) is tuple
    item = get_args(hint)[0] if is_list else hint
    part = item if isinstance(item, type) and issubclass(item, Part) else None
    words = get_args(item) if get_origin(item) is Literal else ()
    return Key(
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
