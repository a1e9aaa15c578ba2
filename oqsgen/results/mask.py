"""Texts of results without what tells whose they are: our own words stay, everything else gets a mark.

The same text has the same mark within one file, and another one another mark. The key of the marks is made for one file and thrown
away, so that nobody can try names out, or find the same clinic in two files.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from oqsgen.clinic.windows import ACCOUNT
from oqsgen.resources import folder, spec
from oqsgen.results.titles import titles
from oqsgen.subjects import KINDS

SHORT = 3
"""Digits of a number that says nothing by itself: a count, a state, a percentage."""
LEAST = 2
"""A name of fewer characters is masked where it stands alone, and is not looked for inside of other words."""
_WORD = re.compile(
    r"[A-Za-z0-9_\\/:@%$#*.\-]*[A-Za-z0-9_]|[ぁ-ゖァ-ヺー々〆一-鿿\U00020000-\U0003ffff\U000e0100-\U000e01ef]+|[^\W\s]+"
)
_COMMENT = re.compile(r"^\s*#.*$|(?<=\s)# .*$", re.MULTILINE)
_VERSION = re.compile(r"(?:oqsgen )?[0-9]+(?:\.[0-9]+)+(?:[a-z]+[0-9]*)?")


class Mask:
    """Masks texts, with a key of its own. ``names``: names and codes, wherever they stand in a text."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def mark(self, text: str) -> str:
        """What stands in the place of a text."""
        digest = hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"‹{base64.b32encode(digest[:5]).decode().lower()}›"

    def name(self, text: str) -> str:
        """The mark of a name or a code, which Windows takes for the same in any case."""
        return self.mark(text.casefold())

    def text(self, text: str, names: Iterable[str] = ()) -> str:
        """A text in which only our own words are left."""
        longest_first = sorted({n for n in names if len(n) >= LEAST}, key=len, reverse=True)
        if not longest_first:
            return self._words(text)
        parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text, flags=re.IGNORECASE)
        return "".join(
            self.name(part) if at % 2 else self._words(part) for at, part in enumerate(parts)
        )

    def value(self, value: object, names: Iterable[str] = ()) -> object:
        """Any JSON value: lists and objects as they are, with what is in them masked."""
        if isinstance(value, dict):
            return {self.text(str(k), names): self.value(v, names) for k, v in value.items()}
        if isinstance(value, list):
            return [self.value(each, names) for each in value]
        if isinstance(value, str):
            return self.text(value, names)
        if isinstance(value, bool) or value is None:
            return value
        short = isinstance(value, int) and len(str(value)) <= SHORT
        return value if short else self.mark(str(value))

    def id(self, text: str) -> str:
        """An id of ours, or a mark."""
        return text if text in _own_ids() else self.mark(text)

    def version(self, text: str) -> str:
        """A version, or a mark."""
        return text if _VERSION.fullmatch(text) else self.mark(text)

    def _words(self, text: str) -> str:
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, word: str) -> str:
        if word in _own_words() or (word.isascii() and word.isdigit() and len(word) <= SHORT):
            return word
        return self.mark(word)


def names_of(result: Mapping[str, Any]) -> frozenset[str]:
    """What a result says of whose it is: its own names and codes, to be found in its other texts too."""
    bundle = _object(result.get("bundle"))
    facility, vendor = _object(bundle.get("facility")), _object(bundle.get("vendor"))
    texts = [
        *(result.get(key) for key in ("run", "computer", "account")),
        *(bundle.get(key) for key in ("id", "terminal", "publisher")),
        *facility.values(),
        *vendor.values(),
        *(number.get("person") for number in _objects(result.get("numbers"))),
        *(
            mark.get("person")
            for step in _objects(result.get("steps"))
            for mark in _objects(step.get("persons"))
        ),
    ]
    return frozenset(t for t in texts if isinstance(t, str) and t and not is_ours(t))


def is_ours(account: str) -> bool:
    """Whether an account is OqsComApp, which every terminal has."""
    return account.casefold() == ACCOUNT.casefold()


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


@cache
def _own_ids() -> frozenset[str]:
    """Steps, numbers of the visit, kinds and jobs."""
    numbers = spec("visit")["numbers"]
    of_visit = (entry["id"] for mode in numbers for entry in numbers[mode])
    return frozenset((*titles(), *of_visit, *KINDS, *numbers))


@cache
def _own_words() -> frozenset[str]:
    """Every word of the script and of the rows, without comments: not of the data, which names places."""
    words: set[str] = set()
    for path in (
        *(folder("templates") / "ps1").glob("*/*.ps1"),
        *(folder("specs") / "requirements").glob("*.yaml"),
    ):
        words.update(_WORD.findall(_COMMENT.sub("", path.read_text("utf-8-sig"))))
    return frozenset(words)
