"""One file → what the office keeps of it, or why it is not taken. Whoever has had the stick can have written it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from oqsgen.files import TooLargeError, open_regular, reason
from oqsgen.limits import RESULT_AHEAD, RESULT_BYTES, RESULT_CERTIFICATES
from oqsgen.results.cause import causes_of
from oqsgen.results.find import RESULT, Refused
from oqsgen.results.form import CERTIFICATE, ResultForm, StepForm
from oqsgen.results.form import RESULT as FORM
from oqsgen.results.result import (
    GOOD,
    SEEN,
    WRONG,
    Certificate,
    OpenNumber,
    OpenStep,
    Result,
)
from oqsgen.results.visit_numbers import VisitNumber, derived_numbers, said_numbers
from oqsgen.text import BLANK, cut, visible

NAME, MESSAGE = 100, 300
"""Characters of a name, and of what a step says."""
SAID_DONE = ("作業した人が、済んだと答えました", "この PC が見ました")
"""How a step's message begins that a person said to be done, also where the result has no mark of it (0.1.0)."""
CERTIFICATE_KINDS = frozenset(("certificate", "certificate-state"))


def read_bytes(path: Path) -> bytes | Refused:
    """The bytes of a file that may be a result."""
    try:
        with open_regular(path, follow=False) as file:
            data = file.read(RESULT_BYTES.value + 1)
        if len(data) > RESULT_BYTES.value:
            raise TooLargeError(0, "大きすぎます")
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "使えない名前です"
        return Refused(str(path), why)
    return data


def hash_of(data: bytes) -> bytes:
    """What tells one file from another."""
    return hashlib.sha256(data).digest()


def read_result(path: Path, data: bytes, now: datetime) -> Result | Refused:
    """What stands in a file. Nothing of it is run, followed or opened."""
    form = _form(path, data)
    if isinstance(form, Refused):
        return form
    try:
        finished = datetime.fromisoformat(form["finished"])
        datetime.fromisoformat(form["started"])
    except ValueError:
        return Refused(str(path), "日時がありえない値です")
    if finished > now + timedelta(seconds=RESULT_AHEAD.value):
        return Refused(
            str(path), f"日時が先です（{form['finished']}）。PC の時計を確かめてください"
        )
    return _result(form, hash_of(data))


def _form(path: Path, data: bytes) -> ResultForm | Refused:
    try:
        return FORM.validate_json(data)
    except ValidationError as error:
        return _refused(path, data, error)


def _refused(path: Path, data: bytes, error: ValidationError) -> Refused:
    """Why, with the first place that is wrong; what stands there is not repeated."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        deep = "recursion limit" in first["msg"]
        why = "入れ子が深すぎます" if deep else "JSON として読めません"
        return Refused(str(path), why, foreign=path.name.lower() != RESULT)
    place = ".".join(clean(str(part), 30) for part in first["loc"])
    foreign = path.name.lower() != RESULT and not _says_format(data)
    if place == "format" and not foreign:
        return Refused(
            str(path), "この oqsgen の知らない形です。新しい版の oqsgen で読んでください"
        )
    why = f"結果の形ではありません（{place or '全体'}）"
    return Refused(str(path), why, foreign=foreign)


def _says_format(data: bytes) -> bool:
    """Whether a file looks like a result at its beginning."""
    return b'"format"' in data[:200] and b'"run"' in data[:2000]


def clean(text: str, length: int) -> str:
    """A text of others: no more than so many characters, in one line, nothing in it that is not seen."""
    text = cut(text, length)
    if text.isprintable() and BLANK.isdisjoint(text):
        return text
    return visible(text)


def _result(form: ResultForm, digest: bytes) -> Result:
    bundle, steps = form["bundle"], form["steps"]
    numbers = _numbers(form)
    number_of = {step: number for number in reversed(numbers) for step in number.steps}
    opened = tuple(_open_steps(form, number_of))
    return Result(
        hash=digest,
        code=bundle["facility"]["code"],
        facility=clean(bundle["facility"]["name"], NAME),
        terminal=bundle["terminal"],
        run=clean(form["run"], NAME),
        account=clean(form["account"], NAME),
        computer=clean(form["computer"], NAME),
        mode=form["mode"],
        job=bundle.get("mode", ""),
        started=form["started"],
        finished=form["finished"],
        exit=form["exit"],
        bundle=bundle["id"],
        tool=clean(bundle.get("tool", ""), NAME),
        manual=clean(bundle.get("manual", ""), NAME),
        sees_machine=any(s["scope"] == "machine" and s["status"] in SEEN for s in steps),
        left_user=sum(step.scope == "user" and step.status != "skipped" for step in opened),
        steps=opened,
        numbers=tuple(_open_numbers(numbers)),
        certificates=tuple(_certificates(steps)),
    )


def _numbers(form: ResultForm) -> list[VisitNumber]:
    if form["mode"] == "Rollback":
        return []
    if form.get("numbers"):
        return said_numbers(form["numbers"])
    remaining = {step["id"] for step in form["steps"] if _is_left(step)}
    return derived_numbers(
        form["bundle"].get("mode", ""), [step["id"] for step in form["steps"]], remaining
    )


def _is_left(step: StepForm) -> bool:
    """Whether a step is open or wrong, as far as the step alone tells (``Test-OpenStep``)."""
    if step["status"] in GOOD:
        return False
    if step["status"] != "manual":
        return True
    return "confirmation" not in step and not (step.get("message") or "").startswith(SAID_DONE)


def _open_steps(form: ResultForm, number_of: Mapping[str, VisitNumber]) -> Iterator[OpenStep]:
    """The steps that are left. What a person said to be done the PC knows best: a number of which nothing is open has none."""
    undoing = form["mode"] == "Rollback"
    for step in form["steps"]:
        number = number_of.get(step["id"])
        closed = number is not None and not number.open and step["status"] not in WRONG
        if step["status"] not in GOOD if undoing else _is_left(step) and not closed:
            yield OpenStep(
                id=step["id"],
                scope=step["scope"],
                status=step["status"],
                number=number.id if number else "",
                message=clean(step.get("message") or "", MESSAGE),
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


def _certificates(steps: Sequence[StepForm]) -> Iterator[Certificate]:
    """Each certificate of the person's store once; of an odd one, or too many, nothing."""
    thumbprints: set[str] = set()
    for step in steps:
        if step["kind"] not in CERTIFICATE_KINDS or not isinstance(step.get("actual"), dict):
            continue
        entries = step["actual"].get("certificates")
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
