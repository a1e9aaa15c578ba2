"""``tasks/*.xml``: the plan's task definitions as files for import by hand."""

import codecs
from collections.abc import Iterable

from oqsgen.plan.step import Step

PROLOG = '<?xml version="1.0" encoding="UTF-16"?>\r\n'


def task_files(steps: Iterable[Step]) -> dict[str, bytes]:
    """Path in the bundle → bytes (UTF-16LE with BOM, CRLF), one for each task of the plan."""
    return {
        f"tasks/{step.target['name']}.xml": _file(step.wanted["xml"])
        for step in steps
        if step.kind == "task" and step.how == "apply" and step.target and step.wanted
    }


def _file(xml: str) -> bytes:
    text = PROLOG + xml.replace("\n", "\r\n") + "\r\n"
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
