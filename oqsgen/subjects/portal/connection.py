"""操作7: the shortcut to the production system and the first sign-in. Data: ``specs/portal.yaml``."""

from urllib.parse import urlsplit

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, by_person
from oqsgen.resources import spec
from oqsgen.subjects.common.portal_accounts import decides
from oqsgen.subjects.portal import kinds

ADDRESS: str = spec("portal")["address"]
NAME = "資格確認"
"""The name of the shortcut; the manual leaves it free and proposes this one (setup P.27)."""

DOMAIN = ".".join((urlsplit(ADDRESS).hostname or "").split(".")[-2:])
"""Every environment of the system is in this domain."""


def _as_the_master_account(profile: TerminalProfile) -> Action | None:
    """Where accounts are made, whoever makes them signs in with that account."""
    return by_person(profile) if decides(profile) else None


SETTINGS = (
    Setting(
        id="shortcut",
        rows=("shortcut-prod",),
        action=lambda profile: kinds.shortcut(NAME, ADDRESS),
        values=lambda profile: (("項目の場所", ADDRESS), ("名前", NAME)),
    ),
    Setting(
        id="portal-sign-in",
        rows=(
            "login-master",
            "succ-master-login",
            "login-no-cert-dialog",
            "login-wrong-env",
            "login-id-error",
            "master-expired",
        ),
        action=_as_the_master_account,
        values=lambda profile: (("URL", ADDRESS),),
        open=ADDRESS,
    ),
    Setting(
        id="shortcuts-production",
        rows=("login-wrong-env",),
        action=lambda profile: kinds.links_lead_below(DOMAIN, ADDRESS),
        values=lambda profile: (("URL", ADDRESS),),
    ),
)
