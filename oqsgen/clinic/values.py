"""The single values of a clinic's file: how each is read from its text, and refused."""

import re
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from oqsgen import resources
from oqsgen.text import half_width, perhaps, shown, unsafe_character


def refuse(message: str, code: str = "BAD_VALUE") -> NoReturn:
    """Say that a value is wrong. ``code`` is a problem code."""
    raise PydanticCustomError(code, "{message}", {"message": message})


def _ascii(text: str, like: str) -> str:
    plain = half_width(text).strip()
    if plain != text and plain.isascii():
        refuse(f"「{shown(text)}」は半角で書いてください（もしかして: {shown(plain)}）。")
    if not text.isascii():
        refuse(
            f"「{shown(text)}」には使えない文字があります。半角で {like} のように書いてください。"
        )
    return text


def _line(text: str) -> str:
    character = unsafe_character(text)
    if character in ("\n", "\r"):
        refuse("改行は使えません。1行で書いてください。")
    if character:
        refuse(f"見えない文字（U+{ord(character):04X}）があります。消してください。")
    if not text.strip():
        refuse("空です。文字を書くか、この項目を消してください。")
    if len(text) > 200:
        refuse("長すぎます。200文字までで書いてください。")
    return text


def _flag(text: str) -> bool:
    word = half_width(text).strip().lower()
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
    hint = meant.get(word, word if word in ("true", "false") else "")
    end = f"（もしかして: {hint}）" if hint else ""
    refuse(f"「{shown(text)}」ではなく true か false で書いてください{end}。", "BAD_TYPE")


def _whole_number(text: str) -> int:
    _ascii(text, "8")
    if not re.fullmatch("[0-9]{1,6}", text):
        refuse(f"「{shown(text)}」ではなく、整数で書いてください。", "BAD_TYPE")
    return int(text)


def _whole(low: int, high: int) -> Any:
    """The type of whole numbers from ``low`` to ``high``."""

    def check(number: int) -> int:
        if not low <= number <= high:
            refuse(f"{number} は範囲外です。{low} から {high} までで書いてください。")
        return number

    schema = {"type": "integer", "minimum": low, "maximum": high}
    return BeforeValidator(_whole_number), AfterValidator(check), WithJsonSchema(schema)


def _clock(text: str, last: str) -> str:
    _ascii(text, "09:00")
    match = re.fullmatch("([0-9]{1,2}):([0-9]{2})", text)
    if not match or int(match[2]) > 59 or f"{int(match[1]):02}:{match[2]}" > last:
        refuse(f"「{shown(text)}」は時刻ではありません。00:00 から {last} までで書いてください。")
    two_digits = f"{int(match[1]):02}:{match[2]}"
    if two_digits != text:
        refuse(f"時と分は2桁ずつ書いてください（もしかして: {two_digits}）。")
    return text


def _code(text: str) -> str:
    _ascii(text, "1319999012")
    if not re.fullmatch("[0-9]+", text):
        refuse("医療機関等コードは数字10桁だけで書いてください（ハイフンや空白は入れません）。")
    if len(text) != 10:
        refuse(
            f"医療機関等コードが{len(text)}桁です。10桁必要です"
            "（都道府県2桁・点数表1桁・施設の7桁の順）。",
            "CODE_LENGTH",
        )
    return text


def _day(text: str) -> date:
    _ascii(text, "2026-10-01")
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    refuse(f"「{shown(text)}」は日付ではありません。2026-10-01 のように年-月-日で書いてください。")


def _moment(text: str) -> str:
    _ascii(text, "2026-11-27 12:30")
    day, _, time = text.rpartition(" ")
    if day:
        _day(day)
    _clock(time, "23:59")
    return text


def _day_or_flag(text: str) -> date | bool:
    if re.search("[0-9]", half_width(text)):
        return _day(text)
    if half_width(text).strip().lower() in ("true", "false"):
        return _flag(text)
    refuse(
        f"「{shown(text)}」ではなく、日付（2026-11-20 のように年-月-日）か true で書いてください。",
        "BAD_TYPE",
    )


def _month(text: str) -> str:
    _ascii(text, "2022-06")
    if not re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", text):
        refuse(f"「{shown(text)}」は年月ではありません。2022-06 のように年-月で書いてください。")
    return text


def _computer_name(text: str) -> str:
    _ascii(text, "OQS-01")
    if not re.fullmatch("[A-Za-z0-9-]{1,15}", text):
        refuse(
            f"「{shown(text)}」はコンピューター名にできません。"
            "半角の英数字と - で15文字までで書いてください。"
        )
    if text.upper() in resources.spec("windows")["reserved_names"]:
        refuse(f"「{text}」は Windows が使う名前です。別のコンピューター名にしてください。")
    return text


def _account_name(text: str) -> str:
    _line(text)
    if len(text) > 20 or re.search(r'["/\\\[\]:;|=,+*?<>@]', text) or text.endswith("."):
        refuse(
            f"「{shown(text)}」は Windows のアカウント名にできません。"
            '20文字までで、" / \\ [ ] : ; | = , + * ? < > @ を使わずに書いてください。'
        )
    if text != text.strip():
        refuse("アカウント名の前後の空白を消してください。")
    return text


def _optional_row(text: str) -> str:
    _line(text)
    rules = resources.spec("optional")
    rows = [row for rule in rules for group in rule["groups"].values() for row in group]
    if text not in rows:
        hint = perhaps(text, rows)
        end = f"（{hint}）" if hint else ""
        refuse(
            f"「{shown(text)}」は省けません。省けるのは操作3の任意の項目だけです。消してください{end}。",
            "SKIP_NOT_ALLOWED",
        )
    return text


