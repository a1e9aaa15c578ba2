"""The folders that a terminal shares with the receipt computer: where they are, and whether they are used."""

from oqsgen.clinic import TerminalProfile


def folder(profile: TerminalProfile, key: str) -> str:
    """The path of ``face``, ``req`` or ``res``."""
    path: str = getattr(profile.his.paths, key)
    return path


def is_elsewhere(profile: TerminalProfile, key: str) -> bool:
    """On a NAS or another device: not this PC's to share."""
    return folder(profile, key).startswith("\\\\")


def is_used(profile: TerminalProfile, key: str) -> bool:
    """face belongs to a reader, req and res to the link with the receipt computer."""
    return bool(profile.readers) if key == "face" else profile.his.link
