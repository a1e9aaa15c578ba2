"""The annexes: every step with value and source, and what is equal for all clinics once."""

import io
import re

import pypdf
import pytest

from oqsgen.bundle import ANNEX, TERMINAL_ANNEX
from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import condition, holds, may_hold, row, rows
from oqsgen.plan.visit import visit
from oqsgen.render.annex import annex, known, own_values, terminal_annex
from oqsgen.resources import spec
from tests import examples

TERMINALS = [
    pytest.param(profile, id=f"{path.stem}-{profile.terminal.name}")
    for path in examples.EXAMPLES
    for profile in examples.profiles_of(path)
]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u3000]", "", text)


def text_of(pdf: bytes) -> str:
    """Without the head of each page, which may stand in the middle of a row."""
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return squeezed("".join(page.partition("\n")[2] for page in pages))


@pytest.mark.parametrize(
    "name", ["clinic", "p10-shizuoka-iin", "update-west", "audit-win10", "replacement"]
)
def test_every_row_and_every_own_value_is_printed_with_its_source(name: str) -> None:
    profile = examples.example(name)[0]
    steps = examples.plan_of(profile)
    common = text_of(annex(profile.job.mode, profile.terminal.os))
    own = text_of(terminal_annex(profile, steps, visit(profile, steps)))
    for step in steps:
        for label, value in step.values:
            place = own if (label, value) in own_values(step) else common
            assert squeezed(f"{label}: {value}" if label else value) in place, (step.id, label)
        for citation in step.source:
            assert squeezed(citation.partition(" P.")[0]) in common


@pytest.mark.parametrize("profile", TERMINALS)
def test_the_first_has_the_rows_of_every_terminal_of_its_kind(profile: TerminalProfile) -> None:
    facts = known(profile.job.mode, profile.terminal.os)
    assert {fact for fact, true in facts.items() if true} <= profile.facts
    assert not profile.facts & {fact for fact, true in facts.items() if not true}
    for step in examples.plan_of(profile):
        for name in step.requirements:
            assert may_hold(row(name).when or {}, facts), name


def test_a_condition_says_what_else_has_to_be() -> None:
    facts = known("new", "win11-pro")
    assert condition({}, facts) == ""
    assert condition({"all": ("new", "ip-vpn")}, facts) == "IP-VPN 接続方式"
    assert condition({"any": ("win11-pro", "shared")}, facts) == ""
    assert condition({"any": ("t2", "t3")}, facts) == "ネットワーク事業者起点 または 医療機関等起点"
    assert condition({"none": ("phone",)}, facts) == "スマホによる本人確認を使う施設以外"
    assert not may_hold({"all": ("audit",)}, facts) and not may_hold({"none": ("new",)}, facts)


def test_every_fact_of_a_row_has_words() -> None:
    named = {fact for r in rows() for facts in (r.when or {}).values() for fact in facts}
    assert named <= spec("facts").keys()


def test_what_holds_on_a_terminal_may_hold_on_one_of_its_kind() -> None:
    profile = examples.example("clinic")[0]
    facts = known(profile.job.mode, profile.terminal.os)
    for r in rows():
        if holds(r.when or {}, profile.facts):
            assert may_hold(r.when or {}, facts), r.id


def test_the_first_has_the_same_bytes_in_the_bundles_of_two_clinics() -> None:
    first, other = examples.example("smallest")[0], examples.example("p01-tokyo-naika")[0]
    assert (first.job.mode, first.terminal.os) == (other.job.mode, other.terminal.os)
    bundles = [examples.bundle_of(profile, None) for profile in (first, other)]
    assert bundles[0].files[ANNEX] == bundles[1].files[ANNEX]
    assert bundles[0].files[TERMINAL_ANNEX] != bundles[1].files[TERMINAL_ANNEX]


def test_what_a_clinic_leaves_out_stands_in_the_second_with_its_reason() -> None:
    profiles = [p for path in examples.EXAMPLES for p in examples.profiles_of(path)]
    profile = next(p for p in profiles if p.left_out)
    steps = examples.plan_of(profile)
    text = text_of(terminal_annex(profile, steps, visit(profile, steps)))
    left = [step for step in steps if step.left_out]
    assert left
    for step in left:
        assert squeezed(step.title) in text and squeezed(step.what) in text
