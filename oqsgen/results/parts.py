"""What is kept of a person's newest result: its steps that are left, the numbers of the visit that are open, its certificates.

A result whose form was looked at is taken, whatever stands in the rest: what is odd there is as if it were not there.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from pydantic import ValidationError

from oqsgen.limits import RESULT_CERTIFICATES
from oqsgen.results.cause import causes_of
from oqsgen.results.form import CERTIFICATE, DETAIL, NUMBERS, DetailForm, DetailStepForm, NumberForm
from oqsgen.results.result import (
    GOOD,
    MESSAGE,
    NAME,
    SEEN,
    WRONG,
    Certificate,
    OpenNumber,
    OpenStep,
    Parts,
    Result,
    clean,
)
from oqsgen.results.visit_numbers import VisitNumber, derived_numbers, said_numbers

SAID_DONE = ("作業した人が、済んだと答えました", "この PC が見ました")
"""How a step's message begins that a person said to be done, also where the result has no mark of it (0.1.0)."""
CERTIFICATE_KINDS = frozenset(("certificate", "certificate-state"))


def parts_of(result: Result) -> Parts:
    """Its parts."""
    details = DETAIL.validate_json(result.data)
    steps = details["steps"]
    numbers = [] if result.mode == "Rollback" else _numbers(result.job, details)
    remaining = tuple(_open_steps(result.mode, steps, numbers))
    return Parts(
        sees_machine=any(s["scope"] == "machine" and s["status"] in SEEN for s in steps),
        left_user=sum(step.scope == "user" and step.status != "skipped" for step in remaining),
        steps=remaining,
        numbers=tuple(_open_numbers(numbers)),
        certificates=tuple(_certificates(steps)),
    )


def numbers_in(value: object) -> list[NumberForm]:
    """The numbers that a result says itself; none where they are none."""
    try:
        return NUMBERS.validate_python(value)
    except ValidationError:
        return []


def _numbers(job: str, details: DetailForm) -> list[VisitNumber]:
    steps, own = details["steps"], numbers_in(details.get("numbers"))
    if own:
        return said_numbers(own)
    remaining = {step["id"] for step in steps if _is_left(step)}
    return derived_numbers(job, [step["id"] for step in steps], remaining)


def _message(step: DetailStepForm) -> str:
    message = step.get("message")
    return message if isinstance(message, str) else ""


def _is_left(step: DetailStepForm) -> bool:
    """Whether a step is open or wrong, as far as the step alone tells (``Test-OpenStep``)."""
    if step["status"] in GOOD:
        return False
    if step["status"] != "manual":
        return True
    return "confirmation" not in step and not _message(step).startswith(SAID_DONE)


def _open_steps(
    mode: str, steps: Sequence[DetailStepForm], numbers: Sequence[VisitNumber]
) -> Iterator[OpenStep]:
    """The steps that are left. What a person said to be done the PC knows best: a number of which nothing is open has none."""
    number_of: Mapping[str, VisitNumber] = {
        step: number for number in reversed(numbers) for step in number.steps
    }
    for step in steps:
        number = number_of.get(step["id"])
        closed = number is not None and not number.open and step["status"] not in WRONG
        if step["status"] not in GOOD if mode == "Rollback" else _is_left(step) and not closed:
            yield OpenStep(
                id=step["id"],
                scope=step["scope"],
                status=step["status"],
                number=number.id if number else "",
                message=clean(_message(step), MESSAGE),
            )


def _open_numbers(numbers: Sequence[VisitNumber]) -> Iterator[OpenNumber]:
    causes = causes_of(numbers)
    for number in numbers:
        if number.open:
            yield OpenNumber(
                label=number.label,
                id=number.id,
                title=clean(_without(number.title, number.person), NAME),
                owner=clean(number.owner, NAME),
                cause=causes[number.key],
                person=clean(number.person, NAME),
            )


def _without(title: str, person: str) -> str:
    """A title without the name in it, which stands in a field of its own."""
    return title.removesuffix(person).rstrip() if person else title


def _certificates(steps: Sequence[DetailStepForm]) -> Iterator[Certificate]:
    """Each certificate of the person's store once; of an odd one, or too many, nothing."""
    thumbprints: set[str] = set()
    for step in steps:
        actual = step.get("actual")
        if step["kind"] not in CERTIFICATE_KINDS or not isinstance(actual, dict):
            continue
        entries = actual.get("certificates")
        for entry in entries if isinstance(entries, list) else ():
            certificate = _certificate(entry)
            if certificate is None or len(thumbprints) == RESULT_CERTIFICATES.value:
                continue
            if certificate.thumbprint not in thumbprints:
                thumbprints.add(certificate.thumbprint)
                yield certificate


def _certificate(entry: object) -> Certificate | None:
    try:
        form = CERTIFICATE.validate_python(entry)
        ends = datetime.strptime(str(form["to"]), "%Y%m%d").date()
    except ValueError:
        return None
    subject = clean(form.get("subject", ""), NAME)
    return Certificate(form["thumbprint"].upper(), subject, ends.isoformat())
