"""The CSV file of アカウント一括登録 beside the bundle's folder; only looked at."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("account-csv", "user", target="place", wanted="rows", changes=False)


def readable(accounts: int) -> Action:
    """The portal can read the file, and it is about so many ``accounts``."""
    return KIND.action({"place": "beside the bundle"}, {"rows": accounts})
