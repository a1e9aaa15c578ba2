"""The command line: verbs, options, printing and exit codes. It decides nothing else."""

import errno
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import click

from oqsgen import __version__, cli_keys, cli_verify, japanese_click
from oqsgen.cli_common import (
    BUG,
    INPUT_ERROR,
    INTERRUPTED,
    OK,
    USAGE_ERROR,
    CliError,
    format_option,
    print_json,
    say,
)
from oqsgen.cli_sign import SigningOptions, check_usage, choose_signer, signing_options
from oqsgen.problems import Problem, has_errors

HOW_JA = {"apply": "設定", "verify": "確認", "guided": "案内", "manual": "手作業"}


@click.group(
    cls=japanese_click.Group,
    no_args_is_help=True,
    options_metavar="[オプション]",
    subcommand_metavar="コマンド [引数]...",
)
@click.version_option(__version__, message="oqsgen %(version)s", help="版を表示します。")
def oqsgen() -> None:
    """資格確認端末の設定一式（署名付きスクリプト、タスク、チェックリスト）を作ります。"""


@oqsgen.command(options_metavar="[オプション]")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@format_option
def check(files: tuple[Path, ...], output: str) -> int:
    """clinic.yaml の問題だけを調べます。"""
    sites, problems = _resolve_all(files)
    if output == "json":
        print_json({"problems": [problem.as_json() for problem in problems]})
    else:
        _print_problems(problems)
        if not has_errors(problems):
            say(
                f"問題はありません（端末 {len(sites)} 台）。"
                if not problems
                else "ビルドできます。"
            )
    return INPUT_ERROR if has_errors(problems) else OK


