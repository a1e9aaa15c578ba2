"""The line: provider, method, area, DNS, proxy and time server."""

from collections.abc import Iterator

from oqsgen import resources
from oqsgen.clinic import derive
from oqsgen.clinic.model import Area, Clinic
from oqsgen.clinic.problem_at import KeyProblem

AREAS: dict[Area, str] = {"east": "NTT東日本", "west": "NTT西日本"}


def check_stated(clinic: Clinic) -> Iterator[KeyProblem]:
    """What the table knows of its providers, the file says of another one, and of no other."""
    network = clinic.network
    keys = {
        "provider_name": (network.provider_name, "事業者の名前を"),
        "method": (network.method, "接続方式を ip-vpn、ipsec-ike、internet-proxy から"),
        "topology": (
            network.topology,
            "配信方法を base（配信拠点起点）、cloud（ネットワーク事業者起点）、own-proxy（医療機関等起点）から",
        ),
    }
    for key, (value, words) in keys.items():
        if network.provider == "other" and value is None:
            yield KeyProblem(
                "MISSING_KEY",
                ("network", key),
                f"一覧にない事業者（provider: other）では、network.{key} が必要です。"
                f"事業者に聞いて、{words}書いてください。",
            )
        elif network.provider != "other" and value is not None and key != "method":
            yield KeyProblem(
                "BAD_VALUE",
                ("network", key),
                f"{key} は provider が other のときだけ書きます。この行を消すか、provider を other にしてください。",
            )


def check_method(clinic: Clinic) -> Iterator[KeyProblem]:
    method, provider = clinic.network.method, derive.provider(clinic)
    if method and method != provider["method"]:
        yield KeyProblem(
            "PROVIDER_METHOD_MISMATCH",
            ("network", "method"),
            f"{provider['title']}の接続方式は {provider['method']} です。"
            f"method を消すか、provider を確かめてください。",
        )


def check_area(clinic: Clinic) -> Iterator[KeyProblem]:
    network = clinic.network
    expected = derive.area_of_prefecture(clinic)
    of_provider: Area | None = derive.provider(clinic).get("area")
    if expected is None:
        return
    prefecture = resources.spec("facility")["prefectures"][clinic.facility.code[:2]]["name"]
    excuse = "別の地域の回線なら network.area_override に理由を書いてください。"
    if network.area and network.area != expected and not network.area_override:
        yield KeyProblem(
            "AREA_MISMATCH",
            ("network", "area"),
            f"{prefecture}は{AREAS[expected]}（{expected}）の地域です。area を直してください。{excuse}",
        )
    elif of_provider and of_provider != derive.area(clinic):
        reason = f"area が {network.area} " if network.area else prefecture
        yield KeyProblem(
            "AREA_MISMATCH",
            ("network", "provider"),
            f"{reason}なのに事業者が{AREAS[of_provider]}です。provider か area を直してください。{excuse}",
        )


def check_v6_option(clinic: Clinic) -> Iterator[KeyProblem]:
    v6_option = clinic.network.v6_option
    if derive.is_ntt(clinic) and v6_option is False:
        yield KeyProblem(
            "V6_OPTION_MISSING",
            ("network", "v6_option"),
            "NTT の回線ではフレッツ・v6オプションの契約が必要です。契約してから true にしてください。",
        )
    elif v6_option and not derive.is_ntt(clinic):
        yield KeyProblem(
            "NOT_USED",
            ("network", "v6_option"),
            "フレッツ・v6オプションは NTT の回線だけのものです。消してかまいません。",
            "info",
        )


def check_dns(clinic: Clinic) -> Iterator[KeyProblem]:
    dns = clinic.network.dns
    if not derive.is_ntt(clinic):
        if dns and dns.where != "none":
            yield KeyProblem(
                "DNS_NOT_APPLICABLE",
                ("network", "dns", "where"),
                "DNS を設定するのは NTT の回線だけです。where を none にするか、dns を消してください。",
            )
    elif dns is None:
        yield KeyProblem(
            "MISSING_KEY",
            ("network", "dns"),
            "NTT の回線では DNS の設定場所が必要です。dns: {where: router} か "
            "dns: {where: terminal, nic: イーサネット} のように書いてください。",
        )
    elif dns.where == "none":
        yield KeyProblem(
            "DNS_NOT_SET",
            ("network", "dns", "where"),
            "NTT の回線なのに DNS を設定しません。ほかの DNS サーバーが転送していなければ、"
            "router か terminal にしてください。",
            "warning",
        )


