"""Whether the PC runs on mains. Source: GetSystemPowerStatus."""

from oqsgen.kinds.kind import kind

KIND = kind("power-line", "machine user", target="source", wanted="connected", changes=False)