def _portal_account(text: str) -> str:
    _ascii(text, "F0FACE01")
    if not re.fullmatch("[A-Za-z0-9._-]{1,32}", text):
        refuse(f"「{shown(text)}」はアカウントIDにできません。半角の英数字で書いてください。")
    return text


_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*")


def _host(text: str) -> str:
    _ascii(text, "proxy.example.jp")
    if "://" in text or "/" in text:
        refuse("http:// や / は付けずに、サーバーの名前だけを書いてください。")
    if re.fullmatch(r"[^:]+:[0-9]+", text):
        refuse("「:」とポート番号は付けずに、サーバーの名前だけを書いてください。")
    if not _HOST.fullmatch(text):
        refuse(
            f"「{shown(text)}」はサーバーの名前ではありません。proxy.example.jp のように書いてください。"
        )
    return text


def _bypass(text: str) -> str:
    if re.search(r"[;,\s；，、　]", text):
        refuse(
            "例外は1件ずつ、リストの1行に1つ書いてください。"
            "「;」「,」や空白でつなげることはできません（「;」は自動で入ります）。",
            "PROXY_BYPASS_SEPARATOR",
        )
    _ascii(text, "*.onshikaku.org")
    if re.search(r"[^.]\*|\*[^.:]", text):
        refuse(
            f"「{shown(text)}」は2件の例外がつながっているようです。1行に1つずつ書いてください。",
            "PROXY_BYPASS_SEPARATOR",
        )
    if not re.fullmatch(r"<local>|(https?://)?[A-Za-z0-9*._\-\[\]:]{1,253}", text):
        refuse(f"「{shown(text)}」は例外に書けません。*.example.jp のように書いてください。")
    return text


def _folder(text: str) -> str:
    _line(text)
    local = re.fullmatch(r"[A-Za-z]:((?:\\[^\\/:*?\"<>|]+)+)", text)
    remote = re.fullmatch(r"\\\\([A-Za-z0-9._-]+)((?:\\[^\\/:*?\"<>|]+)+)", text)
    match = local or remote
    if not match or len(text) > 200:
        refuse(
            f"「{shown(text)}」はフォルダーではありません。C:\\OQS\\req のように書いてください。"
        )
    reserved = resources.spec("windows")["reserved_names"]
    for part in match[match.re.groups].split("\\")[1:]:
        if part != part.strip(" ") or part.endswith(".") or part.split(".")[0].upper() in reserved:
            refuse(f"フォルダー名「{shown(part)}」は使えません。別の名前にしてください。")
    return text


def _network(text: str) -> str:
    _ascii(text, "192.168.20.0/24")
    network = _any_network(text)
    if network is None or not re.search("/[0-9]+$", text):
        hint = f"（もしかして: {network}）" if network else ""
        refuse(
            f"「{shown(text)}」はネットワークではありません。192.168.20.0/24 のように、"
            f"アドレスと / とビット数で書いてください{hint}。"
        )
    if not any(_inside(network, private) for private in facility_networks()):
        refuse(
            f"「{shown(text)}」は、施設の中のネットワークではないアドレスを含みます。"
            "プライベート アドレスのネットワーク（例: 192.168.20.0/24）だけを書いてください。"
        )
    if ip_address(text.partition("/")[0]) != network.network_address:
        refuse(
            f"「{shown(text)}」は、ネットワークの先頭のアドレスではありません（もしかして: {network}）。"
        )
    return str(network)


def _any_network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def facility_networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks that a facility may have: private ones."""
    return tuple(map(ip_network, resources.spec("network")["private"]))


def _inside(inner: IPv4Network | IPv6Network, outer: IPv4Network | IPv6Network) -> bool:
    return (
        inner.version == outer.version
        and int(outer.network_address) <= int(inner.network_address)
        and int(inner.broadcast_address) <= int(outer.broadcast_address)
    )


_CLOCK = "^([01][0-9]|2[0-3]):[0-5][0-9]$"

Line = Annotated[str, AfterValidator(_line)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Clock = Annotated[
    str,
    AfterValidator(lambda text: _clock(text, "23:59")),
    WithJsonSchema({"type": "string", "pattern": _CLOCK}),
]
ClosingClock = Annotated[
    str,
    AfterValidator(lambda text: _clock(text, "24:00")),
    WithJsonSchema({"type": "string", "pattern": _CLOCK[:-1] + "|^24:00$"}),
]
Code = Annotated[
    str,
    AfterValidator(_code),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{10}$"}),
]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[
    str,
    AfterValidator(_moment),
    WithJsonSchema(
        {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2} )?" + _CLOCK.lstrip("^")}
    ),
]
DayOrFlag = Annotated[date | bool, BeforeValidator(_day_or_flag)]
Month = Annotated[
    str,
    AfterValidator(_month),
    WithJsonSchema({"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"}),
]
ComputerName = Annotated[
    str,
    AfterValidator(_computer_name),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9-]{1,15}$"}),
]
AccountName = Annotated[str, AfterValidator(_account_name)]
OptionalRow = Annotated[str, AfterValidator(_optional_row)]
PortalAccount = Annotated[str, AfterValidator(_portal_account)]
Host = Annotated[str, AfterValidator(_host)]
BypassEntry = Annotated[str, AfterValidator(_bypass)]
Cidr = Annotated[
    str,
    AfterValidator(_network),
    WithJsonSchema({"type": "string", "pattern": "^[0-9A-Fa-f.:]+/[0-9]{1,3}$"}),
]
Folder = Annotated[str, AfterValidator(_folder)]
Port = Annotated[int, *_whole(1, 65535)]
Hour = Annotated[int, *_whole(0, 23)]
LastHour = Annotated[int, *_whole(0, 24)]
