"""The language in which Windows is shown to a person."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("display-language", "user", target="language", wanted="shown", changes=False)


def japanese() -> Action:
    """Windows is shown in Japanese."""
    return KIND.action({"language": "ja"}, {"shown": True})
