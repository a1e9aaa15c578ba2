"""Files with initial passwords that should be gone; only looked for by name."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("leftover", "user", target="folders names depth from", wanted="files", changes=False)


def none_left(
    folders: Sequence[str], names: Sequence[str], depth: int, source: str | None
) -> Action:
    """No file of one of ``names`` is in ``folders``, so many levels down.

    A folder is a path, ``person`` (downloads and desktop) or ``edge`` (Edge's temporary downloads).
    With ``source``, a domain, only what was downloaded from it counts.
    """
    target = {"folders": list(folders), "names": list(names), "depth": depth, "from": source}
    return KIND.action(target, {"files": 0})
