"""Connected devices of one class. Source: System-Defined Device Setup Classes (learn.microsoft.com)."""

from oqsgen.kinds.kind import kind

KIND = kind("device-class", "machine user", target="class", wanted="minimum", changes=False)
