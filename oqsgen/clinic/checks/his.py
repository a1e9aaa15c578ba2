"""The receipt computer or electronic chart: accounts, shared folders."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_network

from oqsgen import resources
from oqsgen.clinic import derive
from oqsgen.clinic.checks.account_names import plain, why_taken
from oqsgen.clinic.checks.facility import FACILITY_TYPES
from oqsgen.clinic.model import Clinic, UnknownError
from oqsgen.clinic.problem_at import KeyProblem, Where
from oqsgen.text import shown

ACCOUNT: Where = ("his", "share_account")


def check_share_account(clinic: Clinic) -> Iterator[KeyProblem]:
    his = clinic.his
    if his.link and not his.local and his.share_account is None:
        yield KeyProblem(
            "MISSING_KEY",
            ACCOUNT,
            "レセコンが共有フォルダーを使うアカウントがありません。share_account: receiptcom のように"
            "書くか、レセコンが同じPCなら local: true にしてください。",
        )
    elif his.share_account is not None and his.link and his.local:
        yield KeyProblem(
            "NOT_USED",
            ACCOUNT,
            "レセコンが同じPCなので、共有アカウントは使いません。消してかまいません。",
            "warning",
        )


def check_share_by_hand(clinic: Clinic) -> Iterator[KeyProblem]:
    his = clinic.his
    if not clinic.readers or his.link or his.local or "share_account" in his.model_fields_set:
        return
    only_looks = clinic.job.mode in ("update", "audit")
    by_hand, by_itself = (
        ("人が確かめます", "この PC が確かめます")
        if only_looks
        else ("手作業になります", "自動で設定します")
    )
    yield KeyProblem(
        "SHARE_BY_HAND",
        ACCOUNT,
        f"his.share_account がないので、face フォルダーの共有（操作4）は{by_hand}。レセコンなどほかの PC が face を"
        f"読むなら、his: {{share_account: receiptcom}} のように書くと、{by_itself}。"
        "読む PC がなければ、このままでかまいません。",
        "info",
    )


def check_forbidden_account(clinic: Clinic) -> Iterator[KeyProblem]:
    name = clinic.his.share_account
    if name is None:
        return
    reason = why_taken(clinic, name)
    if reason or plain(name) in resources.spec("windows")["forbidden_share_accounts"]:
        detail = f"（{reason}）" if reason else ""
        yield KeyProblem(
            "SHARE_ACCOUNT_FORBIDDEN",
            ACCOUNT,
            f"「{shown(name)}」には共有できません{detail}。共有専用の標準アカウント"
            "（例: receiptcom）を書いてください。",
        )
    elif plain(name) in (account.casefold() for account in derive.terminal(clinic).staff_accounts):
        yield KeyProblem(
            "SHARE_ACCOUNT_FORBIDDEN",
            ACCOUNT,
            f"「{shown(name)}」は職員のアカウントです。共有専用の別のアカウントにしてください。",
        )


WIDE = {4: 16, 6: 48}
"""Of an address family: a network with fewer bits is more than a facility has (RFC 1918, RFC 4193)."""


def check_share_from(clinic: Clinic) -> Iterator[KeyProblem]:
    his = clinic.his
    if his.share_from and (his.local or his.share_account is None):
        reason = "レセコンが同じPC" if his.local else "share_account がない"
        yield KeyProblem(
            "NOT_USED",
            ("his", "share_from"),
            f"{reason}ので、共有フォルダーへの接続を許可しません。share_from を消してかまいません。",
            "warning",
        )
    networks = [ip_network(text) for text in his.share_from]
    for index, network in enumerate(networks):
        where: Where = ("his", "share_from", index)
        for earlier in networks[:index]:
            # The same one twice is said where it is read.
            if network.overlaps(earlier) and network != earlier:
                yield KeyProblem(
                    "BAD_VALUE",
                    where,
                    f"{earlier} と重なっています。広いほう（{max(network, earlier, key=_size)}）だけにしてください。",
                )
        if network.prefixlen < WIDE[network.version]:
            yield KeyProblem(
                "SHARE_FROM_WIDE",
                where,
                f"「{network}」は施設のネットワークとしては広すぎます。レセコンなどがあるネットワーク"
                "（例: 192.168.20.0/24）だけにできないか、確かめてください。",
                "warning",
            )


def check_login_key(clinic: Clinic) -> Iterator[KeyProblem]:
    where: Where = ("his", "login_key_user")
    user = clinic.his.login_key_user
    if user is None:
        return
    facility_type = derive.facility_type(clinic)
    allowed = resources.spec("facility")["login_key_prefix"][facility_type]
    if re.match("[Rr][Oo]", user):
        yield KeyProblem(
            "ID_LETTER_O",
            where,
            f"「{user}」の2文字目は英字の O です。{FACILITY_TYPES[facility_type]}の連携用アカウントは"
            f" {' か '.join(allowed)} で始まります（もしかして: {allowed[0]}{user[2:]}）。",
        )
        return
    if user[:2] not in allowed:
        yield KeyProblem(
            "LOGIN_KEY_PREFIX",
            where,
            f"{FACILITY_TYPES[facility_type]}の連携用アカウントは {' か '.join(allowed)} で始まります。"
            f"「{user}」を確かめてください。",
        )
    elif facility_type == "houkan":
        yield KeyProblem(
            "LOGIN_KEY_PREFIX",
            where,
            "訪問看護の連携用アカウントの先頭は、マニュアルに書かれていません。"
            "発行された ID のとおりか確かめてください。",
            "info",
        )


def check_unused(clinic: Clinic) -> Iterator[KeyProblem]:
    his = clinic.his
    if derive.linkage(clinic):
        return
    for key in ("local", "encrypt", "nas", "login_key_user"):
        if getattr(his, key):
            yield KeyProblem(
                "NOT_USED",
                ("his", key),
                "連携をしない（his.link が false、電子処方箋も電子カルテ情報共有もなし）ので、"
                "使いません。連携するなら link: true にしてください。",
                "warning",
            )


def check_nas(clinic: Clinic) -> Iterator[KeyProblem]:
    paths = clinic.his.paths
    elsewhere = [key for key in ("req", "res") if (getattr(paths, key) or "").startswith("\\\\")]
    if elsewhere and not clinic.his.nas:
        yield KeyProblem(
            "BAD_VALUE",
            ("his", "paths", elsewhere[0]),
            f"{' と '.join(elsewhere)} はほかの機器のフォルダーです。NAS を使うなら his.nas: true にしてください。",
        )


def check_paths(clinic: Clinic) -> Iterator[KeyProblem]:
    earlier_paths: dict[str, str] = {}
    for key, official in resources.spec("windows")["paths"].items():
        try:
            path: str = getattr(clinic.his.paths, key) or official
        except UnknownError:
            continue
        where: Where = ("his", "paths", key)
        yield from _check_place(key, path, where)
        for earlier_key, earlier_path in earlier_paths.items():
            if _inside(path, earlier_path) or _inside(earlier_path, path):
                yield KeyProblem(
                    "BAD_VALUE",
                    where,
                    f"{earlier_key} と重なるフォルダーです。別々のフォルダーにしてください。",
                )
        earlier_paths[key] = path


def _check_place(key: str, path: str, where: Where) -> Iterator[KeyProblem]:
    if path.startswith("\\\\") and key == "face":
        yield KeyProblem(
            "BAD_VALUE",
            where,
            "ほかの機器のフォルダーです。face はこの端末のフォルダーだけです。C:\\OQS\\face のように書いてください。",
        )
    for protected in resources.spec("windows")["protected_folders"]:
        if _inside(path, protected):
            yield KeyProblem(
                "BAD_VALUE",
                where,
                f"{protected} の中は共有できません。C:\\OQS\\{key} のような専用のフォルダーに"
                "してください。",
            )


def _size(network: IPv4Network | IPv6Network) -> int:
    return network.num_addresses


def _inside(path: str, folder: str) -> bool:
    return f"{path}\\".casefold().startswith(f"{folder}\\".casefold())


CHECKS = (
    check_share_account,
    check_share_by_hand,
    check_forbidden_account,
    check_share_from,
    check_login_key,
    check_unused,
    check_nas,
    check_paths,
)
