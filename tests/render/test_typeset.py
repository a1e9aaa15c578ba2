"""Typst documents as PDF: their bytes, their fonts, and the characters that they cannot print."""

import hashlib
import io
import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from oqsgen.clinic import TerminalProfile
from oqsgen.render.annex import terminal_annex
from oqsgen.render.sheet import about, sheet
from oqsgen.render.typeset import MissingGlyph, template
from tests import ROOT, examples

ID = "5b48b5a6e8b02e8715f7247089ac5981"


def profile(facility: str = "東京内科") -> TerminalProfile:
    """A small sheet: of an audit, with a clinic of this name."""
    of = examples.example("audit-win10")[0]
    return of.model_copy(update={"facility": of.facility.model_copy(update={"name": facility})})


def printed(facility: str = "東京内科") -> bytes:
    of = profile(facility)
    plan = examples.plan_of(examples.example("audit-win10")[0])
    return sheet(about(of, plan, ID, None))


@cache
def _sample() -> bytes:
    of = examples.example("smallest")[0]
    return sheet(about(of, examples.plan_of(of), ID, None))


def objects(pdf: pypdf.PdfReader) -> list[Any]:
    return [pdf.get_object(number) for number in range(1, len(pdf.xref[0]) + 1)]


# -- bytes


def test_the_same_data_gives_the_same_bytes() -> None:
    first = printed()
    printed("大阪内科")
    assert printed() == first


def test_another_process_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib, sys\n"
        f"sys.path[:0] = [{str(ROOT)!r}]\n"
        "from tests.render.test_typeset import printed\n"
        "print(hashlib.sha256(printed()).hexdigest())\n"
    )
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "1",
        "RAYON_NUM_THREADS": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == hashlib.sha256(printed()).hexdigest()


@pytest.mark.parametrize("name", ["sheet", "annex"])
def test_no_style_holds_what_is_a_terminals_own(name: str) -> None:
    """Of pieces laid out for one terminal none would do for the next: each is kept with all styles around it."""
    source = template(name).decode().rstrip()
    before, title = source.rsplit("\n", 1)
    assert title == '#set document(title: json("head.json").title)'
    assert "header: context" in before and "set document" not in before


def hash_of(example: str, at: int = 0) -> str:
    """Of a terminal's sheet and its annex."""
    of = examples.example(example)[at]
    made = about(of, examples.plan_of(of), ID, None)
    annex = terminal_annex(of, made.plan, made.numbers)
    return hashlib.sha256(sheet(made) + annex).hexdigest()


def test_what_was_printed_before_changes_no_byte() -> None:
    """Typst takes over pieces of the documents before; a process that printed none has to take none."""
    program = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}]\n"
        "from tests.render.test_typeset import hash_of\n"
        "print(hash_of('clinic'))\n"
    )
    alone = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    for other, at in (("clinic", 1), ("smallest", 0), ("p08-saitama-byoin", 0), ("clinic", 1)):
        hash_of(other, at)
    assert hash_of("clinic") == alone.stdout.decode().strip()


def test_threads_do_not_disturb_each_other() -> None:
    names = [f"東京内科{number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(printed, names)) == [printed(name) for name in names]


# -- what an archive and a screen reader need


def test_every_font_is_embedded() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(_sample()))
    fonts = {
        str(found["/BaseFont"]): found["/FontDescriptor"].get_object()
        for found in objects(pdf)
        if isinstance(found, dict) and "/FontDescriptor" in found
    }
    names = {name.partition("+")[2].removesuffix("-Identity-H") for name in fonts}
    assert names >= {"NotoSansCJKjp-Regular", "NotoSansCJKjp-Bold", "DejaVuSansMono"}
    for name, descriptor in fonts.items():
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys(), name


def test_it_says_that_it_is_pdf_a_and_pdf_ua() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(_sample()))
    metadata = pdf.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert str(pdf.root_object["/Lang"]) == "ja-JP"


def test_the_qr_code_has_a_text_for_those_who_cannot_see_it() -> None:
    texts = [
        str(found["/Alt"])
        for found in objects(pypdf.PdfReader(io.BytesIO(_sample())))
        if isinstance(found, dict) and "/Alt" in found
    ]
    assert texts == [f"一式の番号 {ID} のQRコード"]


# -- characters


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12))
@example("\ufeff")
@example("\U000f0000")
@example("\u200f\u0301")
def test_any_character_is_printed_or_named(text: str) -> None:
    try:
        pdf = printed(text)
    except MissingGlyph as missing:
        assert missing.character
        assert unicodedata.normalize("NFC", missing.character) in unicodedata.normalize("NFC", text)
    else:
        assert pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("character", ["😀", "\ue000", "\ufeff", "\ufdfa", "ก", "\U0010fffd"])
def test_a_character_that_no_font_has_is_named(character: str) -> None:
    with pytest.raises(MissingGlyph) as caught:
        printed(f"東京{character}内科")
    assert caught.value.character == character


# -- the engine


def test_a_font_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    document = b'#set document(title: "x")\n#set text(font: "Nowhere")\nx'
    monkeypatch.setattr("oqsgen.render.typeset.template", lambda name: document)
    with pytest.raises(RuntimeError, match="nowhere"):
        printed()


def test_the_memory_of_many_documents_does_not_add_up() -> None:
    # Not ru_maxrss, which begins with what the process that started this one held.
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the peak of a process's memory is read from Linux' /proc")
    program = (
        "import re, sys\n"
        "from pathlib import Path\n"
        f"sys.path[:0] = [{str(ROOT)!r}]\n"
        "from oqsgen.render.annex import annex\n"
        "for windows in ('win11-pro', 'win11-iot-ltsc-2024', 'win10-iot-ltsc-2019'):\n"
        "    annex('new', windows)\n"
        "from tests.render.test_typeset import printed\n"
        "for number in range(5):\n"
        "    printed(f'東京内科{number}')\n"
        f"peak = re.search(r'VmHWM:\\s*(\\d+)', Path({str(status)!r}).read_text())\n"
        "print(int(peak[1]) // 1024)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert int(found.stdout) < 250
