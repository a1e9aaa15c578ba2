"""``oqsgen explain``: what an id means that oqsgen prints or a clinic's file has."""

from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import OK, USAGE_ERROR, CliError, format_option, print_json, width, write
from oqsgen.text import columns, shown, visible, wrapped

INDENT = "  "


def _ids(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The ids that begin so, for a shell that completes them."""
    from oqsgen.explain.lookup import everything

    return [entry.id for entry in everything() if entry.id.startswith(incomplete)]


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("id", metavar="[ID]", required=False, shell_complete=_ids)
@format_option
def explain(id: str | None, output: str) -> int:
    """項目、値、手順、要件、問題、終了コードの意味を表示します。ID が無ければ、ID の種類を並べます。"""
    from oqsgen.explain.lookup import find, near

    if id is None:
        _show_sorts(output)
        return OK
    meant = find(id)
    if not meant:
        hint = near(id)
        raise CliError(
            f"エラー: 「{shown(id)}」という ID はありません。{hint or 'ID の種類は oqsgen explain で並べます。'}",
            USAGE_ERROR,
        )
    if output == "json":
        print_json({"entries": [entry.as_json() for entry in meant]})
        return OK
    for number, entry in enumerate(meant):
        if number:
            write("")
        _show(entry)
    return OK


def _show(entry: Any) -> None:
    from oqsgen.explain.entry import SORTS_JA

    room = width()
    write(*wrapped(visible(f"{entry.id}　{entry.title}（{SORTS_JA[entry.sort]}）"), room))
    if entry.text not in ("", entry.title):
        write(*(INDENT + line for line in wrapped(visible(entry.text), room - len(INDENT))))
    label_width = max((columns(label) for label, _ in entry.details), default=0) + 2
    for label, text in entry.details:
        first, *rest = wrapped(visible(text), room - len(INDENT) - label_width)
        write(INDENT + label + " " * (label_width - columns(label)) + first)
        write(*(" " * (len(INDENT) + label_width) + line for line in rest))


def _show_sorts(output: str) -> None:
    from oqsgen.explain.entry import SORTS_JA
    from oqsgen.explain.lookup import entries

    if output == "json":
        print_json({"sorts": {sort: [each.id for each in entries(sort)] for sort in SORTS_JA}})
        return
    write("oqsgen explain ID で、次のどれかの意味を表示します。")
    for sort, name in SORTS_JA.items():
        of_sort = entries(sort)
        count = f"{len({each.id for each in of_sort})} 個"
        write(
            f"{INDENT}{name}{' ' * (18 - columns(name))}{count:>7}　例: {of_sort[len(of_sort) // 3].id}"
        )
