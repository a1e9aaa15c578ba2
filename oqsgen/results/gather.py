"""Files into a ledger: what came of each, and what was not taken."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from oqsgen.limits import REFUSED_FILES
from oqsgen.results.find import Refused, find_results
from oqsgen.results.ledger import writing
from oqsgen.results.read import hash_of, read_bytes, read_result
from oqsgen.results.store import is_known, store

BATCH = 200
"""Files of one transaction: another one who writes waits no longer than for these."""


@dataclass
class Gathered:
    """How many files were new, and read before; the first of those that were not taken, and how many there were."""

    new: int = 0
    repeated: int = 0
    refused: list[Refused] = field(default_factory=list)
    broken: int = 0
    foreign: int = 0

    def refuse(self, refused: Refused) -> None:
        if refused.foreign:
            self.foreign += 1
        else:
            self.broken += 1
        if len(self.refused) < REFUSED_FILES.value:
            self.refused.append(refused)

    def as_json(self) -> dict[str, object]:
        return {
            "new": self.new,
            "known": self.repeated,
            "broken": self.broken,
            "foreign": self.foreign,
            "refused": [
                {"path": each.path, "why": each.why, "foreign": each.foreign}
                for each in self.refused
            ],
        }


def gather(ledger: sqlite3.Connection, places: Iterable[Path], now: datetime) -> Gathered:
    """Read what lies in these places. Raises sqlite3.Error where the ledger cannot be written."""
    gathered = Gathered()
    for batch in _batches(find_results(places)):
        with writing(ledger):
            for place in batch:
                _take(ledger, place, now, gathered)
    return gathered


def _batches(places: Iterator[Path | Refused]) -> Iterator[list[Path | Refused]]:
    while batch := list(islice(places, BATCH)):
        yield batch


def _take(
    ledger: sqlite3.Connection, place: Path | Refused, now: datetime, gathered: Gathered
) -> None:
    data = place if isinstance(place, Refused) else read_bytes(place)
    if isinstance(data, Refused):
        gathered.refuse(data)
        return
    assert isinstance(place, Path)
    digest = hash_of(data)
    if is_known(ledger, digest):
        gathered.repeated += 1
        return
    result = read_result(place, data, now, digest)
    if isinstance(result, Refused):
        gathered.refuse(result)
    elif store(ledger, result) == "new":
        gathered.new += 1
    else:
        gathered.repeated += 1
