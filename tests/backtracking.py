"""How many steps a backtracking engine takes to look for a regular expression in a text: counted, since time on a
machine that others use proves nothing. It tries in the order in which .NET's engine tries, without that one's shortcuts, so that
its count is never the smaller one.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Then = Callable[[int], bool]
SHOWN = [chr(code) for code in (*range(9, 14), *range(32, 127), 0x85, 0xE9, 0x3000, 0x3042)]


@contextmanager
def _deep() -> Iterator[None]:
    """More calls within each other than Python allows; only here, since its own JSON reader relies on the limit."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


class Steps:
    """One expression, as Python reads it, and how far one text has been followed."""

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        # \\z is .NET's word for the very end; Python's is \\Z.
        compiled = re.compile(pattern.replace(r"\z", r"\Z"), re.I if ignore_case else 0)
        self.flags = compiled.flags
        self.tree = parser.parse(compiled.pattern, compiled.flags)

    def taken(self, text: str, most: int) -> int:
        """Steps to find all matches of ``text`` from its beginning to its end; more than ``most`` are not counted."""
        self.text, self.count, self.most = text, 0, most
        self.ends: list[int] = []
        start = 0

        def close(end: int) -> bool:
            self.ends.append(end)
            return True

        with _deep():
            while start <= len(text) and self.count <= most:
                before = len(self.ends)
                self._run(list(self.tree), 0, start, close)
                start = max(start + 1, *self.ends[before:], 0)
        return self.count

    def _run(self, nodes: list[Any], index: int, at: int, then: Then) -> bool:
        self.count += 1
        if self.count > self.most:
            return True
        if index == len(nodes):
            return then(at)
        name, value = str(nodes[index][0]), nodes[index][1]

        def after(end: int) -> bool:
            return self._run(nodes, index + 1, end, then)

        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(name, value, at, after)
        if name == "SUBPATTERN":
            return self._run(list(value[3]), 0, at, after)
        if name == "ATOMIC_GROUP":
            ends: list[int] = []

            def close(end: int) -> bool:
                ends.append(end)
                return True

            return self._run(list(value), 0, at, close) and after(ends[0] if ends else at)
        if name == "BRANCH":
            return any(self._run(list(branch), 0, at, after) for branch in value[1])
        if name in ("ASSERT", "ASSERT_NOT"):
            start = at - len(list(value[1])) if value[0] < 0 else at
            met = start >= 0 and self._run(list(value[1]), 0, start, lambda end: True)
            return met == (name == "ASSERT") and after(at)
        if name == "AT":
            return self._stands(str(value), at) and after(at)
        return at < len(self.text) and self.takes(nodes[index], self.text[at]) and after(at + 1)

    def _repeat(self, name: str, value: Any, at: int, after: Then) -> bool:
        least, most, inner = int(value[0]), int(value[1]), list(value[2])
        if len(inner) == 1 and self.single(inner[0]):
            end = at
            limit = min(len(self.text), at + most)
            if name == "MIN_REPEAT":
                limit = min(limit, at + least)
            while end < limit and self.takes(inner[0], self.text[end]):
                end += 1
                self.count += 1
            if name == "MIN_REPEAT":
                return self._lazily(inner[0], at, least, most, end, after)
            return any(after(stop) for stop in range(end, at + least - 1, -1))

        def more(done: int, here: int) -> bool:
            if done >= most:
                return False
            return self._run(inner, 0, here, lambda end: end > here and again(done + 1, end))

        def again(done: int, here: int) -> bool:
            if name == "MAX_REPEAT":
                return more(done, here) or (done >= least and after(here))
            return (done >= least and after(here)) or more(done, here)

        return again(0, at)

    def _lazily(self, node: Any, at: int, least: int, most: int, end: int, after: Then) -> bool:
        if end < at + least:
            return False
        while not after(end):
            if end - at >= most or end >= len(self.text) or not self.takes(node, self.text[end]):
                return False
            end += 1
            self.count += 1
        return True

    def _stands(self, place: str, at: int) -> bool:
        text = self.text
        if place == "AT_BEGINNING":
            return at == 0 or bool(self.flags & re.M and text[at - 1] == "\n")
        if place == "AT_END":
            return text[at:] in ("", "\n") or bool(self.flags & re.M and text[at] == "\n")
        if place == "AT_END_STRING":
            return at == len(text)
        assert place in ("AT_BOUNDARY", "AT_NON_BOUNDARY"), place
        sides = [
            at > 0 and bool(re.match(r"\w", text[at - 1])),
            at < len(text) and bool(re.match(r"\w", text[at])),
        ]
        return (sides[0] != sides[1]) == (place == "AT_BOUNDARY")

    def single(self, node: Any) -> bool:
        """Whether a part of the expression stands for one character."""
        return str(node[0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN")

    def takes(self, node: Any, character: str) -> bool:
        """Whether such a part takes a character."""
        name, value = str(node[0]), node[1]
        if name == "ANY":
            return character != "\n" or bool(self.flags & re.S)
        forms = (
            {character, character.lower(), character.upper()} if self.flags & re.I else {character}
        )
        if name == "LITERAL":
            return any(ord(form) == value for form in forms if len(form) == 1)
        if name == "NOT_LITERAL":
            return all(ord(form) != value for form in forms if len(form) == 1)
        assert name == "IN", name
        items = list(value)
        negated = str(items[0][0]) == "NEGATE"
        return (
            any(
                self._in(item, form) for item in items[negated:] for form in forms if len(form) == 1
            )
            != negated
        )

    def _in(self, item: Any, character: str) -> bool:
        name, value = str(item[0]), item[1]
        if name == "LITERAL":
            return bool(ord(character) == value)
        if name == "RANGE":
            return bool(value[0] <= ord(character) <= value[1])
        assert name == "CATEGORY", name
        sort = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[str(value).rpartition("_")[2]]
        return bool(re.match(sort, character)) != ("_NOT_" in str(value))


def hostile(steps: Steps, length: int) -> Iterator[str]:
    """Texts of about a length that make the most work: each run of characters that a repetition takes, behind what
    leads to it, and in front of what no expression waits for; whole matches, and beginnings of them, over and over.
    """
    paths = [path for path in _paths(list(steps.tree))][:200]
    seen: set[str] = set()
    for path in paths:
        lead = ""
        for node, repeated in path:
            character = next((each for each in SHOWN if steps.takes(node, each)), None)
            if character is None:
                continue
            if repeated:
                for run in _runs(steps, node, path):
                    seen.add(lead + run * (length // len(run)) + "\x01")
                    seen.add(lead + run * (length // len(run)) + "\n\x01")
            lead += character
            for end in ("", "\x01", "\n"):
                seen.add((lead + end) * (length // len(lead + end)) + "\x01")
    yield from sorted(seen)


def _runs(steps: Steps, node: Any, path: list[tuple[Any, bool]]) -> set[str]:
    """What a repetition takes: one character of each sort that some part of the expression tells apart, and two."""
    sorts: dict[tuple[bool, ...], str] = {}
    for character in SHOWN:
        if steps.takes(node, character):
            sorts.setdefault(tuple(steps.takes(other, character) for other, _ in path), character)
    ones = list(sorts.values())[:6]
    return {*ones, *(one + other for one in ones for other in ones if one != other)}


def _paths(nodes: list[Any]) -> Iterator[list[tuple[Any, bool]]]:
    """The single characters of an expression in their order, one list for each choice of its branches."""
    if not nodes:
        yield []
        return
    name, value = str(nodes[0][0]), nodes[0][1]
    firsts: list[list[tuple[Any, bool]]] = [[]]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        inner = list(_paths(list(value[2])))
        unbounded = int(value[1]) > 1000
        firsts = [
            [(node, unbounded or again) for node, again in path] * max(1, min(int(value[0]), 40))
            for path in inner
        ]
    elif name == "SUBPATTERN":
        firsts = list(_paths(list(value[3])))
    elif name == "ATOMIC_GROUP":
        firsts = list(_paths(list(value)))
    elif name == "BRANCH":
        firsts = [path for branch in value[1] for path in _paths(list(branch))]
    elif name in ("ASSERT", "ASSERT_NOT"):
        firsts = [[], *_paths(list(value[1]))]
    elif name != "AT":
        firsts = [[(nodes[0], False)]]
    for rest in _paths(nodes[1:]):
        for first in firsts:
            yield [*first, *rest]
