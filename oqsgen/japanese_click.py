"""click in Japanese: help pages and usage errors."""

from collections.abc import Callable
from typing import Any

import click


class Command(click.Command):
    """A command whose help page and headings are Japanese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Japanese heading."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section("オプション"):
            formatter.write_dl([record for record in records if record])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in Japanese."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "この説明を表示します。"
        return option


class Group(Command, click.Group):
    """A group of commands whose help page is Japanese."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs under a Japanese heading."""
        verbs = [(name, self.commands[name].get_short_help_str(70)) for name in self.commands]
        with formatter.section("コマンド"):
            formatter.write_dl(verbs)


def _parameter(error: click.BadParameter) -> str:
    return error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""


_MESSAGES: list[tuple[type[click.UsageError], Callable[[Any], str]]] = [
    (
        click.NoSuchOption,
        lambda e: f"オプション {e.option_name} はありません。"
        + (f"もしかして: {'、'.join(e.possibilities)}" if e.possibilities else ""),
    ),
    (click.MissingParameter, lambda e: f"{_parameter(e)} を指定してください。"),
    (click.BadParameter, lambda e: f"{_parameter(e)} の値が正しくありません: {e.message}"),
    (
        click.BadOptionUsage,
        lambda e: f"オプション {e.option_name} の使い方が違います。値が要るかを確かめてください。",
    ),
]


def usage_message(error: click.UsageError) -> str:
    """What is wrong with a command line, in Japanese, and where the help is."""
    text = next((make(error) for kind, make in _MESSAGES if isinstance(error, kind)), None)
    if text is None:
        text = f"コマンドの書き方が違います（{error.message}）"
    path = error.ctx.command_path if error.ctx else "oqsgen"
    return f"エラー: {text}\n使い方は {path} --help で表示します。"
