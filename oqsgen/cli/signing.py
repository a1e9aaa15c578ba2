"""The options of ``oqsgen build`` that say who signs, and the signer that they choose."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from oqsgen.cli.console import CliError, ask, can_ask, say, secret
from oqsgen.cli.main import INTERRUPTED
from oqsgen.input.problems import Problem
from oqsgen.text import by_four, half_width

_OPTIONS = [
    click.option(
        "--sign-pfx",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="署名に使う PFX ファイル。",
    ),
    click.option(
        "--sign-password-env", metavar="NAME", help="PFX のパスワードが入った環境変数の名前。"
    ),
    click.option(
        "--sign-pkcs11",
        metavar="URI",
        help="署名に使うトークンの鍵。pkcs11: で始まる URI（RFC 7512。PIN は書けません）。",
    ),
    click.option("--sign-pin-env", metavar="NAME", help="トークンの PIN が入った環境変数の名前。"),
    click.option(
        "--sign-chain",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="PFX やトークンに無い証明書（PEM か DER）。何度でも指定できます。",
    ),
    click.option(
        "--timestamp-url",
        metavar="URL",
        help="署名に時刻を付けるサーバー（RFC 3161）。証明書の期限の後も使えるようになります。",
    ),
    click.option(
        "--timestamp-ca",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="時刻のサーバーのルート証明書（PEM か DER）。これにつながることを確かめます。",
    ),
    click.option(
        "--unsigned", is_flag=True, help="署名しません（この一式は PC で実行できません）。"
    ),
]


@dataclass(frozen=True)
class SigningOptions:
    """What the command line says about signing, under the names of its options."""

    sign_pfx: Path | None
    sign_password_env: str | None
    sign_pkcs11: str | None
    sign_pin_env: str | None
    sign_chain: tuple[Path, ...]
    timestamp_url: str | None
    timestamp_ca: tuple[Path, ...]
    unsigned: bool


def signing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of ``SigningOptions`` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def check_usage(options: SigningOptions) -> None:
    """Raise click.UsageError for two signers, a time stamp with ``--unsigned``, and a password, PIN or
    timestamp CA without its signer or server. ``--sign-chain`` is not checked.
    """
    sources = {
        "--unsigned": options.unsigned,
        "--sign-pfx": options.sign_pfx,
        "--sign-pkcs11": options.sign_pkcs11,
    }
    chosen_signers = [name for name, value in sources.items() if value]
    if len(chosen_signers) > 1:
        raise click.UsageError(f"{' と '.join(chosen_signers[:2])} は一緒に使えません。")
    needs = [
        ("--sign-password-env", options.sign_password_env, "--sign-pfx", options.sign_pfx),
        ("--sign-pin-env", options.sign_pin_env, "--sign-pkcs11", options.sign_pkcs11),
        ("--timestamp-ca", options.timestamp_ca, "--timestamp-url", options.timestamp_url),
    ]
    for name, value, needed, needed_value in needs:
        if value and not needed_value:
            raise click.UsageError(f"{name} は {needed} と一緒に使います。")
    if options.unsigned and options.timestamp_url:
        raise click.UsageError("--unsigned と --timestamp-url は一緒に使えません。")


def choose_signer(options: SigningOptions) -> tuple[Any, list[Problem]]:
    """The signer (None for unsigned), and what people have to know about its signatures."""
    from oqsgen.seal.signer import SignerError

    if options.unsigned:
        return None, []
    try:
        signer = _signer(options)
        if options.timestamp_url:
            from oqsgen.seal.timestamp import timestamps_from

            signer = signer.with_timestamp(
                timestamps_from(options.timestamp_url, options.timestamp_ca)
            )
    except SignerError as error:
        raise CliError(f"エラー: {error}") from error
    where = str(options.sign_pfx or signer.name)
    problems = []
    if signer.elliptic:
        problems.append(_warning(where, "SIGNATURE_ECDSA", ELLIPTIC))
    if signer.ends:
        problems.append(_warning(where, "SIGNATURE_ENDS", ENDING.format(signer.ends.isoformat())))
    return signer, problems


ELLIPTIC = (
    "この署名は ECDSA です。Windows のスマート アプリ コントロールなどは ECDSA の署名を受け付けません。"
    "また、同じ入力でも作るたびに署名のバイトが変わります。できれば RSA の証明書を使ってください。"
)
ENDING = (
    "この署名は {} を過ぎると使えなくなります。それまでに設定を終えるか、新しい証明書で作り直すか、"
    "--timestamp-url で時刻を付けてください。"
)


def _warning(file: str, code: str, message: str) -> Problem:
    return Problem(file, 0, 0, code, "warning", "", message)


def _signer(options: SigningOptions) -> Any:
    from oqsgen.seal.publisher import data_folder, kept_publisher, own_publisher
    from oqsgen.seal.signer import from_pfx, utc_now

    if options.sign_pkcs11:
        from oqsgen.seal.pkcs11 import from_token

        return from_token(
            options.sign_pkcs11,
            lambda: secret("トークンの PIN", options.sign_pin_env, "--sign-pin-env"),
            options.sign_chain,
            utc_now(),
        )
    if options.sign_pfx:
        password = secret("PFX のパスワード", options.sign_password_env, "--sign-password-env")
        return from_pfx(options.sign_pfx, os.fsencode(password), options.sign_chain, utc_now())
    if can_ask() and kept_publisher(data_folder()) is None:
        _ask_for_publisher()
    signer, is_new = own_publisher(data_folder(), utc_now())
    if is_new:
        say(f"この PC の発行者「{signer.name}」を作りました: {data_folder()}")
        say(f"証明書の SHA-256: {by_four(signer.fingerprint)}")
        say("oqsgen keys export で控えを作り、安全な場所に保管してください。")
    return signer


def _ask_for_publisher() -> None:
    """Ask once whether this PC gets a publisher of its own. Raises CliError where the office's is to be imported."""
    from oqsgen.clinic.words import flag

    say(
        "この PC には、署名に使う発行者がまだありません。",
        "1 つの事業所では、1 つの発行者を使います。ほかの PC にもうあるなら、作らずに、",
        "その控え（.pfx）を取り込んでください。",
    )
    while True:
        typed = ask("Enter = この PC の発行者を作る、q = 中止して、控えを取り込む").strip()
        if not typed or flag(typed):
            return
        if half_width(typed).lower() == "q" or flag(typed) is False:
            say(
                "  発行者のある PC で: oqsgen keys export office.pfx",
                "  この PC で:         oqsgen keys import office.pfx",
            )
            raise CliError(
                "一式は 1 つも作っていません。控えを取り込んでから、もう一度実行してください。",
                INTERRUPTED,
            )
