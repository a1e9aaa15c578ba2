"""What stands in several steps of a plan and in one table of the sheet."""

import re
from collections.abc import Mapping

from oqsgen.plan.step import Step

Steps = Mapping[str, Step]

ROUTER = ("dns-router-ngn", "dns-router-oqs")
FLAGS = ("portal-charset", "portal-flags", "portal-phone")
ACCOUNTS = ("portal-accounts", "portal-administrator", "account-csv-upload")
USED_ACCOUNT = "使うアカウント"
"""A value that says who does it, not what is set."""
_INITIAL = re.compile(r"（初期値(?:のまま|: [^）]*)）|(?<=（)初期値。")
"""What a value was before anybody chose; the sheet marks what is to be changed."""


def router(steps: Steps) -> list[tuple[str, str, str]]:
    """Domain, preferred and alternative server of each line of the router's table."""
    rows = []
    for id in ROUTER:
        values = steps[id].values if id in steps and steps[id].how != "verify" else ()
        servers = [value for label, value in values if label.endswith("転送先")]
        domains = [value for label, value in values if "ドメイン" in label]
        rows += [(domain, servers[0], servers[1]) for domain in domains]
    return rows


def flags(steps: Steps) -> list[tuple[str, str]]:
    """Title and value of each line of 環境設定情報; a step of one flag says more than that of all."""
    pairs = [pair for id in FLAGS if id in steps for pair in steps[id].values]
    value_of = {
        label: _INITIAL.sub("", value).replace("←", " ←")
        for label, value in pairs
        if label != USED_ACCOUNT
    }
    return list(value_of.items())


def accounts(steps: Steps) -> list[str]:
    """What is made in the portal, one after another."""
    texts: list[str] = []
    for step in (steps[id] for id in ACCOUNTS if id in steps):
        if step.id == ACCOUNTS[0]:
            texts += [text for _, text in step.values]
        else:
            values = "、".join(f"{label} {value}" for label, value in step.values)
            texts.append(f"{step.title}: {values}")
    return texts
