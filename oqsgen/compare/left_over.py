"""Bundles that a build has left in its folder, beside what the clinics' files make now."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from oqsgen.input.clinic_text import read_text
from oqsgen.text import half_width


class Given(NamedTuple):
    """A file of a build: the codes of its facility, none where nobody can read them, and the bundles that it makes."""

    codes: frozenset[str]
    bundles: frozenset[str]
    is_wrong: bool


def mentioning(codes: frozenset[str], file: Path) -> Given:
    """A file that is not of the build: it may make bundles of the facilities that it mentions, and of any where it cannot be read."""
    source, _ = read_text(file)
    text = half_width(source.text) if source else None
    may_be = frozenset(code for code in codes if text is None or code in text)
    return Given(may_be, frozenset(), is_wrong=True)


def left_over(bundles: Iterable[Path], files: Sequence[Given], *, all_files: bool) -> list[Path]:
    """The bundles that no file makes any more. Of a facility with an error in a file nobody knows that yet.

    A facility of which there is no file counts where the call has ``all_files``, a whole folder, and each says whose it is.
    """
    names = {name.lower() for each in files for name in each.bundles}
    codes = {code for each in files for code in each.codes}
    unsure = {code for each in files if each.is_wrong for code in each.codes}
    all_files = all_files and all(each.codes for each in files)
    return [
        path
        for path in bundles
        if path.name.lower() not in names
        and (code := path.name.partition("_")[0]) not in unsure
        and (code in codes or all_files)
    ]
