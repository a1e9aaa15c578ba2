"""The bundle ids that a person holds in the hand, against the bundles that are there."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.identity import WITHOUT_IDENTITY
from oqsgen.seal.verify.manifest_reader import BUNDLE_ID
from oqsgen.seal.verify.report import Report
from oqsgen.text import by_four


def printed_id(text: str) -> str:
    """A bundle id however it was typed off. Raises ValueError where it is none."""
    digits = re.sub(r"[\s\-‐-―−ー]", "", unicodedata.normalize("NFKC", text)).lower()
    if not BUNDLE_ID.fullmatch(digits):
        raise ValueError("not a bundle id")
    return digits


def expecting(
    reports: Sequence[Report], expected: frozenset[str]
) -> tuple[list[Report], list[Finding]]:
    """The reports, and findings about all of them, where bundles of these ids are looked for.

    Every one of them has to be there, with an id that was computed again from what it names. Another
    bundle for the same terminal is not the one that was printed; bundles for other terminals are only
    named where the same publisher signed them.
    """
    if not expected:
        return list(reports), []
    ids = {report.id for report in reports}
    terminals = {(report.code, report.terminal) for report in reports if report.id in expected}
    complete = expected <= ids
    judged = [
        _judged(report, expected, terminals, alone=len(reports) == 1, complete=complete)
        for report in reports
    ]
    signers = {_signer(report) for report in reports if report.id in expected}
    judged = [_by_the_same(report, signers) for report in judged]
    missing = [
        Finding(
            "",
            "EXPECTED_MISSING",
            f"印刷物の ID {by_four(id)} の一式がありません。印刷物と同じときに作った一式を"
            "コピーしてください。",
        )
        for id in sorted(expected - ids)
    ]
    return judged, missing


def _judged(
    report: Report,
    expected: frozenset[str],
    terminals: set[tuple[str, str]],
    *,
    alone: bool,
    complete: bool,
) -> Report:
    """``complete``: every bundle that is looked for is there. Else nobody knows which of the others was meant."""
    if report.id in expected:
        return replace(report, findings=tuple(map(_insisting, report.findings)))
    if alone or (report.code, report.terminal) in terminals:
        finding = Finding(
            "",
            "OTHER_ID",
            "印刷物とは別の一式です（古いか、作り直す前のもの）。印刷物と同じときに作った一式を"
            "使ってください。",
        )
    else:
        finding = Finding(
            "",
            "NOT_EXPECTED",
            "印刷物の ID と見比べていない一式です。",
            "notice" if complete else "error",
        )
    return replace(report, findings=(finding, *report.findings))


def _insisting(finding: Finding) -> Finding:
    """An id that names neither publisher nor content proves nothing to whoever compares it."""
    if finding.code != WITHOUT_IDENTITY:
        return finding
    text = (
        "前の版の oqsgen で作った一式で、--expect の ID だけでは確かめられません。今の版で作り直すか、"
        "--expect を付けずに、指紋を見比べてください。"
    )
    return replace(finding, severity="error", message=text)


def _by_the_same(report: Report, signers: set[str]) -> Report:
    if len(signers | {_signer(report)}) <= 1 or not signers:
        return report
    text = (
        "番号を指定した一式と、署名の発行者が違います。使わずに、指紋で誰が作ったかを"
        "確かめてください。"
    )
    return replace(report, findings=(Finding("", "OTHER_SIGNER", text), *report.findings))


def _signer(report: Report) -> str:
    """The fingerprint of who signed, empty where nobody did."""
    return report.signature.fingerprint if report.signature else ""
