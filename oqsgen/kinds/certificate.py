"""Client certificates of 操作6: imported from a .p12, looked at, backed up, retired.

Sources: setup P.24-26 and P.50, almex ①, ③-⑥.
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate", "user", target="code", wanted="count chosen")


def imported(code: str, count: int, *, chosen: bool) -> Action:
    """``count`` current certificates with their keys.

    ``chosen``: only such count as the person has named for ``code``, since an old one is there too.
    """
    return KIND.action({"code": code}, {"count": count, "chosen": chosen})
