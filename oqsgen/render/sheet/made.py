"""The blocks that are made of the plan, by the names that ``specs/sheet.yaml`` gives them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from oqsgen import __version__
from oqsgen.manual.sources import cite
from oqsgen.render.sheet import tables, work
from oqsgen.render.sheet.about import About
from oqsgen.resources import spec
from oqsgen.text import by_four

ARRIVAL = 5
"""Minutes until the first number: greetings, power, LAN cable."""

ROUND = 20
"""Minutes from which on a wait is that of an update, in which other numbers are done."""

Made = Callable[[About], Iterator[dict[str, Any]]]


def opening(about: About) -> Iterator[dict[str, Any]]:
    """The title, the clinic, and that a bundle without a signature is for looking at only."""
    title = spec("sheet")["titles"][about.mode]["title"]
    kinds = {entry["type"]: entry["title"] for entry in spec("facility")["types"].values()}
    clinic = f"**{{facility}}**（医療機関等コード {{code}}、{kinds[about.profile.facility.kind]}）"
    unsigned = "**署名がありません。このままでは実行できません。** 内容の確認にだけ使います。"
    yield {
        "kind": "opening",
        "title": title,
        "terminal": about.profile.terminal.name,
        "clinic": about.runs(clinic),
        "unsigned": about.runs(*([] if about.signer else [unsigned])),
    }


def this_terminal(about: About) -> Iterator[dict[str, Any]]:
    """The facts that say whether it is the right terminal."""
    pairs = [[label, about.runs(*texts)] for label, *texts in spec("sheet")["this-terminal"]]
    yield {"kind": "pairs", "pairs": pairs}


def time(about: About) -> Iterator[dict[str, Any]]:
    """The minutes of hands and of waiting, and when somebody of the clinic is needed."""
    hands = sum(number.minutes for number in about.numbers)
    rounds = [number for number in about.numbers if number.wait >= ROUND]
    told = f"**時間**　人の作業 約 {_by_five(hands)} 分"
    if rounds:
        told += "、更新の待ち 20 分×1～3 回（待つ間に次の番号をします）"
    yield {"kind": "flow", "flow": about.runs(told + "。", *_witness(about))}


def _witness(about: About) -> Iterator[str]:
    """When somebody of the clinic is there: what stands within ten minutes is one meeting."""
    meetings: list[tuple[int, int, list[str]]] = []
    clock = ARRIVAL
    after = work.dividers(about)
    for number in about.numbers:
        began, clock = clock, clock + number.minutes
        ended = clock
        # A round of updates is no wait: other numbers are done meanwhile.
        clock += number.wait if number.wait < ROUND else 0
        clock += after.get(number.id, {}).get("wait", 0)
        if not number.witness:
            continue
        if meetings and began - meetings[-1][1] <= 10:
            start, _, labels = meetings.pop()
            meetings.append((start, ended, [*labels, number.label]))
        else:
            meetings.append((began, ended, [number.label]))
    told = [
        (f"約 {_by_five(start)} 分後" if start > ARRIVAL else "着いたとき")
        + f"（番号 {'・'.join(labels)}）"
        for start, _, labels in meetings
    ]
    if told:
        yield f"立ち会い【立】は {len(told)} 回（時刻は目安）: {'、'.join(told)}。"


def _by_five(minutes: int) -> int:
    return (minutes + 2) // 5 * 5


def books(about: About) -> str:
    """The documents that texts of the plan name, with the parts that they name."""
    texts = "\n".join(
        text
        for step in about.plan
        for text in (step.what, step.check, *(value for _, value in step.values))
    )
    named = [told for book in spec("sheet")["books"] if (told := _named(book, texts))]
    return f"□ 資料: {'、'.join(named)}"


def questions(about: About) -> Iterator[str]:
    """What the office has left open, but for the visit itself, with the answers to choose from."""
    for key, question in about.unanswered.items():
        if not key.startswith("visit."):
            answers = "・".join(question.get("list", ())) or "＿＿＿＿＿＿"
            yield f"□ {question.get('ask', {}).get('words') or question['asks']}　{answers}"


def _named(book: Mapping[str, str], texts: str) -> str:
    if not re.search(book["find"], texts):
        return ""
    parts = sorted(set(map(int, re.findall(book["parts"], texts)))) if "parts" in book else ()
    told = f"（{book['part']}{'・'.join(map(str, parts))}）" if parts else ""
    return book["title"] + told


def seal(about: About) -> Iterator[dict[str, Any]]:
    """What is compared before anything is registered, and whom to call."""
    signer = about.signer
    groups = by_four(signer.fingerprint).split() if signer else None
    made_by = f"版　oqsgen {__version__}、{cite('setup')}"
    lines = [
        f"発行者　{{publisher}}　　{made_by}" if signer else made_by,
        "連絡先　**{contact}**",
    ]
    if signer and signer.ends:
        day = f"{signer.ends.year}年{signer.ends.month}月{signer.ends.day}日"
        lines.append(
            f"**{day} まで有効な署名です。** 過ぎると実行できないため、その前に作り直してください。"
        )
    yield {
        "kind": "seal",
        "fingerprint": groups and [f"{chr(0x2460 + at)}{group}" for at, group in enumerate(groups)],
        "bundle": by_four(about.bundle).split(),
        "lines": [about.runs(line) for line in lines],
        "alt": f"一式の番号 {about.bundle} のQRコード",
    }


def outcome(about: About) -> Iterator[dict[str, Any]]:
    """The counts of the last screen."""
    words = spec("sheet")["outcome"]
    text = words.get(about.mode, words["new"])
    text = text.replace("{count}", about.numbers[-1].whole)
    yield {"kind": "flow", "flow": about.runs(text)}


def signatures(about: About) -> Iterator[dict[str, Any]]:
    """Who did it, who was there, who was told."""
    doer = "点検者" if about.mode == "audit" else "作業者"
    yield {
        "kind": "signatures",
        "header": [doer, "立ち会った方", "説明を受けた方"],
        "rows": [
            [about.runs(text) for text in row]
            for row in (
                ["＿＿＿年＿＿月＿＿日　＿＿:＿＿～＿＿:＿＿", "", "所属・役職 ＿＿＿＿＿＿＿"],
                [
                    "{company|＿＿＿＿＿＿＿＿}　{engineer|＿＿＿＿＿＿}　印",
                    "氏名 ＿＿＿＿＿＿＿",
                    "氏名 ＿＿＿＿＿＿＿　印・署名",
                ],
            )
        ],
    }


def strip(about: About) -> Iterator[dict[str, Any]]:
    """What is cut off and stood on the keyboard."""
    yield {
        "kind": "strip",
        "strip": about.runs(spec("sheet")["strip"]),
        "contact": about.runs("使い始め {until-time|＿＿:＿＿} の予定　　{call|＿＿＿＿＿＿＿＿}"),
    }


MADE: Mapping[str, Made] = {
    "opening": opening,
    "this-terminal": this_terminal,
    "time": time,
    "seal": seal,
    "work": work.work,
    "audit": work.audit,
    "router": tables.router,
    "accounts": tables.accounts,
    "environment": tables.environment,
    "phone": tables.phone,
    "decided": tables.decided,
    "outcome": outcome,
    "signatures": signatures,
    "strip": strip,
}
