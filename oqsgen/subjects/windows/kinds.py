"""What is read of Windows itself."""

from collections.abc import Mapping
from typing import Any

from oqsgen.plan.kind import Action, Field, Kind, Wording

_NAME = (
    Field(
        "name",
        "name of the PC; unknown where a person let another one pass",
        label="コンピューター名",
    ),
)

COMPUTER_NAME = Kind(
    "computer-name",
    "The computer's name, upper and lower case being the same.",
    target=_NAME,
    wanted=_NAME,
    found=_NAME,
    source="setup P.1 and P.50",
    thing="コンピューター名",
    remedy="端末を取り違えていないかを確かめ、違うときは設定の「システム」→「バージョン情報」で名前を直して再起動してください。",
)


def computer_named(name: str) -> Action:
    """The PC is called ``name``."""
    return COMPUTER_NAME.action({"name": name}, {"name": name})


DOTNET = Kind(
    "dotnet",
    "The .NET Framework 4.",
    target=(Field("feature", "name of its feature of Windows, which has to be on"),),
    wanted=(
        Field(
            "minimumRelease",
            "value Release at least",
            label=".NET Framework の Release",
            wording=Wording(at="release", bound=" 以上"),
        ),
    ),
    found=(
        Field("release", "value Release; 0: none"),
        Field(
            "feature",
            "InstallState (1: on), or null",
            label=".NET Framework 4.8 Advanced Services",
            wording=Wording(
                words={"1": "有効"},
                always=(
                    1,
                    None,
                ),
            ),
        ),
    ),
    source="learn.microsoft.com, Determine which .NET Framework versions are installed",
    thing=".NET Framework 4",
    remedy=".NET Framework 4.8 を有効にするか、新しい版を入れてください。",
)


WINDOWS = Kind(
    "windows",
    "Edition and build of Windows.",
    target=(Field("part", "always `edition`"),),
    wanted=(
        Field(
            "editions",
            "which editions are right",
            "EditionID",
            label="Windows のエディション",
            wording=Wording(at="edition", join=" か "),
        ),
        Field(
            "minimumBuild",
            "build at least",
            label="Windows のビルド",
            wording=Wording(at="build", bound=" 以上"),
        ),
        Field(
            "maximumBuild",
            "build at most",
            label="Windows のビルド",
            wording=Wording(at="build", bound=" 以下"),
        ),
    ),
    found=(Field("edition", "the edition", "EditionID"), Field("build", "the build")),
    source="EditionID and CurrentBuildNumber",
    thing="Windows",
    remedy="この一式を作った人に、端末の Windows の種類を知らせてください。",
)


def windows_edition(supported: Mapping[str, Any]) -> Action:
    """Windows is one of ``supported["editions"]`` with a build in the range that it gives."""
    return WINDOWS.action({"part": "edition"}, dict(supported))
