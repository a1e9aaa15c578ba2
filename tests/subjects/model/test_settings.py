"""Which terminal is an E14 Gen2 with the faulty driver, and which one is looked at."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.plan.step import Step
from tests.subjects.clinics import NEW, by_id, planned

E14 = "model: ThinkPad E14 Gen2"


@pytest.mark.parametrize(
    ("terminal", "device"),
    [
        (f"{E14}, installed: 2022-12", "PCI\\VEN_10EC&DEV_8168"),
        (f"{E14}, installed: 2023-01", "PCI\\VEN_10EC&DEV_8168"),
        (E14, "PCI\\VEN_10EC&DEV_8168"),
        ("model: thinkpad e14 gen 2, installed: 2022-12, nic: wifi", "PCI\\VEN_8086&"),
        (f"{E14}, installed: 2023-02", None),
        ("model: ThinkPad L15", None),
        ("nic: wifi", None),
    ],
)
def test_arp_offload_is_for_an_old_e14_alone(
    profile: Any, terminal: str, device: str | None
) -> None:
    plan = by_id(profile(terminal=f", {terminal}"))
    offload = plan.get("e14-arp-offload")
    assert (offload and offload.target and offload.target["device"]) == device
    assert bool(offload) == ("e14-reboot-check" in plan) == ("e14-detect" in plan)
    if offload:
        assert offload.drops_network
        assert plan["e14-detect"].wanted == {"is": True}


def _looked_at(folder: Path, terminal: str, job: str = "{mode: update}") -> Step | None:
    """What looks for the model of a terminal with these keys."""
    one = f"[{{name: OQS-01, os: win11-iot-ltsc-2024, {terminal}}}]"
    return planned(folder, job=job, terminals=one).get("e14-detect")


def test_a_model_that_nobody_wrote_down_is_looked_at_where_it_may_be_an_old_e14(
    tmp_path: Path,
) -> None:
    unknown = _looked_at(tmp_path, "form: notebook")
    assert unknown and unknown.wanted == {"is": False}
    assert unknown.values == (("対象の機種", "ThinkPad E14 Gen2"),)
    other = _looked_at(tmp_path, "form: notebook, model: ThinkPad L15")
    assert other and ("この一式に書かれた機種", "ThinkPad L15") in other.values
    assert _looked_at(tmp_path, "form: notebook, installed: 2023-02") is None
    assert _looked_at(tmp_path, "form: notebook", NEW) is None
    assert _looked_at(tmp_path, "form: desktop") is None
