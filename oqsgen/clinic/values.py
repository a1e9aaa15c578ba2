"""The single values of a clinic's file: how each is read from its text, and refused.

What can be meant in one way alone is read: other widths, Excel's dates, Japanese words.
"""

import re
from collections.abc import Sequence
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from oqsgen import resources
from oqsgen.clinic import dates, words
from oqsgen.clinic.code import expected_digits, rules
from oqsgen.text import (
    half_width,
    hidden_character,
    named_blank,
    perhaps,
    shown,
    trimmed,
)

LINE_CHARACTERS = 200
COMPUTER_NAME = "[A-Za-z0-9-]{1,15}"
PORTAL_ACCOUNT = "[A-Za-z0-9._-]{1,32}"


def refuse(message: str, code: str = "BAD_VALUE") -> NoReturn:
    """Say that a value is wrong. ``code`` is a problem code."""
    raise PydanticCustomError(code, "{message}", {"message": message})


def _ascii(text: str, like: str) -> str:
    """``text`` in half width, without blanks around it."""
    plain = half_width(trimmed(text)).strip()
    if hidden := hidden_character(plain):
        refuse(f"「{shown(text)}」の中に{named_blank(hidden[1])}があります。消してください。")
    if not plain.isascii():
        refuse(
            f"「{shown(text)}」には使えない文字があります。半角で {like} のように書いてください。"
        )
    return plain


def _one_of(text: str, meant: Sequence[str], otherwise: str) -> str:
    """What ``text`` means, where that is one thing."""
    if len(meant) == 1:
        return meant[0]
    if meant:
        refuse(
            f"「{shown(text)}」は {' とも '.join(meant)} とも読めます。どちらかで書いてください。"
        )
    refuse(otherwise)


def _line(text: str) -> str:
    if not (plain := trimmed(text)):
        refuse("空です。文字を書いてください。")
    if "\n" in plain or "\r" in plain:
        refuse("改行は使えません。1行で書いてください。")
    if hidden := hidden_character(plain):
        refuse(f"{named_blank(hidden[1]).strip()} があります。消してください。")
    if len(plain) > LINE_CHARACTERS:
        refuse(f"長すぎます。{LINE_CHARACTERS}文字までで書いてください。")
    return plain


def _phone(text: str) -> str:
    plain = _line(text)
    if not re.search("[0-9]", half_width(plain)):
        refuse(
            f"「{shown(text)}」に電話番号の数字がありません。03-1234-5678 のように書いてください。"
        )
    return plain


def _flag(text: str) -> bool:
    answer = words.flag(text)
    if answer is None:
        refuse(
            f"「{shown(text)}」ではなく true（はい）か false（いいえ）で書いてください。",
            "BAD_TYPE",
        )
    return answer


def _whole_number(text: str) -> int:
    digits = re.sub("時$", "", half_width(trimmed(text)))
    if not re.fullmatch("[0-9]{1,6}", digits):
        refuse(f"「{shown(text)}」ではなく、整数で書いてください。", "BAD_TYPE")
    return int(digits)


def _whole(low: int, high: int) -> Any:
    """The type of whole numbers from ``low`` to ``high``."""

    def check(number: int) -> int:
        if not low <= number <= high:
            refuse(f"{number} は範囲外です。{low} から {high} までで書いてください。")
        return number

    schema = {"type": "integer", "minimum": low, "maximum": high}
    return BeforeValidator(_whole_number), AfterValidator(check), WithJsonSchema(schema)


def _clock(text: str, last: str) -> str:
    meant = [time for time in dates.times(trimmed(text)) if time <= last]
    range_ = f"00:00 から {last} まで"
    return _one_of(
        text,
        meant,
        f"「{shown(text)}」は時刻ではありません。{range_}で、09:00 のように書いてください。",
    )


def _code(text: str) -> str:
    digits = _ascii(text, "1319999012")
    if not re.fullmatch("[0-9]+", digits):
        refuse("医療機関等コードは数字10桁だけで書いてください（ハイフンや空白は入れません）。")
    if len(digits) != 10:
        refuse(
            f"医療機関等コードが{len(digits)}桁です。10桁必要です"
            f"（都道府県2桁・点数表1桁・施設の7桁の順）。{_with_zero(digits)}",
            "CODE_LENGTH",
        )
    return digits


def _with_zero(digits: str) -> str:
    """What Excel makes of a code that begins with 0 has nine digits; the check digit tells."""
    code = f"0{digits}"
    may_be_code = (
        len(code) == 10 and code[:2] in rules()["prefectures"] and code[2] in rules()["types"]
    )
    if not may_be_code or int(code[9]) not in expected_digits(code):
        return ""
    return f'先頭の 0 が落ちているなら、引用符で囲んで書きます（もしかして: "{code}"）。'


