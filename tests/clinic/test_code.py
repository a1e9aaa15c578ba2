"""The check digit of the 医療機関等コード: published codes, and the rule of four prefectures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oqsgen.clinic.code import expected_digits, luhn

# Published by the 厚生局; the four at the end hold for the last seven digits alone.
ALL_TEN = [
    "0110112489",
    "0410210017",
    "1510111204",
    "2310100058",
    "2610100261",
    "2710100153",
    "3410110013",
    "4610110365",
    "3618010015",
    "4010210039",
    "0110113719",
]
LAST_SEVEN = ["1110301762", "1210101980", "1310110049", "1410100065"]


@pytest.mark.parametrize("code", ALL_TEN + LAST_SEVEN)
def test_published_codes_pass(code: str) -> None:
    assert int(code[9]) in expected_digits(code)


@pytest.mark.parametrize("code", LAST_SEVEN)
def test_four_prefectures_fail_over_all_ten_digits(code: str) -> None:
    assert luhn(code[:9]) != int(code[9])
    assert luhn(code[3:9]) == int(code[9])


@given(
    prefecture=st.integers(1, 47),
    kind=st.sampled_from("1346"),
    rest=st.from_regex("[0-9]{6}", fullmatch=True),
)
def test_one_digit_fits_and_two_only_where_the_rule_is_open(
    prefecture: int, kind: str, rest: str
) -> None:
    code = f"{prefecture:02}{kind}{rest}0"
    digits = expected_digits(code)
    if prefecture in (11, 12, 13, 14) and kind != "1":
        assert set(digits) == {luhn(code[3:9]), luhn(code[:9])}
    else:
        assert len(digits) == 1
    assert all(0 <= digit <= 9 for digit in digits)


@given(nine=st.from_regex("[0-9]{9}", fullmatch=True), position=st.integers(0, 8))
def test_one_wrong_digit_is_always_noticed(nine: str, position: int) -> None:
    wrong = nine[:position] + str((int(nine[position]) + 1) % 10) + nine[position + 1 :]
    assert luhn(nine) != luhn(wrong)
