"""The linkage account of a clinic (連携用アカウント)."""

from oqsgen.clinic.profile import TerminalProfile
from oqsgen.resources import spec


def prefixes(profile: TerminalProfile) -> tuple[str, ...]:
    """How the ID of this clinic's linkage account may begin."""
    return tuple(spec("facility")["login_key_prefix"][profile.facility.kind])


def linkage_account(profile: TerminalProfile) -> str | None:
    """The ID of the linkage account: as written, else NTT's; None where only the clinic knows."""
    if profile.his.login_key_user or not profile.ntt_start_pack:
        return profile.his.login_key_user
    accounts: dict[str, str] = spec("portal")["start_pack"]["linkage"]
    allowed = prefixes(profile)
    return accounts[allowed[0]] if len(allowed) == 1 else None
