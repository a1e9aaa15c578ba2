"""Host names that all resolve."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("names", "machine user", target="hosts", wanted="missing", changes=False)


def resolve(hosts: Sequence[str]) -> Action:
    """Each of ``hosts`` has an address."""
    return KIND.action({"hosts": list(hosts)}, {"missing": []})
