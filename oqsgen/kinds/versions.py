"""The versions of the installed applications, as their version files state them."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind
from oqsgen.versions import Version

KIND = kind("versions", "machine user", target="applications", wanted="minimum", changes=False)


def _target(applications: Sequence[Version]) -> dict[str, list[dict[str, str]]]:
    return {"applications": [{"name": a.title, "file": a.file} for a in applications]}


def at_least(applications: Sequence[Version]) -> Action:
    """Each of ``applications`` is installed in its least version or later."""
    return KIND.action(
        _target(applications), {"minimum": {a.title: a.minimum for a in applications}}
    )


def stated(applications: Sequence[Version]) -> Action:
    """Each of ``applications`` is installed and states its version, whichever it is."""
    return KIND.action(_target(applications), {"minimum": {a.title: "0.0" for a in applications}})
