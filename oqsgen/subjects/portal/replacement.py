"""端末の入れ替え: the accounts that are there already, with which the new terminal works."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, by_person
from oqsgen.subjects.portal.accounts import account_titles
from oqsgen.subjects.portal.connection import ADDRESS


def _with_kept_accounts(profile: TerminalProfile) -> Action | None:
    return by_person(profile) if "replace" in profile.facts else None


SETTINGS = (
    Setting(
        id="portal-sign-in-kept",
        rows=("replace-sign-in", "login-no-cert-dialog", "login-wrong-env", "login-id-error"),
        action=_with_kept_accounts,
        open=ADDRESS,
        values=lambda profile: (("URL", ADDRESS), *account_titles(profile)),
    ),
)
