"""The key that a path names, and an answer to it in the words of a clinic's file."""

import re

from pydantic import ValidationError

from oqsgen.clinic import words
from oqsgen.clinic.model import Clinic, Part, Terminal
from oqsgen.clinic.read import Key, keys_of
from oqsgen.clinic.value_messages import canonical
from oqsgen.input.nodes import Position
from oqsgen.office.tree import Branch, Leaf, steps

_SEPARATOR = re.compile(r"\s*[;；,，、\n]\s*")


def key_at(path: str) -> Key:
    """How the key at ``path`` is read. Raises KeyError where the model has none."""
    part: type[Part] | None = Clinic
    key: Key | None = None
    for step in steps(path):
        if isinstance(step, int):
            continue
        key = {each.name: each for each in keys_of(part)}[step] if part else None
        if key is None:
            break
        # What a terminal overrides are keys of the clinic.
        part = Clinic if part is Terminal and key.name == "override" else key.part
    if key is None:
        raise KeyError(path)
    return key


def choices(key: Key) -> list[tuple[str, str]]:
    """The words to choose from and what each is called; those of a yes or no too. Empty for anything else."""
    if key.words and not key.is_list:
        return [(word, words.title(key.words, word) or word) for word in key.words]
    return [("true", "はい"), ("false", "いいえ")] if is_flag(key) else []


def is_flag(key: Key) -> bool:
    """Whether the key asks for yes or no."""
    return _valid(key, "true") is True and _valid(key, "x") is None


def branch(key: Key, text: str, position: Position) -> Branch:
    """An answer as it will stand in the file: a list's items each by itself, each in the words of the file."""
    if not key.is_list:
        return Leaf(written(key, text), position)
    if words.flag(text) is False:
        return []
    return [Leaf(written(key, item), position) for item in _SEPARATOR.split(text.strip()) if item]


def written(key: Key, text: str) -> str:
    """The word or the form that a clinic's file has for ``text``; itself where it means nothing, or two things."""
    if key.words:
        meant = words.meant(key.words, text)
        return meant[0] if text not in key.words and len(meant) == 1 else text
    value = _valid(key, text)
    return text if value is None else canonical(value, text)


def _valid(key: Key, text: str) -> object:
    if key.adapter is None:
        return None
    try:
        return key.adapter.validate_python(text)
    except ValidationError:
        return None
