"""The facts of a terminal: the words that requirement rows use in ``when:``."""

from collections.abc import Iterator

from oqsgen.clinic import derive
from oqsgen.clinic.model import Clinic, Services


def facts_of(clinic: Clinic) -> frozenset[str]:
    """Every fact that is true of the clinic and its one terminal."""
    words = [
        *facts_of_mode(clinic.job.mode),
        f"{clinic.power}-power",
        derive.topology(clinic),
        derive.method(clinic),
        derive.terminal(clinic).form,
        derive.facility_type(clinic),
        derive.facility_class(clinic),
        f"wu-{derive.update_mode(clinic)}",
        "face" if clinic.readers else "noface",
        *("other-reader" if r.vendor == "other" else r.vendor for r in clinic.readers),
        *clinic.options,
    ]
    return frozenset(words) | frozenset(_conditional(clinic))


def facts_of_mode(mode: str) -> frozenset[str]:
    """What a kind of work is: a terminal in the place of another one is a new one, too."""
    return frozenset({"replace", "new"} if mode == "replace" else {mode})


def facts_of_windows(os: str) -> dict[str, bool]:
    """What a key of ``specs/windows.yaml``'s ``os`` says by itself."""
    return {
        "win11-pro": os == "win11-pro",
        "win11": os.startswith("win11-"),
        "win10": os.startswith("win10-"),
    }


def _conditional(clinic: Clinic) -> Iterator[str]:
    terminal, his, services = derive.terminal(clinic), clinic.his, clinic.services
    stops_updates = derive.stops_own_updates(terminal)
    linkage = derive.linkage(clinic)
    succession = clinic.job.succession
    decided = {
        "ntt": derive.is_ntt(clinic),
        derive.area(clinic): derive.is_ntt(clinic),
        "winhttp": derive.winhttp(clinic),
        "dns-router": derive.dns(clinic) == "router",
        "dns-terminal": derive.dns(clinic) == "terminal",
        **facts_of_windows(terminal.os),
        "wifi": terminal.nic == "wifi",
        "e14": derive.is_e14(terminal),
        "e14-time": derive.is_of_e14_time(terminal),
        "shared": terminal.shared_with_receipt_computer,
        "manual-assets": terminal.manual_assets,
        "stop-auto-update": stops_updates,
        "start-task": "new" in facts_of_mode(clinic.job.mode) or not stops_updates,
        "several-readers": len(clinic.readers) > 1,
        "generic-reader": clinic.generic_reader,
        "phone": clinic.phone,
        "phone-generic": clinic.phone and not derive.all_readers_read_phones(clinic),
        "his": his.link,
        "his-link": his.link,
        "linkage": linkage,
        "his-shared": his.link and not his.local,
        "his-local": his.local,
        "shares": derive.shares_folders(clinic),
        "his-encrypt": linkage and his.encrypt,
        "his-nas": linkage and his.nas,
        # A service that is on is a fact of the same name as its key.
        **{name: getattr(services, name) for name in Services.model_fields},
        "staff": bool(terminal.staff_accounts),
        "ntt-pack": clinic.ntt_start_pack,
        "several-codes": bool(clinic.facility.more_codes),
        "carry-over": bool(succession and succession.carry_over),
        "new-accounts": bool(succession and not succession.carry_over),
        "old-install": derive.is_old_install(terminal),
    }
    for fact, true in decided.items():
        if true:
            yield fact
