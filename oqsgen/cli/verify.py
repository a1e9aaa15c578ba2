"""``oqsgen verify``: is a bundle complete, untouched, and signed by whom?"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import (
    OK,
    VERIFY_FAILED,
    CliError,
    format_option,
    print_json,
    write,
)
from oqsgen.files import reason
from oqsgen.limits import NAME_CHARACTERS
from oqsgen.text import by_four, cut, visible


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument(
    "folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path)
)
@click.option(
    "--trust",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="この証明書（PEM か DER。署名者かその発行元）による署名だけを認めます。",
)
@click.option(
    "--timestamp-ca",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="タイムスタンプのサーバーのルート証明書（PEM か DER）。期限の後も、付けた時刻で判断します。",
)
@click.option(
    "--expect",
    metavar="ID",
    multiple=True,
    help="チェックリストに印刷された bundle の ID。何度でも指定できます。",
)
@format_option
def verify(
    folders: tuple[Path, ...],
    trust: Path | None,
    timestamp_ca: Path | None,
    expect: tuple[str, ...],
    output: str,
) -> int:
    """一式がそろい、作ったときのままで、誰の署名かを確かめます。"""
    from oqsgen.seal.publisher import data_folder
    from oqsgen.seal.signer import utc_now
    from oqsgen.seal.verify.check import check_folders
    from oqsgen.seal.verify.expectation import expecting
    from oqsgen.seal.verify.find_bundles import bundles_in
    from oqsgen.seal.verify.report import is_fine
    from oqsgen.seal.verify.trust import Trust, own_fingerprints

    expected = _expected_ids(expect)
    trust_settings = Trust(
        utc_now(), own_fingerprints(data_folder()), _trusted(trust), _trusted(timestamp_ca)
    )
    paths, findings = [], []
    for folder in folders:
        bundles, folder_findings = bundles_in(folder)
        paths += bundles
        findings += folder_findings
    reports, missing_bundles = expecting([*check_folders(paths, trust_settings)], expected)
    findings += missing_bundles
    fine = is_fine(findings) and all(report.fine for report in reports)
    if output == "json":
        bundles_json = [
            {"path": str(path), **report.as_json()}
            for path, report in zip(paths, reports, strict=True)
        ]
        findings_json = [finding.as_json() for finding in findings]
        print_json({"fine": fine, "bundles": bundles_json, "findings": findings_json})
    else:
        for path, report in zip(paths, reports, strict=True):
            _print_report(path, report)
        for finding in findings:
            write(_finding_text(finding))
    return OK if fine else VERIFY_FAILED


def _expected_ids(texts: Iterable[str]) -> frozenset[str]:
    from oqsgen.seal.verify.expectation import printed_id

    try:
        return frozenset(printed_id(text) for text in texts)
    except ValueError as error:
        raise click.UsageError(
            "--expect には、チェックリストに印刷された 32 桁の ID を書いてください。"
        ) from error


def _trusted(file: Path | None) -> Any:
    from oqsgen.seal.verify.trust import certificates_in

    if file is None:
        return frozenset()
    try:
        return certificates_in(file)
    except OSError as error:
        raise CliError(
            f"エラー: {file} を読めません（{reason(error)}）。場所と読み取りの許可を"
            "確かめてください。"
        ) from error
    except ValueError as error:
        raise CliError(
            f"エラー: {file} は証明書ではありません。PEM か DER の証明書を指定してください。"
        ) from error


def _print_report(path: Path, report: Any) -> None:
    publishers = {
        "own": "このユーザーの発行者",
        "oqsgen": "oqsgen が作った別の発行者（指紋で確かめてください）",
        "certificate": "PFX などの証明書（指紋で確かめてください）",
    }
    errors = sum(finding.severity == "error" for finding in report.findings)
    verdict = f"使わないでください（{errors} 件）" if errors else "問題ありません"
    write(f"{path}: {verdict}")
    if report.id:
        claimed = "" if report.signature else "（署名で確かめられていません）"
        write(f"  bundle  {by_four(report.id)}{claimed}")
    if report.signature:
        who = report.signature
        write(
            f"  署名者  {publishers[who.publisher]}: {cut(visible(who.name), NAME_CHARACTERS.value)}",
            f"  SHA-256 {by_four(who.fingerprint)}",
            f"  期限    {who.ends} まで",
        )
    for finding in report.findings:
        write(f"  {_finding_text(finding)}")


def _finding_text(finding: Any) -> str:
    mark = "エラー" if finding.severity == "error" else "お知らせ"
    prefix = f"{finding.path}: " if finding.path else ""
    return f"{mark}: {prefix}{finding.message} [{finding.code}]"
