"""機種依存: ThinkPad E14 Gen2 (ntt-east 手順書D)."""

from oqsgen.kinds import Action, adapter_keyword
from oqsgen.resources import spec
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site

ARP_OFFLOAD = "*PMARPOffload"
DISABLED = "0"
"""Standardized INF Keywords for Power Management: 0 disabled, 1 enabled."""


def _adapter(site: Site) -> dict[str, str]:
    known: dict[str, str] = spec("windows")["e14"]["adapters"][site.terminal.nic]
    return known


def _arp_offload(site: Site) -> Action:
    adapter = _adapter(site)
    return adapter_keyword.keyword(
        adapter["title"], adapter["device"], adapter["description"], ARP_OFFLOAD, DISABLED
    )


def _arp_values(site: Site) -> Values:
    adapter = _adapter(site)
    return ((adapter["title"], f"{adapter['property']} = 無効（Disabled）"),)


SETTINGS = (
    Setting(
        id="e14-arp-offload",
        rows=("e14-arp-offload",),
        action=_arp_offload,
        values=_arp_values,
        drops_network=True,
    ),
)
