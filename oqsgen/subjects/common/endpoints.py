"""The hosts of the closed network, and by which way a terminal reaches each."""

from fnmatch import fnmatchcase

from oqsgen.clinic import TerminalProfile
from oqsgen.resources import spec

HTTP, HTTPS = 80, 443


def host(purpose: str) -> str:
    """The host of the closed network for a purpose (``hosts`` of ``specs/network.yaml``)."""
    name: str = spec("network")["hosts"][purpose]
    return name


def way(profile: TerminalProfile, name: str) -> str:
    """The proxy (``host:port``) by which the terminal asks ``name``; empty for straight."""
    passed = any(fnmatchcase(name.lower(), entry.lower()) for entry in profile.proxy.bypass)
    return "" if passed else profile.proxy.server


def straight(profile: TerminalProfile, purpose: str) -> str:
    """The host for a purpose where the terminal asks it without a proxy; empty where it does not."""
    name = host(purpose)
    return "" if way(profile, name) else name


def names(profile: TerminalProfile) -> tuple[str, ...]:
    """Every name that the terminal's resolver has to know, in the order of looking for a fault."""
    ntt = (host("line"), spec("network")["dns"][profile.area]["ngn_host"]) if profile.is_ntt else ()
    base = ("secure", "application", "revocation")
    hosts = [*ntt, *filter(None, (straight(profile, purpose) for purpose in base))]
    if profile.topology == "t1":
        hosts += [host("distribution")]
    hosts += [profile.proxy.host]
    return tuple(dict.fromkeys([*hosts, *([profile.ntp_server] if profile.ntp_server else [])]))


def required(profile: TerminalProfile) -> tuple[tuple[str, int, str], ...]:
    """Host, port and proxy (empty: straight) of each endpoint that this terminal must reach, the proxy among them.

    Behind a proxy the revocation list's host (HTTP) is left out: most proxies tunnel to HTTPS alone.
    """
    endpoints = [
        (name, HTTPS, way(profile, name)) for name in (host("secure"), host("application"))
    ]
    if straight(profile, "revocation"):
        endpoints.append((host("revocation"), HTTP, ""))
    endpoints.append((profile.proxy.host, profile.proxy.port, ""))
    if profile.topology != "t1":
        endpoints.append((host("cloud"), HTTPS, profile.proxy.server))
    return tuple(endpoints)