@oqsgen.command(options_metavar="[オプション]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@format_option
def plan(file: Path, output: str) -> int:
    """端末ごとの手順（設定・確認・案内・手作業）を表示します。"""
    from oqsgen.plan import make_plan

    sites, problems = _resolve_all([file])
    failed = has_errors(problems)
    plans = [] if failed else [(site.terminal.name, make_plan(site)) for _, site in sites]
    if output == "json":
        terminals = [
            {"name": name, "steps": [step.as_json() for step in steps]} for name, steps in plans
        ]
        print_json({"terminals": terminals, "problems": [p.as_json() for p in problems]})
    else:
        _print_problems(problems)
        for name, steps in plans:
            click.echo(f"端末 {name}（{len(steps)} 手順）")
            for number, step in enumerate(steps, start=1):
                values = "、".join(f"{label}: {value}" for label, value in step.values)
                click.echo(f"{number:4}. [{HOW_JA[step.how]}] {step.title}")
                if values:
                    click.echo(f"        {values}")
                source = "、".join(step.source) + (f"（{step.as_of} 時点）" if step.as_of else "")
                click.echo(f"        {', '.join(step.requirements)} — {source}")
    return INPUT_ERROR if failed else OK


@oqsgen.command(options_metavar="[オプション]")
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
    sites, problems = _resolve_all(_yaml_files(inputs))
    problems += _same_folder(sites)
    if has_errors(problems):
        if output == "json":
            print_json({"bundles": [], "problems": [p.as_json() for p in problems]})
        else:
            _print_problems(problems)
        return INPUT_ERROR
    signer, warnings = choose_signer(options)
    problems += warnings
    if output == "text":
        _print_problems(problems)
    built, failures = _build_all(sites, signer, target, jobs, show=output == "text")
    problems += failures
    if output == "json":
        print_json({"bundles": built, "problems": [p.as_json() for p in problems]})
    else:
        _print_problems(failures)
        if options.unsigned and built:
            say("署名していないため、この一式は PC で実行できません。")
    return INPUT_ERROR if has_errors(problems) else OK


oqsgen.add_command(cli_verify.verify)
oqsgen.add_command(cli_keys.keys)


def _resolve_all(files: Iterable[Path]) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal of every file, and every problem of every file."""
    from oqsgen.document import load
    from oqsgen.site import resolve

    sites: list[tuple[Path, Any]] = []
    problems: list[Problem] = []
    for file in files:
        document, found = load(file)
        problems += found
        if document is not None:
            resolved, found = resolve(document)
            problems += found
            sites += [(file, site) for site in resolved]
    return sites, list(dict.fromkeys(problems))


def _yaml_files(inputs: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for given in inputs:
        if not given.is_dir():
            files.append(given)
            continue
        try:
            found = sorted(path for path in given.iterdir() if path.suffix in (".yaml", ".yml"))
        except OSError as error:
            raise CliError(
                f"エラー: フォルダー {given} を読めません（{error.strerror}）。"
                "読み取りの許可を確かめてください。"
            ) from error
        if not found:
            raise CliError(f"エラー: フォルダー {given} に .yaml ファイルがありません。")
        files += found
    # A file that is named twice, or by itself and with its folder, is built once.
    once: dict[str, Path] = {}
    for file in files:
        once.setdefault(os.path.realpath(file), file)
    return list(once.values())


def _same_folder(sites: Sequence[tuple[Path, Any]]) -> list[Problem]:
    """Two files that would write the same bundle: nobody could tell which one won."""
    first: dict[str, Path] = {}
    problems = []
    for file, site in sites:
        name = site.name.lower()
        if name in first and first[name] != file:
            message = (
                f"{first[name]} と同じ医療機関等コードと端末名（{site.name}）です。"
                "どちらかの端末名を変えてください。"
            )
            problems.append(
                Problem(str(file), 0, 0, "DUPLICATE_TERMINAL", "error", "terminals", message)
            )
        first.setdefault(name, file)
    return problems


def _build_all(
    sites: Sequence[tuple[Path, Any]], signer: Any, target: Path, jobs: int, *, show: bool
) -> tuple[list[dict[str, Any]], list[Problem]]:
    built: list[dict[str, Any]] = []
    problems: list[Problem] = []
    bar = click.progressbar(
        length=len(sites),
        label="作成中",
        file=sys.stderr,
        hidden=not (show and sys.stderr.isatty()),
        show_eta=False,
    )
    with bar, ThreadPoolExecutor(jobs) as pool:
        futures: dict[Future[dict[str, Any]], Path] = {
            pool.submit(_build_one, site, signer, target): file for file, site in sites
        }
        try:
            for future in as_completed(futures):
                try:
                    built.append(future.result())
                except _BundleError as error:
                    file = str(futures[future])
                    problems.append(Problem(file, 0, 0, error.code, "error", "", str(error)))
                bar.update(1)
        finally:
            # Ctrl-C ends with the bundles that are being made, not with the last of forty.
            pool.shutdown(wait=False, cancel_futures=True)
    built.sort(key=lambda one: one["folder"])
    if show:
        for one in built:
            click.echo(f"{one['folder']}  手順 {one['steps']}  bundle {one['id']}")
    return built, sorted(problems)


class _BundleError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _build_one(site: Any, signer: Any, target: Path) -> dict[str, Any]:
    from oqsgen.bundle import make_bundle
    from oqsgen.render.checklist import MissingGlyph
    from oqsgen.seal.folder import put_in_place
    from oqsgen.seal.signer import SignerError, TimestampError

    try:
        bundle = make_bundle(site, signer)
    except TimestampError as error:
        raise _BundleError("TIMESTAMP_FAILED", str(error)) from error
    except SignerError as error:
        raise _BundleError("SIGNING_FAILED", str(error)) from error
    except MissingGlyph as error:
        raise _BundleError(
            "GLYPH_MISSING",
            f"文字「{error.character}」はチェックリストの書体に無く、印刷できません。"
            "別の文字で書いてください。",
        ) from error
    folder = target / bundle.folder
    try:
        put_in_place(folder, bundle.files)
    except OSError as error:
        raise _BundleError(
            "OUTPUT_NOT_WRITTEN",
            f"{folder} に書き込めません（{error.strerror or error}）。空き容量と書き込みの許可を"
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
        "terminal": site.terminal.name,
        "code": site.facility.code,
        "steps": bundle.steps,
        "signer": signer and signer.fingerprint,
    }


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(problem.as_text(), err=True)


def main() -> None:
    """Run the command line and exit with its code. No traceback ever reaches the user."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = oqsgen.main(prog_name="oqsgen", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        code = USAGE_ERROR
    except click.UsageError as error:
        say(japanese_click.usage_message(error))
        code = USAGE_ERROR
    except CliError as error:
        say(str(error))
        code = error.code
    except (click.Abort, KeyboardInterrupt):
        say("中止しました。")
        code = INTERRUPTED
    except BrokenPipeError:
        os._exit(INPUT_ERROR)
    except Exception as error:
        full = isinstance(error, OSError) and error.errno == errno.ENOSPC
        say("エラー: 出力先の空き容量がありません。" if full else _bug_report(error))
        code = INPUT_ERROR if full else BUG
    sys.exit(code if isinstance(code, int) else OK)


def _bug_report(error: Exception) -> str:
    """Where the bug is, without any text of the input: file names and line numbers alone."""
    places = []
    trace = error.__traceback__
    while trace:
        name = Path(trace.tb_frame.f_code.co_filename).name
        places.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return (
        "エラー: oqsgen の不具合です。次の行を報告してください。\n"
        f"oqsgen {__version__} / Python {platform.python_version()} / {sys.platform} / "
        f"{type(error).__name__} / {' > '.join(places[-8:])}"
    )
