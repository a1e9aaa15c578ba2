"""The portal's accounts as several subjects name them: those of the readers, and under which name a pass knows a password."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.accounts import face_accounts


def named(label: str, account: str | None) -> str:
    """A label with the account behind it, where that is known."""
    return f"{label} {account}" if account else label


def face_titles(profile: TerminalProfile) -> list[str]:
    """Whose password is decided, for each reader."""
    accounts = face_accounts(profile)
    if len(accounts) == 1:
        return [named("顔認証用", accounts[0])]
    return [named(f"顔認証用（{n}台目）", account) for n, account in enumerate(accounts, 1)]


def decides(profile: TerminalProfile) -> bool:
    """Whether the passwords of the portal's accounts are decided in this visit."""
    return bool(profile.facts & {"new", "new-accounts"}) and "replace" not in profile.facts


def secret_name(account: str) -> str:
    """The name under which a pass knows the password that was decided for an account."""
    return f"portal {account}"
