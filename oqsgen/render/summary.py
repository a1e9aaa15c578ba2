"""What the checklist's first page says about a terminal, in the words that are printed."""

from collections.abc import Mapping, Sequence

from oqsgen import __version__
from oqsgen.clinic import TerminalProfile
from oqsgen.manual.sources import edition
from oqsgen.plan.step import Step
from oqsgen.render import checklist as sheet
from oqsgen.resources import spec
from oqsgen.seal.signer import Signer

MODES = {"new": "新規導入", "update": "更新", "succession": "承継・コード変更", "audit": "点検"}
WORK = {"update": "更新", "audit": "点検"}
SET_UP = "セットアップ"
FORMS = {"desktop": "デスクトップ", "notebook": "ノート"}
POWER = {"auto": "自動", "manual": "手動"}


def summarize(
    profile: TerminalProfile,
    steps: Sequence[Step],
    areas: Mapping[str, str],
    bundle_id: str,
    signer: Signer | None,
) -> sheet.Checklist:
    """All that the checklist of one terminal prints."""
    facility, terminal, vendor = profile.facility, profile.terminal, profile.vendor
    network = spec("network")
    facility_types = {entry["type"]: entry["title"] for entry in spec("facility")["types"].values()}
    update = profile.windows_update
    return sheet.Checklist(
        facility=sheet.Facility(
            code=facility.code,
            name=facility.name,
            kind=facility_types[facility.kind],
            hours=f"{facility.hours.open}～{facility.hours.close}",
        ),
        terminal=sheet.Terminal(
            name=terminal.name,
            os=spec("windows")["os"][terminal.os]["title"],
            form=FORMS[terminal.form],
        ),
        network=sheet.Network(
            provider=profile.provider_title,
            method=network["methods"][profile.network.method],
            topology=network["topologies"][profile.topology],
        ),
        operation=sheet.Operation(
            power=POWER[profile.power],
            reboot=profile.reboot_time,
            windows_update=f"毎日 {update.hour:02}:00" if update.mode == "auto" else None,
        ),
        mode=MODES[profile.job.mode],
        work=WORK.get(profile.job.mode, SET_UP),
        vendor=sheet.Vendor(vendor.company, vendor.engineer, vendor.phone) if vendor else None,
        bundle=sheet.Bundle(
            id=bundle_id,
            tool=__version__,
            manual=edition(),
            publisher=(
                sheet.Publisher(signer.name, signer.fingerprint, signer.ends) if signer else None
            ),
        ),
        steps=steps,
        areas=areas,
    )
