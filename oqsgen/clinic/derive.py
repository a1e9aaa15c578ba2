"""What follows from a clinic's keys: the defaults that are not constants."""

import re
from typing import Any, Literal, cast

from oqsgen import resources
from oqsgen.clinic import schedule
from oqsgen.clinic.model import (
    Area,
    Clinic,
    FacilityClass,
    FacilityType,
    Method,
    Terminal,
    UnknownError,
    UpdateMode,
    Where,
)

Topology = Literal["t1", "t2", "t3"]


def terminal(clinic: Clinic) -> Terminal:
    """The one terminal that these keys are for."""
    if not clinic.terminals:
        raise UnknownError("terminals")
    return clinic.terminals[0]


def type_of_code(code: str) -> FacilityType | None:
    """The type that the 点数表 digit says."""
    by_digit = resources.spec("facility")["types"].get(code[2])
    return cast(FacilityType, by_digit["type"]) if by_digit else None


def facility_type(clinic: Clinic) -> FacilityType:
    """The type as written, else by the code.

    Raises UnknownError where the two contradict each other, or neither says one.
    """
    in_file, by_code = clinic.facility.kind, type_of_code(clinic.facility.code)
    if (in_file and by_code and in_file != by_code) or not (in_file or by_code):
        raise UnknownError("kind")
    return cast(FacilityType, in_file or by_code)


def facility_class(clinic: Clinic) -> FacilityClass:
    """The class as written, else the usual one of its type."""
    default: FacilityClass = resources.spec("facility")["classes"][facility_type(clinic)][0]
    return clinic.facility.class_ or default


def provider(clinic: Clinic) -> Any:
    """What the table of providers says about this clinic's (``specs/network.yaml``); of another one, its file.

    Raises UnknownError where that file lacks what it has to say.
    """
    network, table = clinic.network, resources.spec("network")
    if network.provider != "other":
        return table["providers"][network.provider]
    if not (network.provider_name and network.method and network.topology):
        raise UnknownError("provider")
    return {
        "title": network.provider_name,
        "method": network.method,
        "topology": table["stated"][network.topology],
    }


def method(clinic: Clinic) -> Method:
    """How the line is carried: as written, else by the provider."""
    return clinic.network.method or cast(Method, provider(clinic)["method"])


def topology(clinic: Clinic) -> Topology:
    """Where the applications come from (配信方法)."""
    return cast(Topology, provider(clinic)["topology"])


def is_ntt(clinic: Clinic) -> bool:
    """Whether the provider is NTT東日本 or NTT西日本."""
    return "area" in provider(clinic)


def area_of_prefecture(clinic: Clinic) -> Area | None:
    """The NTT company that serves the prefecture in the code."""
    prefecture = resources.spec("facility")["prefectures"].get(clinic.facility.code[:2])
    return cast(Area, prefecture["area"]) if prefecture else None


def area(clinic: Clinic) -> Area:
    """The area as written, else by the prefecture; with an ``area_override`` by the provider."""
    of_provider: Area | None = provider(clinic).get("area")
    if clinic.network.area:
        return clinic.network.area
    if clinic.network.area_override and of_provider:
        return of_provider
    return area_of_prefecture(clinic) or of_provider or "east"


def dns(clinic: Clinic) -> Where:
    """Where the name servers are set: as written, else nowhere."""
    return clinic.network.dns.where if clinic.network.dns else "none"


def v6_option(clinic: Clinic) -> bool:
    """フレッツ・v6オプション: as written, else wherever the line is NTT's."""
    in_file = clinic.network.v6_option
    return is_ntt(clinic) if in_file is None else in_file


def winhttp(clinic: Clinic) -> bool:
    """Whether WinHTTP gets the proxy too: always the official one, else as written."""
    proxy = clinic.network.proxy
    return topology(clinic) == "t1" or bool(proxy and proxy.winhttp)


