"""The printed sheet: its pages, its numbers, and every word of the plan and of the clinic on it."""

import dataclasses
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import pypdf
import pytest
from cryptography import x509
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.model import Vendor
from oqsgen.clinic.unanswered import unanswered
from oqsgen.manual.rows import rows
from oqsgen.plan.care import care
from oqsgen.plan.plan import make_plan
from oqsgen.plan.visit import entries
from oqsgen.render.sheet import About, about, content, document, sheet
from oqsgen.render.sheet.about import in_short
from oqsgen.render.typeset import typeset
from oqsgen.resources import spec
from oqsgen.seal.signer import as_windows_shows
from oqsgen.subjects import SETTINGS
from tests import examples
from tests.golden.regenerate import signer
from tests.render.printed import lines, said

ID = "5b48b5a6e8b02e8715f7247089ac5981"
TERMINALS = [
    pytest.param(profile, id=f"{path.stem}-{profile.terminal.name}")
    for path in examples.EXAMPLES
    for profile in examples.profiles_of(path)
]
PAGES = {"new": 4, "replace": 4, "succession": 4, "update": 1, "audit": 1}
NAMES = (
    "医療法人社団 髙﨑𠮷田クリニック",
    "葛󠄀飾第一診療所",
    "槗本・𣘺内科／辻󠄀歯科",
    "医療法人社団葛󠄀飾髙﨑𠮷田記念会附属総合在宅診療支援クリニック東京都千代田区丸の内第二分院（内科・外科・皮膚科・眼科）",
    "St. Luke's “Ōsaka” Clinic Ⅱ №5 ㈱",
)
MARKUP = (
    "#panic[x] #eval(1) #sys.version",
    "*b* _i_ `code` $x^2$ @ref <label>",
    "**太** □ ＿＿＿ {code} {no:apply|x}",
    "= heading - list + enum / term: x",
    '"); panic(json("data.json"',
)


def of(profile: TerminalProfile) -> About:
    return about(profile, make_plan(profile), ID, signer())


@cache
def printed(path: str, at: int) -> tuple[About, pypdf.PdfReader]:
    of_example = of(examples.example(path)[at])
    return of_example, pypdf.PdfReader(io.BytesIO(sheet(of_example)))


def squeezed(text: str) -> str:
    """Without the blanks and line ends that laying out adds, and what is drawn and not written."""
    return re.sub(r"[\s\u200b\u2060\u3000□＿]", "", text)


def cells(data: Any) -> Iterator[str]:
    """Each text of the sheet's data that stands together on paper."""
    if isinstance(data, list) and data and isinstance(data[0], dict) and _is_run(data[0]):
        yield said(data)
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from cells(each)


def _is_run(data: dict[str, Any]) -> bool:
    return isinstance(data.get("text"), str) or not {"exact", "box", "line"}.isdisjoint(data)


