"""Clinics as the subjects' tests need them: one that is usual but for some of its keys, and its steps."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.step import Step
from tests.examples import FOLDER, plan_of, profiles_of, steps_of

Plan = Callable[..., dict[str, Step]]

NEW = "{mode: new}"
T1 = "{provider: ntt-east, dns: {where: router}}"
T3 = (
    "{provider: own, proxy: {server: proxy.example, port: 3128, bypass: [], winhttp: true},"
    " ntp: {server: null, reason: 院内}}"
)
KEYS = {
    "facility": '{code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}}',
    "job": NEW,
    "network": T1,
    "power": "auto",
    "readers": "[{vendor: panasonic}]",
    "terminals": "[{name: OQS-01, os: win11-iot-ltsc-2024, form: desktop}]",
}
"""Top key → YAML."""


def clinic(folder: Path, more: str = "", **keys: str) -> Path:
    """The file of a clinic with these keys in the place of the usual ones, and ``more`` lines."""
    lines = [f"{key}: {value}\n" for key, value in (KEYS | keys).items()]
    text = "".join(lines) + more
    path = folder / f"{abs(hash(text))}.yaml"
    path.write_text(text, "utf-8")
    return path


def profile_of(folder: Path, more: str = "", **keys: str) -> TerminalProfile:
    """The one terminal of such a clinic."""
    return profiles_of(clinic(folder, more, **keys))[0]


def by_id(profile: TerminalProfile) -> dict[str, Step]:
    """The steps of a terminal."""
    return {step.id: step for step in plan_of(profile)}


def planned(folder: Path, more: str = "", **keys: str) -> dict[str, Step]:
    """The steps of such a clinic's terminal."""
    return by_id(profile_of(folder, more, **keys))


def example_steps(name: str) -> dict[str, Step]:
    """The steps of an example's first terminal."""
    return steps_of(FOLDER / f"{name}.yaml")


def wanted(step: Step) -> Mapping[str, Any]:
    """What a step wants, which is not absence."""
    assert step.wanted is not None
    return step.wanted


def with_options(folder: Path, options: str = "", mode: str = "new") -> dict[str, Step]:
    """A clinic with these options."""
    pro = "[{name: OQS-01, os: win11-pro, form: desktop}]"
    return planned(folder, job=f"{{mode: {mode}}}", options=f"[{options}]", terminals=pro)


def with_shares(folder: Path, his: str, mode: str = "new") -> dict[str, Step]:
    """A clinic with such a receipt computer."""
    return planned(folder, job=f"{{mode: {mode}}}", his=his)


TOKYO = {"code": "1319999012", "provider": "ntt-east", "dns": "router"}
PHARMACY = {"code": "2349999033", "provider": "ctc", "dns": "none"}
LINK = "his: {link: true, share_account: receiptcom}\n"


def with_portal(folder: Path, more: str = "", where: Mapping[str, str] = TOKYO) -> dict[str, Step]:
    """A clinic with two readers, one of whose accounts is written."""
    hours = 'hours: {open: "09:00", close: "18:30"}'
    return planned(
        folder,
        more,
        facility=f'{{code: "{where["code"]}", name: 施設, {where.get("more", "")}{hours}}}',
        network=f"{{provider: {where['provider']}, dns: {{where: {where['dns']}}}}}",
        readers="[{vendor: panasonic}, {vendor: panasonic, account: F0FACE07}]",
        terminals="[{name: OQS-01, os: win11-pro}]",
    )


def with_linkage(folder: Path, **values: str) -> dict[str, Step]:
    """A clinic whose receipt computer is the terminal: ``mode``, ``link``, ``encrypt``, ``terminal``."""
    known = {"mode": "new", "link": "true", "encrypt": "false", "terminal": ""} | values
    if known["mode"] == "succession":
        known["mode"] += ', succession: {previous_code: "1319999020", date: 2026-10-01}'
    return planned(
        folder,
        job=f"{{mode: {known['mode']}}}",
        readers="[{vendor: almex}]",
        his=f"{{link: {known['link']}, local: true, encrypt: {known['encrypt']}}}",
        terminals=f"[{{name: OQS-01, os: win11-iot-ltsc-2024{known['terminal']}}}]",
    )
