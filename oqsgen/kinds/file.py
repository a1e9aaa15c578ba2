"""A file that an installer brings: whether it is there, and its version."""

from oqsgen.kinds.kind import kind

KIND = kind("file", "machine user", target="path", wanted="exists minimumVersion", changes=False)
