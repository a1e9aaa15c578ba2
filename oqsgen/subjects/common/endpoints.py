"""The hosts of the closed network, and by which way a terminal reaches each."""

from fnmatch import fnmatchcase

from oqsgen.clinic import Site
from oqsgen.resources import spec

HTTP, HTTPS = 80, 443


def host(purpose: str) -> str:
    """The host of the closed network for a purpose (``hosts`` of ``specs/network.yaml``)."""
    name: str = spec("network")["hosts"][purpose]
    return name


def way(site: Site, name: str) -> str:
    """The proxy (``host:port``) by which the terminal asks ``name``; empty for straight."""
    passed = any(fnmatchcase(name.lower(), entry.lower()) for entry in site.proxy.bypass)
    return "" if passed else site.proxy.server


def straight(site: Site, purpose: str) -> str:
    """The host for a purpose where the terminal asks it without a proxy; empty where it does not."""
    name = host(purpose)
    return "" if way(site, name) else name


def names(site: Site) -> tuple[str, ...]:
    """Every name that the terminal's resolver has to know, in the order of looking for a fault."""
    ntt = (host("line"), spec("network")["dns"][site.area]["ngn_host"]) if site.is_ntt else ()
    base = ("secure", "application", "revocation")
    found = [*ntt, *filter(None, (straight(site, purpose) for purpose in base))]
    if site.topology == "t1":
        found += [host("distribution")]
    found += [site.proxy.host]
    return tuple(dict.fromkeys([*found, *([site.ntp_server] if site.ntp_server else [])]))


def places(site: Site) -> tuple[tuple[str, int, str], ...]:
    """Host, port and proxy of every place that the terminal has to reach.

    A proxy is asked for ways to HTTPS alone: to other ports most of them give none.
    """
    found = [(name, HTTPS, way(site, name)) for name in (host("secure"), host("application"))]
    if straight(site, "revocation"):
        found.append((host("revocation"), HTTP, ""))
    found.append((site.proxy.host, site.proxy.port, ""))
    if site.topology != "t1":
        found.append((host("cloud"), HTTPS, site.proxy.server))
    return tuple(found)
