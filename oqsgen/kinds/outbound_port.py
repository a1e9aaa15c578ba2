"""The ports that must not be closed. Source: setup P.50."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "outbound-port",
    "machine",
    target="web secure time proxy",
    wanted="blocked",
    changes=False,
)


def lets_out(web: str, secure: str, time: str, proxy: str) -> Action:
    """Windows lets out DNS, and ports 80 of ``web``, 443 of ``secure``, 123 of ``time``, the ``proxy``.

    ``proxy`` is ``host:port``; the others are empty where there is no such host to ask.
    """
    target = {"web": web, "secure": secure, "time": time, "proxy": proxy}
    return KIND.action(target, {"blocked": []})
