"""Every fuzzer, for as many cases as CI has time for: always the same ones."""

import pytest

from tests.fuzz.all import FUZZERS
from tests.fuzz.engine import CI_SEED, Fuzzer, run
from tests.fuzz.journals import broken


@pytest.mark.parametrize("fuzzer", FUZZERS, ids=lambda fuzzer: fuzzer.name)
def test_no_case_breaks_the_rule(fuzzer: Fuzzer) -> None:
    outcomes, broken = run(fuzzer, CI_SEED, range(fuzzer.cases))
    assert not broken, "\n".join(map(str, broken.values()))
    assert fuzzer.seen <= set(outcomes), f"the cases reach too little: {dict(outcomes)}"


@pytest.mark.needs("pwsh")
def test_no_journal_breaks_the_rule() -> None:
    clean, bad = broken(CI_SEED, range(150))
    assert not bad, "\n".join(bad)
    assert 50 < clean < 150, "the cases reach too little"
