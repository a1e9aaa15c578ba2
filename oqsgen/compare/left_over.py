"""Bundles that a build has left in its folder, beside what the clinics' files make now."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple


class Given(NamedTuple):
    """A file of a build: the codes of its facility, none where nobody can read them, and the bundles that it makes."""

    codes: frozenset[str]
    bundles: frozenset[str]
    is_wrong: bool


def left_over(found: Iterable[Path], given: Sequence[Given], *, whole: bool) -> list[Path]:
    """The bundles that no file makes any more. Of a facility with an error in its file nobody knows that yet.

    A facility of which there is no file counts where ``whole`` folders of files were given, and each says whose it is.
    """
    made = {name.lower() for each in given for name in each.bundles}
    known = {code for each in given for code in each.codes}
    unsure = {code for each in given if each.is_wrong for code in each.codes}
    whole = whole and all(each.codes for each in given)
    return [
        path
        for path in found
        if path.name.lower() not in made
        and (code := path.name.partition("_")[0]) not in unsure
        and (code in known or whole)
    ]
