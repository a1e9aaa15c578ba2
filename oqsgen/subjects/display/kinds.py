"""What is set of the displays."""

from oqsgen.plan.kind import Action, Field, Kind, Wording

DISPLAY = Kind(
    "display",
    "Scaling of the signed-in person's displays.",
    target=(Field("displays", "always `all`"),),
    wanted=(
        Field(
            "percent",
            "how much larger than its pixels",
            "%",
            label="拡大/縮小",
            wording=Wording(at="monitors.percent", unit="%"),
        ),
    ),
    found=(
        Field(
            "monitors",
            "of each display: path, percent, relative (steps from what Windows recommends)",
            ours=True,
        ),
        Field(
            "logPixels", "scaling where Windows does not answer, or null", "96 = 100 %", ours=True
        ),
        Field("win8DpiScaling", "1: `logPixels` holds for all displays; or null", ours=True),
    ),
    source="QueryDisplayConfig, DPI-related registry values",
    scopes=("user",),
    thing="画面",
    cause="モニターの入れ替え、または Windows の更新",
)


def scale(percent: int) -> Action:
    """Every display shows at ``percent``."""
    return DISPLAY.action({"displays": "all"}, {"percent": percent})
