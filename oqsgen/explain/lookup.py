"""Which entries an id means, and which one may be meant."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from oqsgen.clinic import words
from oqsgen.explain.codes import exit_entries, problem_entries
from oqsgen.explain.entry import Entry, Sort
from oqsgen.explain.keys import key_entries, keys, value_entries
from oqsgen.explain.steps import row_entries, setting_entries
from oqsgen.text import PERHAPS, perhaps

_MADE: dict[Sort, Callable[[], Iterator[Entry]]] = {
    "key": key_entries,
    "value": value_entries,
    "setting": setting_entries,
    "row": row_entries,
    "problem": problem_entries,
    "exit": exit_entries,
}


@cache
def entries(sort: Sort) -> tuple[Entry, ...]:
    """All entries of a sort."""
    return tuple(_MADE[sort]())


@cache
def everything() -> tuple[Entry, ...]:
    """All entries."""
    return tuple(entry for sort in _MADE for entry in entries(sort))


def find(id: str) -> tuple[Entry, ...]:
    """The entries that ``id`` means: a whole id, the end of a key's path, or a value by itself or by its name."""
    plain = _plain(id)
    exact = tuple(entry for entry in everything() if entry.id.casefold() == plain)
    return exact or tuple(_by_end(plain)) or tuple(_by_name(id))


def near(id: str) -> str:
    """「もしかして」 with the id that is most like ``id``, or nothing."""
    ends = [entry.id.rpartition("=")[2] for entry in entries("value")]
    spelt = {word.casefold(): word for word in (*(entry.id for entry in everything()), *ends)}
    guess = perhaps(id, spelt).removeprefix(PERHAPS)
    meant = words.key_meant(id, {entry.id.rpartition(".")[2] for entry in entries("key")})
    best = spelt.get(guess, meant)
    return f"{PERHAPS}{best}" if best else ""


def _plain(id: str) -> str:
    """An id as it stands in no place of a list and under no ``override``: ``terminals[0].name`` is ``terminals.name``."""
    without_places = re.sub(r"\[[0-9]*\]", "", id.strip())
    without_value = re.sub(r"\s*[=:]\s*", "=", without_places).removesuffix("=")
    return without_value.removeprefix("terminals.override.").casefold()


def _by_end(plain: str) -> Iterator[Entry]:
    for entry in (*entries("key"), *entries("value")):
        if entry.id.casefold().endswith((f".{plain}", f"={plain}")):
            yield entry


def _by_name(id: str) -> Iterator[Entry]:
    for key in keys():
        for choice in words.meant(key.choices, id) if key.choices else ():
            yield from (entry for entry in entries("value") if entry.id == f"{key.path}={choice}")
