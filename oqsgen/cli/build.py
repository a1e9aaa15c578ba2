"""``oqsgen build``: a bundle for each terminal of the clinics' files."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinic_files import beside
from oqsgen.cli.clinics import Clinics, defaults_option, read_clinics
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    format_option,
    print_json,
    print_problems,
    say,
    write,
)
from oqsgen.cli.main import INTERRUPTED
from oqsgen.cli.making import Made, make_all
from oqsgen.cli.readiness import readiness_lines
from oqsgen.cli.signing import SigningOptions, check_usage, choose_signer, signing_options
from oqsgen.cli.summary import not_made
from oqsgen.input.problems import Problem, has_errors
from oqsgen.text import listed

NAMES_TOLD = 10
"""Bundles that are named of those that no file makes any more; all of them are in the JSON."""


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument(
    "inputs", nargs=-1, required=True, metavar="FILE_OR_DIR...", type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output-dir",
    "target",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    help="書き出すフォルダー。  [初期値: dist]",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="同時に作る数。  [初期値: 1]"
)
@defaults_option
@signing_options
@format_option
def build(
    inputs: tuple[Path, ...],
    target: Path,
    jobs: int,
    defaults: Path | None,
    output: str,
    **signing: Any,
) -> int:
    """clinic.yaml から端末ごとの設定一式を作ります。"""
    options = SigningOptions(**signing)
    check_usage(options)
    as_text = output == "text"
    try:
        clinics = read_clinics(inputs, defaults)
        if as_text:
            print_problems(clinics.problems)
        signer, warnings = choose_signer(options) if clinics.to_build else (None, [])
    except (KeyboardInterrupt, click.Abort) as stopped:
        # A question stands in a line that is not ended.
        say(*[""] * isinstance(stopped, click.Abort), "一式は 1 つも作っていません。")
        raise
    if as_text:
        print_problems(warnings)
    result = make_all(clinics.to_build, signer, target, jobs, with_progress=as_text)
    leftover = [] if result.stopped else _left_over(clinics, inputs, defaults, target)
    later = [*result.problems, *_of_left(target, leftover)]
    problems = [*clinics.problems, *warnings, *later]
    if as_text:
        _show(result, later, signed=signer is not None)
        _close(clinics, result, target)
    else:
        in_json = [problem.as_json() for problem in problems]
        names = [str(path) for path in leftover]
        print_json({"bundles": result.bundles, "problems": in_json, "left": names})
    if result.stopped:
        return INTERRUPTED
    return INPUT_ERROR if has_errors(problems) else OK


def _left_over(
    clinics: Clinics, inputs: Sequence[Path], defaults: Path | None, target: Path
) -> list[Path]:
    from oqsgen.compare.left_over import Given, left_over, mentioning
    from oqsgen.seal.verify.places import made_before

    files = [
        Given(each.codes, frozenset(profile.name for profile in each.profiles), each.is_wrong)
        for each in clinics.files
    ]
    try:
        bundles = made_before(target)
    except OSError:
        return []  # not there, or told of where a bundle could not be written
    all_files = any(map(os.path.isdir, inputs))
    candidates = left_over(bundles, files, all_files=all_files)
    if not candidates:
        return []
    codes = frozenset(code for each in files for code in each.codes)
    not_given = (mentioning(codes, path) for path in beside(clinics.files, defaults))
    files += [each for each in not_given if each.codes]
    return left_over(candidates, files, all_files=all_files)


def _of_left(target: Path, leftover: Sequence[Path]) -> list[Problem]:
    if not leftover:
        return []
    names = listed([path.name for path in leftover], NAMES_TOLD)
    message = (
        f"{names} は、指定した YAML からはもう作られません（消していません）。"
        "端末名を変えたか、端末や施設がなくなったのなら、古い一式を使わないように、そのフォルダーを消してください。"
    )
    return [Problem(str(target), 0, 0, "BUNDLE_LEFT", "warning", "", message)]


def _show(result: Made, later: Sequence[Problem], *, signed: bool) -> None:
    for bundle in result.bundles:
        write(f"{bundle['folder']}  手順 {bundle['steps']}  bundle {bundle['id']}")
    print_problems(later)
    if result.bundles and not signed:
        say("署名していないため、この一式は PC で実行できません。")


def _close(clinics: Clinics, result: Made, target: Path) -> None:
    """Say of which files there is nothing, and what there is now."""
    lines = not_made(clinics, result.problems)
    if lines and len(clinics.files) > 1:
        say("エラーで作れなかったもの:", *lines)
    if result.stopped:
        count = f"{len(clinics.to_build)} 個のうち {len(result.bundles)} 個"
        say(f"{count}の一式ができています（{target}）。残りは前のままです。")
        say("中止しました。")
        return
    write(*readiness_lines(profile for _, profile in clinics.to_build))
    if result.bundles:
        say(f"{len(result.bundles)} 個の一式ができました（{target}）。")
    else:
        say("一式は 1 つも作っていません。")
