"""The system locale. Source: Set-WinSystemLocale; MS-LCID (0411 ja-JP)."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("system-locale", "machine", target="part", wanted="locale ACP")


def japanese() -> Action:
    """Programs without Unicode work in Japanese, code page 932."""
    return KIND.action({"part": "system"}, {"locale": "0411", "ACP": "932"})
