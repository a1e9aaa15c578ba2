"""The rules that a value alone cannot show: one small function each, by area of the file.

A check yields problems of keys. It may ask for anything: where a value is missing or wrong, the check
ends there (``UnknownError``), because that has been reported already.
"""

from collections.abc import Callable, Iterator

from oqsgen.clinic.checks import devices, facility, his, job, network, times, visit
from oqsgen.clinic.model import Clinic, UnknownError
from oqsgen.clinic.problem_at import KeyProblem

Check = Callable[[Clinic], Iterator[KeyProblem]]

CHECKS: tuple[Check, ...] = (
    *facility.CHECKS,
    *job.CHECKS,
    *network.CHECKS,
    *times.CHECKS,
    *devices.CHECKS,
    *his.CHECKS,
    *visit.CHECKS,
)


def check(clinic: Clinic) -> Iterator[KeyProblem]:
    """Everything that the rules find wrong with one terminal's keys."""
    for each in CHECKS:
        try:
            yield from each(clinic)
        except UnknownError:
            continue