def missing(about_: About, pdf: bytes) -> list[str]:
    """What the data says of a page and the page does not, read back."""
    pages = content(about_)["pages"]
    texts = [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(texts) == len(pages)
    return [
        cell
        for page, text in zip(pages, texts, strict=True)
        for cell in cells(page["blocks"])
        if squeezed(cell) not in text
    ]


# -- pages


@pytest.mark.parametrize("profile", TERMINALS)
def test_what_its_texts_name_is_known(profile: TerminalProfile) -> None:
    """What is not stands as a line to write on, which nobody would see to be a fault."""
    about_, asked = of(profile), []

    class Listening(About):
        def value(self, name: str) -> str | None:
            value = super().value(name)
            asked.append((name, value))
            return value

    content(Listening(about_.profile, about_.plan, about_.numbers, ID, signer()))
    unknown = {name for name, value in asked if value is None}
    assert unknown <= WRITTEN_BY_HAND, unknown - WRITTEN_BY_HAND
    assert len(asked) > 10


@pytest.mark.parametrize("profile", TERMINALS)
def test_it_has_the_pages_of_its_kind_of_work_and_all_its_words(profile: TerminalProfile) -> None:
    about_ = of(profile)
    pdf = sheet(about_)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == PAGES[profile.job.mode]
    assert missing(about_, pdf) == []


def test_the_typical_clinic_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is too long for its density is laid out again, which takes as long once more."""
    laid_out: list[str] = []

    def counting(name: str, files: Mapping[str, bytes]) -> bytes:
        laid_out.append(name)
        return typeset(name, files)

    monkeypatch.setattr(document, "typeset", counting)
    for name in ("clinic", "smallest"):
        sheet(of(examples.example(name)[0]))
    assert laid_out == ["sheet", "sheet"]


def named(profile: TerminalProfile, name: str, persons: tuple[str, ...]) -> TerminalProfile:
    """The profile with a name wherever a clinic's own words can stand."""
    terminal = profile.terminal.model_copy(
        update={"certificate_for": name, "staff_accounts": persons}
    )
    readers = tuple(reader.model_copy(update={"name": name[:30]}) for reader in profile.readers)
    return changed(
        profile,
        facility=profile.facility.model_copy(update={"name": name}),
        terminals=(terminal,),
        readers=readers,
        vendor=Vendor.model_construct(company=name, engineer=name, phone="03-1234-5678"),
    )


def changed(profile: TerminalProfile, **keys: Any) -> TerminalProfile:
    """A profile of its own: a copy would keep the facts that the other one has found."""
    same = {name: getattr(profile, name) for name in TerminalProfile.model_fields}
    return TerminalProfile.model_construct(**same | keys)


WRITTEN_BY_HAND = {
    "call",
    "certificate-for",
    "deadline",
    "linkage-account",
    "share-account",
    "company",
    "engineer",
    "face-accounts",
    "no:certificate-backup staff",
    "no:reader-account",
    "distribution-server:設定の変更 → 接続する配信サーバー",
    "from",
    "until",
    "until-time",
    "witness",
}
"""What has words or room of its own where it is not known."""

RARE = ("葛󠄀", "辻󠄀", *"髙﨑𠮷𣘺槗邊邉齋齊鷗龗麤ー・（）々〆ヶABCiWm0O1l")


WIDEST = "葛󠄀"
"""As wide as a character can be, and nothing that a line could end at sooner."""


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(("clinic", "p10-shizuoka-iin", "update-west", "audit-win10", "replacement")),
    st.lists(st.sampled_from(RARE), min_size=1, max_size=60).map("".join),
)
@example("update-west", WIDEST * 13)
@example("update-west", "W" * 20)
@example("p05-yokohama-seikei", WIDEST * 28)
@example("ntt-start-pack", WIDEST * 12)
def test_a_name_of_any_length_is_printed_whole_on_as_many_pages(of_file: str, name: str) -> None:
    profile = named(examples.example(of_file)[0], name, ("uketsuke1",))
    about_ = of(profile)
    pdf = sheet(about_)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == PAGES[profile.job.mode]
    assert missing(about_, pdf) == []


@pytest.mark.parametrize("mode", [None, "update", "replace"])
@pytest.mark.parametrize("profile", TERMINALS)
def test_the_longest_names_have_room_on_every_terminal(
    profile: TerminalProfile, mode: str | None
) -> None:
    """Whatever is done there: of the clinic and of two persons, with the line that a signature which ends has."""
    if mode:
        profile = changed(profile, job=profile.job.model_copy(update={"mode": mode}))
    profile = named(profile, WIDEST * 60, ("W" * 20, "M" * 20))
    ends = dataclasses.replace(signer(), ends=date(2026, 12, 28))
    pdf = sheet(about(profile, make_plan(profile), ID, ends))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == PAGES[profile.job.mode]


