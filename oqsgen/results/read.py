"""One file → what the office keeps of it, or why it is not taken. Whoever has had the stick can have written it."""

import errno
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from oqsgen.files import TooLargeError, open_regular, reason
from oqsgen.limits import RESULT_AHEAD, RESULT_BYTES, RESULT_DEPTH
from oqsgen.results.find import RESULT, Refused
from oqsgen.results.form import RESULT as FORM
from oqsgen.results.form import ResultForm
from oqsgen.results.result import NAME, WRONG, OpenStep, Result, clean


def read_bytes(path: Path) -> bytes | Refused:
    """The bytes of a file that may be a result."""
    try:
        with open_regular(path, follow=False) as file:
            size = os.fstat(file.fileno()).st_size
            if size > RESULT_BYTES.value:
                raise TooLargeError(errno.EFBIG, "大きすぎます")
            # A buffer as large as the limit would cost more than the file.
            data = file.read(size)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "使えない名前です"
        return Refused(str(path), why)
    return data


def hash_of(data: bytes) -> bytes:
    """What tells one file from another: half of its SHA-256."""
    return hashlib.sha256(data).digest()[:16]


def read_result(path: Path, data: bytes, now: datetime, digest: bytes = b"") -> Result | Refused:
    """What stands in a file, whose ``digest`` may be known. Nothing of it is run, followed or opened."""
    try:
        form = FORM.validate_json(data)
    except ValidationError as error:
        return _refused(path, data, error)
    try:
        finished = datetime.fromisoformat(form["finished"])
        datetime.fromisoformat(form["started"])
    except ValueError:
        return Refused(str(path), "日時がありえない値です")
    if finished > now + timedelta(seconds=RESULT_AHEAD.value):
        return Refused(
            str(path), f"日時が先です（{form['finished']}）。PC の時計を確かめてください"
        )
    return _result(form, data, digest or hash_of(data))


def _refused(path: Path, data: bytes, error: ValidationError) -> Refused:
    """Why, with the first place that is wrong; what stands there is not repeated."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        why = "JSON として読めません"
        if "recursion limit" in first["msg"]:
            why = f"入れ子が深すぎます（上限 {RESULT_DEPTH.value} 段）"
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


def _result(form: ResultForm, data: bytes, digest: bytes) -> Result:
    bundle = form["bundle"]
    return Result(
        data=data,
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
        wrong_steps=tuple(
            OpenStep(step["id"], step["scope"], step["status"])
            for step in form["steps"]
            if step["status"] in WRONG
        ),
    )
