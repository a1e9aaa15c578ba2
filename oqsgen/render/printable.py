"""Whether the checklist's fonts print what a clinic's file says, so that nobody learns it from a build.

``specs/printable.txt`` lists what its Japanese font has, and nearly every text is of that alone. Of what is
not, Typst itself is asked: it has a second font, puts characters together, and refuses some that a font has.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from oqsgen.input.nodes import NOWHERE, Document, Scalar, walk
from oqsgen.input.problems import Problem
from oqsgen.resources import folder

TABLE = folder("specs") / "printable.txt"


def unprintable(document: Document) -> Iterator[Problem]:
    """One problem for each value with a character that the checklist cannot print."""
    scalars = (node for _, node in walk(document.root) if isinstance(node, Scalar))
    for character, node in _missing([node for node in scalars if doubtful(node.text)]):
        yield glyph_problem(document.file, character, node)


def _missing(nodes: Sequence[Scalar]) -> Iterator[tuple[str, Scalar]]:
    """Which of the values cannot be printed; Typst is asked of all of them at once, and of halves where one is."""
    if not nodes:
        return
    from oqsgen.render.typeset import missing_glyph

    character = missing_glyph("\n".join(node.text for node in nodes))
    if character and len(nodes) == 1:
        yield character, nodes[0]
    elif character:
        half = len(nodes) // 2
        yield from _missing(nodes[:half])
        yield from _missing(nodes[half:])


def glyph_problem(file: str, character: str, node: Scalar | None = None) -> Problem:
    """The problem of a character, at the value that has it, where that is known."""
    line, column, _ = node.position if node else NOWHERE
    message = f"文字「{character}」はチェックリストの書体に無く、印刷できません。別の文字で書いてください。"
    path = node.path if node else ""
    return Problem(file, line, column, "GLYPH_MISSING", "error", path, message)


def doubtful(text: str) -> bool:
    """Whether a text has a character that the table does not list; signs of control are refused elsewhere."""
    return not text.isascii() and any(not _is_listed(ord(character)) for character in text)


def _is_listed(code: int) -> bool:
    starts, ends = _table()
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@cache
def _table() -> tuple[list[int], list[int]]:
    lines = TABLE.read_text("utf-8").splitlines()
    pairs = [line.split("-") for line in lines if not line.startswith("#")]
    return [int(first, 16) for first, _ in pairs], [int(last, 16) for _, last in pairs]
