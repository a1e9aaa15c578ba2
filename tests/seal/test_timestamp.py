"""Timestamps from a server of our own, good and bad, and what another tool says of them."""

import hashlib
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oqsgen.limits import STAMP_SECONDS
from oqsgen.resources import folder
from oqsgen.seal import der
from oqsgen.seal.authenticode import sign_script
from oqsgen.seal.cms import SPC_RFC3161
from oqsgen.seal.signer import Signer, SignerError, TimestampError, make_signer
from oqsgen.seal.timestamp import TRUE, _BadAnswerError, checked_token, request, timestamps_from
from oqsgen.seal.verify.message import SignedMessage
from oqsgen.seal.verify.script import open_script
from oqsgen.seal.verify.stamp import judged_at
from tests.certificates import NOW, Authority, Issued
from tests.command import OQSGEN, Run
from tests.fuzz.asn1 import Node, tree
from tests.seal.test_authenticode import needs_osslsigncode
from tests.slow_server import WAYS, SlowServer
from tests.timestamp_server import TimestampServer

needs_openssl = pytest.mark.needs("openssl")

SCRIPT = "\ufeff'問診'\r\n".encode()
SIGNATURE = b"signature"
QUICK = (0.01, 0.01, 0.01)

Stamp = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def tsa_root(authority: Authority) -> Issued:
    return authority.issue("時刻のルート", ca=True, usages=None, days=(-4000, 4000))


def issued_for_time(authority: Authority, root: Issued, kind: str = "rsa2048") -> Issued:
    usages = (ExtendedKeyUsageOID.TIME_STAMPING,)
    return authority.issue(
        f"時刻 {kind}", root, kind=kind, usages=usages, critical=True, days=(-4000, 4000)
    )


@pytest.fixture(scope="module")
def server(
    authority: Authority, tsa_root: Issued, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TimestampServer]:
    tsa = TimestampServer(tmp_path_factory.mktemp("tsa"), issued_for_time(authority, tsa_root))
    yield tsa
    tsa.close()


@pytest.fixture
def tsa(server: TimestampServer) -> TimestampServer:
    server.reset()
    return server


def stamp(tsa: TimestampServer) -> Stamp:
    return timestamps_from(tsa.url, timeout=0.7, pauses=QUICK)


@needs_openssl
def test_a_token_is_for_the_signature_and_kept_as_it_came(
    tsa: TimestampServer, tmp_path: Path, tsa_root: Issued
) -> None:
    token = timestamps_from(tsa.url)(SIGNATURE)
    assert (tsa.folder / "reply").read_bytes().endswith(token)
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "root.pem").write_bytes(tsa_root.certificate.public_bytes(Encoding.PEM))
    digest = hashlib.sha256(SIGNATURE).hexdigest()
    command = ["openssl", "ts", "-verify", "-digest", digest, "-in", "token", "-token_in"]
    subprocess.run([*command, "-CAfile", "root.pem"], cwd=tmp_path, check=True)


