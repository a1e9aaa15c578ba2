"""Updates that are not installed yet. Source: Windows Update Agent API."""

from oqsgen.kinds.kind import kind

KIND = kind("updates", "user", target="service", wanted="pending restart", changes=False)
