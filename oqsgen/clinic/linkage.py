"""The linkage account of a clinic (連携用アカウント)."""

from oqsgen.clinic.profile import Site
from oqsgen.resources import spec


def prefixes(site: Site) -> tuple[str, ...]:
    """How the ID of this clinic's linkage account may begin."""
    return tuple(spec("facility")["login_key_prefix"][site.facility.kind])


def linkage_account(site: Site) -> str | None:
    """The ID of the linkage account: as written, else NTT's; None where only the clinic knows."""
    if site.his.login_key_user or not site.ntt_start_pack:
        return site.his.login_key_user
    known: dict[str, str] = spec("portal")["start_pack"]["linkage"]
    allowed = prefixes(site)
    return known[allowed[0]] if len(allowed) == 1 else None
