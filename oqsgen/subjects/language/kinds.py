"""What is set and read of the language of person and PC."""

from oqsgen.plan.kind import Action, kind

DISPLAY_LANGUAGE = kind(
    "display-language", "user", target="language", wanted="shown", changes=False
)
"""The language in which Windows is shown to a person."""


def display_in_japanese() -> Action:
    """Windows is shown in Japanese."""
    return DISPLAY_LANGUAGE.action({"language": "ja"}, {"shown": True})


SYSTEM_LOCALE = kind("system-locale", "machine", target="part", wanted="locale ACP")
"""The system locale. Source: Set-WinSystemLocale; MS-LCID (0411 ja-JP)."""


def system_in_japanese() -> Action:
    """Programs without Unicode work in Japanese, code page 932."""
    return SYSTEM_LOCALE.action({"part": "system"}, {"locale": "0411", "ACP": "932"})


USER_LOCALE = kind("user-locale", "user", target="person", wanted="culture location language")
"""A person's language and region. Source: the PowerShell module International.

122 is Japan in the Table of Geographical Locations (learn.microsoft.com).
"""


def person_in_japanese() -> Action:
    """Formats and region are Japan's, and Japanese is the first language."""
    wanted = {"culture": "ja-JP", "location": 122, "language": "ja"}
    return USER_LOCALE.action({"person": "current"}, wanted)
