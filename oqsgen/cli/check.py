"""``oqsgen check``: the problems of a clinic's file."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import resolve_all
from oqsgen.cli.console import INPUT_ERROR, OK, print_for_github, print_json, print_problems, write
from oqsgen.cli.problems_as_sarif import as_sarif
from oqsgen.input.problems import has_errors


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    metavar="FORM",
    help="出力の形: text（画面）、json、sarif、github（GitHub Actions の注釈）。",
)
def check(files: tuple[Path, ...], output: str) -> int:
    """clinic.yaml の問題だけを調べます。"""
    profiles, problems = resolve_all(files)
    if output == "json":
        print_json({"problems": [problem.as_json() for problem in problems]})
    elif output == "sarif":
        print_json(as_sarif(problems))
    elif output == "github":
        print_for_github(problems)
    else:
        print_problems(problems, err=False)
        if not problems:
            write(f"問題はありません（端末 {len(profiles)} 台）。")
        elif not has_errors(problems):
            write("ビルドできます。")
        write(*_readiness(profiles))
    return INPUT_ERROR if has_errors(problems) else OK


def _readiness(profiles: Sequence[tuple[Path, Any]]) -> Iterator[str]:
    """For each terminal whose file says how far its visit is prepared, what can be done on the day."""
    from oqsgen.plan.ready import readiness

    for _, profile in profiles:
        if profile.visit.ready.model_fields_set:
            from oqsgen.plan.plan import make_plan
            from oqsgen.plan.visit import visit

            line = readiness(profile, visit(profile, make_plan(profile)))
            yield f"{profile.name} {line}"
