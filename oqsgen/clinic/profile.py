"""A checked terminal of a clinic: nothing missing, nothing left to default."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from oqsgen import resources
from oqsgen.clinic import derive, schedule
from oqsgen.clinic.as_input import as_input
from oqsgen.clinic.derive import Topology
from oqsgen.clinic.facts import facts_of
from oqsgen.clinic.model import (
    Area,
    Charset,
    Clinic,
    FacilityClass,
    Hours,
    Kind,
    Method,
    Mode,
    Option,
    Power,
    Provider,
    Reader,
    Services,
    Skip,
    Succession,
    Terminal,
    UpdateMode,
    Vendor,
    Where,
)


@dataclass(frozen=True)
class Facility:
    """The clinic. ``code_unverified`` is the reason why an odd check digit is taken."""

    code: str
    name: str
    kind: Kind
    class_: FacilityClass
    hours: Hours
    more_codes: tuple[str, ...]
    code_unverified: str | None


@dataclass(frozen=True)
class Job:
    """What is done; ``succession`` is there in that mode only."""

    mode: Mode
    succession: Succession | None


@dataclass(frozen=True)
class Network:
    """The line. ``nic`` is the connection whose DNS is set, where ``dns`` is ``terminal``."""

    provider: Provider
    method: Method
    topology: Topology
    area: Area
    area_override: str | None
    is_ntt: bool
    v6_option: bool
    dns: Where
    nic: str | None


@dataclass(frozen=True)
class Proxy:
    """``exact``: the bypass list is to be this and no more. ``official``: the values of T1."""

    host: str
    port: int
    bypass: tuple[str, ...]
    extra_bypass: tuple[str, ...]
    exact: bool
    winhttp: bool

    @property
    def server(self) -> str:
        """``host:port``"""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class WindowsUpdate:
    """``hour`` 0-23 is there in the mode ``auto`` only."""

    mode: UpdateMode
    hour: int | None


@dataclass(frozen=True)
class ActiveHours:
    """Whole hours 0-23; an ``end`` before ``start`` is on the next day."""

    start: int
    end: int


@dataclass(frozen=True)
class Paths:
    """The shared folders."""

    req: str
    res: str
    face: str


@dataclass(frozen=True)
class His:
    """The receipt computer or electronic chart."""

    link: bool
    local: bool
    share_account: str | None
    encrypt: bool
    nas: bool
    login_key_user: str | None
    paths: Paths


@dataclass(frozen=True)
class Site:
    """Everything that one terminal's bundle is made from."""

    facility: Facility
    job: Job
    network: Network
    proxy: Proxy
    ntp_server: str | None
    ntp_reason: str | None
    power: Power
    reboot_time: str | None
    windows_update: WindowsUpdate
    active_hours: ActiveHours | None
    readers: tuple[Reader, ...]
    generic_reader: bool
    phone: bool
    his: His
    services: Services
    ntt_start_pack: bool
    options: tuple[Option, ...]
    charset: Charset
    terminal: Terminal
    skip: tuple[Skip, ...]
    vendor: Vendor | None
    download_deadline: date | None

    @property
    def topology(self) -> Topology:
        """Where the applications come from (配信方法): ``t1``, ``t2`` or ``t3``."""
        return self.network.topology

    @property
    def area(self) -> Area:
        """The NTT area, ``east`` or ``west``."""
        return self.network.area

    @property
    def staff_accounts(self) -> tuple[str, ...]:
        """Windows accounts that use the terminal besides OqsComApp."""
        return self.terminal.staff_accounts

    @property
    def name(self) -> str:
        """``<code>_<terminal>``, the name of the bundle's folder."""
        return f"{self.facility.code}_{self.terminal.name}"

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts that requirement rows ask for (``when:``)."""
        return facts_of(self)

    @cached_property
    def left_out(self) -> dict[str, str]:
        """Row id → why this clinic leaves it out: as written, and what goes with it."""
        together = {
            row: others
            for rule in resources.spec("optional")
            for row, others in rule["with"].items()
        }
        found = {skip.id: skip.reason for skip in self.skip}
        for skip in self.skip:
            found = {other: skip.reason for other in together.get(skip.id, ())} | found
        return found

    def as_input(self) -> dict[str, Any]:
        """This site as plain JSON data in the keys of a clinic's file; read again, the same."""
        return as_input(self)


