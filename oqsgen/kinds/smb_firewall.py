"""The rule of Windows' firewall that lets other computers reach the shares.

Source: the rule FPS-SMB-In-TCP of each Windows, and FPS-SMB-In-TCP-V2 of Windows 11 24H2;
NET_FW_PROFILE_TYPE2.
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("smb-firewall", "machine", target="rule", wanted="enabled profile remote wide")

PRIVATE = 2


def own_subnet() -> Action:
    """Open for private networks and their own subnet, and for nothing else."""
    wanted = {"enabled": True, "profile": PRIVATE, "remote": ["LocalSubnet"], "wide": False}
    return KIND.action({"rule": "FPS-SMB-In-TCP"}, wanted)
