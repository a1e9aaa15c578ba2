"""Checking one bundle: what is in memory in, a report out. Only ``check_folders`` reads a disk, nothing a clock.

The catalog and the script are signed; the catalog says what every other file has to be, the script
and the manifest have to say the same. Where a signature is not right, the next best list of files is
compared, so that a person still learns which file is wrong.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen import __version__
from oqsgen.limits import BUNDLE_BYTES, RUN_BYTES
from oqsgen.seal.catalog import list_id
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT
from oqsgen.seal.verify.catalog_reader import Catalog, open_catalog
from oqsgen.seal.verify.certificates import Chain, check_chain, fingerprint_of, make_chain
from oqsgen.seal.verify.files import COPY_AGAIN, compare, left_behind, not_read, sha1, sha256
from oqsgen.seal.verify.finding import Finding, SealError
from oqsgen.seal.verify.identity import check_identity
from oqsgen.seal.verify.listing import Listing, read_folder
from oqsgen.seal.verify.manifest_reader import hashes_in, input_of, read_manifest, text
from oqsgen.seal.verify.message import SignedMessage
from oqsgen.seal.verify.places import FOLDER_NAME
from oqsgen.seal.verify.report import Report, is_fine, signature_of
from oqsgen.seal.verify.script import open_script, plan_in
from oqsgen.seal.verify.stamp import judged_at
from oqsgen.seal.verify.trust import Trust

T = TypeVar("T")
P = ParamSpec("P")

PUBLISHER_FOLDER = "publisher/"
BEHIND_THE_SIBLINGS = (SCRIPT, MANIFEST, CATALOG)
"""What a bundle's folder is called; any other name was given by a person on purpose."""

SAME = (
    # manifest, plan
    (("tool",), ("bundle", "tool")),
    (("manual",), ("bundle", "manual")),
    (("facility", "code"), ("bundle", "facility", "code")),
    (("terminal",), ("bundle", "terminal")),
    (("signer",), ("bundle", "publisher")),
)
"""What both say."""

INPUT = (
    # input, plan
    (("facility", "code"), ("bundle", "facility", "code")),
    (("facility", "name"), ("bundle", "facility", "name")),
    (("terminals", 0, "name"), ("bundle", "terminal")),
    (("job", "mode"), ("bundle", "mode")),
)
"""What the input and the plan made of it both say."""


