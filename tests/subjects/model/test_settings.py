"""Which terminal is an E14 Gen2 with the faulty driver."""

from typing import Any

import pytest

from tests.subjects.clinics import by_id


@pytest.mark.parametrize(
    ("terminal", "is_e14", "device"),
    [
        (", model: ThinkPad E14 Gen2, installed: 2022-12", True, "PCI\\VEN_10EC&DEV_8168"),
        (", model: thinkpad e14 gen 2, installed: 2022-12, nic: wifi", True, "PCI\\VEN_8086&"),
        (", model: ThinkPad E14 Gen2, installed: 2023-01", True, None),
        (", model: ThinkPad L15", False, None),
        ("", False, None),
    ],
)
def test_arp_offload_is_for_an_old_e14_alone(
    profile: Any, terminal: str, is_e14: bool, device: str | None
) -> None:
    plan = by_id(profile(terminal=terminal))
    assert plan["e14-detect"].wanted == {"is": is_e14}
    offload = plan.get("e14-arp-offload")
    assert (offload and offload.target and offload.target["device"]) == device
    if offload:
        assert offload.drops_network and "e14-reboot-check" in plan
