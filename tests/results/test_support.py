"""The file for whoever helps: nothing in it tells whose it is, and what was masked can be told apart."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from oqsgen.results.gather import Gathered
from oqsgen.results.mask import Mask
from oqsgen.results.support import support_file

from .made import DIFFERENT, NOW, OLD, REAL, put, real

PLANTED = {
    "facility": "髙橋みのりクリニック",
    "doctor": "髙橋みのり",
    "family": "山田",
    "person": "yamada",
    "machine": "YAMADA-PC",
    "secret": "Ima-Kimeta-3!",
    "four digits": "4649",
    "code": "1319999012",
    "telephone": "03-1234-5678",
    "mail": "yamada@minori-clinic.example",
    "address": "192.168.11.23",
    "v6": "2001:db8:1::53",
    "host": "hisserver.minori.example",
    "share": "\\\\HISSERVER\\kensaku",
    "thumbprint": "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B",
    "serial": "20BE00ABCD12",
    "place": "東京都千代田区霞が関１丁目２番",
    "in full width": "ｙａｍａｄａ",
    "rare": "𠮷野葛\U000e0100城",
    "birthday": "19700401",
}


def planted() -> dict[str, Any]:
    """A real result in which each of these stands wherever a text can."""
    result = real(DIFFERENT, computer=PLANTED["machine"], account=PLANTED["person"])
    bundle = result["bundle"]
    bundle["facility"]["name"] = PLANTED["facility"]
    bundle["vendor"] = {"company": "", "engineer": PLANTED["family"], "phone": PLANTED["telephone"]}
    bundle["publisher"] = PLANTED["thumbprint"].lower()
    bundle["tool"] = PLANTED["secret"]
    everything = list(PLANTED.values())
    for at, step in enumerate(result["steps"]):
        one, other = everything[at % len(everything)], everything[(at + 7) % len(everything)]
        step["message"] = f"{one}では、{other}の値が違います: {one}（あるべき値: {other}）。"
        step["found"] = {one: [other, {"name": f"C:\\Users\\{one}\\x"}], "number": 19700401}
        step["wanted"] = f"{one}{other}"
        step["kind"] = step["kind"] if at % 9 else other[:80]
        step["more"] = one
        if "done" in step:
            step["done"]["who"] = one
    for each in result["numbers"]:
        each |= {"title": PLANTED["doctor"], "owner": PLANTED["family"], "outside": everything}
        each |= {"person": PLANTED["person"], "needs": everything}
    return result | {"next": everything}


def support(*places: Path) -> tuple[str, Any, Gathered]:
    gathered = Gathered()
    text = "".join(support_file(places, NOW, gathered))
    return text, json.loads(text), gathered


@pytest.mark.parametrize("name", ["受付", "事務", "Administrator"])
def test_an_account_that_is_a_word_of_ours_is_masked(name: str, tmp_path: Path) -> None:
    put(tmp_path, "one", real(DIFFERENT, account=name))
    text = "".join(support_file([tmp_path], NOW, Gathered()))
    assert json.loads(text)["results"][0]["account"] not in (name, "OqsComApp")


def test_nothing_that_was_planted_is_in_it(tmp_path: Path) -> None:
    text, data, _ = support(put(tmp_path, "p", planted()))
    assert len(data["results"]) == 1
    plain = text.lower()
    for what, value in PLANTED.items():
        written = {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
        assert not any(each.lower() in plain for each in written), what
    for part in ("みのり", "千代田", "hisserver", "minori", "霞が関", "1970", "kimeta"):
        assert part not in plain, part


def test_nothing_of_real_results_tells_whose_they_are() -> None:
    text, data, gathered = support(REAL, *OLD.glob("*/pc/stick"))
    assert gathered.broken == 0 and len(data["results"]) == gathered.new > 20
    for result in [
        json.loads(p.read_bytes())
        for p in (*REAL.rglob("result.json"), *OLD.glob("*/pc/stick/**/result.json"))
    ]:
        bundle = result["bundle"]
        for whose in (
            *bundle["facility"].values(),
            bundle["id"],
            bundle["publisher"],
            result["run"],
        ):
            assert whose not in text
    assert not re.search(
        r"uketsuke|院長|F00D0|見本システム|03-0000|tokyo-naika|DISPLAY#|[0-9a-f]{32}", text
    )


def test_what_was_masked_can_be_told_apart_within_one_file_alone(tmp_path: Path) -> None:
    other = planted()
    other["bundle"]["facility"]["code"] = "1310000005"
    files = put(tmp_path, "a", planted()), put(tmp_path, "b", other), put(tmp_path, "c", planted())
    _, data, _ = support(*files)
    first, second, third = (result["bundle"]["facility"] for result in data["results"])
    assert first == third != second
    assert re.fullmatch(r"‹[a-z2-7]{8}›", first)
    _, again, _ = support(*files)
    assert again["results"][0]["bundle"]["facility"] != first


def test_names_have_one_mark_in_any_case(tmp_path: Path) -> None:
    """As Windows has it; what a step found is told apart by its case too."""
    results = []
    for case in (str.upper, str.lower):
        result = real(DIFFERENT, account=case("Yamada"), computer=case("Minori-pc"))
        result["bundle"]["terminal"] = case("Uketsuke-9")
        result["steps"][0] |= {"message": f"{case('Yamada')}の値", "found": [case("Himitsu")]}
        results.append(put(tmp_path, case("Yamada"), result))
    _, data, _ = support(*results)
    first, second = data["results"]
    for key in ("account", "computer"):
        assert first[key] == second[key]
    assert first["bundle"] == second["bundle"]
    assert first["steps"][0]["message"] == second["steps"][0]["message"]
    assert first["account"] in first["steps"][0]["message"]
    assert first["steps"][0]["found"] != second["steps"][0]["found"]
    own = put(tmp_path, "own", real(DIFFERENT, account="oqscomapp"))
    assert support(own)[1]["results"][0]["account"] == "OqsComApp"


def test_our_own_words_stay() -> None:
    """Whoever helps reads what went wrong, in which version."""
    _, data, _ = support(REAL / DIFFERENT)
    (result,) = data["results"]
    assert result["bundle"]["tool"] == "oqsgen 0.2.0" and result["exit"] == 6
    said = {step["id"]: step["message"] for step in result["steps"] if step["status"] == "drift"}
    assert said["sleep-ac"] == "スリープまでの時間: 15 分（あるべき値: なし）。 1_適用 で直せます。"
    assert "‹" not in "".join(step["id"] + step["kind"] for step in result["steps"])
    found = next(step["found"] for step in result["steps"] if step["id"] == "firewall-on")
    assert found["private"] is False and found["public"] is True
    assert {number["label"] for number in result["numbers"]} >= {"1", "20a"}


def test_a_name_is_found_inside_of_other_words() -> None:
    mask = Mask()
    masked = mask.text("田中さんの値が違います。（田中）", ["田中"])
    assert "田中" not in masked and masked.count(mask.mark("田中")) == 2


def test_it_is_json_whatever_a_result_holds(tmp_path: Path) -> None:
    data = (REAL / DIFFERENT / "result.json").read_bytes()
    odd = data.replace(b'"found": null', b'"found": [NaN, 1e999, -1e999, 1.5, "\\u0000"]')
    assert odd != data

    def refuse(word: str) -> None:
        raise AssertionError(word)

    text, _, _ = support(put(tmp_path, "odd", odd))
    json.loads(text, parse_constant=refuse)


def test_what_is_no_result_is_counted(tmp_path: Path) -> None:
    put(tmp_path, "bad", b"{")
    _, data, gathered = support(tmp_path, REAL / DIFFERENT)
    assert data["left_out"] == 1 == gathered.broken
