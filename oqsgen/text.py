"""Texts that users wrote, and how they and long numbers are shown."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

IDEOGRAPHIC_SPACE = "\u3000"
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")
"""Letters and marks of Unicode that show nothing, or stand for one that was lost (DerivedCoreProperties,
Default_Ignorable_Code_Point; U+2800; U+FFFD). Variation selectors stay: names in rare kanji need them."""

NAMED_BLANKS = {
    IDEOGRAPHIC_SPACE: "全角の空白",
    "\xa0": "改行しない空白（NBSP）",
    "\u200b": "幅のない空白",
    "\ufeff": "見えない文字",
}
"""Blanks that no editor tells from a space, or shows at all, and that a copied text brings along."""


def named_blank(character: str) -> str:
    """A character that is not seen, by its name and its number."""
    return f"{NAMED_BLANKS.get(character, '見えない文字')} U+{ord(character):04X} "


def is_visible(character: str) -> bool:
    """Whether a character shows itself and moves nothing else: no control, no mark of direction, no line end."""
    return (character.isprintable() or character == IDEOGRAPHIC_SPACE) and character not in BLANK


def visible(text: str) -> str:
    """``text`` in one line, with a name (``\\x1b``) in the place of each character that is not visible."""
    return "".join(c if is_visible(c) else ascii(c)[1:-1] for c in text)


def cut(text: str, length: int) -> str:
    """``text``, and no more than ``length`` characters of it."""
    return text if len(text) <= length else text[:length] + "…"


def unsafe_character(text: str) -> str | None:
    """The first character of ``text`` that has no place in one line of text.

    Characters of private use stay: it is the sheet's fonts that lack them.
    """
    return next((c for c in text if not is_visible(c) and unicodedata.category(c) != "Co"), None)


def trimmed(text: str) -> str:
    """``text`` without blanks around it, also those that nobody sees."""
    return text.strip("".join(NAMED_BLANKS) + " \t")


def hidden_character(text: str) -> tuple[int, str] | None:
    """The first character of ``text`` that nobody sees, and its index."""
    for index, character in enumerate(text):
        if character != IDEOGRAPHIC_SPACE and character == unsafe_character(character):
            return index, character
    return None


BOM = "\ufeff"
"""At the beginning of a text, by which Excel knows that it is UTF-8."""


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width ones."""
    return unicodedata.normalize("NFKC", text)


def shown(text: str) -> str:
    """A user's text inside a message: short, one line, nothing invisible."""
    return "".join(c if is_visible(c) else "?" for c in cut(text, 40))


PERHAPS = "もしかして: "


def perhaps(text: str, choices: Iterable[str]) -> str:
    """「もしかして」 with the nearest of ``choices``, or nothing."""
    words = list(choices)
    plain = half_width(text).strip().lower()
    by_plain = {re.sub(r"[\W_]", "", word.lower()): word for word in words}
    near = difflib.get_close_matches(plain, words, 1, 0.6)
    exact = by_plain.get(re.sub(r"[\W_]", "", plain) or " ")
    best = exact or (near[0] if near else None)
    return f"{PERHAPS}{best}" if best else ""


def by_four(digits: str) -> str:
    """Digits in groups of four, to be compared by eye."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def listed(names: Sequence[str], most: int) -> str:
    """The first of some names, and how many more there are."""
    more = f" ほか {len(names) - most} 件" if len(names) > most else ""
    return "、".join(names[:most]) + more


def columns(text: str) -> int:
    """How wide ``text`` is on a Japanese console: what is wide there or ambiguous takes two columns (UAX #11)."""
    return sum(
        (
            0
            if unicodedata.category(c) in ("Mn", "Me")
            else 2 if unicodedata.east_asian_width(c) in "WFA" else 1
        )
        for c in text
    )


_SENTENCES = re.compile(r"[^。]*。[」）]*|[^。]+")
_PHRASES = re.compile(
    r"[「『（]*(?:[!-~]+|[ァ-ヶー]+|[々一-龠]+|[^ぁ-ん])?[ぁ-ん]*[、。」』）：・…ー]*"
)
"""A word, what is inflected of it, and the signs around it: none of these is taken apart at the end of a line."""


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns: a sentence begins in a new line where it does not fit into the last.

    A phrase that is wider than a line stays whole.
    """
    lines = [""]
    for sentence in _SENTENCES.findall(text):
        if columns(lines[-1] + sentence) <= width:
            lines[-1] += sentence
            continue
        lines += [""] if lines[-1] else []
        for phrase in filter(None, _PHRASES.findall(sentence)):
            if lines[-1] and columns(lines[-1] + phrase) > width:
                lines.append("")
            lines[-1] += phrase if lines[-1] or len(lines) == 1 else phrase.lstrip(" ")
    return lines