def _day(text: str) -> date:
    meant = [day.isoformat() for day in dates.days(trimmed(text))]
    otherwise = (
        f"「{shown(text)}」は日付ではありません。2026-10-01 のように年-月-日で書いてください。"
    )
    return date.fromisoformat(_one_of(text, meant, otherwise))


def _moment(text: str) -> str:
    day, _, time = half_width(trimmed(text)).rpartition(" ")
    if not any(moment <= "23:59" for moment in dates.times(time)):
        refuse(
            f"「{shown(text)}」は日付と時刻ではありません。2026-11-27 12:30 のように（時刻だけなら 12:30 のように）書いてください。"
        )
    moment = _clock(time, "23:59")
    return f"{_day(day).isoformat()} {moment}" if day else moment


def _day_or_flag(text: str) -> date | bool:
    answer = words.flag(text)
    if answer is not None:
        return answer
    if dates.days(trimmed(text)) or re.search("[0-9]", half_width(text)):
        return _day(text)
    refuse(
        f"「{shown(text)}」ではなく、日付（2026-11-20 のように年-月-日）か true で書いてください。",
        "BAD_TYPE",
    )


def _month(text: str) -> str:
    if both := dates.month_or_day(trimmed(text)):
        year, month = both
        refuse(
            f"「{shown(text)}」は 20{year:02}-{month:02} とも、年のない {month}月{year}日 とも読めます。"
            "2022-06 のように年-月で書いてください。"
        )
    otherwise = f"「{shown(text)}」は年月ではありません。2022-06 のように年-月で書いてください。"
    return _one_of(text, dates.months(trimmed(text)), otherwise)


def _computer_name(text: str) -> str:
    text = _ascii(text, "OQS-01")
    if not re.fullmatch(COMPUTER_NAME, text):
        refuse(
            f"「{shown(text)}」はコンピューター名にできません。"
            "半角の英数字と - で15文字までで書いてください。"
        )
    if text.upper() in resources.spec("windows")["reserved_names"]:
        refuse(f"「{text}」は Windows が使う名前です。別のコンピューター名にしてください。")
    return text


def _account_name(text: str) -> str:
    text = _line(text)
    if len(text) > 20 or re.search(r'["/\\\[\]:;|=,+*?<>@]', text) or text.endswith("."):
        refuse(
            f"「{shown(text)}」は Windows のアカウント名にできません。"
            '20文字までで、" / \\ [ ] : ; | = , + * ? < > @ を使わずに書いてください。'
        )
    return text


def optional_rows() -> tuple[str, ...]:
    """Ids of the rows that may be left out."""
    groups = (rule["groups"] for rule in resources.spec("optional"))
    return tuple(row for by_name in groups for group in by_name.values() for row in group)


def _optional_row(text: str) -> str:
    text = _line(text)
    if text not in optional_rows():
        hint = perhaps(text, optional_rows())
        end = f"（{hint}）" if hint else ""
        refuse(
            f"「{shown(text)}」は省けません。省けるのは操作3の任意の項目だけです。消してください{end}。",
            "SKIP_NOT_ALLOWED",
        )
    return text


def _portal_account(text: str) -> str:
    text = _ascii(text, "F0FACE01")
    if not re.fullmatch(PORTAL_ACCOUNT, text):
        refuse(f"「{shown(text)}」はアカウントIDにできません。半角の英数字で書いてください。")
    return text


_LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = rf"{_LABEL}(\.{_LABEL})*"
HOST_CHARACTERS = 253


def _is_host(text: str) -> bool:
    return len(text) <= HOST_CHARACTERS and re.fullmatch(_HOST, text) is not None


def _host(text: str) -> str:
    text = _ascii(text, "proxy.example.jp")
    around = re.fullmatch(r"(?:[a-z]+://)?([^:/]+)(?::([0-9]+))?/?", text)
    if around and around[1] != text and _is_host(around[1]):
        port = f"。ポート番号 {around[2]} は port に書きます" if around[2] else ""
        refuse(
            "http:// や「:」とポート番号は付けずに、サーバーの名前だけを書いてください"
            f"（もしかして: {shown(around[1])}{port}）。"
        )
    if not _is_host(text):
        refuse(
            f"「{shown(text)}」はサーバーの名前ではありません。proxy.example.jp のように書いてください。"
        )
    return text


_BYPASS = r"<local>|(https?://)?[A-Za-z0-9*._\-\[\]:]{1,253}"


def _bypass(text: str) -> str:
    if re.search(r"[;,\s；，、　]", trimmed(text)):
        refuse(
            "例外は1件ずつ、リストの1行に1つ書いてください。"
            "「;」「,」や空白でつなげることはできません（「;」は自動で入ります）。",
            "PROXY_BYPASS_SEPARATOR",
        )
    text = _ascii(text, "*.onshikaku.org")
    if re.search(r"[^.]\*|\*[^.:]", text):
        refuse(
            f"「{shown(text)}」は2件の例外がつながっているようです。1行に1つずつ書いてください。",
            "PROXY_BYPASS_SEPARATOR",
        )
    if not re.fullmatch(_BYPASS, text):
        refuse(f"「{shown(text)}」は例外に書けません。*.example.jp のように書いてください。")
    return text


