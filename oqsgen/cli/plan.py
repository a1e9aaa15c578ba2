"""``oqsgen plan``: the steps of each terminal, in order."""

from pathlib import Path

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import resolve_all
from oqsgen.cli.console import INPUT_ERROR, OK, format_option, print_json, print_problems, write
from oqsgen.input.problems import has_errors


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@format_option
def plan(file: Path, output: str) -> int:
    """端末ごとの手順（設定・確認・案内・手作業）を表示します。"""
    from oqsgen.plan.plan import make_plan
    from oqsgen.plan.step import HOW_JA
    from oqsgen.plan.visit import visit

    profiles, problems = resolve_all([file])
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
            write(f"端末 {profile.terminal.name}（{len(steps)} 手順）")
            for number, step in enumerate(steps, start=1):
                values = "、".join(f"{label}: {value}" for label, value in step.values)
                write(f"{number:4}. [{HOW_JA[step.how]}] {step.title}")
                if values:
                    write(f"        {values}")
                source = "、".join(step.source) + (f"（{step.as_of} 時点）" if step.as_of else "")
                write(f"        {', '.join(step.requirements)} — {source}")
    return INPUT_ERROR if failed else OK
