"""What people write for the words of a clinic's file, and which of these words it can mean (``specs/words.yaml``)."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from oqsgen.resources import spec
from oqsgen.text import PERHAPS, half_width, perhaps

Choices = tuple[str, ...]


def plain(text: str) -> str:
    """``text`` without what people write differently: width, case, blanks, signs, long vowels."""
    return re.sub(r"[\s\W_ー]", "", half_width(text).casefold()).replace("windows", "win")


def meant(choices: Choices, text: str) -> Choices:
    """The choices that ``text`` can mean."""
    return tuple(c for c in choices if plain(text) in _names(choices)[c])


def title(choices: Choices, choice: str) -> str:
    """What a choice is called in Japanese; empty where it has no other name."""
    group = _group(choices)
    value: Any = choice
    for table in group.get("titles", ()):
        file, _, name = table.partition(".")
        value = spec(file)[name][value]
    if value != choice:
        return str(value["title"] if isinstance(value, dict) else value)
    return next(iter(group.get("names", {}).get(choice, ())), "")


def names(choices: Choices, choice: str) -> Choices:
    """What else may be written for a choice."""
    return tuple(_group(choices).get("names", {}).get(choice, ()))


def called(choices: Choices, choice: str) -> str:
    """A choice as it is written and called: 「ika（医科）」."""
    name = title(choices, choice)
    return f"{choice}（{name}）" if name and plain(name) != plain(choice) else choice


def near(text: str, choices: Choices) -> str:
    """「もしかして」 with the choice that is written or called nearly so, in brackets; or nothing."""
    names = _group(choices).get("names", {})
    of_name = {
        name: choice
        for choice in choices
        for name in (title(choices, choice), *names.get(choice, ()), choice)
        if meant(choices, name) == (choice,)
    }
    name = perhaps(text, of_name).removeprefix(PERHAPS)
    return f"（{PERHAPS}{of_name[name]}）" if name else ""


def otherwise(choices: Choices) -> str:
    """What to do where none of the choices is meant; empty where there is nothing else."""
    return str(_group(choices).get("otherwise", ""))


def flag(text: str) -> bool | None:
    """Yes, no, or neither."""
    # A sign alone, ○ or ×, is nothing once signs are left out.
    word = plain(text) or text.strip()
    for answer, words in ((True, spec("words")["yes"]), (False, spec("words")["no"])):
        if word in {plain(each) or each for each in words}:
            return answer
    return None


def key_meant(name: str, keys: Iterable[str]) -> str:
    """The key that somebody means by a name that is none; empty where nobody knows."""
    keys = list(keys)
    named = [key for key in keys if plain(name) in map(plain, spec("words")["keys"].get(key, ()))]
    if len(named) == 1:
        return named[0]
    return perhaps(name, keys).removeprefix(PERHAPS) if not named else ""


def form(key: str) -> str:
    """How the group ``key`` is written in one line, or nothing."""
    line = spec("words")["forms"].get(key)
    return f"{key}: {line}" if line else ""


def _group(choices: Choices) -> Any:
    groups = spec("words")["choices"]
    return next((group for group in groups if set(group["names"]) == set(choices)), {})


@cache
def _names(choices: Choices) -> dict[str, frozenset[str]]:
    names = _group(choices).get("names", {})
    return {
        choice: frozenset(map(plain, (choice, title(choices, choice), *names.get(choice, ()))))
        - {""}
        for choice in choices
    }
