"""操作10: after a succession, what the terminal remembers of its 顔認証機器 has to go."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.reader import kinds

READER_INFO = r"C:\ProgramData\OQS-Auth\ReaderInfo.ini"
"""Which reader is signed in with which account (almex ⑩)."""


def _made_since(profile: TerminalProfile) -> Action | None:
    """Made anew since the clinic changed hands; without its day nobody but a person can say."""
    succession = profile.job.succession
    if succession is None or succession.date is None:
        return None
    return kinds.reader_info_made_since(READER_INFO, succession.date)


SETTINGS = (
    # Until the new code is in use, the readers work with the accounts that they are bound to.
    Setting(
        id="reader-info",
        rows=("reader-info-ini", "reader-info-others"),
        action=_made_since,
        after=("cert-notice-check", "cert-import", "succ-cred"),
    ),
    Setting(
        id="reader-initialize",
        rows=("reader-almex-init",),
        action=_made_since,
    ),
)
