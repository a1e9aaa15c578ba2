"""``oqsgen schema``: the JSON Schema of a clinic's file, for editors."""

from pathlib import Path

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import OK, CliError, print_json, say
from oqsgen.files import reason


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="画面ではなく、このファイル（.json）に書きます。前からあれば置き換えます。",
)
def schema(file: Path | None) -> int:
    """clinic.yaml の JSON Schema を出します。エディターが、項目と値の説明や誤りを示すのに使います。"""
    from oqsgen.clinic.schema import editor_line, json_schema, schema_text

    if file is None:
        print_json(json_schema())
        return OK
    if file.suffix != ".json":
        # A slip of the hand here must not cost anybody a clinic's file.
        raise click.UsageError("--output には .json で終わる名前を書いてください")
    try:
        file.write_bytes(schema_text().encode())
    except OSError as error:
        raise CliError(
            f"エラー: {file} に書けません（{reason(error)}）。場所と書き込みの許可を確かめてください。"
        ) from error
    say(f"{file} に書きました。同じフォルダーの clinic.yaml の 1 行目に、次の行を書きます。")
    say(editor_line(file.name))
    return OK