@needs_openssl
def test_a_pc_whose_clock_is_behind_is_told(
    tsa: TimestampServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finished bundle would be of the future, and refused; a few seconds are none."""
    monkeypatch.setattr(
        "oqsgen.seal.timestamp.utc_now", lambda: datetime.now(UTC) - timedelta(days=2, minutes=70)
    )
    with pytest.raises(TimestampError, match=r"遅れています（2 日 1 時間 1?[0-9] 分）"):
        timestamps_from(tsa.url)(SIGNATURE)
    monkeypatch.setattr(
        "oqsgen.seal.timestamp.utc_now", lambda: datetime.now(UTC) - timedelta(minutes=4)
    )
    assert timestamps_from(tsa.url)(SIGNATURE)


@needs_openssl
def test_two_questions_have_two_nonces(tsa: TimestampServer) -> None:
    asking = timestamps_from(tsa.url)
    asking(SIGNATURE)
    first = (tsa.folder / "query").read_bytes()
    asking(SIGNATURE)
    second = (tsa.folder / "query").read_bytes()
    assert first != second
    text = subprocess.run(
        ["openssl", "ts", "-query", "-in", "query", "-text"],
        cwd=tsa.folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Certificate required: yes" in text
    assert "sha256" in text and "Nonce: 0x" in text


@needs_openssl
@pytest.mark.parametrize(("kind", "digest"), [("p256", "sha256"), ("rsa3072", "sha512")])
def test_servers_sign_in_several_ways(
    kind: str, digest: str, authority: Authority, tsa_root: Issued, tmp_path: Path
) -> None:
    tsa = TimestampServer(tmp_path, issued_for_time(authority, tsa_root, kind), digest=digest)
    try:
        assert timestamps_from(tsa.url)(SIGNATURE)
    finally:
        tsa.close()


@needs_openssl
def test_a_server_that_comes_back_is_asked_again(tsa: TimestampServer) -> None:
    tsa.fails = 3
    assert stamp(tsa)(SIGNATURE)
    assert tsa.asked == 4


FAILURES = {
    "500": ("HTTP 500", 4),
    "404": ("HTTP 404", 1),
    "hang": ("時間切れ", 4),
    "drip": ("時間切れ", 4),
    "cut": ("通信の失敗", 4),
    "garbage": ("応答を使えません", 1),
    "empty": ("応答を使えません", 1),
    "large": ("応答を使えません", 1),
    "rejected": ("拒否されました: 状態 2", 1),
}


@needs_openssl
@pytest.mark.parametrize("behave", FAILURES)
def test_a_server_that_fails_is_said(behave: str, tsa: TimestampServer) -> None:
    tsa.behave = behave
    with pytest.raises(TimestampError) as caught:
        stamp(tsa)(SIGNATURE)
    said, asked = FAILURES[behave]
    assert said in str(caught.value)
    assert "127.0.0.1" in str(caught.value)
    assert str(caught.value).endswith("。")
    assert tsa.asked == asked


@needs_openssl
def test_a_server_without_an_answer_is_given_up_for_the_other_bundles(
    tsa: TimestampServer,
) -> None:
    tsa.behave = "500"
    asking = stamp(tsa)
    for _ in range(3):
        with pytest.raises(TimestampError):
            asking(SIGNATURE)
    assert tsa.asked == 4


def test_nobody_listens_there() -> None:
    with pytest.raises(TimestampError, match="接続を断られました"):
        timestamps_from("http://127.0.0.1:1/", pauses=())(SIGNATURE)
    with pytest.raises(TimestampError, match="名前が見つかりません"):
        timestamps_from("http://tsa.invalid/", pauses=())(SIGNATURE)


IMPRINT = hashlib.sha256(SIGNATURE).digest()


@needs_openssl
@pytest.mark.parametrize(
    ("query", "said"),
    [
        (request(IMPRINT, 4711), "この問い合わせへの応答ではありません"),
        (request(hashlib.sha256(b"other").digest(), 4711), "別の署名"),
        (request(IMPRINT, 4711).replace(TRUE, b"\x01\x01\x00"), "証明書が入っていません"),
    ],
    ids=["nonce", "imprint", "certificates"],
)
def test_an_answer_to_another_question_is_refused(
    query: bytes, said: str, tsa: TimestampServer
) -> None:
    tsa.query = query
    with pytest.raises(TimestampError, match=said) as caught:
        stamp(tsa)(SIGNATURE)
    assert "使えません" in str(caught.value)


@pytest.fixture(scope="module")
def answer(server: TimestampServer) -> bytes:
    """A good answer to ``request(IMPRINT, 4711)``."""
    response = server.reply(request(IMPRINT, 4711))
    assert checked_token(response, IMPRINT, 4711)
    return response


@needs_openssl
def test_a_certificate_for_something_else_is_refused(
    authority: Authority, tsa: TimestampServer, answer: bytes
) -> None:
    real = bytes.fromhex("06082b06010505070308")
    assert real in answer
    with pytest.raises(_BadAnswerError, match="時刻のためのものではありません"):
        checked_token(answer.replace(real, bytes.fromhex("06082b06010505070303")), IMPRINT, 4711)


@needs_openssl
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_answer_is_refused_or_keeps_its_meaning(
    answer: bytes, data: st.DataObject
) -> None:
    """No byte of what was signed, and none of the signature, can be changed."""
    at = data.draw(st.integers(0, len(answer) - 1))
    value = data.draw(st.integers(0, 255))
    changed = answer[:at] + bytes([value]) + answer[at + 1 :]
    content = answer.index(b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04")
    covered = range(content + 20, content + 60)
    try:
        checked_token(changed, IMPRINT, 4711)
    except _BadAnswerError:
        return
    assert changed == answer or at not in covered


@needs_openssl
def test_a_build_takes_no_answer_that_a_check_would_refuse(answer: bytes) -> None:
    """Certificates are not signed: a proxy can add to them, and the bundle would be found wrong at the clinic."""
    root = tree(answer)
    certificates = root.at(1, 1, 0, 3)
    assert certificates.inner
    certificates.inner.append(Node(0x30, b""))
    with pytest.raises(_BadAnswerError):
        checked_token(root.encoded(), IMPRINT, 4711)


@needs_openssl
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rubbish_is_refused_in_words(answer: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(answer) - 1))
    for rubbish in (answer[:cut], data.draw(st.binary(max_size=300)), b"\x30\x84" + answer[cut:]):
        with pytest.raises(_BadAnswerError):
            checked_token(rubbish, IMPRINT, 4711)


def test_deep_nesting_and_endless_lengths_are_refused() -> None:
    for rubbish in (b"\x30\x80" * 100_000, b"\x30\xff" + b"\xff" * 200, b"\x1f" * 50, b"\x30"):
        with pytest.raises(_BadAnswerError):
            checked_token(rubbish, IMPRINT, 4711)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "tsa.example",
        "ftp://tsa.example/",
        "file:///etc/passwd",
        "http://",
        "http://[x",
        "http://h:x/",
        "http://例え.jp/",
        "http://tsa.example/a b",
        "http://tsa.example/\r\nX: y",
    ],
)
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(SignerError, match="http://"):
        timestamps_from(url)


def test_a_url_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(SignerError, match="パスワード") as caught:
        timestamps_from("https://user:himitsu@tsa.example/")
    assert "himitsu" not in str(caught.value)


@pytest.mark.needs("openssl", "rfc3161-client")
def test_the_chain_is_followed_to_a_given_root(
    tsa: TimestampServer, tsa_root: Issued, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "root.cer").write_bytes(tsa_root.der)
    assert timestamps_from(tsa.url, [tmp_path / "root.cer"] * 2)(SIGNATURE)
    other = authority.issue("別の時刻のルート", ca=True, usages=None, days=(-4000, 4000))
    (tmp_path / "other.cer").write_bytes(other.der)
    with pytest.raises(TimestampError, match="つながりません"):
        timestamps_from(tsa.url, [tmp_path / "other.cer"])(SIGNATURE)


def test_without_the_extra_the_command_that_installs_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tsa_root: Issued, tmp_path: Path
) -> None:
    (tmp_path / "root.cer").write_bytes(tsa_root.der)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(SignerError, match=r"pip install 'oqsgen\[timestamp\]'"):
        timestamps_from("http://127.0.0.1:1/", [tmp_path / "root.cer"])


@pytest.fixture(scope="module")
def root(authority: Authority) -> Issued:
    return authority.issue("試験ルート", ca=True, days=(-4000, 4000))


@pytest.fixture(scope="module")
def signer(authority: Authority, root: Issued) -> Signer:
    leaf = authority.issue("試験 発行者", root, days=(-4000, 4000))
    return make_signer(leaf.key, leaf.certificate, (root.certificate,), ends=True)


@needs_openssl
@needs_osslsigncode
def test_another_tool_verifies_the_time_and_after_the_end_too(
    tsa: TimestampServer, tsa_root: Issued, root: Issued, signer: Signer, tmp_path: Path
) -> None:
    (tmp_path / "stamped.ps1").write_bytes(
        sign_script(SCRIPT, signer.with_timestamp(stamp(tsa)), "x")
    )
    (tmp_path / "bare.ps1").write_bytes(sign_script(SCRIPT, signer, "x"))
    (tmp_path / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "tsa.pem").write_bytes(tsa_root.certificate.public_bytes(Encoding.PEM))
    later = int((NOW + timedelta(days=4001)).timestamp())

    def verified(name: str, *more: str) -> subprocess.CompletedProcess[str]:
        command = ["osslsigncode", "verify", "-CAfile", "root.pem", "-TSA-CAfile", "tsa.pem"]
        return subprocess.run(
            [*command, "-in", name, *more], cwd=tmp_path, capture_output=True, text=True
        )

    now = verified("stamped.ps1")
    assert now.returncode == 0
    assert "Timestamp Server Signature verification: ok" in now.stdout
    assert verified("stamped.ps1", "-time", str(later)).returncode == 0
    assert verified("bare.ps1", "-time", str(later)).returncode != 0


def told(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """The problems of a build, but for what the smallest clinic's file leaves to a person."""
    problems: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    return [problem for problem in problems if problem["code"] != "SHARE_BY_HAND"]


@needs_openssl
def test_a_build_has_a_timestamp_or_is_not_made(
    tsa: TimestampServer,
    run: Run,
    signer: Signer,
    root: Issued,
    authority: Authority,
    tmp_path: Path,
) -> None:
    leaf = authority.issue("試験 発行者", root, days=(-4000, 4000))
    (tmp_path / "vendor.pfx").write_bytes(authority.pfx(leaf, (root,)))
    example = str(folder("specs") / "examples" / "smallest.yaml")
    command = ["build", example, "--sign-pfx", "vendor.pfx", "--sign-password-env", "SECRET"]
    environment = {"SECRET": Authority.PASSWORD.decode()}

    bare = run(*command, "--format", "json", **environment)
    assert [one["code"] for one in told(bare)] == ["SIGNATURE_ENDS"]
    before = contents(tmp_path / "dist")

    stamped = [*command, "--timestamp-url", tsa.url, "--format", "json"]
    tsa.behave = "404"
    failed = run(*stamped, **environment)
    assert failed.returncode == 1
    (problem,) = told(failed)
    assert problem["code"] == "TIMESTAMP_FAILED" and "HTTP 404" in problem["message"]
    assert contents(tmp_path / "dist") == before

    tsa.behave = "ok"
    done = run(*stamped, **environment)
    assert done.returncode == 0, done.stdout
    assert told(done) == []
    ids = [json.loads(one.stdout)["bundles"][0]["id"] for one in (bare, done)]
    assert ids[0] != ids[1]
    (script,) = tmp_path.glob("dist/*/terminal.ps1")
    block = b64decode(b"".join(re.findall(rb"^# ([A-Za-z0-9+/=]+)\r$", script.read_bytes(), re.M)))
    assert der.oid(SPC_RFC3161) in block


@pytest.mark.parametrize(
    "arguments",
    [
        ["--unsigned", "--timestamp-url", "http://127.0.0.1/"],
        ["--timestamp-ca", "x.cer"],
        ["--sign-pin-env", "PIN"],
        ["--sign-pfx", "x.pfx", "--sign-pkcs11", "pkcs11:"],
        ["--unsigned", "--sign-pkcs11", "pkcs11:"],
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(
    arguments: list[str], run: Run, tmp_path: Path
) -> None:
    done = run("build", "clinic.yaml", *arguments)
    assert done.returncode == 2
    assert "使い方" in done.stderr
    assert list(tmp_path.iterdir()) == []


def contents(target: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in target.rglob("*") if path.is_file()}


LATER = datetime.now(UTC) + timedelta(days=3650)
"""Long after the token was made."""


@pytest.fixture(scope="module")
def stamped(server: TimestampServer, authority: Authority) -> SignedMessage:
    server.reset()
    leaf = authority.issue("時刻付き", usages=(ExtendedKeyUsageOID.CODE_SIGNING,))
    signer = make_signer(leaf.key, leaf.certificate, (), ends=True)
    script = sign_script(SCRIPT, signer.with_timestamp(timestamps_from(server.url)), "問診")
    message, _ = open_script(script)
    return message


@needs_openssl
def test_a_time_stamp_counts_below_a_root_that_is_named(
    stamped: SignedMessage, tsa_root: Issued
) -> None:
    when, (finding,) = judged_at(stamped, "x", LATER, frozenset({tsa_root.certificate}))
    assert abs(when - datetime.now(UTC)) < timedelta(minutes=10)
    assert (finding.code, finding.severity) == ("TIMESTAMP", "notice")


@needs_openssl
def test_a_time_stamp_moves_nothing_without_its_root(
    stamped: SignedMessage, authority: Authority
) -> None:
    when, (finding,) = judged_at(stamped, "x", LATER, frozenset())
    assert when == LATER and "--timestamp-ca" in finding.message
    assert (finding.code, finding.severity) == ("TIMESTAMP_NOT_TRUSTED", "notice")
    other = authority.issue("別のルート", ca=True, usages=None, days=(-4000, 4000))
    when, (finding,) = judged_at(stamped, "x", LATER, frozenset({other.certificate}))
    assert when == LATER
    assert (finding.code, finding.severity) == ("TIMESTAMP_NOT_TRUSTED", "error")


@needs_openssl
def test_a_time_stamp_of_another_signature_or_of_the_future_is_wrong(
    stamped: SignedMessage, tsa_root: Issued
) -> None:
    roots = frozenset({tsa_root.certificate})
    moved = replace(stamped, signature=stamped.signature[::-1])
    when, (finding,) = judged_at(moved, "x", LATER, roots)
    assert when == LATER and finding.code == "TIMESTAMP_WRONG"
    early = datetime(2020, 1, 1, tzinfo=UTC)
    when, (finding,) = judged_at(stamped, "x", early, roots)
    assert when == early and finding.code == "TIMESTAMP_WRONG"
    _, (finding,) = judged_at(stamped, "x", datetime.now(UTC) - timedelta(minutes=3), roots)
    assert finding.code == "TIMESTAMP"


@needs_openssl
def test_no_changed_byte_of_a_time_stamp_ends_in_a_traceback(
    stamped: SignedMessage, tsa_root: Issued
) -> None:
    assert stamped.timestamp is not None
    roots = frozenset({tsa_root.certificate})
    pick = random.Random(5)
    for _ in range(200):
        token = bytearray(stamped.timestamp)
        token[pick.randrange(len(token))] ^= 1 + pick.randrange(255)
        _, findings = judged_at(replace(stamped, timestamp=bytes(token)), "x", LATER, roots)
        assert findings


# --- servers that never end


@pytest.fixture(params=WAYS)
def slow_server(request: pytest.FixtureRequest) -> Iterator[SlowServer]:
    server = SlowServer(WAYS[request.param])
    yield server
    server.close()


def test_a_server_that_never_ends_its_answer_is_given_up(slow_server: SlowServer) -> None:
    """Each of them sends, or waits, in pieces that are shorter than the whole limit."""
    answers: SimpleQueue[BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            timestamps_from(slow_server.url, timeout=1, pauses=())(SIGNATURE)
        except BaseException as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    # Far more than the limit and far less than for ever: no time is measured here.
    error = answers.get(timeout=60)
    assert isinstance(error, TimestampError)
    assert "時間切れ" in str(error)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_server_that_sends_elsewhere_is_not_followed(code: int) -> None:
    asked: list[bytes] = []

    def send(connection: socket.socket, ended: Event) -> None:
        asked.append(b"")
        place = b"Location: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(f"HTTP/1.1 {code} Found\r\n".encode() + place)

    server = SlowServer(send)
    with pytest.raises(TimestampError, match=f"HTTP {code}"):
        timestamps_from(server.url, timeout=5, pauses=())(SIGNATURE)
    server.close()
    assert len(asked) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupted_build_does_not_wait_for_a_server(
    slow_server: SlowServer, tmp_path: Path
) -> None:
    example = folder("specs") / "examples" / "smallest.yaml"
    shutil.copy(example, tmp_path / "clinic.yaml")
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")}
    subprocess.run([*OQSGEN, "keys", "new"], cwd=tmp_path, env=environment, check=True, timeout=120)
    command = [*OQSGEN, "build", "clinic.yaml", "--timestamp-url", slow_server.url]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as build:
        assert slow_server.asked.wait(120)
        build.send_signal(signal.SIGINT)
        # Less than the limit of one question, which a build that waits would need.
        _, said = build.communicate(timeout=STAMP_SECONDS.value)
    assert build.returncode == 130
    assert said.splitlines()[-1] == "中止しました。"
    assert "Traceback" not in said
    assert not (tmp_path / "dist").exists() or not list((tmp_path / "dist").iterdir())
