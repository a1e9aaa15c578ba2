"""The 10 digits of a 医療機関等コード: 都道府県2, 点数表1, 郡市区2, 番号4, 検証番号1."""

from typing import Any

from oqsgen import resources


def rules() -> Any:
    """What the digits mean (``specs/facility.yaml``)."""
    return resources.spec("facility")


def luhn(digits: str) -> int:
    """The check digit after ``digits``: weights 2, 1, 2, 1 … from the right, digit sums."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        total += sum(divmod(int(digit) * (1 if position % 2 else 2), 10))
    return -total % 10


def expected_digits(code: str) -> tuple[int, ...]:
    """The check digits that the rule allows for a ten-digit code, the likeliest first.

    In four prefectures the check digit covers the last seven digits alone; that is seen for 医科,
    and for the other 点数表 either way is taken.
    """
    all_ten, last_seven = luhn(code[:9]), luhn(code[3:9])
    if code[:2] not in rules()["check_digit_seven"]:
        return (all_ten,)
    return (last_seven,) if code[2] == "1" else tuple(dict.fromkeys((last_seven, all_ten)))
