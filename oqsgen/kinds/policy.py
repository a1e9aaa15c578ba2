"""Values below one key of the local group policy (computer configuration).

Written to both stores, Registry.pol and the registry, so that gpedit shows them too. Source: MS-GPREG.
"""

from collections.abc import Mapping

from oqsgen.kinds.kind import Action, kind

KIND = kind("policy", "machine", target="key", wanted="values")


def dwords(key: str, values: Mapping[str, int]) -> Action:
    """Each name of ``values`` below HKLM\\``key`` is that REG_DWORD."""
    data = {name: {"type": "DWord", "data": number} for name, number in values.items()}
    return KIND.action({"key": key}, {"values": data})
