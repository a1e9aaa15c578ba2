"""``oqsgen plan``: the steps of each terminal, in order."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import defaults_option, resolve_all
from oqsgen.cli.console import INPUT_ERROR, OK, format_option, print_json, print_problems, write
from oqsgen.input.problems import has_errors


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@defaults_option
@format_option
def plan(file: Path, defaults: Path | None, output: str) -> int:
    """端末ごとの手順（設定・確認・案内・手作業）を、操作ごとに、数とともに表示します。"""
    from oqsgen.plan.plan import make_plan
    from oqsgen.plan.visit import visit

    profiles, problems = resolve_all([file], defaults)
    failed = has_errors(problems)
    plans = [] if failed else [(profile, make_plan(profile)) for _, profile in profiles]
    if output == "json":
        terminals = [
            {
                "name": profile.terminal.name,
                "numbers": [number.as_json() for number in visit(profile, steps)],
                "steps": [step.as_json() for step in steps],
            }
            for profile, steps in plans
        ]
        print_json({"terminals": terminals, "problems": [p.as_json() for p in problems]})
    else:
        print_problems(problems)
        for profile, steps in plans:
            _show(profile.terminal.name, steps)
    return INPUT_ERROR if failed else OK


def _show(terminal: str, steps: Sequence[Any]) -> None:
    """The steps of a terminal as a person reads them, under the titles of the manual's work."""
    from oqsgen.manual.rows import areas

    write(f"端末 {terminal}（{_counts(steps)}）")
    for area, of_area in groupby(enumerate(steps, start=1), key=lambda item: item[1].area):
        numbered = list(of_area)
        write("", f"{areas()[area]}（{_counts([step for _, step in numbered])}）")
        for number, step in numbered:
            write(*_lines(number, step))


def _counts(steps: Sequence[Any]) -> str:
    """How many steps, and how many of them are done in which way."""
    from oqsgen.plan.step import HOW_JA

    counted = {name: sum(step.how == how for step in steps) for how, name in HOW_JA.items()}
    by_how = "、".join(f"{name} {count}" for name, count in counted.items() if count)
    return f"{len(steps)} 手順: {by_how}"


def _lines(number: int, step: Any) -> Iterator[str]:
    from oqsgen.manual.sources import cited_together
    from oqsgen.plan.step import HOW_JA

    yield f"{number:4}. [{HOW_JA[step.how]}] {step.title}"
    if step.values:
        yield "        " + "、".join(f"{label}: {value}" for label, value in step.values)
    ids = ", ".join(dict.fromkeys((step.id, *step.requirements)))
    as_of = f"（{step.as_of} 時点）" if step.as_of else ""
    yield f"        {ids} — {cited_together(step.source)}{as_of}"
