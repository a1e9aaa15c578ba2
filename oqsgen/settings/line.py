"""What the settings about the line share: its hosts, and which of them a terminal reaches how."""

from fnmatch import fnmatchcase

from oqsgen.resources import spec
from oqsgen.site import Site

HTTP, HTTPS = 80, 443


def host(purpose: str) -> str:
    """The host of the closed network for a purpose (``hosts`` of ``specs/network.yaml``)."""
    name: str = spec("network")["hosts"][purpose]
    return name


def way(site: Site, name: str) -> str:
    """The proxy (``host:port``) by which the terminal asks ``name``; empty for straight."""
    straight = any(fnmatchcase(name.lower(), entry.lower()) for entry in site.proxy.bypass)
    return "" if straight else site.proxy.server


def names(site: Site) -> tuple[str, ...]:
    """Every name that the terminal's resolver has to know, in the order of looking for a fault."""
    ntt = (host("line"), spec("network")["dns"][site.area]["ngn_host"]) if site.network.is_ntt else ()
    base = ("secure", "application", "revocation")
    found = [*ntt, *(host(purpose) for purpose in base if not way(site, host(purpose)))]
    if site.topology == "t1":
        found += [host("distribution")]
    found += [site.proxy.host]
    return tuple(dict.fromkeys([*found, *([site.ntp_server] if site.ntp_server else [])]))


def places(site: Site) -> tuple[tuple[str, int, str], ...]:
    """Host, port and proxy of every place that the terminal has to reach."""
    found = [
        (host("secure"), HTTPS, way(site, host("secure"))),
        (host("application"), HTTPS, way(site, host("application"))),
        (host("revocation"), HTTP, way(site, host("revocation"))),
        (site.proxy.host, site.proxy.port, ""),
    ]
    if site.topology != "t1":
        found.append((host("cloud"), HTTPS, site.proxy.server))
    return tuple(found)
