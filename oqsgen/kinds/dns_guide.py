"""DNS servers of our data that the line still has."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("dns-guide", "machine user", target="asOf servers host", wanted="usable", changes=False)


def current(as_of: str, servers: Sequence[str], host: str) -> Action:
    """``servers``, right on the day ``as_of`` (YYYY-MM-DD), still answer questions about ``host``."""
    target = {"asOf": int(as_of.replace("-", "")), "servers": list(servers), "host": host}
    return KIND.action(target, {"usable": True})
