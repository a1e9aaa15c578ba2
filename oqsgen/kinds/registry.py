"""One value of the registry, in the 64-bit view. Source: RegistryValueKind."""

from typing import Literal

from oqsgen.kinds.kind import Action, kind

KIND = kind("registry", "machine user", target="hive key name", wanted="type data")

Hive = Literal["HKLM", "HKCU"]


def dword(hive: Hive, key: str, name: str, data: int) -> Action:
    """The value ``name`` of ``key`` is the REG_DWORD ``data``."""
    return KIND.action({"hive": hive, "key": key, "name": name}, {"type": "DWord", "data": data})


def absent(hive: Hive, key: str, name: str) -> Action:
    """``key`` has no value ``name``."""
    return KIND.action({"hive": hive, "key": key, "name": name}, None)