def update_mode(clinic: Clinic) -> UpdateMode:
    """As written, else automatic where the power is."""
    return clinic.windows_update.mode or clinic.power


def opening(clinic: Clinic) -> tuple[int, int]:
    """Opening and closing in minutes since midnight."""
    return schedule.opening_of(clinic.facility.hours)


def reboot(clinic: Clinic) -> int | None:
    """The restart in minutes since midnight: as written, else proposed; None without one."""
    if clinic.power == "manual":
        return None
    reboot_time = clinic.reboot.time if clinic.reboot else None
    if reboot_time:
        return schedule.minutes(reboot_time)
    open_, close = opening(clinic)
    update: schedule.Update = None
    if update_mode(clinic) == "auto":
        hour = clinic.windows_update.hour
        update = "proposed" if hour is None else hour * 60
    seed = f"{clinic.facility.code}/{terminal(clinic).name.upper()}"
    return schedule.propose_reboot(seed, open_, close, update)


def update_hour(clinic: Clinic) -> int | None:
    """The hour of Windows Update: as written, else proposed; None where a person does it."""
    if update_mode(clinic) == "manual":
        return None
    if clinic.windows_update.hour is not None:
        return clinic.windows_update.hour
    open_, _ = opening(clinic)
    restart = reboot(clinic)
    if restart is None:
        return (open_ // 60 - 1) % 24
    return schedule.propose_update(restart, open_)


def linkage(clinic: Clinic) -> bool:
    """Whether the 連携アプリケーション is needed."""
    return clinic.his.link or clinic.services.erx or clinic.services.emr


def shares_folders(clinic: Clinic) -> bool:
    """Whether folders of this PC are shared with a decided account: those used that are not elsewhere."""
    paths = clinic.his.paths
    folders = [paths.face] if clinic.readers else []
    folders += [paths.req, paths.res] if clinic.his.link else []
    here = [path for path in folders if path is None or not path.startswith("\\\\")]
    return bool(here and clinic.his.share_account) and not clinic.his.local


def may_skip_optional_rows(clinic: Clinic) -> bool:
    """Whether the manual lets this terminal leave items of 操作3 out (Windows 11 Pro, 兼用)."""
    pc = terminal(clinic)
    return pc.os == "win11-pro" or pc.shared_with_receipt_computer


def all_readers_read_phones(clinic: Clinic) -> bool:
    """Whether every reader reads phones by itself."""
    vendors = resources.spec("readers")["vendors"]
    return bool(clinic.readers) and not any(
        vendors[reader.vendor]["generic_reader"] for reader in clinic.readers
    )


def why_no_own_updates(pc: Terminal) -> tuple[str, ...]:
    """Why the 配信アプリケーション does not update this terminal by itself (setup P.33)."""
    reasons = {
        "Windows 11 Pro": pc.os == "win11-pro",
        "レセコン兼用": pc.shared_with_receipt_computer,
        "資材の手動適用": pc.manual_assets,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def stops_own_updates(pc: Terminal) -> bool:
    """Whether the 配信アプリケーション does not update this terminal by itself."""
    return bool(why_no_own_updates(pc))


def is_e14(pc: Terminal) -> bool:
    """Whether this is an E14 Gen 2 that may have the faulty network driver: an old one."""
    match = re.search(resources.spec("windows")["e14"]["model"], pc.model or "", re.IGNORECASE)
    return bool(match) and is_of_e14_time(pc)


def is_of_e14_time(pc: Terminal) -> bool:
    """Whether it was installed in ``e14.until`` (``specs/windows.yaml``) or before, or nobody knows when."""
    until: str = resources.spec("windows")["e14"]["until"]
    return not pc.installed or pc.installed <= until


def is_old_install(pc: Terminal) -> bool:
    """Whether the linkage and distribution tasks need their delay."""
    before: str = resources.spec("windows")["old_install_before"]
    return pc.force_delay or bool(pc.installed and pc.installed < before)