@pytest.mark.parametrize("name", (*NAMES, *MARKUP))
def test_what_is_written_is_what_is_printed(name: str) -> None:
    about_ = of(named(examples.example("smallest")[0], name, ("{code}",)))
    pdf = sheet(about_)
    assert missing(about_, pdf) == []
    everything = squeezed("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    # At the head of each page, in the title, on the phone, for the engineer and the company.
    assert everything.count(squeezed(name)) >= 8
    assert "職員のアカウント{code}" in everything


def test_what_is_left_out_is_promised_to_nobody() -> None:
    profile = examples.example("clinic")[0]
    plan = [s for s in make_plan(profile) if s.id not in ("daily-restart", "windows-update")]
    told = "\n".join(lines(content(about(profile, plan, ID, None))))
    assert "毎日 02:13" not in told and "毎日 05:00" not in told
    assert told.count("この一式では設定しない") == 2


def test_numbers_are_shortened_where_they_follow_each_other() -> None:
    assert in_short(["22", "23", "24"]) == "22～24"
    assert in_short(["18", "22", "23"]) == "18・22・23"
    assert in_short(["20a", "20b", "20c"]) == "20a・20b・20c"
    assert in_short([]) == ""


def test_a_long_company_leaves_the_strip_on_the_paper() -> None:
    profile = named(examples.example("smallest")[0], "見本" * 75, ())
    (strip,) = (b for b in content(of(profile))["pages"][3]["blocks"] if b["kind"] == "strip")
    assert said(strip["contact"]).endswith("03-1234-5678") and "見本" not in said(strip["contact"])


def test_many_persons_and_many_readers_have_one_page_more() -> None:
    profile = named(
        examples.example("p08-saitama-byoin")[0], "病院", tuple(f"person{n}" for n in range(12))
    )
    readers = profile.readers[0]
    profile = changed(profile, readers=(readers,) * 15)
    about_ = of(profile)
    pdf = sheet(about_)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 5
    assert missing(about_, pdf) == []
    (last,) = content(about_)["pages"][4:]
    labels = [
        row[1] for block in last["blocks"] if block["kind"] == "table" for row in block["rows"]
    ]
    persons = [number.label for number in about_.numbers if number.person]
    assert [said(label) for label in labels][-12:] == persons


# -- the numbers are the screen's


@pytest.mark.parametrize("profile", TERMINALS)
def test_its_numbers_are_those_of_the_plan(profile: TerminalProfile) -> None:
    """Label, title, minutes, who confirms, what may wait and where somebody of the clinic is needed."""
    about_ = of(profile)
    work = [
        b
        for page in content(about_)["pages"]
        for b in page["blocks"]
        if b["kind"] in ("work", "table")
    ]
    table = next(b for b in work if b["kind"] == "work") if profile.job.mode != "audit" else None
    if table is None:
        audit = next(b for b in work if len(b["columns"]) == 5 and b["header"])
        assert [(said(row[1]), said(row[2]).removesuffix("【立】")) for row in audit["rows"]] == [
            (number.label, number.title) for number in about_.numbers
        ]
        return
    by_label = {number.label: number for number in about_.numbers}
    seen = []
    for row in table["rows"]:
        if "divider" in row:
            continue
        parts = [label for label in by_label if re.fullmatch(rf"{row['label']}[a-z]?", label)]
        first = by_label[parts[0]]
        seen += parts
        title = first.part_of if len(parts) > 1 else first.title
        assert said(row["title"]) == f"{title}{'【立】' if first.witness else ''}"
        by_person = any(by_label[part].confirms == "person" for part in parts)
        assert row["who"] == ("人" if by_person else "自") + (
            " 後" if all(by_label[part].later for part in parts) else ""
        )
        hands = sum(by_label[part].minutes for part in parts)
        assert row["minutes"].split("／") == [
            str(hands),
            *([str(first.wait)] if first.wait else []),
        ]
        for part in parts if len(parts) > 1 else ():
            assert f"□ {part[-1]} " in said(row["text"])
    assert seen == [number.label for number in about_.numbers]


@pytest.mark.parametrize("profile", TERMINALS)
def test_what_is_counted_is_what_has_a_box(profile: TerminalProfile) -> None:
    """As title and last screen count: parts of one number together, and each round."""
    about_ = of(profile)
    boxes = {number.whole for number in about_.numbers}
    assert sorted(boxes, key=int) == [str(at) for at in range(1, len(boxes) + 1)]
    assert f"＿＿／{len(boxes)} 件" in "\n".join(lines(content(about_)))


def test_what_nobody_answered_is_asked_for_and_not_decided() -> None:
    """Of every key that the hearing sheet leaves for later."""
    profile = examples.example("smallest")[0]
    told = "\n".join(lines(content(of(profile))))
    assert list(unanswered(profile)) == [
        "visit.from",
        "visit.until",
        "visit.witness",
        "his.link",
        "services.erx",
        "services.emr",
        "services.medical_aid",
    ]
    for line in (
        "訪問 | ＿＿/＿＿ ＿＿:＿＿から",
        "立ち会い | ＿＿＿＿＿＿",
        "□ この端末を使い始める時刻 ＿＿:＿＿",
        "レセコン連携 | しない（施設に尋ねる）",
        "電子処方箋 | 利用しない（施設に尋ねる）",
        "電子カルテ情報共有 | 利用しない（施設に尋ねる）",
        "□ レセコンとファイルで連携するか　する・しない",
        "□ 電子処方箋を使うか　使う・使わない",
        "□ 電子カルテ情報共有を使うか　使う・使わない",
        "□ 医療扶助を使うか　使う・使わない",
    ):
        assert told.count(line) == 1, line
    of_the_visit = [q["asks"] for key, q in unanswered(profile).items() if key.startswith("visit.")]
    assert not [asks for asks in of_the_visit if asks in told], "its blanks ask for it"
    answered = profile.services.model_copy(update={"erx": False})
    assert "電子処方箋 | 利用しない\n" in "\n".join(
        lines(content(of(changed(profile, services=answered))))
    )


def test_what_is_known_of_the_visit_is_printed() -> None:
    profile = examples.example("clinic")[0]
    visit = profile.visit.model_copy(
        update={"from_": "2026-11-27 12:30", "until": "15:00", "witness": "事務長"}
    )
    told = "\n".join(lines(content(of(changed(profile, visit=visit)))))
    for line in (
        "訪問 | 2026-11-27 12:30から　使い始め 15:00",
        "立ち会い | 事務長",
        "この端末を使い始める時刻 15:00",
        "使い始め 15:00 の予定",
    ):
        assert line in told, line


def test_the_night_is_offered_where_the_pc_is_on() -> None:
    """今夜の PC: not where the power is switched off, nor where the terminal does not update itself."""
    for profile in (p for path in examples.EXAMPLES for p in examples.profiles_of(path)):
        told = "\n".join(lines(content(of(profile))))
        if "残った作業" in told:
            nightly = "auto-power" in profile.facts and "stop-auto-update" not in profile.facts
            assert ("施設・設置担当・今夜の PC" in told) is nightly


def test_a_meeting_counts_the_waits_before_it() -> None:
    told = "\n".join(lines(content(of(examples.example("clinic")[0]))))
    assert (
        "立ち会い【立】は 4 回（時刻は目安）: 着いたとき（番号 1）、約 30 分後（番号 5・7・9）"
        in told
    )


def test_the_publisher_is_named_as_the_screen_names_it() -> None:
    whole = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "髙橋システム, 大阪"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "試験 発行者"),
        ]
    )
    assert as_windows_shows(whole) == 'CN=試験 発行者, O="髙橋システム, 大阪"'
    assert f"発行者　{signer().subject}" in "\n".join(
        lines(content(of(examples.example("smallest")[0])))
    )


