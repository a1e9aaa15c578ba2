"""The folders that a terminal shares with the receipt computer: where they are, and whether they are used."""

from oqsgen.clinic import Site


def folder(site: Site, key: str) -> str:
    """The path of ``face``, ``req`` or ``res``."""
    path: str = getattr(site.his.paths, key)
    return path


def is_elsewhere(site: Site, key: str) -> bool:
    """On a NAS or another device: not this PC's to share."""
    return folder(site, key).startswith("\\\\")


def is_used(site: Site, key: str) -> bool:
    """face belongs to a reader, req and res to the link with the receipt computer."""
    return bool(site.readers) if key == "face" else site.his.link
