"""``oqsgen check``: the problems of clinics' files."""

from collections.abc import Iterator
from pathlib import Path

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import Clinics, defaults_option, read_clinics
from oqsgen.cli.console import INPUT_ERROR, OK, print_for_github, print_json, print_problems, write
from oqsgen.cli.problems_as_sarif import as_sarif
from oqsgen.cli.readiness import readiness_lines
from oqsgen.cli.summary import by_file
from oqsgen.input.problems import has_errors


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument(
    "inputs", nargs=-1, required=True, metavar="FILE_OR_DIR...", type=click.Path(path_type=Path)
)
@defaults_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    metavar="FORM",
    help="出力の形: text（画面）、json、sarif、github（GitHub Actions の注釈）。",
)
def check(inputs: tuple[Path, ...], defaults: Path | None, output: str) -> int:
    """clinic.yaml の問題だけを調べます。"""
    clinics = read_clinics(inputs, defaults)
    problems = clinics.problems
    if output == "json":
        print_json({"problems": [problem.as_json() for problem in problems]})
    elif output == "sarif":
        print_json(as_sarif(problems))
    elif output == "github":
        print_for_github(problems)
    else:
        print_problems(problems, err=False)
        write(*_closing(clinics))
        write(*readiness_lines(profile for each in clinics.files for profile in each.profiles))
    return INPUT_ERROR if has_errors(problems) else OK


def _closing(clinics: Clinics) -> Iterator[str]:
    """What can be built, and where there are several files, how many problems each has."""
    files = clinics.files
    wrong_files = [each for each in files if each.is_wrong]
    if len(files) > 1 and clinics.problems:
        yield from by_file(clinics)
    if not clinics.problems:
        terminals = sum(len(each.profiles) for each in files)
        several = f"ファイル {len(files)}、" if len(files) > 1 else ""
        yield f"問題はありません（{several}端末 {terminals} 台）。"
    elif not wrong_files:
        yield "ビルドできます。"
    elif len(wrong_files) < len(files):
        yield f"ビルドできるファイル {len(files) - len(wrong_files)}、できないファイル {len(wrong_files)}。"