@dataclass
class _Opened:
    """The parts of a bundle that could be opened."""

    findings: list[Finding] = field(default_factory=list)
    plan: dict[str, Any] | None = None
    catalog: Catalog | None = None
    manifest: dict[str, Any] | None = None
    chains: dict[str, Chain] = field(default_factory=dict)
    """``terminal.ps1`` and ``bundle.cat``: the chain of whoever signed it."""
    stamped: set[str] = field(default_factory=set)
    """Those of them whose signature carries a time stamp."""

    @property
    def id(self) -> str:
        return text(self.plan, "bundle", "id") or text(self.manifest, "id")

    @property
    def whole(self) -> bool:
        """Whether everything is there that a verdict rests on."""
        return bool(self.plan and self.manifest and self.catalog and len(self.chains) == 2)

    def attempt(
        self, path: str, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """What ``read`` gives, or None, and a finding about ``path``."""
        try:
            return read(*args, **kwargs)
        except SealError as error:
            self.findings.append(Finding(path, error.code, str(error)))
            return None

    def blamed(self, path: str, *codes: str) -> bool:
        """Whether there is an error about ``path``; one of ``codes``, where some are given."""
        return any(
            finding.path == path
            and finding.severity == "error"
            and (not codes or finding.code in codes)
            for finding in self.findings
        )


def check_folders(folders: Iterable[Path], trust: Trust) -> Iterator[Report]:
    """The bundles at ``folders``, one after the other: no more than one is ever in memory.

    Whatever is in a bundle is a report of that bundle alone. All of them together are read up to RUN_BYTES.
    """
    room = RUN_BYTES.value
    for folder in folders:
        try:
            listing = read_folder(folder, min(room, BUNDLE_BYTES.value))
            room -= sum(map(len, listing.files.values()))
            yield check(listing, trust)
        except Exception as error:
            yield Report(folder.name, "", "", "", None, (_stopped(error),))


def check(listing: Listing, trust: Trust) -> Report:
    """Whether the bundle in ``listing`` is complete, untouched, and signed by whom."""
    with warnings.catch_warnings():
        # The certificates may be anybody's: what is odd about them is for the report alone.
        warnings.simplefilter("ignore")
        return _check(listing, trust)


def _check(listing: Listing, trust: Trust) -> Report:
    opened = _open(listing, trust)
    if _is_unsigned(listing, opened):
        opened.findings = [_unsigned()]
    else:
        opened.findings += _signers(listing, opened, trust)
        opened.findings += _ids(opened)
    opened.findings += _files(listing, opened)
    opened.findings += _agreement(listing, opened)
    opened.findings += left_behind(listing, _expected(opened) or {})
    code = text(opened.plan, "bundle", "facility", "code") or text(
        opened.manifest, "facility", "code"
    )
    terminal = text(opened.plan, "bundle", "terminal") or text(opened.manifest, "terminal")
    opened.findings += _folder_name(listing.name, code, terminal)
    if not opened.whole and is_fine(opened.findings):
        opened.findings.append(_not_a_bundle())
    chain = opened.chains.get(SCRIPT) or opened.chains.get(CATALOG)
    return Report(
        listing.name,
        opened.id,
        code,
        terminal,
        signature_of(chain, trust.own) if chain else None,
        tuple(
            dict.fromkeys(sorted(opened.findings, key=lambda finding: (finding.path, finding.code)))
        ),
    )


def _open(listing: Listing, trust: Trust) -> _Opened:
    opened = _Opened()
    manifest = listing.files.get(MANIFEST)
    script = listing.files.get(SCRIPT)
    catalog = listing.files.get(CATALOG)
    if manifest is not None:
        opened.manifest = opened.attempt(MANIFEST, read_manifest, manifest)
    if script is not None and (opened_script := opened.attempt(SCRIPT, open_script, script)):
        message, signed_text = opened_script
        opened.plan = opened.attempt(SCRIPT, plan_in, signed_text)
        _open_chain(opened, SCRIPT, message, trust)
    if catalog is not None and (opened_catalog := opened.attempt(CATALOG, open_catalog, catalog)):
        message, opened.catalog = opened_catalog
        _open_chain(opened, CATALOG, message, trust)
    return opened


def _open_chain(opened: _Opened, path: str, message: SignedMessage, trust: Trust) -> None:
    chain = opened.attempt(path, make_chain, message.certificate, message.certificates)
    if chain:
        opened.chains[path] = chain
        if message.timestamp is not None:
            opened.stamped.add(path)
        when, notices = judged_at(message, path, trust.now, trust.timestamp_roots)
        opened.findings += notices
        opened.findings += check_chain(chain, path, when)


def _is_unsigned(listing: Listing, opened: _Opened) -> bool:
    """Whether the bundle was built without a signature, and is not one that lost it."""
    codes = {(finding.path, finding.code) for finding in opened.findings}
    unsigned = opened.manifest is not None and opened.manifest.get("signer", "") is None
    return unsigned and (SCRIPT, "UNSIGNED") in codes and CATALOG not in listing.files


def _unsigned() -> Finding:
    return Finding(
        SCRIPT,
        "UNSIGNED",
        "署名していない一式（--unsigned）です。誰が作ったか分からず、PC では実行できません。"
        "署名して作り直してください。",
    )


def _signers(listing: Listing, opened: _Opened, trust: Trust) -> Iterator[Finding]:
    """Everything signed by the same one, who is the one that the bundle names and that is trusted."""
    chains = opened.chains
    if len({chain.certificates for chain in chains.values()}) > 1:
        yield Finding(
            CATALOG,
            "OTHER_SIGNER",
            f"「{SCRIPT}」とは別の発行者が署名しています。" + COPY_AGAIN,
        )
    for path, chain in chains.items():
        if trust.trust and trust.trust.isdisjoint(chain.certificates):
            yield Finding(
                path,
                "NOT_TRUSTED",
                "--trust で指定した証明書による署名ではありません。使わずに、誰が作ったかを"
                "確かめてください。",
            )
    if not chains:
        return
    chain = chains.get(SCRIPT) or chains[CATALOG]
    expected = _publisher_files(chain)
    publisher_files = {path: data for path, data in listing.files.items() if path in expected}
    for path in publisher_files:
        if publisher_files[path] != expected[path]:
            yield Finding(
                path, "OTHER_CERTIFICATE", "署名した発行者の証明書ではありません。" + COPY_AGAIN
            )
    fingerprint = fingerprint_of(chain.signer)
    if opened.manifest:
        stamped = [path in opened.stamped for path in chains]
        yield from check_identity(opened.manifest, stamped, fingerprint)
    stated = {
        MANIFEST: text(opened.manifest, "signer"),
        SCRIPT: text(opened.plan, "bundle", "publisher"),
    }
    for path, name in stated.items():
        if name and name != fingerprint:
            yield Finding(
                path, "OTHER_SIGNER", "署名の発行者と、書いてある発行者が違います。" + COPY_AGAIN
            )


def _publisher_files(chain: Chain) -> dict[str, bytes]:
    signer, *cas = (certificate.public_bytes(Encoding.DER) for certificate in chain.certificates)
    files = {f"{PUBLISHER_FOLDER}publisher.cer": signer}
    for number, ca in enumerate(cas[:-1], start=1):
        files[f"{PUBLISHER_FOLDER}ca-{number}.cer"] = ca
    if cas:
        files[f"{PUBLISHER_FOLDER}root.cer"] = cas[-1]
    return files


def _ids(opened: _Opened) -> Iterator[Finding]:
    """Script, manifest and catalog name the same bundle: the one that differs is another's."""
    script = text(opened.plan, "bundle", "id")
    manifest = text(opened.manifest, "id")
    ids = {path: list_id(id) for path, id in ((SCRIPT, script), (MANIFEST, manifest)) if id}
    if opened.catalog:
        ids[CATALOG] = opened.catalog.list_id
    most = max(ids.values(), key=list(ids.values()).count, default=b"")
    for path, id in ids.items():
        if id != most:
            yield Finding(path, "OTHER_BUNDLE", "別の一式のものです。" + COPY_AGAIN)


def _files(listing: Listing, opened: _Opened) -> Iterator[Finding]:
    """The files against the best list of them that there is."""
    yield from not_read(listing)
    expected = _expected(opened)
    if expected is None:
        yield _not_a_bundle()
        return
    for finding in compare(listing, expected):
        # What was found out about a file already says more than that it changed.
        if finding.code != "CHANGED" or not opened.blamed(finding.path):
            yield finding


def _expected(opened: _Opened) -> dict[str, str | None] | None:
    siblings = hashes_in(opened.plan, "siblings") if opened.plan else None
    if opened.catalog and not opened.blamed(CATALOG, "OTHER_BUNDLE", "OTHER_SIGNER"):
        return {CATALOG: None, **{p: digest.hex() for p, digest in opened.catalog.sha256.items()}}
    if siblings is not None:
        return {SCRIPT: None, MANIFEST: None, CATALOG: None, **siblings}
    if opened.manifest:
        listed: dict[str, str | None] = {MANIFEST: None, **opened.manifest["files"]}
        return {**listed, CATALOG: None} if opened.manifest.get("signer") else listed
    return None


def _agreement(listing: Listing, opened: _Opened) -> Iterator[Finding]:
    """Catalog, manifest and script say the same about the files and about the bundle."""
    plan, manifest = opened.plan, opened.manifest
    siblings = hashes_in(plan, "siblings") if plan else None
    if plan and siblings is None:
        yield Finding(SCRIPT, "DISAGREES", "ほかのファイルの目録が入っていません。" + COPY_AGAIN)
    if opened.catalog:
        listed = {path: digest.hex() for path, digest in opened.catalog.sha256.items()}
        if not {SCRIPT, MANIFEST} <= set(listed) or CATALOG in listed:
            yield Finding(CATALOG, "DISAGREES", "一式のカタログではありません。" + COPY_AGAIN)
        for path, digest in opened.catalog.sha1.items():
            data = listing.files.get(path)
            if data is not None and sha256(data) == listed[path] and sha1(data) != digest:
                yield Finding(
                    CATALOG, "DISAGREES", f"「{path}」の SHA-1 が合いません。" + COPY_AGAIN
                )
        if siblings is not None and siblings != _without(listed, *BEHIND_THE_SIBLINGS):
            yield from _disagrees(opened, SCRIPT, CATALOG)
        if manifest and manifest["files"] != _without(listed, MANIFEST, CATALOG):
            yield from _disagrees(opened, MANIFEST, CATALOG)
    if manifest and siblings not in (None, _without(manifest["files"], *BEHIND_THE_SIBLINGS)):
        yield from _disagrees(opened, MANIFEST, SCRIPT)
    if manifest and plan:
        bundle_input = input_of(manifest)
        agree = all(text(manifest, *key) == text(plan, *plan_key) for key, plan_key in SAME)
        agree &= all(text(bundle_input, *key) == text(plan, *plan_key) for key, plan_key in INPUT)
        if not agree:
            yield from _disagrees(opened, MANIFEST, SCRIPT)


def _disagrees(opened: _Opened, path: str, other_path: str) -> Iterator[Finding]:
    if not opened.blamed(path) and not opened.blamed(other_path):
        yield Finding(path, "DISAGREES", f"「{other_path}」と内容が合いません。" + COPY_AGAIN)


def _stopped(error: Exception) -> Finding:
    """A file that is odd in a way that nobody thought of: of this bundle nothing is known."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return Finding(
        "",
        "CHECK_STOPPED",
        "調べている途中で止まりました。この一式は使わずに、次の行を報告してください: "
        f"oqsgen {__version__} {type(error).__name__} {where}",
    )


def _not_a_bundle() -> Finding:
    return Finding(
        "",
        "NOT_A_BUNDLE",
        "oqsgen の一式として確かめられません（署名や目録が無いか、読めません）。使わずに、"
        + COPY_AGAIN,
    )


def _without(hashes: Mapping[str, str], *paths: str) -> dict[str, str]:
    return {path: digest for path, digest in hashes.items() if path not in paths}


def _folder_name(name: str, code: str, terminal: str) -> Iterator[Finding]:
    if not code or not terminal or name == f"{code}_{terminal}":
        return
    right_name = f"{code}_{terminal}"
    if FOLDER_NAME.fullmatch(name):
        yield Finding(
            "",
            "FOLDER_NAME",
            f"フォルダー名は別の端末のものです。中身は「{right_name}」の一式です。"
            "取り違えていないか確かめ、フォルダー名を直してください。",
        )
    else:
        yield Finding("", "FOLDER_NAME", f"フォルダー名は元は「{right_name}」でした。", "notice")
