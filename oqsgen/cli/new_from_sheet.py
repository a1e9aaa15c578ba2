"""``oqsgen new --from`` a hearing sheet: a file for each of its clinics."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from oqsgen.cli.console import INPUT_ERROR, OK, print_problems, say
from oqsgen.cli.readiness import readiness_lines
from oqsgen.cli.saving import must_be_free, save_clinic
from oqsgen.input.problems import has_errors


def from_sheet(source: Path, target: Path, overwrite: bool) -> int:
    """Write ``<code>.yaml`` into the folder ``target`` for each clinic, or ``target`` itself for the only one."""
    from oqsgen.office.from_sheet import clinics_of

    clinics, problems = clinics_of(source)
    problems += (problem for clinic in clinics for problem in clinic.problems)
    # A secret is to be taken out before anything is made of the sheet.
    may_write = all(problem.code != "SECRET_IN_PROFILE" for problem in problems)
    to_write = [clinic for clinic in clinics if clinic.text and may_write]
    targets = _targets(target, [clinic.code for clinic in to_write])
    for file in targets:
        must_be_free(file, overwrite)
    print_problems(problems)
    for clinic, file in zip(to_write, targets, strict=True):
        save_clinic(file, clinic.text, overwrite)
        ready = readiness_lines(clinic.profiles)
        say(
            f"{file} を作りました。",
            *_still_to_ask(clinic.to_ask),
            *ready,
            _next(clinic.to_ask, file),
        )
    for clinic in clinics:
        if clinic not in to_write:
            say(f"{clinic.code or '（コードなし）'} は作っていません。上の問題を直してください。")
    return INPUT_ERROR if has_errors(problems) else OK


def _targets(target: Path, codes: Sequence[str]) -> list[Path]:
    if len(codes) == 1 and target.suffix.lower() in (".yaml", ".yml"):
        return [target]
    unnamed = count(1)
    return [target / f"{code or _unnamed(next(unnamed))}.yaml" for code in codes]


def _unnamed(number: int) -> str:
    return "clinic" if number == 1 else f"clinic-{number}"


def _still_to_ask(questions: Sequence[str]) -> list[str]:
    if not questions:
        return []
    return [f"まだ聞いていないこと {len(questions)} 件:", *(f"  {each}" for each in questions)]


def _next(questions: Sequence[str], file: Path) -> str:
    if not questions:
        return f"次は oqsgen build {file} です。"
    return f"聞いたら {file} に書き、oqsgen check {file} で確かめてから、oqsgen build {file} です。"
