"""準備: the line to the closed network."""

from oqsgen.kinds import reach
from oqsgen.resources import spec
from oqsgen.settings.line import HTTPS, host, way
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="line-up",
        rows=("pre-line",),
        action=lambda site: reach.reached(
            ((host("secure"), HTTPS, way(site, host("secure"))),),
        ),
        how="verify",
        values=lambda site: (
            ("回線", spec("network")["methods"][site.network.method]),
            ("接続の確認先", host("secure")),
        ),
    ),
)
