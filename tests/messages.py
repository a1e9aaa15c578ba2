"""What ``oqsgen check`` says of a file, as it stands on a terminal, and where that is kept.

``python tests/golden/regenerate.py`` writes it anew: read the difference before it is committed.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from oqsgen.cli.clinics import resolve_all
from oqsgen.cli.problems_as_text import as_text
from oqsgen.input.problems import Problem
from tests import ROOT

SITES = ROOT / "tests" / "sites"
"""Sites as an office first wrote them, ``<n>.yaml``; and with what the messages say, ``<n>.fixed.yaml``."""
WIDTHS = (80, 40)


def sites() -> list[Path]:
    """The sites as first written."""
    return [path for path in sorted(SITES.glob("*.yaml")) if "fixed" not in path.name]


def said(problems: Iterable[Problem], width: int = 80) -> str:
    """Problems as a terminal of this width has them."""
    lines = as_text(list(problems), width)
    return "".join(f"{''.join(span.text for span in line)}\n" for line in lines)


def said_of(path: Path, width: int = 80, name: str = "clinic.yaml") -> str:
    """What is said of a file, as if it were called ``name``."""
    _, problems = resolve_all([path])
    return said((replace(problem, file=name) for problem in problems), width)


def messages() -> dict[Path, str]:
    """Path → text of all that is kept."""
    return {
        path.with_suffix(f".{width}.txt"): said_of(path, width, path.name)
        for path in sites()
        for width in WIDTHS
    }
