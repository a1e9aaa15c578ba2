"""操作7: the shortcut to the production system and the first sign-in. Data: ``specs/portal.yaml``."""

from urllib.parse import urlsplit

from oqsgen.kinds import desktop_links, shortcut
from oqsgen.resources import spec
from oqsgen.settings.setting import Setting, by_person

URL: str = spec("portal")["address"]
NAME = "資格確認"
"""The name of the shortcut; the manual leaves it free and proposes this one (setup P.27)."""

DOMAIN = ".".join((urlsplit(URL).hostname or "").split(".")[-2:])
"""Every environment of the system is in this domain."""

SETTINGS = (
    Setting(
        id="shortcut",
        rows=("shortcut-prod",),
        action=lambda site: shortcut.shortcut(NAME, URL),
        scope="user",
        who="everyone",
        values=lambda site: (("項目の場所", URL), ("名前", NAME)),
    ),
    Setting(
        id="portal-sign-in",
        rows=("login-master",),
        action=by_person,
        scope="user",
        who="oqscomapp",
        how="guided",
        values=lambda site: (("URL", URL),),
        open=URL,
    ),
    Setting(
        id="shortcuts-production",
        rows=("login-wrong-env",),
        action=lambda site: desktop_links.lead_below(DOMAIN, URL),
        scope="user",
        who="everyone",
        how="verify",
        values=lambda site: (("正しいURL", URL),),
    ),
)
