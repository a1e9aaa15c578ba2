"""Updating with the 配信アプリケーション in at most three rounds, with a restart after each; a person does it."""

from oqsgen.kinds.distribution_record import RECORD, SETTLED
from oqsgen.kinds.kind import Action, kind

KIND = kind("update-cycle", "user", target="application record", wanted="states", changes=False)


def finished() -> Action:
    """Nothing is left to update, or the next regular run is waited for."""
    target = {"application": "distribution", "record": RECORD}
    return KIND.action(target, {"states": list(SETTLED)})
