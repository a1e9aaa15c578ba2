"""One word for one thing, on screen, on paper, on the results page and in the README: ``docs/words.md`` has them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

PLACES = (
    "README.ja.md",
    "templates/**/*.ps1",
    "templates/**/*.j2",
    "templates/**/*.txt",
    "templates/**/*.typ",
    "specs/*.yaml",
    "specs/requirements/*.yaml",
    "specs/examples/*.yaml",
    "oqsgen/**/*.py",
)
CODE = re.compile(r"`((?:[^`\\]|\\.)+)`")


def rows() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each word, what it is not called, and the phrases in which that stands all the same."""
    for line in (ROOT / "docs" / "words.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if len(cells) == 6 and not set(cells[1]) <= set("-") and cells[1] != "word":
            refused, allowed = (
                [c.replace(r"\|", "|") for c in CODE.findall(x)] for x in cells[3:5]
            )
            yield cells[1], tuple(refused), tuple(allowed)


def texts() -> Iterator[tuple[Path, str]]:
    for place in PLACES:
        for path in sorted(ROOT.glob(place)):
            yield path.relative_to(ROOT), path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("word", "refused", "allowed"), list(rows()), ids=[word for word, *_ in rows()]
)
def test_a_thing_has_one_word(
    word: str, refused: tuple[str, ...], allowed: tuple[str, ...]
) -> None:
    assert refused, word
    others = re.compile("|".join(refused))
    names = re.compile("|".join(allowed) or "(?!)")
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), 1):
            assert not others.search(
                names.sub("", line)
            ), f"{path}:{number} says {line.strip()[:80]}"


def test_the_words_are_said_somewhere() -> None:
    """A word that no text has is none of ours."""
    everything = "".join(text for _, text in texts())
    for word, *_ in rows():
        assert all(each in everything for each in word.split("、")), word


def test_a_row_speaks_of_no_file_and_of_no_paper_in_the_hand() -> None:
    """It is read on the screen, too, and names things by their words, not by what their files are called."""
    others = re.compile(r"この紙|result\.(html|json)|log\.txt|plan\.json")
    for path in sorted((ROOT / "specs" / "requirements").glob("*.yaml")):
        found = [
            line.strip() for line in path.read_text("utf-8").splitlines() if others.search(line)
        ]
        assert not found, f"{path.name}: {found}"
