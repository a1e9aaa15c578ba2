"""Places that answer, straight or by a proxy. Source: CONNECT, RFC 9110 section 9.3.6."""

from collections.abc import Iterable

from oqsgen.kinds.kind import Action, kind

KIND = kind("reach", "machine user", target="places", wanted="reached unreachable", changes=False)


def reached(places: Iterable[tuple[str, int, str]]) -> Action:
    """Each place (host, TCP port, proxy as ``host:port`` or empty) can be connected to."""
    return KIND.action(_target(places), {"unreachable": []})


def one_reached(places: Iterable[tuple[str, int, str]]) -> Action:
    """At least one of the places can be connected to."""
    return KIND.action(_target(places), {"reached": 1})


def _target(places: Iterable[tuple[str, int, str]]) -> dict[str, object]:
    return {"places": [{"host": host, "port": port, "proxy": way} for host, port, way in places]}
