"""An icon on the desktop that an installer makes; unknown until ``brought``, a file of it, is there."""

from oqsgen.kinds.kind import kind

KIND = kind("desktop-icon", "user", target="name brought", wanted="present", changes=False)
