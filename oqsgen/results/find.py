"""Where results lie: the files below what somebody named, the newest first. No link is followed, no pipe waited for."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from oqsgen.files import reason
from oqsgen.limits import RESULT_ENTRIES, RESULT_FOLDERS

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
            names = sorted(
                (entry.name for _, entry in zip(_most(), entries, strict=False)), reverse=True
            )
    except OSError as error:
        yield Refused(str(folder), _why(error))
        return
    if len(names) > RESULT_ENTRIES.value:
        yield Refused(str(folder), "フォルダーの中のものが多すぎます")
        return
    for name in names:
        yield from _entry(folder / name, depth)


def _most() -> range:
    """One more than a folder may have."""
    return range(RESULT_ENTRIES.value + 1)


def _entry(path: Path, depth: int) -> Iterator[Path | Refused]:
    name = path.name.lower()
    named = name.endswith(".json")
    try:
        status = os.lstat(path)
    except OSError as error:
        yield Refused(str(path), _why(error), foreign=not named)
        return
    if _is_link(status):
        yield Refused(str(path), "リンクはたどりません", foreign=name != RESULT)
    elif stat.S_ISDIR(status.st_mode):
        yield from _below(path, depth + 1)
    elif named and name not in OURS:
        yield path


def _is_link(status: os.stat_result) -> bool:
    """A link, or a junction of Windows."""
    reparse = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISLNK(status.st_mode) or bool(getattr(status, "st_file_attributes", 0) & reparse)


def _why(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else "使えない名前です"
