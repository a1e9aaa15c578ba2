"""A program in the list of installed apps."""

from oqsgen.kinds.kind import kind

KIND = kind("installed-program", "user", target="names", wanted="installed", changes=False)
