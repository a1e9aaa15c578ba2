"""What a step and a job are called: results have ids alone. Of one that this version does not know, the id."""

from functools import cache

from oqsgen.manual.rows import rows
from oqsgen.resources import spec
from oqsgen.subjects import SETTINGS


@cache
def titles() -> dict[str, str]:
    """Id → title of every row and setting; a setting is a step of its id."""
    of_rows = {row.id: row.title for row in rows()}
    return of_rows | {s.id: s.title or of_rows[s.rows[0]] for s in SETTINGS}


def title_of(step: str) -> str:
    """The title of a step."""
    return titles().get(step, step)


def title_of_job(mode: str) -> str:
    """The job of a clinic's file, as its sheet calls it."""
    title = spec("sheet")["titles"].get(mode)
    return str(title["short"]) if title else mode
