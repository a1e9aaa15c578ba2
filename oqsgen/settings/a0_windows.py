"""前提: the Windows that the documents name."""

from typing import Any

from oqsgen.kinds import windows
from oqsgen.resources import spec
from oqsgen.settings.setting import Setting
from oqsgen.site import Site


def supported(site: Site) -> dict[str, Any]:
    """EditionIDs and the range of builds of the terminal's Windows."""
    known = spec("windows")["os"][site.terminal.os]
    return {
        "editions": known["editions"],
        "minimumBuild": known["minimum_build"],
        "maximumBuild": known["maximum_build"],
    }


SETTINGS = (
    Setting(
        id="windows-edition",
        rows=("pre-os-edition", "pre-os-edition-w10"),
        action=lambda site: windows.edition(supported(site)),
        how="verify",
        values=lambda site: (("OS", spec("windows")["os"][site.terminal.os]["title"]),),
    ),
)
