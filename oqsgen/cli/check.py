"""``oqsgen check``: the problems of a clinic's file."""

from pathlib import Path

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import resolve_all
from oqsgen.cli.console import INPUT_ERROR, OK, format_option, print_json, print_problems, say
from oqsgen.input.problems import has_errors


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@format_option
def check(files: tuple[Path, ...], output: str) -> int:
    """clinic.yaml の問題だけを調べます。"""
    profiles, problems = resolve_all(files)
    if output == "json":
        print_json({"problems": [problem.as_json() for problem in problems]})
    else:
        print_problems(problems)
        if not has_errors(problems):
            say(
                f"問題はありません（端末 {len(profiles)} 台）。"
                if not problems
                else "ビルドできます。"
            )
    return INPUT_ERROR if has_errors(problems) else OK
