"""The command line: its verbs, and the code with which each ends."""

import errno
import io
import os
import platform
import sys
import warnings
from pathlib import Path

import click

from oqsgen import __version__
from oqsgen.cli import (
    build,
    check,
    click_ja,
    completion,
    diff,
    explain,
    keys,
    new,
    plan,
    report,
    schema,
    verify,
)
from oqsgen.cli.console import BUG, INPUT_ERROR, OK, USAGE_ERROR, CliError, say, write
from oqsgen.cli.main import INTERRUPTED


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """The version, the edition of the manual that it follows, and of which day the tables are."""
    if not wanted or context.resilient_parsing:
        return
    from oqsgen.manual.sources import cite
    from oqsgen.resources import spec

    network = spec("network")
    tables = {
        "アプリケーションの版": spec("versions")["as_of"],
        "DNS サーバー": network["dns"]["as_of"],
        "回線事業者": network["as_of"],
    }
    write(f"oqsgen {__version__}", cite("setup"))
    write(*(f"{name}: {day} 時点" for name, day in tables.items()))
    context.exit()


@click.group(
    cls=click_ja.Group,
    no_args_is_help=True,
    options_metavar="[オプション]",
    subcommand_metavar="コマンド [引数]...",
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="版と、もとにした資料の版を表示します。",
)
def oqsgen() -> None:
    """資格確認端末の設定一式（署名付きスクリプト、タスク、チェックリスト）を作ります。"""


for verb in (
    build.build,
    check.check,
    completion.completion,
    diff.diff,
    explain.explain,
    keys.keys,
    new.new,
    plan.plan,
    report.report,
    schema.schema,
    verify.verify,
):
    oqsgen.add_command(verb)


def run() -> int:
    """Run the command line: the code with which it ends. What went wrong is said in Japanese."""
    if not sys.warnoptions:
        # What libraries find odd about a stranger's certificate, in English and with a line of their code.
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        # Neither is there where a shell closed it (``>&-``).
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if completion.VARIABLE in os.environ:
        completion.in_ascii()
    try:
        code = oqsgen.main(prog_name="oqsgen", standalone_mode=False)
        return code if isinstance(code, int) else OK
    except click.exceptions.NoArgsIsHelpError as error:
        say(*error.format_message().splitlines())
        return USAGE_ERROR
    except click.UsageError as error:
        say(*click_ja.usage_message(error))
        return USAGE_ERROR
    except CliError as error:
        say(str(error))
        return error.code
    except (click.Abort, KeyboardInterrupt):
        say("中止しました。")
        return INTERRUPTED
    except BrokenPipeError:
        os._exit(INPUT_ERROR)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            say("エラー: 出力先の空き容量がありません。")
            return INPUT_ERROR
        say(*_bug_report(error))
        return BUG


def _bug_report(error: Exception) -> tuple[str, str]:
    """Where the bug is, without any text of the input: file names and line numbers alone."""
    frames = []
    trace = error.__traceback__
    while trace:
        name = Path(trace.tb_frame.f_code.co_filename).name
        frames.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return (
        "エラー: oqsgen の不具合です。次の行を報告してください。",
        f"oqsgen {__version__} / Python {platform.python_version()} / {sys.platform} / "
        f"{type(error).__name__} / {' > '.join(frames[-8:])}",
    )
