"""Tools that not every machine has: without one its tests are skipped.

Where the environment says so they fail: ``OQSGEN_REQUIRE=pwsh,mcs`` names tools that have to be there.
A test says what it needs by ``pytest.mark.needs("mcs")``; the closing lines name what was not run.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.pc.shell import PWSH, json_of

Look = Callable[[], str]
"""Where a tool is; empty where there is none."""

SOFTHSM = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
]


def _program(*names: str) -> Look:
    return lambda: next(filter(None, map(shutil.which, names)), "")


def _package(name: str) -> Look:
    return lambda: name if importlib.util.find_spec(name) else ""


def _module(name: str, major: int) -> Look:
    """A module of PowerShell, of this version or a later one."""

    def look() -> str:
        found = (
            f"Get-Module -ListAvailable {name} | Where-Object {{ $_.Version.Major -ge {major} }}"
        )
        text = f"ConvertTo-Json @({found} | ForEach-Object {{ $_.Path }}) -Compress"
        return next(iter(json_of(text)), "") if PWSH else ""

    return look


def _softhsm() -> str:
    module = next(filter(os.path.isfile, SOFTHSM), "")
    return module if shutil.which("softhsm2-util") else ""


def _osslsigncode() -> str:
    """It knows scripts from 2.8 on."""
    path = shutil.which("osslsigncode") or ""
    shown = (
        subprocess.run([path, "--version"], capture_output=True, text=True).stdout if path else ""
    )
    version = re.search(r"osslsigncode (\d+)\.(\d+)", shown)
    return path if version and (int(version[1]), int(version[2])) >= (2, 8) else ""


def _named(variable: str) -> Look:
    """A file that a variable of the environment names."""

    def look() -> str:
        path = os.environ.get(variable, "")
        return path if Path(path).is_file() else ""

    return look


def _japanese() -> str:
    """What makes the Japanese locale, by which Wine is Japanese with code page 932."""
    source = Path("/usr/share/i18n/locales/ja_JP")
    return (shutil.which("localedef") or "") if source.is_file() else ""


TOOLS: Mapping[str, Look] = {
    "pwsh": lambda: PWSH,
    "pester": _module("Pester", 5),
    "analyzer": _module("PSScriptAnalyzer", 1),
    "mcs": _program("mcs"),
    # Debian puts no script of that name where it installs the 64-bit one alone.
    "wine": _program("wine64", "wine", "/usr/lib/wine/wine64"),
    # The program of tests/wine/host, published.
    "wine-host": _named("OQSGEN_WINE_HOST"),
    "japanese": _japanese,
    # Prints and shows the results page.
    "chromium": _program("chromium", "chromium-browser", "google-chrome"),
    "mingw": _program("x86_64-w64-mingw32-gcc"),
    "openssl": _program("openssl"),
    "osslsigncode": _osslsigncode,
    "softhsm2": _softhsm,
    "pkcs11": _package("pkcs11"),
    "rfc3161-client": _package("rfc3161_client"),
    "hatchling": _package("hatchling"),
    # The schema of the Task Scheduler.
    "task-schema": _named("OQSGEN_TASK_XSD"),
}
POWERSHELL = ("pwsh", "pester", "analyzer")
"""Without these nothing that runs on a clinic's PC is tested."""


def required() -> frozenset[str]:
    """The tools that have to be there."""
    names = [name.strip() for name in os.environ.get("OQSGEN_REQUIRE", "").split(",")]
    unknown = sorted({*names} - {*TOOLS, ""})
    if unknown:
        raise pytest.UsageError(
            f"OQSGEN_REQUIRE names {', '.join(unknown)}; there are {', '.join(TOOLS)}"
        )
    return frozenset(names) - {""}


@cache
def _find(name: str) -> str:
    return TOOLS[name]()


def need(*names: str) -> str:
    """The path of the first tool; skips, or fails where they have to be there, without one of them."""
    for name in names:
        if not _find(name):
            missing(name)
    return _find(names[0])


def missing(name: str) -> None:
    """Skips the test for lack of a tool, or fails it where that has to be there."""
    if name in required():
        pytest.fail(f"lacks {name}, which OQSGEN_REQUIRE names", pytrace=False)
    pytest.skip(f"lacks {name}")


def closing_lines(skipped: Mapping[str, str]) -> list[str]:
    """What was not run, from the reason of each skipped test: lack of PowerShell last, in capitals."""
    lines = []
    for reason in sorted({*skipped.values()}, key=_weight):
        tests = [name for name, why in skipped.items() if why == reason]
        head = f"not run: {len(tests)} of the tests, since {reason.replace('lacks', 'this machine lacks')}"
        lines += [head.upper() if _weight(reason) == 2 else head, *(f"  {name}" for name in tests)]
    return lines


def _weight(reason: str) -> int:
    return (reason in {f"lacks {name}" for name in TOOLS}) + (
        reason in {f"lacks {name}" for name in POWERSHELL}
    )
