"""A site in the keys of a clinic's file: for ``bundle.json`` and for the bundle id."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oqsgen.clinic.profile import Site


def as_input(site: "Site") -> dict[str, Any]:
    """Plain JSON data in a fixed order. Nothing that is not set; nothing that is secret."""
    whole = {
        "facility": _facility(site),
        "job": {
            "mode": site.job.mode,
            "succession": site.job.succession and site.job.succession.model_dump(mode="json"),
        },
        "network": _network(site),
        "power": site.power,
        "reboot": {"time": site.reboot_time},
        "windows_update": {"mode": site.windows_update.mode, "hour": site.windows_update.hour},
        "active_hours": site.active_hours
        and {"start": site.active_hours.start, "end": site.active_hours.end},
        "readers": [reader.model_dump(mode="json") for reader in site.readers],
        "generic_reader": site.generic_reader,
        "phone": site.phone,
        "his": {
            "link": site.his.link,
            "local": site.his.local,
            "share_account": site.his.share_account,
            "encrypt": site.his.encrypt,
            "nas": site.his.nas,
            "login_key_user": site.his.login_key_user,
            "paths": {
                "req": site.his.paths.req,
                "res": site.his.paths.res,
                "face": site.his.paths.face,
            },
        },
        "services": site.services.model_dump(mode="json"),
        "ntt_start_pack": site.ntt_start_pack,
        "options": list(site.options),
        "env": {"charset": site.charset},
        "terminals": [site.terminal.model_dump(mode="json", exclude={"override"})],
        "skip": [skip.model_dump(mode="json") for skip in site.skip],
        "vendor": site.vendor and site.vendor.model_dump(mode="json"),
        "certificate": {
            "download_deadline": site.download_deadline and site.download_deadline.isoformat()
        },
    }
    tidy: dict[str, Any] = _without_nothing(whole)
    return tidy


def _facility(site: "Site") -> dict[str, Any]:
    facility = site.facility
    return {
        "code": facility.code,
        "code_unverified": {"reason": facility.code_unverified},
        "name": facility.name,
        "kind": facility.kind,
        "class": facility.class_,
        "hours": {"open": facility.hours.open, "close": facility.hours.close},
        "more_codes": list(facility.more_codes),
    }


def _network(site: "Site") -> dict[str, Any]:
    network = site.network
    return {
        "provider": network.provider,
        "method": network.method,
        "area": network.area,
        "area_override": {"reason": network.area_override},
        "v6_option": network.v6_option,
        "dns": {"where": network.dns, "nic": network.nic},
        "proxy": _proxy(site),
        "ntp": {"server": site.ntp_server, "reason": site.ntp_reason},
    }


def _proxy(site: "Site") -> dict[str, Any]:
    proxy = site.proxy
    if not proxy.exact:
        return {"extra_bypass": list(proxy.extra_bypass)}
    return {
        "server": proxy.host,
        "port": proxy.port,
        "bypass": list(proxy.bypass),
        "winhttp": proxy.winhttp,
    }


def _without_nothing(value: Any) -> Any:
    """``value`` without None and without groups that are empty then; an empty list stays."""
    if isinstance(value, dict):
        tidy = {key: _without_nothing(each) for key, each in value.items()}
        return {key: each for key, each in tidy.items() if each is not None and each != {}}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
