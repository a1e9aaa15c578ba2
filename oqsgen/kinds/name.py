"""How many addresses a host name resolves to."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "name", "machine user", target="host", wanted="minimumAddresses maximumAddresses", changes=False
)


def resolves(host: str) -> Action:
    """``host`` has at least one address."""
    return KIND.action({"host": host}, {"minimumAddresses": 1})
