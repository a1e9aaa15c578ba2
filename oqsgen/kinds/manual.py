"""A step that a person does by hand."""

from oqsgen.kinds.kind import kind

KIND = kind("manual", "machine user", target="", wanted="", changes=False)
