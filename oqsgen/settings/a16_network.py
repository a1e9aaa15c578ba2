"""補足: every name and place that the terminal needs."""

from oqsgen.kinds import names, reach
from oqsgen.settings import line
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site


def _places(site: Site) -> Values:
    return tuple(
        (f"{host}:{port}", f"プロキシ {way} を通る" if way else "直接つながる")
        for host, port, way in line.places(site)
    )


SETTINGS = (
    Setting(
        id="names-resolve",
        rows=("net-resolve-set",),
        action=lambda site: names.resolve(line.names(site)),
        how="verify",
        values=lambda site: tuple(
            (f"名前 {number}", name) for number, name in enumerate(line.names(site), 1)
        ),
    ),
    Setting(
        id="places-reached",
        rows=("urls-all",),
        action=lambda site: reach.reached(line.places(site)),
        how="verify",
        values=_places,
    ),
)
