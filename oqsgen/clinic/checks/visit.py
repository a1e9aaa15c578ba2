"""The visit: its two times, and what has been heard of the certificate's notice."""

from collections.abc import Iterator

from oqsgen.clinic.model import Clinic
from oqsgen.clinic.problem_at import KeyProblem


def check_times(clinic: Clinic) -> Iterator[KeyProblem]:
    begin, end = clinic.visit.from_, clinic.visit.until
    if begin is None or end is None:
        return
    # Without a day the end is on the day of the beginning; a day of the end alone says nothing.
    same_form = begin if " " in end else begin.rpartition(" ")[2]
    if len(same_form) == len(end) and end <= same_form:
        yield KeyProblem(
            "BAD_VALUE",
            ("visit", "until"),
            f"{end} は、始めてよい {begin} より後ではありません。受付で使い始める時刻を書いてください。",
        )


def check_deadline(clinic: Clinic) -> Iterator[KeyProblem]:
    heard, in_file = clinic.visit.ready.download_deadline, clinic.certificate.download_deadline
    if heard is not None and not isinstance(heard, bool) and in_file and heard != in_file:
        yield KeyProblem(
            "BAD_VALUE",
            ("visit", "ready", "download_deadline"),
            f"{heard} は certificate.download_deadline の {in_file} と違います。"
            "通知書の日付を確かめて、同じにしてください。",
        )


CHECKS = (check_times, check_deadline)