def test_every_number_has_its_words() -> None:
    words = spec("sheet")
    for mode in PAGES:
        for entry in entries(mode):
            has = (
                words["audit-rows"]
                if mode == "audit"
                else words["numbers"] | words["numbers-of"].get(mode, {})
            )
            assert entry.id in has, (mode, entry.id)


def test_what_a_text_is_there_for_is_there() -> None:
    """No condition names a step, a number or a fact that there never is."""
    steps = {setting.id for setting in SETTINGS} | {row.id for row in rows()}
    numbers = {entry.id for mode in PAGES for entry in entries(mode)}
    for condition in _conditions(spec("sheet")):
        assert steps.issuperset(condition.get("steps", ())), condition
        assert steps.issuperset(condition.get("without", ())), condition
        assert numbers.issuperset(condition.get("numbers", ())), condition
        assert WRITTEN_BY_HAND.issuperset(condition.get("known", ())), condition
        for facts in condition.get("when", {}).values():
            assert spec("facts").keys() >= {f for f in facts if f not in WORDLESS}, condition


WORDLESS = {"erx", "wifi", "carry-over"}
"""Facts that no row of the manual asks for."""


def _conditions(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if {"steps", "without", "numbers", "when", "known"} & data.keys() and {
            "text",
            "cells",
        } & data.keys():
            yield data
        for each in data.values():
            yield from _conditions(each)
    elif isinstance(data, list):
        for each in data:
            yield from _conditions(each)


# -- the values are the plan's


@pytest.mark.parametrize("profile", TERMINALS)
def test_every_document_that_is_named_is_among_what_to_bring(profile: TerminalProfile) -> None:
    about_ = of(profile)
    text = "\n".join(lines(content(about_)))
    brought = re.search(r"□ 資料: (.*)", text)
    assert brought is not None
    told = " ".join(
        each
        for step in about_.plan
        for each in (step.what, step.check, *(value for _, value in step.values))
    )
    known = {
        int(part) for part in re.findall(r"\d+", brought[1].partition("（補")[2].partition("）")[0])
    }
    assert known >= {int(part) for part in re.findall(r"補(\d+)", told + text)}
    for book in re.findall(
        r"「([^「」]*(?:マニュアル|手順書|手引き|ガイド|定義説明書))[^「」]*」", told
    ):
        name = re.sub(r"^.*(共通認証局ユーザーマニュアル|接続ガイド)$", r"\1", book)
        assert re.sub(r"[\s（）()]", "", name) in re.sub(r"[\s（）()]", "", brought[1]), book


def test_the_routers_lines_are_those_of_its_steps() -> None:
    about_, _ = printed("clinic", 0)
    text = "\n".join(lines(content(about_)))
    for id in ("dns-router-oqs", "dns-router-ngn"):
        step = about_.steps[id]
        servers = [value for label, value in step.values if label.endswith("転送先")]
        for label, domain in step.values:
            if "ドメイン" in label:
                assert f"□ | {domain} | {servers[0]} | {servers[1]}" in text


def test_page_1_names_the_bundle_and_its_publisher() -> None:
    about_, pdf = printed("clinic", 0)
    page = squeezed(pdf.pages[0].extract_text())
    assert ID in page and about_.signer is not None
    digits = about_.signer.fingerprint
    groups = re.findall(r"([①-⑯])([0-9a-f]{4})(?![0-9a-f])", page)
    assert groups == [(chr(0x2460 + at), digits[4 * at : 4 * at + 4]) for at in range(16)]
    assert "署名がありません" not in page


def test_an_unsigned_bundle_says_so_first() -> None:
    profile = examples.example("smallest")[0]
    pdf = sheet(about(profile, make_plan(profile), ID, None))
    page = squeezed(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text())
    assert page.index("署名がありません") < page.index("持ち物")
    assert "発行者の指紋署名なし" in page


def test_no_text_is_smaller_than_9_points() -> None:
    _, pdf = printed("clinic", 0)
    sizes: set[float] = set()

    def visit(text: str, _: Any, matrix: Any, __: Any, size: float) -> None:
        if text.strip():
            sizes.add(round(size * abs(matrix[3] or 1), 1))

    for page in pdf.pages:
        page.extract_text(visitor_text=visit)
    assert sizes and min(sizes) >= 9


def test_it_is_black() -> None:
    """A copy or a fax shows all of it: nothing is drawn in a colour or in grey."""
    _, pdf = printed("clinic", 0)
    for page in pdf.pages:
        drawn = page.get_contents()
        assert drawn is not None
        for color in re.findall(rb"^([\d. ]+) (?:g|G|rg|RG|scn|SCN|k|K)\b", drawn.get_data(), re.M):
            assert set(color.split()) <= {b"0", b"1"} and len(set(color.split())) == 1, color


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("smallest", "セットアップ"),
        ("p05-yokohama-seikei", "更新"),
        ("audit-win10", "点検"),
        ("p10-shizuoka-iin", "承継・コード変更"),
        ("replacement", "端末の入れ替え"),
    ],
)
def test_the_title_is_that_of_the_visit(name: str, work: str) -> None:
    _, pdf = printed(name, 0)
    assert pdf.metadata is not None
    assert f"資格確認端末 {work} チェックリスト" in str(pdf.metadata.title)
    assert f"資格確認端末{work}チェックリスト" in squeezed(pdf.pages[0].extract_text())


@pytest.mark.parametrize(
    "name", ["clinic", "p04-hokkaido-houkan", "p07-fukuoka-ganka", "replacement"]
)
def test_what_the_clinic_does_from_day_to_day_is_what_the_results_page_says(name: str) -> None:
    about_, pdf = printed(name, 0)
    plan = {step.id for step in about_.plan}
    cares = [each for each in care(about_.profile) if not each.steps or plan & {*each.steps}]
    lines = pdf.pages[3].extract_text()
    daily = squeezed(lines[lines.index("毎日") : lines.index("しないこと")])
    assert len(cares) > 1
    assert [each.text for each in cares if squeezed(each.text) not in daily] == []
