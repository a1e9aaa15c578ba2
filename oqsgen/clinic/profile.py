"""A checked terminal of a clinic: nothing missing, nothing left to default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import Field

from oqsgen import resources
from oqsgen.clinic import derive, schedule
from oqsgen.clinic.derive import Topology
from oqsgen.clinic.facts import facts_of
from oqsgen.clinic.model import (
    ActiveHours,
    Area,
    Charset,
    Clinic,
    Dns,
    Facility,
    Job,
    Network,
    Ntp,
    Paths,
    Proxy,
    Reboot,
    Terminal,
    Where,
    WindowsUpdate,
)
from oqsgen.clinic.unanswered import unanswered


@dataclass(frozen=True)
class ProxyInUse:
    """The proxy and its exceptions: of t1 the official ones and the clinic's, else the clinic's alone.

    ``exact``: Windows' list may hold no others. ``winhttp``: WinHTTP gets the proxy too.
    """

    host: str
    port: int
    bypass: tuple[str, ...]
    exact: bool
    winhttp: bool

    @property
    def server(self) -> str:
        """``host:port``"""
        return f"{self.host}:{self.port}"


class TerminalProfile(Clinic):
    """Everything that one terminal's bundle is made from: a clinic's keys, and what follows.

    ``terminals`` is this terminal alone, and every key that has a default is filled. ``proposed`` are the
    keys (group and key) of an update or a succession whose values are the tool's own proposal: there the
    PC's own stays where it meets the rules.
    """

    proposed: frozenset[tuple[str, str]] = Field(default=frozenset(), exclude=True)

    @property
    def terminal(self) -> Terminal:
        """The one terminal."""
        return self.terminals[0]

    @property
    def name(self) -> str:
        """``<code>_<terminal>``, the name of the bundle's folder."""
        return f"{self.facility.code}_{self.terminal.name}"

    @property
    def staff_accounts(self) -> tuple[str, ...]:
        """Windows accounts that use the terminal besides OqsComApp."""
        return self.terminal.staff_accounts

    @property
    def provider_title(self) -> str:
        """Who carries the line, as it is printed."""
        title: str = derive.provider(self)["title"]
        return title

    @property
    def is_ntt(self) -> bool:
        """Whether the provider is NTT東日本 or NTT西日本."""
        return derive.is_ntt(self)

    @property
    def topology(self) -> Topology:
        """Where the applications come from (配信方法): ``t1``, ``t2`` or ``t3``."""
        return derive.topology(self)

    @property
    def area(self) -> Area:
        """The NTT area, ``east`` or ``west``."""
        return derive.area(self)

    @property
    def dns(self) -> Where:
        """Where the name servers are set: ``router``, ``terminal`` or ``none``."""
        return derive.dns(self)

    @property
    def nic(self) -> str | None:
        """The connection whose name servers are set, where ``dns`` is ``terminal``."""
        return self.network.dns.nic if self.network.dns else None

    @property
    def ntp_server(self) -> str | None:
        """The time server; None where the clinic has none."""
        return self.network.ntp.server if self.network.ntp else None

    @property
    def reboot_time(self) -> str | None:
        """``HH:MM`` of 定刻に再起動; None where a person switches the power."""
        return self.reboot.time if self.reboot else None

    @property
    def charset(self) -> Charset:
        """The encoding of linked files."""
        return self.env.charset

    @property
    def download_deadline(self) -> date | None:
        """The last day on which the client certificate can be downloaded, where it is written."""
        return self.certificate.download_deadline

    @cached_property
    def proxy(self) -> ProxyInUse:
        """The proxy in use: official where the line leads to the 配信拠点, else as written."""
        proxy = self.network.proxy
        assert proxy is not None  # filled by make_profile
        if self.topology == "t1":
            official = resources.spec("network")["proxy"]
            bypass = (*official["bypass"], *proxy.extra_bypass)
            return ProxyInUse(
                official["host"], official["port"], bypass, False, derive.winhttp(self)
            )
        assert proxy.server and proxy.port  # PROXY_VALUES_REQUIRED otherwise
        bypass = proxy.bypass or ()
        return ProxyInUse(proxy.server, proxy.port, bypass, True, derive.winhttp(self))

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that requirement rows ask for (``when:``)."""
        return facts_of(self)

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Row id → why this clinic leaves it out: as written, and what goes with it."""
        companions = {
            row: companion_rows
            for rule in resources.spec("optional")
            for row, companion_rows in rule["with"].items()
        }
        reasons = {skip.id: skip.reason for skip in self.skip}
        for skip in self.skip:
            reasons = {
                companion: skip.reason for companion in companions.get(skip.id, ())
            } | reasons
        return reasons

    def resolved_input(self) -> dict[str, Any]:
        """Plain JSON data in the keys of a clinic's file, in their order; read again, the same.

        For ``bundle.json`` and for the bundle id. Nothing that is not set, and nothing that nobody has answered.
        """
        # No proxy that asks who one is can be used, so the key says nothing.
        excluded: Any = {"terminals": {"__all__": {"override"}}, "network": {"proxy": {"auth"}}}
        data = self.model_dump(mode="json", by_alias=True, exclude=excluded)
        # Read again, they are proposed again.
        for group, key in self.proposed:
            data[group] = {k: v for k, v in data[group].items() if key not in (k, "*")}
        # Read again, they are still to be asked.
        for path in unanswered(self):
            _leave_out(data, path.split("."))
        without_nothing: dict[str, Any] = _without_nothing(data)
        return without_nothing


