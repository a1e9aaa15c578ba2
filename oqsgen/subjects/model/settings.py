"""機種依存: ThinkPad E14 Gen2 (ntt-east 手順書D)."""

import re
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.model import kinds

E14: dict[str, Any] = spec("windows")["e14"]

ARP_OFFLOAD = "*PMARPOffload"
DISABLED = "0"
"""Standardized INF Keywords for Power Management: 0 disabled, 1 enabled."""


def _adapter(profile: TerminalProfile) -> dict[str, str]:
    adapter: dict[str, str] = E14["adapters"][profile.terminal.nic]
    return adapter


def _model(profile: TerminalProfile) -> Action:
    match = re.search(E14["model"], profile.terminal.model or "", re.IGNORECASE)
    return kinds.model_matches(E14["model"], yes=match is not None)


def _model_values(profile: TerminalProfile) -> Values:
    model = profile.terminal.model
    wanted = (("この一式に書かれた機種", model),) if model else ()
    return (("対象の機種", "ThinkPad E14 Gen2"), *wanted)


def _arp_offload(profile: TerminalProfile) -> Action:
    adapter = _adapter(profile)
    return kinds.adapter_keyword(
        adapter["title"], adapter["device"], adapter["description"], ARP_OFFLOAD, DISABLED
    )


def _arp_values(profile: TerminalProfile) -> Values:
    adapter = _adapter(profile)
    return ((adapter["title"], f"{adapter['property']} = 無効（Disabled）"),)


SETTINGS = (
    Setting(
        id="e14-detect",
        rows=("e14-detect",),
        action=_model,
        values=_model_values,
    ),
    Setting(
        id="e14-arp-offload",
        rows=("e14-arp-offload",),
        action=_arp_offload,
        values=_arp_values,
        drops_network=True,
    ),
    Setting(
        id="e14-reboot-check",
        rows=("e14-reboot-check",),
        action=lambda profile: kinds.starts_within(
            E14["startup_seconds"], version("face-library").folder
        ),
    ),
)