def check_dns_nic(clinic: Clinic) -> Iterator[KeyProblem]:
    dns = clinic.network.dns
    if not derive.is_ntt(clinic):
        return  # said of `where`
    if dns and dns.where == "terminal" and dns.nic is None:
        yield KeyProblem(
            "MISSING_KEY",
            ("network", "dns", "nic"),
            "端末に DNS を設定するときは、ネットワーク接続の名前が必要です。"
            "nic: イーサネット のように書いてください。",
        )
    elif dns and dns.where != "terminal" and dns.nic is not None:
        yield KeyProblem(
            "DNS_NOT_APPLICABLE",
            ("network", "dns", "nic"),
            "nic を書くのは where が terminal のときだけです。消すか、where を terminal にしてください。",
        )


def check_official_proxy(clinic: Clinic) -> Iterator[KeyProblem]:
    proxy = clinic.network.proxy
    if derive.topology(clinic) != "t1" or not proxy:
        return
    for key in ("server", "port", "bypass"):
        if key in proxy.model_fields_set and getattr(proxy, key) is not None:
            yield KeyProblem(
                "BAD_VALUE",
                ("network", "proxy", key),
                "配信拠点起点では公式の値を使います。この行を消してください"
                "（追加の例外は extra_bypass に書けます）。",
            )
    if proxy.winhttp is False:
        yield KeyProblem(
            "BAD_VALUE",
            ("network", "proxy", "winhttp"),
            "配信拠点起点では WinHTTP にも必ず設定します。この行を消してください。",
        )


def check_own_proxy(clinic: Clinic) -> Iterator[KeyProblem]:
    topology, proxy = derive.topology(clinic), clinic.network.proxy
    if topology == "t1":
        return
    contact = "回線事業者" if topology == "t2" else "院内のネットワーク担当者"
    for key, words in (("server", "サーバーの名前"), ("port", "ポート番号")):
        if not proxy or getattr(proxy, key) is None:
            yield KeyProblem(
                "PROXY_VALUES_REQUIRED",
                ("network", "proxy", key),
                f"プロキシの{words}がありません。{contact}に聞いて network.proxy.{key} に書いてください。",
            )


def check_proxy_auth(clinic: Clinic) -> Iterator[KeyProblem]:
    proxy = clinic.network.proxy
    if proxy and proxy.auth:
        yield KeyProblem(
            "PROXY_AUTH_NOT_ALLOWED",
            ("network", "proxy", "auth"),
            "認証の必要なプロキシは使えません。資格確認端末からは認証なしで通すように、"
            "院内のネットワーク担当者に頼んでください。",
        )


def check_ntp(clinic: Clinic) -> Iterator[KeyProblem]:
    ntp = clinic.network.ntp
    official = resources.spec("network")["ntp"]
    if derive.topology(clinic) == "t1":
        if ntp and ntp.server != official:
            yield KeyProblem(
                "BAD_VALUE",
                ("network", "ntp", "server"),
                f"配信拠点起点では公式の時刻サーバー {official} を使います。ntp を消してください。",
            )
    elif not ntp or (ntp.server is None and ntp.reason is None):
        yield KeyProblem(
            "NTP_REASON_REQUIRED",
            ("network", "ntp"),
            "時刻サーバーがありません。回線事業者か院内の担当者に聞いて ntp.server に書くか、"
            "使わないなら ntp: {server: null, reason: 理由} と書いてください。",
        )


CHECKS = (
    check_stated,
    check_method,
    check_area,
    check_v6_option,
    check_dns,
    check_dns_nic,
    check_official_proxy,
    check_own_proxy,
    check_proxy_auth,
    check_ntp,
)