def make_profile(clinic: Clinic) -> TerminalProfile:
    """The profile of the one terminal of a clinic without errors."""
    keys = {name: getattr(clinic, name) for name in Clinic.model_fields}
    return TerminalProfile.model_construct(
        **keys
        | {
            "facility": _facility(clinic),
            "job": _job(clinic),
            "network": _network(clinic),
            "reboot": _reboot(clinic),
            "windows_update": WindowsUpdate.model_construct(
                mode=derive.update_mode(clinic), hour=derive.update_hour(clinic)
            ),
            "active_hours": _active_hours(clinic),
            "his": clinic.his.model_copy(update={"paths": _paths(clinic)}),
            "proposed": _proposed(clinic),
        }
    )


def _proposed(clinic: Clinic) -> frozenset[tuple[str, str]]:
    if clinic.job.mode not in ("update", "succession"):
        return frozenset()
    own = {
        ("reboot", "time"): derive.reboot(clinic) is not None
        and not (clinic.reboot and clinic.reboot.time),
        ("windows_update", "hour"): derive.update_mode(clinic) == "auto"
        and clinic.windows_update.hour is None,
        ("active_hours", "*"): clinic.power == "manual" and not clinic.active_hours,
    }
    return frozenset(key for key, is_proposed in own.items() if is_proposed)


def _facility(clinic: Clinic) -> Facility:
    filled = {"kind": derive.facility_type(clinic), "class_": derive.facility_class(clinic)}
    return clinic.facility.model_copy(update=filled)


def _job(clinic: Clinic) -> Job:
    succession = clinic.job.succession if clinic.job.mode == "succession" else None
    return clinic.job.model_copy(update={"succession": succession})


def _network(clinic: Clinic) -> Network:
    filled = {
        "method": derive.method(clinic),
        "area": derive.area(clinic),
        "v6_option": derive.v6_option(clinic),
        "dns": clinic.network.dns or Dns.model_construct(where=derive.dns(clinic)),
        "proxy": _proxy(clinic),
        "ntp": _ntp(clinic),
    }
    return clinic.network.model_copy(update=filled)


def _proxy(clinic: Clinic) -> Proxy:
    """What is the clinic's own of it: more exceptions than the official ones, or everything."""
    proxy = clinic.network.proxy or Proxy.model_construct()
    extra = tuple(dict.fromkeys(proxy.extra_bypass))
    if derive.topology(clinic) == "t1":
        official = resources.spec("network")["proxy"]["bypass"]
        return Proxy.model_construct(extra_bypass=tuple(e for e in extra if e not in official))
    bypass = tuple(dict.fromkeys((*(proxy.bypass or ()), *extra)))
    filled = {"bypass": bypass, "extra_bypass": None, "winhttp": derive.winhttp(clinic)}
    return proxy.model_copy(update=filled)


def _ntp(clinic: Clinic) -> Ntp | None:
    if derive.topology(clinic) != "t1":
        return clinic.network.ntp
    reason = clinic.network.ntp.reason if clinic.network.ntp else None
    return Ntp.model_construct(server=resources.spec("network")["ntp"], reason=reason)


def _reboot(clinic: Clinic) -> Reboot:
    minute = derive.reboot(clinic)
    return Reboot.model_construct(time=None if minute is None else schedule.clock(minute))


def _active_hours(clinic: Clinic) -> ActiveHours | None:
    if clinic.power == "auto":
        return None
    if clinic.active_hours:
        return clinic.active_hours.model_copy(update={"end": clinic.active_hours.end % 24})
    start, end = schedule.propose_active_hours(*derive.opening(clinic))
    return ActiveHours.model_construct(start=start, end=end)


def _paths(clinic: Clinic) -> Paths:
    official = resources.spec("windows")["paths"]
    paths = clinic.his.paths
    return Paths.model_construct(
        req=paths.req or official["req"],
        res=paths.res or official["res"],
        face=paths.face or official["face"],
    )


def _leave_out(data: dict[str, Any], path: Sequence[str]) -> None:
    *groups, key = path
    for group in groups:
        data = data.get(group) or {}
    data.pop(key, None)


def _without_nothing(value: Any) -> Any:
    """``value`` without None and without groups that are empty then; an empty list stays."""
    if isinstance(value, dict):
        tidy = {key: _without_nothing(each) for key, each in value.items()}
        return {key: each for key, each in tidy.items() if each is not None and each != {}}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
