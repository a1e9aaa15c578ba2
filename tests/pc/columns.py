"""What a console shows: how wide its text is, and the text without the ends of lines that its width made."""

import re
import unicodedata


def width(text: str) -> int:
    """In columns of a console in which what is ambiguous is wide."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WFA" else 1
        for c in text
    )


def unwrapped(console: str) -> str:
    """Each line with those that go on with it: they are indented."""
    return re.sub(r"\n +", "", console)
