"""Task Scheduler definitions as XML text, without a prolog. Source: Task Scheduler schema 1.2."""

from functools import cache
from typing import Any

from oqsgen.resources import folder

START_DATE = "2024-01-01"
"""Any day in the past: a daily trigger only takes the time from its start."""


@cache
def _templates() -> Any:
    # Whoever only reads what the steps are called waits for no templates.
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates") / "tasks"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def daily_restart(name: str, time: str, account: str) -> str:
    """A task that restarts the PC every day at ``time`` (``HH:MM``, local), run as ``account``."""
    template = _templates().get_template("daily-restart.xml.j2")
    return str(template.render(name=name, start=f"{START_DATE}T{time}:00", account=account))
