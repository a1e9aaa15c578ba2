"""What is set and read of the language of person and PC."""

from oqsgen.plan.kind import Action, Field, Kind, Wording

_SHOWN = (
    Field(
        "shown",
        "whether it is; unknown until the next sign-in after a change",
        label="表示言語",
        wording=Wording(words={"true": "日本語", "false": "ほかの言語"}),
    ),
)

DISPLAY_LANGUAGE = Kind(
    "display-language",
    "The language in which Windows is shown to a person.",
    target=(Field("language", "which one, `ja`"),),
    wanted=_SHOWN,
    found=_SHOWN,
    source="setup P.39",
    scopes=("user",),
    thing="表示言語",
    remedy="設定→時刻と言語→言語と地域 で、日本語を一番上にしてください。",
)


def display_in_japanese() -> Action:
    """Windows is shown in Japanese."""
    return DISPLAY_LANGUAGE.action({"language": "ja"}, {"shown": True})


_SYSTEM = (
    Field(
        "locale",
        "of programs without Unicode",
        "LCID, four hex digits",
        ours=True,
        label="システム ロケール",
    ),
    Field("ACP", "their ANSI code page", ours=True, label="文字コード"),
)

SYSTEM_LOCALE = Kind(
    "system-locale",
    "The system locale.",
    target=(Field("part", "always `system`"),),
    wanted=_SYSTEM,
    found=(
        *_SYSTEM,
        Field("OEMCP", "their OEM code page"),
        Field("MACCP", "their Macintosh code page"),
    ),
    source="Set-WinSystemLocale; MS-LCID (0411 ja-JP)",
    scopes=("machine",),
    thing="システム ロケール",
)


def system_in_japanese() -> Action:
    """Programs without Unicode work in Japanese, code page 932."""
    return SYSTEM_LOCALE.action({"part": "system"}, {"locale": "0411", "ACP": "932"})


_REGION = (
    Field(
        "culture",
        "whose formats of dates and numbers are used",
        "name of a culture",
        ours=True,
        label="地域の形式",
    ),
    Field("location", "the region", "GeoId; 122 is Japan", ours=True, label="国または地域の番号"),
)

USER_LOCALE = Kind(
    "user-locale",
    "A person's language and region.",
    target=(Field("person", "always `current`"),),
    wanted=(
        *_REGION,
        Field(
            "language",
            "the first of the languages",
            label="最初の言語",
            wording=Wording(at="languages.tag", form="first"),
        ),
    ),
    found=(
        *_REGION,
        Field("languages", "of each, in order: tag, methods of input"),
        Field("formats", "text values of Control Panel\\International by name"),
    ),
    source="the PowerShell module International; Table of Geographical Locations "
    "(learn.microsoft.com)",
    scopes=("user",),
    thing="言語と地域",
)


def person_in_japanese() -> Action:
    """Formats and region are Japan's, and Japanese is the first language."""
    wanted = {"culture": "ja-JP", "location": 122, "language": "ja"}
    return USER_LOCALE.action({"person": "current"}, wanted)
