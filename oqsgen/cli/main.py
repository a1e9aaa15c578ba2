"""The command line: its verbs, and the code with which each ends."""

import errno
import os
import platform
import sys
from pathlib import Path

import click

from oqsgen import __version__
from oqsgen.cli import build, check, click_ja, keys, plan, verify
from oqsgen.cli.console import BUG, INPUT_ERROR, INTERRUPTED, OK, USAGE_ERROR, CliError, say


@click.group(
    cls=click_ja.Group,
    no_args_is_help=True,
    options_metavar="[オプション]",
    subcommand_metavar="コマンド [引数]...",
)
@click.version_option(__version__, message="oqsgen %(version)s", help="版を表示します。")
def oqsgen() -> None:
    """資格確認端末の設定一式（署名付きスクリプト、タスク、チェックリスト）を作ります。"""


for verb in (build.build, check.check, keys.keys, plan.plan, verify.verify):
    oqsgen.add_command(verb)


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
        say(click_ja.usage_message(error))
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
    frames = []
    trace = error.__traceback__
    while trace:
        name = Path(trace.tb_frame.f_code.co_filename).name
        frames.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return (
        "エラー: oqsgen の不具合です。次の行を報告してください。\n"
        f"oqsgen {__version__} / Python {platform.python_version()} / {sys.platform} / "
        f"{type(error).__name__} / {' > '.join(frames[-8:])}"
    )
