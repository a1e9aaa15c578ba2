"""``oqsgen keys``: the publisher of an office that has no purchased certificate."""

import os
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    CliError,
    format_option,
    new_secret,
    print_json,
    say,
    secret,
    write,
)
from oqsgen.limits import KEY_BYTES
from oqsgen.text import by_four

PASSWORD_LENGTH = 8

_password_option = click.option(
    "--password-env",
    metavar="NAME",
    help="パスワードが入った環境変数の名前。無ければ画面で尋ねます。",
)


@click.group(
    cls=click_ja.Group,
    no_args_is_help=True,
    options_metavar="[オプション]",
    subcommand_metavar="コマンド [引数]...",
)
def keys() -> None:
    """このユーザーの発行者（署名に使う鍵と証明書）を扱います。"""


@keys.command(options_metavar="[オプション]")
@click.option("--renew", is_flag=True, help="今の発行者を残したまま、新しい発行者に替えます。")
@format_option
def new(renew: bool, output: str) -> int:
    """発行者を作ります。"""
    from oqsgen.seal.publisher import data_folder, kept_publisher, new_publisher
    from oqsgen.seal.signer import SignerError, utc_now

    try:
        before = kept_publisher(data_folder())
        signer = new_publisher(data_folder(), utc_now(), renew=renew)
    except SignerError as error:
        raise _error(error) from error
    _show(signer, data_folder(), output)
    if before and output == "text":
        _say_kept(before)
    return OK


@keys.command(options_metavar="[オプション]")
@format_option
def show(output: str) -> int:
    """発行者の名前、指紋、期限、場所を表示します。"""
    from oqsgen.seal.publisher import data_folder, earlier_publishers, kept_publisher
    from oqsgen.seal.signer import SignerError

    folder = data_folder()
    try:
        signer = kept_publisher(folder)
    except SignerError as error:
        raise _error(error) from error
    earlier = earlier_publishers(folder)
    if output == "json":
        print_json(
            {
                "publisher": signer and _as_json(signer, folder),
                "earlier": [_as_json(publisher, kept_in) for kept_in, publisher in earlier],
            }
        )
    elif signer is None:
        say("まだ発行者がありません。oqsgen keys new で作るか、oqsgen keys import で読み込みます。")
    else:
        _show(signer, folder, output)
        for kept_in, publisher in earlier:
            write("", f"以前の発行者: {publisher.name}", *_lines(publisher, kept_in))
    return OK if signer else INPUT_ERROR


@keys.command("export", options_metavar="[オプション]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_password_option
@click.option("--force", is_flag=True, help="前からある FILE を置き換えます。")
@format_option
def export(file: Path, password_env: str | None, force: bool, output: str) -> int:
    """発行者の控えを、暗号化した PFX ファイルに書き出します。"""
    from oqsgen.seal.publisher import data_folder, export_pfx, kept_publisher
    from oqsgen.seal.signer import SignerError

    folder = data_folder()
    try:
        # Before anybody is asked for a password that would be in vain.
        if kept_publisher(folder) is None:
            raise CliError("エラー: まだ発行者がありません。oqsgen keys new で作ってください。")
        if os.path.lexists(file) and not force:
            raise CliError(
                f"エラー: {file} がもうあります。別の名前にするか、--force を付けてください。"
            )
        text = new_secret("控えのパスワード", password_env, "--password-env")
        if len(text) < PASSWORD_LENGTH or not (text.isascii() and text.isprintable()):
            # Programs disagree on how anything but ASCII becomes the bytes of a key.
            raise CliError(
                f"エラー: パスワードは半角の英数字と記号で {PASSWORD_LENGTH} 文字以上にしてください。"
            )
        signer = export_pfx(folder, file, text.encode(), force=force)
    except SignerError as error:
        raise _error(error) from error
    if output == "json":
        print_json({"file": str(file), "publisher": _as_json(signer, folder)})
    else:
        write(f"発行者「{signer.name}」を {file} に書き出しました。")
        say("このファイルとパスワードは、別々の安全な場所に保管してください。")
    return OK


@keys.command("import", options_metavar="[オプション]")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@_password_option
@format_option
def import_(file: Path, password_env: str | None, output: str) -> int:
    """書き出した PFX ファイルの発行者を、このユーザーの発行者にします。"""
    from oqsgen.seal.publisher import data_folder, import_pfx, kept_publisher
    from oqsgen.seal.signer import SignerError, read_file, utc_now

    folder = data_folder()
    try:
        read_file(file, KEY_BYTES)
        try:
            before = kept_publisher(folder)
        except SignerError:
            before = None  # damaged: what a copy is for
        password = os.fsencode(secret("控えのパスワード", password_env, "--password-env"))
        signer, changed = import_pfx(folder, file, password, utc_now())
    except SignerError as error:
        raise _error(error) from error
    _show(signer, folder, output)
    if output == "text" and not changed:
        say("もともとこの発行者でした。何も変えていません。")
    elif output == "text" and before:
        _say_kept(before)
    return OK


def _error(error: Exception) -> CliError:
    return CliError(f"エラー: {error}")


def _say_kept(before: Any) -> None:
    say(
        f"前の発行者「{before.name}」は残してあります。前に作った一式はそのまま使えます。"
        "これから作る一式は、各 PC で 0_発行者を登録.cmd からやり直してください。"
    )


def _show(signer: Any, folder: Path, output: str) -> None:
    if output == "json":
        print_json({"publisher": _as_json(signer, folder)})
    else:
        write(f"発行者: {signer.name}", *_lines(signer, folder))


def _lines(signer: Any, folder: Path) -> tuple[str, ...]:
    from oqsgen.seal.publisher import until

    return (
        f"  証明書の SHA-256: {by_four(signer.fingerprint)}",
        f"  有効期限: {until(signer)}",
        f"  フォルダー: {folder}",
    )


def _as_json(signer: Any, folder: Path) -> dict[str, Any]:
    from oqsgen.seal.publisher import until

    return {
        "name": signer.name,
        "fingerprint": signer.fingerprint,
        "until": until(signer),
        "folder": str(folder),
    }
