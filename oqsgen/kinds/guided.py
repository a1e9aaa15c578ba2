"""A step that a person does while the tool shows it and opens the window."""

from oqsgen.kinds.kind import kind

KIND = kind("guided", "user", target="", wanted="", changes=False)
