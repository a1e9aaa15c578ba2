"""``oqsgen build``: a bundle for each terminal of the clinics' files."""

import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import resolve_all
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    CliError,
    format_option,
    print_json,
    print_problems,
    say,
    write,
)
from oqsgen.cli.signing import SigningOptions, check_usage, choose_signer, signing_options
from oqsgen.files import reason
from oqsgen.input.problems import Problem, has_errors

SECONDS_TO_STOP = 1.0
"""For folders that are being put into place when a build is interrupted."""


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
@signing_options
@format_option
def build(
    inputs: tuple[Path, ...],
    target: Path,
    jobs: int,
    output: str,
    **signing: Any,
) -> int:
    """clinic.yaml から端末ごとの設定一式を作ります。"""
    options = SigningOptions(**signing)
    check_usage(options)
    profiles, problems = resolve_all(_yaml_files(inputs))
    if has_errors(problems):
        if output == "json":
            print_json({"bundles": [], "problems": [p.as_json() for p in problems]})
        else:
            print_problems(problems)
        return INPUT_ERROR
    signer, warnings = choose_signer(options)
    problems += warnings
    if output == "text":
        print_problems(problems)
    built, failures = _build_all(profiles, signer, target, jobs, show=output == "text")
    problems += failures
    if output == "json":
        print_json({"bundles": built, "problems": [p.as_json() for p in problems]})
    else:
        print_problems(failures)
        if options.unsigned and built:
            say("署名していないため、この一式は PC で実行できません。")
    return INPUT_ERROR if has_errors(problems) else OK


def _yaml_files(inputs: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for source in inputs:
        if not source.is_dir():
            files.append(source)
            continue
        try:
            yaml_files = sorted(
                path for path in source.iterdir() if path.suffix in (".yaml", ".yml")
            )
        except OSError as error:
            raise CliError(
                f"エラー: フォルダー {source} を読めません（{reason(error)}）。"
                "読み取りの許可を確かめてください。"
            ) from error
        if not yaml_files:
            raise CliError(f"エラー: フォルダー {source} に .yaml ファイルがありません。")
        files += yaml_files
    return files


def _build_all(
    profiles: Sequence[tuple[Path, Any]], signer: Any, target: Path, jobs: int, *, show: bool
) -> tuple[list[dict[str, Any]], list[Problem]]:
    built: list[dict[str, Any]] = []
    problems: list[Problem] = []
    bar = click.progressbar(
        length=len(profiles),
        label="作成中",
        file=sys.stderr,
        hidden=not (show and sys.stderr.isatty()),
        show_eta=False,
    )
    pool = ThreadPoolExecutor(jobs)
    stopped = threading.Event()
    futures: dict[Future[dict[str, Any]], Path] = {
        pool.submit(_build_one, profile, signer, target, stopped): file
        for file, profile in profiles
    }
    with bar:
        try:
            for future in as_completed(futures):
                try:
                    built.append(future.result())
                except _BundleError as error:
                    file = str(futures[future])
                    problems.append(Problem(file, 0, 0, error.code, "error", "", str(error)))
                bar.update(1)
        except BaseException:
            # Ctrl-C: what is being written becomes whole or goes, what waits for a server is left to end with us.
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            wait(futures, timeout=SECONDS_TO_STOP)
            raise
    pool.shutdown()
    built.sort(key=lambda bundle: bundle["folder"])
    if show:
        for bundle in built:
            write(f"{bundle['folder']}  手順 {bundle['steps']}  bundle {bundle['id']}")
    return built, sorted(problems)


class _BundleError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _build_one(profile: Any, signer: Any, target: Path, stopped: threading.Event) -> dict[str, Any]:
    from oqsgen.bundle import make_bundle
    from oqsgen.render.printable import glyph_problem
    from oqsgen.render.typeset import MissingGlyph
    from oqsgen.seal.folder import HoldsOthersError, put_in_place
    from oqsgen.seal.signer import SignerError, TimestampError

    try:
        bundle = make_bundle(profile, signer)
    except TimestampError as error:
        raise _BundleError("TIMESTAMP_FAILED", str(error)) from error
    except SignerError as error:
        raise _BundleError("SIGNING_FAILED", str(error)) from error
    except MissingGlyph as error:
        # Of a clinic's file this is known before (unprintable); what else is printed, a signer may name.
        raise _BundleError("GLYPH_MISSING", glyph_problem("", error.character).message) from error
    folder = target / bundle.folder
    if stopped.is_set():
        raise _BundleError("STOPPED", "中止しました。")
    try:
        put_in_place(folder, bundle.files)
    except HoldsOthersError as error:
        raise _BundleError(
            "OUTPUT_HOLDS_OTHERS",
            f"{folder} に、oqsgen が作ったものではないファイル「{error}」があります。別の場所へ移してから、"
            "もう一度実行してください。前からあった一式はそのままです。",
        ) from error
    except OSError as error:
        raise _BundleError(
            "OUTPUT_NOT_WRITTEN",
            f"{folder} に書き込めません（{reason(error)}）。空き容量と書き込みの許可を"
            "確かめてください。前からあった一式はそのままです。",
        ) from error
    except UnicodeEncodeError as error:
        raise _BundleError(
            "OUTPUT_NOT_WRITTEN",
            f"{folder} に書き込めません。この環境の文字コード（{error.encoding}）では日本語の"
            "ファイル名を書けません。LANG を UTF-8 のものにしてください。",
        ) from error
    return {
        "folder": str(folder),
        "id": bundle.id,
        "terminal": profile.terminal.name,
        "code": profile.facility.code,
        "steps": bundle.steps,
        "signer": signer and signer.fingerprint,
    }
