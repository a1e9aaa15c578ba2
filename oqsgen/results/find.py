"""Where results lie: the files below what somebody named, the newest first. No link is followed, no pipe waited for."""

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from oqsgen.files import leads_elsewhere, reason
from oqsgen.limits import RESULT_ENTRIES, RESULT_FOLDERS
from oqsgen.text import visible

OURS = frozenset(
    ("bundle.json", "names.json", "source.json", "logons.json", "last-pass.json", "launcher.json")
)
"""What oqsgen writes as JSON besides results."""
RESULT = "result.json"


@dataclass(frozen=True)
class Refused:
    """A file or folder that was not taken, and why, in Japanese. ``foreign``: nothing says that it is meant to be a result."""

    path: str
    why: str
    foreign: bool = False

    def __post_init__(self) -> None:
        # A file's name may hold what no eye sees and no encoding writes.
        object.__setattr__(self, "path", visible(self.path))


def find_results(places: Iterable[Path]) -> Iterator[Path | Refused]:
    """The files that may be results. What is named itself is one whatever it is called, and where a link leads that was named."""
    for place in places:
        try:
            real = place.resolve(strict=True)
        except (OSError, ValueError, RuntimeError) as error:
            yield Refused(str(place), _why(error))
            continue
        if real.is_dir():
            yield from _below(real, 0)
        else:
            yield real


def _below(folder: Path, depth: int) -> Iterator[Path | Refused]:
    if depth > RESULT_FOLDERS.value:
        yield Refused(str(folder), "フォルダーが深すぎます")
        return
    try:
        with os.scandir(folder) as entries:
            first = list(islice(entries, RESULT_ENTRIES.value + 1))
    except OSError as error:
        yield Refused(str(folder), _why(error))
        return
    if len(first) > RESULT_ENTRIES.value:
        yield Refused(str(folder), "フォルダーの中のものが多すぎます")
        return
    for entry in sorted(first, key=lambda entry: entry.name, reverse=True):
        yield from _entry(entry, depth)


def _entry(entry: os.DirEntry[str], depth: int) -> Iterator[Path | Refused]:
    name = entry.name.lower()
    try:
        link = leads_elsewhere(entry.stat(follow_symlinks=False))
        is_folder = entry.is_dir(follow_symlinks=False)
    except OSError as error:
        yield Refused(entry.path, _why(error), foreign=name != RESULT)
        return
    if link:
        yield Refused(entry.path, "リンクはたどりません", foreign=name != RESULT)
    elif is_folder:
        yield from _below(Path(entry.path), depth + 1)
    elif name.endswith(".json") and name not in OURS:
        yield Path(entry.path)


def _why(error: Exception) -> str:
    if isinstance(error, RuntimeError):
        # What Path.resolve says of links in a ring before Python 3.13.
        error = OSError(errno.ELOOP, "")
    return reason(error) if isinstance(error, OSError) else "使えない名前です"
