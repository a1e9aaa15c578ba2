"""The bundles of a build, several at once: each is whole in its place or not there, also where the build is stopped."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oqsgen.cli.progress import Progress
from oqsgen.files import reason
from oqsgen.input.problems import Problem

if TYPE_CHECKING:
    from oqsgen.bundle import Bundle

TICK = 1.0
"""Seconds after which the time that is left is told anew; Windows sees no Ctrl+C while a thread waits longer."""
SECONDS_TO_STOP = 60.0
"""For folders that are being put into place when a build is stopped, on a slow stick."""


@dataclass
class Made:
    """What a build came to. ``stopped`` by a person before all was done."""

    bundles: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stopped: bool = False


class _StoppedError(Exception):
    """The build was stopped: nobody waits any more for what a bundle has come to."""


class BundleError(Exception):
    """Why one bundle was not made."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Gate:
    """Lets what a bundle has come to count, unless the build was stopped; who stops it waits for those that go through."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def passing(self) -> Iterator[None]:
        with self._changed:
            if self._closed:
                raise _StoppedError
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Let nobody in any more, and wait until nobody is inside. A second Ctrl+C does not wait."""
        end = time.monotonic() + SECONDS_TO_STOP
        with self._changed:
            self._closed = True
            while self._inside and time.monotonic() < end:
                self._changed.wait(TICK / 10)


def make_all(
    profiles: Sequence[tuple[Path, Any]],
    signer: Any,
    target: Path,
    jobs: int,
    *,
    with_progress: bool,
) -> Made:
    """The bundle of each profile, and for each that could not be made a problem of its file."""
    result, gate = Made(), _Gate()
    progress = Progress(len(profiles), jobs, is_shown=with_progress)

    def make(file: Path, profile: Any) -> None:
        progress.begin(f"{profile.facility.name} {profile.terminal.name}")
        _make_or_tell(file, profile, signer, target, result, gate)

    pool = ThreadPoolExecutor(jobs)
    try:
        futures: set[Future[None]] = {pool.submit(make, *each) for each in profiles}
        while futures:
            progress.show(len(profiles) - len(futures))
            ended, futures = wait(futures, TICK, FIRST_COMPLETED)
            for future in ended:
                future.result()
        pool.shutdown()
    except BaseException as error:
        # What waits for a server is left to end with us; what is being written becomes whole.
        pool.shutdown(wait=False, cancel_futures=True)
        gate.close()
        if not isinstance(error, KeyboardInterrupt):
            raise
        result.stopped = True
    finally:
        progress.clear()
    result.bundles.sort(key=lambda bundle: bundle["folder"])
    result.problems.sort()
    return result


def _make_or_tell(
    file: Path, profile: Any, signer: Any, target: Path, result: Made, gate: _Gate
) -> None:
    bundle = _bundle_or_error(profile, signer)
    with suppress(_StoppedError), gate.passing():
        try:
            if isinstance(bundle, BundleError):
                raise bundle
            result.bundles.append(_made(profile, signer, target, bundle))
        except BundleError as error:
            result.problems.append(Problem(str(file), 0, 0, error.code, "error", "", str(error)))


def _made(profile: Any, signer: Any, target: Path, bundle: "Bundle") -> dict[str, Any]:
    folder = target / bundle.folder
    _put(folder, bundle.files)
    return {
        "folder": str(folder),
        "id": bundle.id,
        "terminal": profile.terminal.name,
        "code": profile.facility.code,
        "steps": bundle.steps,
        "signer": signer and signer.fingerprint,
    }


def _bundle_or_error(profile: Any, signer: Any) -> "Bundle | BundleError":
    try:
        return _bundle(profile, signer)
    except BundleError as error:
        return error


def _bundle(profile: Any, signer: Any) -> "Bundle":
    from oqsgen.bundle import make_bundle
    from oqsgen.render.printable import glyph_problem
    from oqsgen.render.typeset import MissingGlyph
    from oqsgen.seal.signer import SignerError, TimestampError

    try:
        return make_bundle(profile, signer)
    except TimestampError as error:
        raise BundleError("TIMESTAMP_FAILED", str(error)) from error
    except SignerError as error:
        raise BundleError("SIGNING_FAILED", str(error)) from error
    except MissingGlyph as error:
        # Of a clinic's file this is known before (unprintable); what else is printed, a signer may name.
        raise BundleError("GLYPH_MISSING", glyph_problem("", error.character).message) from error


def _put(folder: Path, files: Any) -> None:
    from oqsgen.seal.folder import HoldsOthersError, put_in_place

    try:
        put_in_place(folder, files)
    except HoldsOthersError as error:
        raise BundleError(
            "OUTPUT_HOLDS_OTHERS",
            f"{folder} に、oqsgen が作ったものではないファイル「{error}」があります。別の場所へ移してから、"
            "もう一度実行してください。前からあった一式はそのままです。",
        ) from error
    except OSError as error:
        raise BundleError(
            "OUTPUT_NOT_WRITTEN",
            f"{folder} に書き込めません（{reason(error)}）。空き容量と書き込みの許可を"
            "確かめてください。前からあった一式はそのままです。",
        ) from error
    except UnicodeEncodeError as error:
        raise BundleError(
            "OUTPUT_NOT_WRITTEN",
            f"{folder} に書き込めません。この環境の文字コード（{error.encoding}）では日本語の"
            "ファイル名を書けません。LANG を UTF-8 のものにしてください。",
        ) from error
