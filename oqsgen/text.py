"""Texts that users wrote, and how they and long numbers are shown."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

# Controls, line and paragraph separators, marks that turn the direction of writing, the byte order
# mark. Variation selectors and joiners stay: names in rare kanji need them.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def unsafe_character(text: str) -> str | None:
    """The first character of ``text`` that has no place in one line of text."""
    match = _UNSAFE.search(text)
    return match[0] if match else None


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width ones."""
    return unicodedata.normalize("NFKC", text)


def shown(text: str) -> str:
    """A user's text inside a message: short, one line, nothing invisible."""
    short = text if len(text) <= 40 else text[:40] + "…"
    return "".join(c if c.isprintable() else "?" for c in short)


def perhaps(text: str, choices: Iterable[str]) -> str:
    """「もしかして」 with the nearest of ``choices``, or nothing."""
    words = list(choices)
    plain = half_width(text).strip().lower()
    by_plain = {re.sub("[^a-z0-9]", "", word.lower()): word for word in words}
    near = difflib.get_close_matches(plain, words, 1, 0.6)
    exact = by_plain.get(re.sub("[^a-z0-9]", "", plain))
    best = exact or (near[0] if near else None)
    return f"もしかして: {best}" if best else ""


def by_four(digits: str) -> str:
    """Digits in groups of four, to be compared by eye."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
