"""What is set and read of sleep and mains."""

from typing import Literal

from oqsgen.plan.kind import Action, Field, Kind, Wording

_IDLE = (
    Field(
        "standby",
        "idle time until the PC sleeps; 0: never",
        "s",
        ours=True,
        label="スリープまでの時間",
        wording=Wording(form="minutes", unit=" 分", words={"0": "なし"}),
    ),
    Field(
        "hibernate",
        "idle time until it hibernates; 0: never (with Modern Standby what Windows decides)",
        "s",
        ours=True,
        label="休止状態までの時間",
        wording=Wording(form="minutes", unit=" 分", words={"0": "なし"}),
    ),
)

POWER = Kind(
    "power",
    "Idle times of the active power scheme; null where the scheme does not know one.",
    target=(Field("source", "`ac` (mains) or `dc` (battery)"),),
    wanted=_IDLE,
    found=(
        Field("scheme", "which scheme it is", "GUID"),
        *_IDLE,
    ),
    source="PowerReadACValueIndex",
    scopes=("machine",),
    thing="電源の設定",
    cause="電源プランやメーカーのソフトが変えた",
)


def never_sleeps(source: Literal["ac", "dc"]) -> Action:
    """On mains (``ac``) or battery (``dc``) the PC neither sleeps nor hibernates when idle."""
    return POWER.action({"source": source}, {"standby": 0, "hibernate": 0})


_CONNECTED = (
    Field(
        "connected",
        "whether it does",
        label="AC アダプター",
        wording=Wording(words={"true": "つながっている", "false": "つながっていない"}),
    ),
)

POWER_LINE = Kind(
    "power-line",
    "Whether the PC runs on mains.",
    target=(Field("source", "always `ac`"),),
    wanted=_CONNECTED,
    found=_CONNECTED,
    source="GetSystemPowerStatus",
    thing="AC アダプター",
    remedy="AC アダプターをつないでください。",
)
