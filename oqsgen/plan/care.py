"""What the settings of a terminal ask of the clinic from day to day (``daily`` of ``specs/visit.yaml``), for the results page."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import holds
from oqsgen.resources import spec


@dataclass(frozen=True)
class Care:
    """``steps``: ids of those that make it so; while one of the plan's is open, nobody says it."""

    text: str
    steps: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def care(profile: TerminalProfile) -> Iterator[Care]:
    """Power, restart and updates of this terminal, as they were decided."""
    hour = profile.windows_update.hour
    values = {"reboot": profile.reboot_time or "", "update-time": f"{hour or 0:02}:00"}
    for entry in spec("visit")["daily"]:
        if holds(entry.get("when", {}), profile.facts):
            yield Care(entry["text"].format_map(values), tuple(entry.get("steps", ())))
