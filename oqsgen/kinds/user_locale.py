"""A person's language and region. Source: the PowerShell module International.

122 is Japan in the Table of Geographical Locations (learn.microsoft.com).
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("user-locale", "user", target="person", wanted="culture location language")


def japanese() -> Action:
    """Formats and region are Japan's, and Japanese is the first language."""
    wanted = {"culture": "ja-JP", "location": 122, "language": "ja"}
    return KIND.action({"person": "current"}, wanted)
