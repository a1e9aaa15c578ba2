"""The results page in a real browser: one A4 whatever is on it, readable on a phone, in the dark, in black and by keyboard."""

import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdf
import pytest

from tests.examples import example, script_plan_of
from tests.pc.assemble import HERE
from tests.pc.shell import run_file
from tests.pc.tools import need

from .browser import Browser, browser

pytestmark = pytest.mark.needs("chromium", "pwsh")

HOSTILE = "<img src=x onerror=alert(1)></td><script>document.title='x'</script>&amp;\u202e問題なし"
SHOWN = HOSTILE.replace("\u202e", "\ufffd")
SIGNS = {"good": "○", "day": "△", "left": "△", "few": "×", "wrong": "×", "undone": "×"}
WORDS = {
    "good": "問題なし",
    "day": "残り 1 件",
    "left": "残り",
    "few": "要確認",
    "wrong": "要確認",
    "undone": "要確認",
}
A4 = (595, 842)
PRINTED = round((210 - 24) / 25.4 * 96)
"""Pixels between the margins."""
PHONE = 390


def crowded(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan of which everything is long, and much."""
    plan = deepcopy(plan)
    bundle = plan["bundle"]
    bundle["facility"]["name"] = "医療法人社団髙橋𠮷野葛\U000e0100城会" * 4
    bundle["vendor"] = {"company": "見本システム株式会社" * 4, "engineer": "設置担当" * 8}
    bundle["vendor"]["phone"] = "03-0000-0000"
    plan["staff"] = [f"uketsuke{number:02}" for number in range(20)]
    one, *_ = (number for number in plan["numbers"] if number["person"])
    plan["numbers"] += [
        one | {"label": f"{30 + at}", "title": f"職員のアカウント {name}", "person": name}
        for at, name in enumerate(plan["staff"])
    ]
    plan["usable"] += [
        {"title": f"{name} での利用", "steps": one["steps"]} for name in plan["staff"]
    ]
    plan["care"] += [{"text": "電源は夜も切らないでください。" * 9, "steps": []}] * 12
    for step in plan["steps"]:
        step["title"] += "、とても長い項目の名前" * 4
    return plan


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of an example in each state, and of a crowd where there is much to say: by <plan>-<state>."""
    plans, made, fake = (tmp_path_factory.mktemp(name) for name in ("plans", "pages", "pc"))
    few = script_plan_of(example("clinic")[0])
    many = crowded(script_plan_of(example("staff-accounts")[0]))
    states = {"clinic": [*SIGNS], "crowded": ["left", "wrong", "undone"]}
    for name, plan in (("clinic", few), ("crowded", many)):
        text = json.dumps({"plan": plan, "states": states[name]}, ensure_ascii=False)
        (plans / f"{name}.json").write_text(text, "utf-8")
    given = {"Pc": str(HERE / "Pc.ps1"), "Plans": str(plans), "Pages": str(made)}
    script = Path(__file__).with_name("pages.ps1")
    done = run_file(script, given | {"Hostile": HOSTILE}, {"OQSGEN_FAKE": str(fake)})
    assert not done.errors, done.errors
    found = {path.stem: path for path in sorted(made.glob("*.html"))}
    assert found.keys() == {f"{name}-{state}" for name in states for state in states[name]}
    return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(need("chromium"), tmp_path_factory.mktemp("profile")) as one:
        yield one


def state_of(name: str) -> str:
    return name.partition("-")[2]


def squeezed(text: str) -> str:
    """Without white space: where lines break is the browser's; and with the letters that a PDF has for some."""
    return re.sub(r"\s", "", normalize("NFKC", text))


def worked(pages: dict[str, Path]) -> dict[str, Path]:
    """Those of passes that set up or look."""
    return {name: page for name, page in pages.items() if state_of(name) != "undone"}


@pytest.mark.parametrize("plan", ["clinic", "crowded"])
def test_one_a4_is_printed_of_an_undoing_and_the_screen_has_all_of_it(
    shown: Browser, pages: dict[str, Path], plan: str
) -> None:
    shown.look(width=1000)
    shown.open(pages[f"{plan}-undone"])
    everything = shown.run("document.querySelectorAll('li').length")
    seen = "[...document.querySelectorAll('li')].filter(e => e.offsetHeight).length"
    assert shown.run(seen) == everything > 60
    assert "この結果の 1 枚を画面で" not in shown.run("document.body.innerText")
    (paper,) = pypdf.PdfReader(io.BytesIO(shown.print())).pages
    text = squeezed(paper.extract_text())
    assert text.startswith("×要確認") and "03-0000-0000" in text and "一式" in text
    shown.look(width=PRINTED, media="print")
    rest = re.findall(r"ほか(\d+)件は、この結果の1枚を画面で", text)
    assert sum(map(int, rest)) == everything - shown.run(seen)
    shown.look(width=1000)


def test_one_a4_is_printed_and_nothing_of_it_is_cut_off(
    shown: Browser, pages: dict[str, Path]
) -> None:
    for name, page in worked(pages).items():
        shown.look(width=1000)
        shown.open(page)
        # What is open on the screen is not printed either.
        shown.run("document.querySelector('details').open = true")
        (paper,) = pypdf.PdfReader(io.BytesIO(shown.print())).pages
        assert (round(paper.mediabox.width), round(paper.mediabox.height)) == A4, name
        text = squeezed(paper.extract_text())
        assert text.startswith(f"{SIGNS[state_of(name)]}{squeezed(WORDS[state_of(name)])}"), name
        for always in ("いま使えること", "残っていること", "確かめたこと", "03-0000-0000", "一式"):
            assert squeezed(always) in text, (name, always)
        assert "くわしい結果(" not in text and "これまでの結果" not in text, name
        shown.look(width=PRINTED, media="print")
        assert shown.run("document.documentElement.scrollWidth") <= PRINTED, name


def test_what_is_left_of_a_new_terminal_stands_on_it_number_by_number(
    shown: Browser, pages: dict[str, Path]
) -> None:
    """All of them; where there are more, how many more, and where they stand."""
    plan = script_plan_of(example("clinic")[0])
    shown.open(pages["clinic-left"])
    numbers = shown.run("[...document.querySelectorAll('.left tr')].map(r => r.cells[0].innerText)")
    assert numbers == ["番号", *map(str, range(1, 1 + int(plan["numbers"][-1]["label"])))]
    shown.open(pages["crowded-left"])
    last = shown.run("[...document.querySelectorAll('.left tr')].pop().innerText")
    rows = shown.run("document.querySelectorAll('.left tr').length") - 2
    total = int(
        re.findall(r"残り (\d+) 件", shown.run("document.querySelector('h1').innerText"))[0]
    )
    assert f"ほか {total - rows} 件" in last and "くわしい結果" in last


def test_on_the_first_day_it_says_what_the_pc_looks_at_by_itself(
    shown: Browser, pages: dict[str, Path]
) -> None:
    shown.open(pages["clinic-day"])
    text = shown.run("document.body.innerText")
    assert "翌日の 1 件は" in text and "この PC が自分で確かめます" in text
    shown.open(pages["clinic-good"])
    text = shown.run("document.body.innerText")
    # Where there is room, nothing is cut.
    assert "翌日の" not in text and "ほか" not in text


COLOURS = """
(() => {
    const clear = colour => /, 0\\)$|transparent/.test(colour);
    const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!clear(c)) return c; } return 'rgb(255, 255, 255)'; };
    const said = [...document.body.querySelectorAll('*')].filter(e => e.getClientRects().length && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
    return said.map(e => [e.tagName, getComputedStyle(e).color, behind(e)]);
})()
"""


def light(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("state", SIGNS)
def test_it_can_be_read_by_day_and_by_night_and_in_black(
    shown: Browser, pages: dict[str, Path], state: str
) -> None:
    seen = {}
    for dark in (False, True):
        shown.look(width=1000, dark=dark)
        shown.open(pages[f"clinic-{state}"])
        shown.run("document.querySelector('details').open = true")
        colours = shown.run(COLOURS)
        seen[dark] = {behind for _, _, behind in colours}
        assert len(colours) > 100
        assert all(contrast(ink, behind) >= 4.5 for _, ink, behind in colours), state
    assert all(light(paper) < 0.1 for paper in seen[True])
    assert all(light(paper) > 0.8 for paper in seen[False])
    shown.look(width=PRINTED, dark=True, media="print")
    assert {(ink, behind) for _, ink, behind in shown.run(COLOURS)} == {
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    }
    # By sign and word, not by a colour; and by the frame.
    assert (
        shown.run("getComputedStyle(document.querySelector('h1'), '::before').content").strip(
            '"\u3000'
        )
        == SIGNS[state]
    )
    frame = shown.run("getComputedStyle(document.querySelector('h1')).borderTopStyle")
    assert (frame == "double") == (state in ("few", "wrong", "undone"))


def test_on_a_phone_nothing_goes_beyond_the_side(shown: Browser, pages: dict[str, Path]) -> None:
    for name, page in pages.items():
        shown.look(width=PHONE)
        shown.open(page)
        shown.run("document.querySelector('details').open = true")
        assert shown.run("document.documentElement.scrollWidth") == PHONE, name
        assert shown.run("document.body.getBoundingClientRect().right") <= PHONE, name
    # Without its column's head each value says what it is.
    shown.open(pages["clinic-few"])
    heads = shown.run(
        "[2, 3, 5].map(n => getComputedStyle(document.querySelector(`.wrong td:nth-child(${n})`), '::before').content)"
    )
    assert [head.strip('"\u3000') for head in heads] == ["決めた値", "いまの値", "直し方"]


def test_the_folded_part_opens_by_keyboard(shown: Browser, pages: dict[str, Path]) -> None:
    shown.look(width=1000)
    shown.open(pages["clinic-few"])
    for _ in range(20):
        shown.press("Tab")
        if shown.run("document.activeElement.tagName") == "SUMMARY":
            break
    assert shown.run("document.activeElement.matches('summary:focus-visible')")
    for key, opened in (("Enter", True), (" ", False), ("Enter", True)):
        shown.press(key)
        assert shown.run("document.querySelector('details').open") is opened, key
    assert shown.run("document.querySelector('details table').getClientRects().length") == 1


def test_hostile_text_is_shown_as_text(shown: Browser, pages: dict[str, Path]) -> None:
    for name, page in pages.items():
        if state_of(name) in ("good", "day"):
            continue
        shown.look(width=1000)
        shown.open(page)
        shown.run("document.querySelector('details').open = true")
        assert shown.run("document.querySelectorAll('img, script, iframe, form, link').length") == 0
        assert SHOWN in shown.run("document.body.innerText"), name
        assert WORDS[state_of(name)] in shown.run("document.title")
