"""The file in which a terminal keeps which 顔認証機器 is signed in with which account."""

from datetime import date

from oqsgen.kinds.kind import Action, kind

KIND = kind("reader-info", "machine user", target="path", wanted="notBefore")


def made_since(path: str, day: date) -> Action:
    """The file is absent (set aside as ``.bak``, say), or was made on ``day`` or later."""
    return KIND.action({"path": path}, {"notBefore": int(f"{day:%Y%m%d}")})
