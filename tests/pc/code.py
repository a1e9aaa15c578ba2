"""Questions about PowerShell files that PowerShell's own parser answers (``Read-Code``, ``Find-Code``)."""

from pathlib import Path
from typing import Any

from tests.pc.shell import json_of

LOADED = f". '{Path(__file__).with_suffix('.ps1')}'\n"
"""Comes before a text that asks."""


def json_of_code(text: str) -> Any:
    """What some lines of PowerShell write about code, which is JSON, and no error."""
    return json_of(LOADED + text)
