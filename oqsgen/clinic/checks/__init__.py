"""The rules that a value alone cannot show: one small function each, by area of the file.

A check yields findings. It may ask for anything: where a value is missing or wrong, the check
ends there (``UnknownError``), because that has been reported already.
"""

from collections.abc import Callable, Iterator

from oqsgen.clinic.checks import devices, facility, his, job, network, times
from oqsgen.clinic.model import Clinic, UnknownError
from oqsgen.clinic.problem_at import Finding

Check = Callable[[Clinic], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *facility.CHECKS,
    *job.CHECKS,
    *network.CHECKS,
    *times.CHECKS,
    *devices.CHECKS,
    *his.CHECKS,
)


def check(clinic: Clinic) -> Iterator[Finding]:
    """Everything that the rules find wrong with one terminal's keys."""
    for each in CHECKS:
        try:
            yield from each(clinic)
        except UnknownError:
            continue
