"""The first of several checks that is wrong."""

from collections.abc import Iterable

from oqsgen.kinds.kind import Action, kind

KIND = kind("first-fault", "user", target="checks", wanted="fault", changes=False)


def none_of(checks: Iterable[tuple[str, Action, str]]) -> Action:
    """Every check (its title, what is checked, what to do where it is wrong) is as it should be."""
    listed = [
        {
            "title": title,
            "kind": action.kind,
            "target": action.target,
            "wanted": action.wanted,
            "remedy": remedy,
        }
        for title, action, remedy in checks
    ]
    return KIND.action({"checks": listed}, {"fault": ""})