def make_site(clinic: Clinic) -> Site:
    """The site of a clinic without errors."""
    facility, network, his = clinic.facility, clinic.network, clinic.his
    job = clinic.job
    reboot = derive.reboot(clinic)
    return Site(
        facility=Facility(
            code=facility.code,
            name=facility.name,
            kind=derive.kind(clinic),
            class_=derive.facility_class(clinic),
            hours=facility.hours,
            more_codes=facility.more_codes,
            code_unverified=facility.code_unverified.reason if facility.code_unverified else None,
        ),
        job=Job(job.mode, job.succession if job.mode == "succession" else None),
        network=Network(
            provider=network.provider,
            method=derive.method(clinic),
            topology=derive.topology(clinic),
            area=derive.area(clinic),
            area_override=network.area_override.reason if network.area_override else None,
            is_ntt=derive.is_ntt(clinic),
            v6_option=derive.v6_option(clinic),
            dns=network.dns.where if network.dns else "none",
            nic=network.dns.nic if network.dns else None,
        ),
        proxy=_proxy(clinic),
        ntp_server=_ntp_server(clinic),
        ntp_reason=network.ntp.reason if network.ntp else None,
        power=clinic.power,
        reboot_time=None if reboot is None else schedule.clock(reboot),
        windows_update=WindowsUpdate(derive.update_mode(clinic), derive.update_hour(clinic)),
        active_hours=_active_hours(clinic),
        readers=clinic.readers,
        generic_reader=clinic.generic_reader,
        phone=clinic.phone,
        his=His(
            link=his.link,
            local=his.local,
            share_account=his.share_account,
            encrypt=his.encrypt,
            nas=his.nas,
            login_key_user=his.login_key_user,
            paths=_paths(clinic),
        ),
        services=clinic.services,
        ntt_start_pack=clinic.ntt_start_pack,
        options=clinic.options,
        charset=clinic.env.charset,
        terminal=derive.terminal(clinic),
        skip=clinic.skip,
        vendor=clinic.vendor,
        download_deadline=clinic.certificate.download_deadline,
    )


def _proxy(clinic: Clinic) -> Proxy:
    written = clinic.network.proxy
    extra = tuple(dict.fromkeys(written.extra_bypass)) if written else ()
    if derive.topology(clinic) == "t1":
        official = resources.spec("network")["proxy"]
        nine = tuple(official["bypass"])
        extra = tuple(entry for entry in extra if entry not in nine)
        return Proxy(official["host"], official["port"], nine + extra, extra, False, True)
    assert written and written.server and written.port  # PROXY_VALUES_REQUIRED otherwise
    bypass = tuple(dict.fromkeys((*(written.bypass or ()), *extra)))
    return Proxy(written.server, written.port, bypass, (), True, bool(written.winhttp))


def _ntp_server(clinic: Clinic) -> str | None:
    if derive.topology(clinic) == "t1":
        official: str = resources.spec("network")["ntp"]
        return official
    return clinic.network.ntp.server if clinic.network.ntp else None


def _active_hours(clinic: Clinic) -> ActiveHours | None:
    if clinic.power == "auto":
        return None
    if clinic.active_hours:
        return ActiveHours(clinic.active_hours.start, clinic.active_hours.end % 24)
    return ActiveHours(*schedule.propose_active_hours(*derive.opening(clinic)))


def _paths(clinic: Clinic) -> Paths:
    official = resources.spec("windows")["paths"]
    paths = clinic.his.paths
    return Paths(
        req=paths.req or official["req"],
        res=paths.res or official["res"],
        face=paths.face or official["face"],
    )
