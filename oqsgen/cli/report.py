"""``oqsgen report``: what came back from clinics, as tables and a page, and the ledger in which it is kept."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    CliError,
    ask,
    print_json,
    say,
    width,
    write,
    write_pieces,
)
from oqsgen.cli.saving import must_be_free, save

STOPPED_DAYS = 14
REFUSED_SHOWN = 20
FORMS = ("text", "json", "csv", "html")
TABLES = (
    *("terminals", "numbers", "owners", "causes", "stopped"),
    *("staff", "drift", "certificates", "shared", "editions"),
)


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("places", nargs=-1, metavar="[FILE_OR_DIR]...", type=click.Path(path_type=Path))
@click.option(
    "--ledger",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="結果をためておく台帳（SQLite）。無ければ作ります。これだけを指定すると、ためた結果から示します。",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    metavar="FORM",
    help="出力の形: text（画面）、json、csv（表 1 つ）、html（1 枚のページ）。",
)
@click.option(
    "--table",
    "name",
    type=click.Choice(TABLES),
    metavar="NAME",
    help=f"この表だけを出します（text と csv。csv は terminals から）: {'、'.join(TABLES)}。",
)
@click.option(
    "--output",
    "-o",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="画面ではなく、このファイルに書きます。",
)
@click.option(
    "--overwrite", is_flag=True, help="--output と --support のファイルがあれば置き換えます。"
)
@click.option(
    "--stopped-days",
    "days",
    type=click.IntRange(1, 3650),
    default=STOPPED_DAYS,
    metavar="N",
    help=f"最後の結果から N 日たっても残りのある訪問を、止まったものとします（ふつうは {STOPPED_DAYS}）。",
)
@click.option(
    "--support",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="助けてくれる人に渡すファイルを作ります。施設、人、アドレス、拇印は分からない印に替えます。",
)
@click.option("--persons", is_flag=True, help="台帳が人について持っているものを示します。")
@click.option(
    "--forget",
    metavar="CODE",
    help="この医療機関等コードの施設を、結果ごと台帳から消します。コードをもう一度入力すると消えます。",
)
@click.option("--yes", is_flag=True, help="--forget で尋ねません。")
def report(
    places: tuple[Path, ...],
    ledger: Path | None,
    form: str,
    name: str | None,
    target: Path | None,
    overwrite: bool,
    days: int,
    support: Path | None,
    persons: bool,
    forget: str | None,
    yes: bool,
) -> int:
    """施設から戻った結果を、表と 1 枚のページにします。台帳に何年もためられます。"""
    _check_usage(ledger, form, target, support, persons, forget)
    for file in filter(None, (target, support)):
        must_be_free(file, overwrite)
    if support:
        return _support(places, support, overwrite)
    if persons or forget:
        return _about_persons(_only_ledger(places, ledger), forget, yes, form)
    if not places and not ledger:
        raise click.UsageError("", click.get_current_context())
    if name and form not in ("text", "csv"):
        raise CliError("エラー: --table は --format text と csv で使えます。", code=2)
    with closing(_opened(ledger, create=bool(places))) as opened, _usable():
        gathered = _gathered(opened, places)
        _show(opened, gathered, form, name, days, target, overwrite)
        _say_refused(gathered)
        return _code(opened, gathered)


def _check_usage(
    ledger: Path | None,
    form: str,
    target: Path | None,
    support: Path | None,
    persons: bool,
    forget: str | None,
) -> None:
    """Options of which one would be left out of account are refused, since one deletes and one is handed on."""
    if ledger and any(file and file.resolve() == ledger.resolve() for file in (target, support)):
        raise CliError(
            f"エラー: {ledger} は台帳です。書き出すファイルには別の名前を指定してください。", code=2
        )
    if support and (ledger or target or persons or forget or form != "text"):
        raise CliError("エラー: --support は、ほかの書き出しや台帳の指定とは使えません。", code=2)
    if persons and forget:
        raise CliError(
            "エラー: --persons と --forget は、どちらか 1 つを指定してください。", code=2
        )
    if (persons or forget) and (target or form not in ("text", "json")):
        raise CliError(
            "エラー: --persons と --forget は、画面か --format json で使います。", code=2
        )


def _opened(ledger: Path | None, *, create: bool) -> sqlite3.Connection:
    from oqsgen.results.ledger import LedgerError, open_ledger, temporary_ledger

    if ledger is None:
        return temporary_ledger()
    try:
        return open_ledger(ledger, create=create)
    except LedgerError as error:
        raise CliError(f"エラー: 台帳 {ledger}: {error}") from error


def _gathered(ledger: sqlite3.Connection, places: Iterable[Path]) -> Any:
    from oqsgen.results.gather import gather

    return gather(ledger, places, datetime.now())


@contextmanager
def _usable() -> Iterator[None]:
    """What a ledger does not let be done is said."""
    from oqsgen.results.ledger import why

    try:
        yield
    except sqlite3.Error as error:
        raise CliError(f"エラー: 台帳を使えません: {why(error)}") from error


def _show(
    ledger: sqlite3.Connection,
    gathered: Any,
    form: str,
    name: str | None,
    days: int,
    target: Path | None,
    overwrite: bool,
) -> None:
    from oqsgen.results.tables import prepare

    prepare(ledger)
    pieces = _pieces(ledger, gathered, form, name, days)
    if target:
        save(target, (piece.encode() for piece in pieces), overwrite)
        say(f"{target} に書きました。")
    else:
        write_pieces(pieces)


def _pieces(
    ledger: sqlite3.Connection, gathered: Any, form: str, name: str | None, days: int
) -> Iterator[str]:
    from oqsgen.results.as_csv import as_csv
    from oqsgen.results.as_json import as_json
    from oqsgen.results.as_text import as_text
    from oqsgen.results.tables import TABLES as ALL

    today = datetime.now().date()
    if form == "html":
        from oqsgen.results.as_page import as_page

        yield from as_page(ledger, gathered, today, days)
        return
    tables = [(table, table.rows(ledger, today, days)) for table in ALL if name in (None, table.id)]
    if form == "json":
        yield from as_json(tables, gathered, today)
    elif form == "csv":
        yield from as_csv(*tables[0])
    else:
        yield f"結果 新しいもの {gathered.new} 件、前に読んだもの {gathered.repeated} 件\n"
        for table, rows in tables:
            yield from (f"{line}\n" for line in ("", *as_text(table, rows, width())))


def _say_refused(gathered: Any) -> None:
    """What was not taken, and why. What is foreign is only counted."""
    broken = [each for each in gathered.refused if not each.foreign]
    for each in broken[:REFUSED_SHOWN]:
        say(f"読みませんでした: {each.path}: {each.why}")
    if gathered.broken > REFUSED_SHOWN:
        say(f"ほか {gathered.broken - REFUSED_SHOWN} 件も読みませんでした（--format json）。")
    if gathered.foreign:
        say(f"結果ではないファイル {gathered.foreign} 件は読みませんでした。")


def _code(ledger: sqlite3.Connection, gathered: Any) -> int:
    (count,) = ledger.execute("SELECT count(*) FROM fleet").fetchone()
    if not count:
        say("結果がありませんでした。results フォルダーか result.json を指定してください。")
    return OK if count and not gathered.broken else INPUT_ERROR


def _support(places: tuple[Path, ...], target: Path, overwrite: bool) -> int:
    from oqsgen.results.gather import Gathered
    from oqsgen.results.support import support_file

    if not places:
        raise CliError(
            "エラー: --support には、結果のファイルかフォルダーを指定してください。", code=2
        )
    gathered = Gathered()
    pieces = support_file(places, datetime.now(), gathered)
    save(target, (piece.encode() for piece in pieces), overwrite)
    say(f"{target} に、結果 {gathered.new} 件を書きました。渡す前に中を見てください。")
    _say_refused(gathered)
    return OK if gathered.new and not gathered.broken else INPUT_ERROR


def _only_ledger(places: tuple[Path, ...], ledger: Path | None) -> Path:
    if ledger is None or places:
        raise CliError("エラー: --persons と --forget は、--ledger FILE だけと使います。", code=2)
    return ledger


def _about_persons(path: Path, code: str | None, yes: bool, form: str) -> int:
    with closing(_opened(path, create=False)) as ledger, _usable():
        return _forget(ledger, code, yes) if code else _persons(ledger, form)


def _persons(ledger: sqlite3.Connection, form: str) -> int:
    from oqsgen.results.persons import held

    every = list(held(ledger))
    if form == "json":
        print_json({"persons": [vars(each) | {"texts": list(each.texts)} for each in every]})
        return OK
    for each in every:
        texts = f": {'、'.join(each.texts)}" if each.texts else ""
        write(f"{each.what}（{each.where}） {each.count} 件{texts}")
    return OK


def _forget(ledger: sqlite3.Connection, code: str, yes: bool) -> int:
    from oqsgen.results.persons import clinic, forget

    if not re.fullmatch(r"[0-9]{10}", code):
        raise CliError("エラー: --forget には、10 桁の医療機関等コードを書いてください。", code=2)
    held = clinic(ledger, code)
    if not held.terminals:
        raise CliError(f"エラー: コード {code} の施設は、台帳にありません。")
    say(
        f"消すもの: {'、'.join(held.names)}（{code}） 端末 {held.terminals} 台、結果 {held.results} 件"
    )
    if not yes and ask("元に戻せません。消すなら、コードをもう一度入力") != code:
        say("消しませんでした。")
        return INPUT_ERROR
    forget(ledger, code)
    say("消しました。台帳の控えや、USB メモリーの結果には、まだあります。")
    return OK
