"""Files into a ledger: what came of each, and what was not taken."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from oqsgen.limits import REFUSED_FILES
from oqsgen.results.find import Refused, find_results
from oqsgen.results.ledger import writing
from oqsgen.results.read import hash_of, read_bytes, read_result
from oqsgen.results.result import Result
from oqsgen.results.store import is_known, store

BATCH, BATCH_BYTES = 200, 16 << 20
"""Results of one transaction, whichever is reached first: another one who writes waits no longer than for these."""


@dataclass
class Gathered:
    """How many files were new, and read before; how many were not taken: ``broken`` results, and what is foreign."""

    new: int = 0
    repeated: int = 0
    broken: int = 0
    foreign: int = 0
    _broken: list[Refused] = field(default_factory=list)
    _foreign: list[Refused] = field(default_factory=list)

    def refuse(self, refused: Refused) -> None:
        if refused.foreign:
            self.foreign += 1
        else:
            self.broken += 1
        named = self._foreign if refused.foreign else self._broken
        if len(named) < REFUSED_FILES.value:
            named.append(refused)

    @property
    def refused(self) -> list[Refused]:
        """The files that are named, no more than a limit: what is foreign last, since nobody misses it."""
        return [*self._broken, *self._foreign][: REFUSED_FILES.value]

    @property
    def unnamed(self) -> int:
        """How many more were not taken."""
        return self.broken + self.foreign - len(self.refused)

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
    """Read what lies in these places. Raises sqlite3.Error where the ledger cannot be written.

    A stick may be slow: nothing is read while another one who writes would have to wait.
    """
    gathered = Gathered()
    for batch in _batches(_unknown(ledger, places, now, gathered)):
        with writing(ledger):
            for result in batch:
                _keep(ledger, result, gathered)
    return gathered


def _unknown(
    ledger: sqlite3.Connection, places: Iterable[Path], now: datetime, gathered: Gathered
) -> Iterator[Result]:
    """The results that the ledger does not have yet."""
    for place in find_results(places):
        data = place if isinstance(place, Refused) else read_bytes(place)
        if isinstance(data, Refused):
            gathered.refuse(data)
            continue
        assert isinstance(place, Path)
        digest = hash_of(data)
        if is_known(ledger, digest):
            gathered.repeated += 1
            continue
        result = read_result(place, data, now, digest)
        if isinstance(result, Refused):
            gathered.refuse(result)
        else:
            yield result


def _batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    batch: list[Result] = []
    size = 0
    for result in results:
        batch.append(result)
        size += len(result.data)
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep(ledger: sqlite3.Connection, result: Result, gathered: Gathered) -> None:
    """Another one may have kept it meanwhile, and it may lie twice in one batch."""
    if not is_known(ledger, result.hash) and store(ledger, result) == "new":
        gathered.new += 1
    else:
        gathered.repeated += 1
