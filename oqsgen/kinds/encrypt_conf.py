"""The files that say whether 連携アプリケーション encrypts what it exchanges: only read."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("encrypt-conf", "user", target="folder credential", wanted="key", changes=False)


def says(folder: str, credential: str, *, encrypts: bool) -> Action:
    """Each file says ``e`` or ``n``, and where it says ``e`` the credential is there."""
    target = {"folder": folder, "credential": credential}
    return KIND.action(target, {"key": "e" if encrypts else "n"})
