"""The facts of a site: the words that requirement rows use in ``when:``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from oqsgen import resources
from oqsgen.clinic import derive

if TYPE_CHECKING:
    from oqsgen.clinic.profile import Site

# A service that is on is a fact of the same name as its key.
SERVICES = ("medical_info", "specified_disease", "erx", "emr", "medical_aid", "emergency")


def facts_of(site: "Site") -> frozenset[str]:
    """Every fact that is true of ``site``."""
    words = [
        site.job.mode,
        f"{site.power}-power",
        site.topology,
        site.network.method,
        site.terminal.form,
        site.facility.kind,
        site.facility.class_,
        f"wu-{site.windows_update.mode}",
        "face" if site.readers else "noface",
        *(reader.vendor for reader in site.readers),
        *site.options,
    ]
    return frozenset(words) | frozenset(_conditional(site))


def _conditional(site: "Site") -> Iterator[str]:
    terminal, his, services = site.terminal, site.his, site.services
    shared = terminal.shared_with_receipt_computer
    stops_updates = terminal.os == "win11-pro" or shared or terminal.manual_assets
    linkage = his.link or services.erx or services.emr
    succession = site.job.succession
    vendors = resources.spec("readers")["vendors"]
    reads_phones = site.readers and not any(
        vendors[reader.vendor]["generic_reader"] for reader in site.readers
    )
    decided = {
        "ntt": site.network.is_ntt,
        site.area: site.network.is_ntt,
        "winhttp": site.proxy.winhttp,
        "dns-router": site.network.dns == "router",
        "dns-terminal": site.network.dns == "terminal",
        "win11-pro": terminal.os == "win11-pro",
        "win11": terminal.os.startswith("win11-"),
        "win10": terminal.os.startswith("win10-"),
        "wifi": terminal.nic == "wifi",
        "e14": derive.is_e14(terminal),
        "shared": shared,
        "manual-assets": terminal.manual_assets,
        "stop-auto-update": stops_updates,
        "boot-tasks": linkage or not stops_updates,
        "several-readers": len(site.readers) > 1,
        "generic-reader": site.generic_reader,
        "phone": site.phone,
        "phone-generic": site.phone and not reads_phones,
        "his": his.link,
        "his-link": his.link,
        "linkage": linkage,
        "his-shared": his.link and not his.local,
        "his-encrypt": linkage and his.encrypt,
        "his-nas": linkage and his.nas,
        **{name: getattr(services, name) for name in SERVICES},
        "staff": bool(site.staff_accounts),
        "ntt-pack": site.ntt_start_pack,
        "several-codes": bool(site.facility.more_codes),
        "carry-over": bool(succession and succession.carry_over),
        "new-accounts": bool(succession and not succession.carry_over),
        "old-install": derive.is_old_install(terminal),
    }
    for fact, true in decided.items():
        if true:
            yield fact
