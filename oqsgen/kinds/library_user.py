"""As whom the programs run that use a library."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "library-user", "machine user", target="library account", wanted="asAccount", changes=False
)


def runs_as(account: str, library: str) -> Action:
    """Every program that has loaded something from the folder ``library`` runs as ``account``."""
    return KIND.action({"library": library, "account": account}, {"asAccount": True})
