"""The tests, in rooms as those of oqsgen; ``pc`` is the PC on which scripts run, ``subjects`` has their stand-ins."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ROOT / "templates" / "ps1"
"""The folder of the runtime and of every subject's PowerShell."""
