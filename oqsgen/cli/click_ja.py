"""click in Japanese: help pages and usage errors."""

import difflib
from collections.abc import Callable
from typing import Any

import click


class UnknownCommandError(click.UsageError):
    """A verb that is not there; the text is Japanese already."""


class Command(click.Command):
    """A command whose help page and headings are Japanese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="使い方: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under a Japanese heading."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may be meant."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = difflib.get_close_matches(args[0], self.commands)
            hint = f"もしかして: {'、'.join(near)}" if near else ""
            raise UnknownCommandError(f"コマンド {args[0]} はありません。{hint}", ctx)
        return super().resolve_command(ctx, args)

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
    (UnknownCommandError, lambda e: e.message),
    (
        click.NoSuchOption,
        lambda e: f"オプション {e.option_name} はありません。"
        + (f"もしかして: {'、'.join(e.possibilities)}" if e.possibilities else ""),
    ),
    (click.MissingParameter, lambda e: f"{_parameter(e)} を指定してください。"),
    (
        click.BadParameter,
        lambda e: f"{_parameter(e)} の値が正しくありません。使える値を確かめてください。",
    ),
    (
        click.BadOptionUsage,
        lambda e: f"オプション {e.option_name} の使い方が違います。値が要るかを確かめてください。",
    ),
]


def usage_message(error: click.UsageError) -> tuple[str, str]:
    """What is wrong with a command line, in Japanese, and where the help is: a line each."""
    text = next(
        (make(error) for error_type, make in _MESSAGES if isinstance(error, error_type)), None
    )
    if text is None:
        text = f"コマンドの書き方が違います（{error.message}）"
    path = error.ctx.command_path if error.ctx else "oqsgen"
    return f"エラー: {text}", f"使い方は {path} --help で表示します。"
