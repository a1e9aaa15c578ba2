"""What several subjects' tests make of a clinic."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.clinic import TerminalProfile
from tests.subjects.clinics import NEW, T1, Plan, planned, profile_of


@pytest.fixture
def profile(tmp_path: Path) -> Any:
    """Makes a site: the line, the terminal's further keys, options."""

    def make(
        network: str = T1, terminal: str = "", options: str = "", power: str = "auto"
    ) -> TerminalProfile:
        return profile_of(
            tmp_path,
            network=network,
            power=power,
            options=f"[{options}]",
            terminals=f"[{{name: OQS-01, os: win11-iot-ltsc-2024, form: notebook{terminal}}}]",
        )

    return make


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Makes a plan: the line, the readers, the receipt computer, the job, the terminal's further keys."""

    def make(
        network: str = T1,
        readers: str = "{vendor: panasonic}",
        his: str = "{link: false}",
        job: str = NEW,
        terminal: str = "form: desktop",
    ) -> Any:
        return planned(
            tmp_path,
            job=job,
            network=network,
            readers=f"[{readers}]",
            his=his,
            terminals=f"[{{name: OQS-01, os: win11-iot-ltsc-2024, {terminal}}}]",
        )

    return make
