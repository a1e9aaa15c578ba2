"""The .NET Framework. Source: learn.microsoft.com, Determine which .NET Framework versions are installed."""

from oqsgen.kinds.kind import kind

KIND = kind("dotnet", "machine user", target="feature", wanted="minimumRelease", changes=False)