_LOCAL = r"[A-Za-z]:((?:\\[^\\/:*?\"<>|]+)+)"
_REMOTE = r"\\\\([A-Za-z0-9._-]+)((?:\\[^\\/:*?\"<>|]+)+)"


def _folder(text: str) -> str:
    text = _line(text)
    match = re.fullmatch(_LOCAL, text) or re.fullmatch(_REMOTE, text)
    if not match or len(text) > LINE_CHARACTERS:
        refuse(
            f"「{shown(text)}」はフォルダーではありません。C:\\OQS\\req のように書いてください。"
        )
    reserved = resources.spec("windows")["reserved_names"]
    for part in match[match.re.groups].split("\\")[1:]:
        if part != part.strip(" ") or part.endswith(".") or part.split(".")[0].upper() in reserved:
            refuse(f"フォルダー名「{shown(part)}」は使えません。別の名前にしてください。")
    return text


def _network(text: str) -> str:
    text = _ascii(text, "192.168.20.0/24")
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


_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
# What nobody sees, and blanks that are none (oqsgen.text.hidden_character); an editor's pattern has no classes of Unicode.
_SEEN = (
    r"[^\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffd]"
)


def _as_text(pattern: str, **more: Any) -> WithJsonSchema:
    """For editors: a text that is ``pattern`` as a whole (ECMA-262)."""
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$", **more})


def _as_text_or_number(pattern: str, **more: Any) -> WithJsonSchema:
    """The same where digits alone need no quotes: an editor takes them for a number."""
    return _as_text(pattern, **more | {"type": ["string", "number"]})


Line = Annotated[
    str,
    AfterValidator(_line),
    _as_text_or_number(rf"{_SEEN}*(?!\s){_SEEN}+", maxLength=LINE_CHARACTERS),
]
Phone = Annotated[
    str,
    AfterValidator(_phone),
    _as_text_or_number(rf"(?=.*[0-9０-９]){_SEEN}*(?!\s){_SEEN}+", maxLength=LINE_CHARACTERS),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Clock = Annotated[str, AfterValidator(lambda text: _clock(text, "23:59")), _as_text(_CLOCK)]
ClosingClock = Annotated[
    str, AfterValidator(lambda text: _clock(text, "24:00")), _as_text(f"{_CLOCK}|24:00")
]
Code = Annotated[
    str, AfterValidator(_code), _as_text("[0-9]{10}", type=["string", "integer"], maximum=10**10)
]
Day = Annotated[date, BeforeValidator(_day), _as_text(_DAY, format="date")]
Moment = Annotated[str, AfterValidator(_moment), _as_text(f"({_DAY} )?{_CLOCK}")]
DayOrFlag = Annotated[
    date | bool,
    BeforeValidator(_day_or_flag),
    _as_text(_DAY, type=["string", "boolean"], format="date"),
]
Month = Annotated[str, AfterValidator(_month), _as_text("20[0-9]{2}-(0[1-9]|1[0-2])")]
ComputerName = Annotated[
    str, AfterValidator(_computer_name), _as_text_or_number(COMPUTER_NAME, maxLength=15)
]
AccountName = Annotated[
    str,
    AfterValidator(_account_name),
    _as_text_or_number(
        r'[^"/\\\[\]:;|=,+*?<>@\u0000-\u001f]*[^"/\\\[\]:;|=,+*?<>@.\s]', maxLength=20
    ),
]
OptionalRow = Annotated[str, AfterValidator(_optional_row)]
PortalAccount = Annotated[str, AfterValidator(_portal_account), _as_text_or_number(PORTAL_ACCOUNT)]
Host = Annotated[str, AfterValidator(_host), _as_text(_HOST, maxLength=HOST_CHARACTERS)]
BypassEntry = Annotated[
    str, AfterValidator(_bypass), _as_text(rf"(?!.*[^.]\*|.*\*[^.:])(?:{_BYPASS})")
]
Cidr = Annotated[str, AfterValidator(_network), _as_text("[0-9A-Fa-f.:]+/[0-9]{1,3}")]
Folder = Annotated[
    str,
    AfterValidator(_folder),
    _as_text(rf"(?:{_LOCAL}|{_REMOTE})", maxLength=LINE_CHARACTERS),
]
Port = Annotated[int, *_whole(1, 65535)]
Hour = Annotated[int, *_whole(0, 23)]
LastHour = Annotated[int, *_whole(0, 24)]
