"""Writing what a person asked for: whole, and over nothing without being told."""

from collections.abc import Iterable
from pathlib import Path

from oqsgen.cli.console import CliError
from oqsgen.files import reason, write_whole


def must_be_free(target: Path, overwrite: bool) -> None:
    """Raise CliError where the file is there already and may not be replaced."""
    if not overwrite and target.exists():
        raise CliError(
            f"エラー: {target} はもうあります。別の名前にするか、置き換えるなら --overwrite を付けてください。"
        )


def save(target: Path, data: str | bytes | Iterable[bytes], overwrite: bool) -> None:
    """Write a file, piece by piece where it is many. Raises CliError."""
    try:
        write_whole(target, data.encode() if isinstance(data, str) else data, replace=overwrite)
    except FileExistsError:
        must_be_free(target, False)
    except OSError as error:
        raise CliError(f"エラー: {target} に書けません（{reason(error)}）。") from error


def save_clinic(target: Path, text: str, overwrite: bool) -> None:
    """Write a clinic's file, and beside it the schema that its first line names, where none is there. Raises CliError."""
    from oqsgen.clinic.schema import SCHEMA_FILE, schema_text

    save(target, text, overwrite)
    schema = target.parent / SCHEMA_FILE
    if not schema.exists():
        save(schema, schema_text(), False)
