"""A file that has to be there once another one, which the installer brings, is."""

from oqsgen.kinds.kind import kind

KIND = kind(
    "installed-file", "machine user", target="path brought", wanted="present", changes=False
)
