"""Writes what a release leaves behind: PCs that its script has set up, its bundles, its publisher.

Run once, when a release is made, with a checkout of it (PowerShell is needed):

    git worktree add ../0.1.0 4d959f0
    python tests/made-by/make.py ../0.1.0

The folder beside this file is named after the version. It is never changed afterwards: PCs like
these are out there. All is done by the checkout's own code and its own tests' fake PC; a run makes
the same again, but for the publisher, and what comes of it and of the time.

    names.json              kinds with the number of their format and the fields of their targets; events of the journal;
                            the digest of its templates and specs (from 0.2.0 on)
    data/                   the publisher's data folder
    <example>/clinic.yaml   the example as it was
    <example>/<bundle>/     what ``oqsgen build`` made for its first terminal
    <example>/before.json   the PC as it is to be once more; what persons installed stays
    <example>/pc/           the PC after ``1_適用``: its machine, our folders, the results beside the bundle
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

EXAMPLES = {
    "clinic": "a clinic",
    "p05-yokohama-seikei": "an update",
    "p08-saitama-byoin": "a hospital with shares",
    "p11-chiba-shika": "a succession with new accounts",
    "ntt-start-pack": "a start pack",
}
BEFORE = {
    "p11-chiba-shika": {
        "credentials": {
            "OqsComApp": {
                "OQS_LOGIN_KEY": {
                    "userName": "R0RENK00",
                    "persist": 3,
                    "blob": "TQBhAGUALQAxACEA",
                    "comment": None,
                },
                "OQS_MEDICAL_INSTITUTION_CODE": {
                    "userName": "oqs",
                    "persist": 2,
                    "blob": "MQAyADMAOQA5ADkAOQAxADIAOQA=",
                    "comment": None,
                },
            }
        }
    }
}
"""What a PC has besides: the clinic before has left its credentials, which ``keep`` then holds."""

OF_A_RUN = ("session.json", "console.txt", "chances.txt", "opened.txt", "bundle")
"""What a fake PC's folder holds for one run alone, and the script with the fake in it."""


def main(checkout: Path) -> None:
    # Its own modules, whatever else is installed.
    sys.path[:0] = [str(checkout), str(checkout / "tests")]
    from oqsgen import __version__

    folder = HERE / __version__
    if folder.exists():
        sys.exit(f"{folder} is there already; what a release has left behind never changes.")
    with tempfile.TemporaryDirectory() as temp:
        made = Path(temp) / "made"
        made.mkdir()
        write(made / "names.json", names(checkout))
        for name in EXAMPLES:
            example(checkout, name, made, Path(temp) / name)
        shutil.copytree(made, folder)


OLD = {
    "KINDS": "oqsgen.kinds:KINDS",
    "json_of": "pc.shell:json_of",
    "machine_for": "pc.test_examples_run:machine_for",
    "pc": "pc.assemble:pc",
    "plan_in": "pc.assemble:plan_of",
    "set_up": "pc.test_examples_run:set_up",
    "with_installed": "pc.installed:with_installed",
}
NOW = {
    "KINDS": "oqsgen.subjects:KINDS",
    "digest": "oqsgen.resources:digest",
    "json_of": "tests.pc.shell:json_of",
    "machine_for": "tests.runtime.test_examples_run:machine_for",
    "pc": "tests.pc.assemble:pc",
    "plan_in": "tests.examples:plan_in",
    "set_up": "tests.runtime.test_examples_run:set_up",
    "with_installed": "tests.pc.installed:with_installed",
}
"""Where a checkout has what is needed of it; 0.1.0 (``OLD``) had other rooms."""


def of(checkout: Path, name: str) -> Any:
    """Something of the checkout's own code or tests."""
    places = NOW if (checkout / "oqsgen" / "subjects").exists() else OLD
    module, _, attribute = places[name].partition(":")
    return getattr(import_module(module), attribute)


def write(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def names(checkout: Path) -> dict[str, Any]:
    """What the journals on PCs say, and keep on saying."""
    json_of, known = of(checkout, "json_of"), of(checkout, "KINDS")
    lines = [
        *loading(checkout),
        "$formats = @{}",
        "foreach ($kind in $script:Kind.Values) { $formats[$kind.name] = $kind.format }",
        "ConvertTo-JsonText @{ formats = $formats; events = $script:JournalEvents } -Canonical",
    ]
    found = json_of("\n".join(lines))
    # What a target has in 0.1.0 are names, not fields.
    kinds = {
        name: {
            "format": number,
            "target": sorted(getattr(f, "name", f) for f in known[name].target),
        }
        for name, number in found["formats"].items()
    }
    content = checkout / "oqsgen" / "resources.py"
    digest = of(checkout, "digest")() if "def digest(" in content.read_text("utf-8") else None
    return {"kinds": kinds, "events": found["events"], "content": digest}


def loading(checkout: Path) -> list[str]:
    """Lines of PowerShell after which the runtime of a checkout, and its kinds, are there."""
    parts = checkout / "templates" / "ps1"
    runtime = sorted((parts / "runtime").glob("*.ps1"))
    kinds = (path for path in sorted(parts.rglob("*.ps1")) if path not in runtime)
    registering = [path for path in kinds if "\nRegister-Kind '" in path.read_text("utf-8")]
    reading = [
        path
        for name in ("stream", "plain-file.native")
        for path in parts.glob(f"common/{name}.ps1")
    ]
    lines = [f". '{path}'" for path in (*reading, *runtime, *registering)]
    return ["function Test-Elevated { return $false }", *lines]


def example(checkout: Path, name: str, made: Path, work: Path) -> None:
    """The PC of an example, set up with the bundle that ``oqsgen build`` makes of it."""
    kept = made / name
    kept.mkdir()
    clinic = kept / "clinic.yaml"
    shutil.copy(checkout / "specs" / "examples" / f"{name}.yaml", clinic)
    bundle = built(checkout, clinic, made / "data", work / "dist")
    shutil.copytree(bundle, kept / bundle.name)

    files = {
        path.relative_to(bundle).as_posix(): path.read_bytes()
        for path in bundle.rglob("*")
        if path.is_file()
    }
    plan = of(checkout, "plan_in")(files["terminal.ps1"])
    machine = of(checkout, "machine_for")(plan) | BEFORE.get(name, {})
    computer = of(checkout, "pc")(work / "pc", machine)
    script = computer.built(files)
    write(kept / "before.json", of(checkout, "with_installed")(computer.machine, plan))
    of(checkout, "set_up")(computer, script, plan)
    shutil.copytree(computer.folder, kept / "pc", ignore=shutil.ignore_patterns(*OF_A_RUN))


def built(checkout: Path, clinic: Path, data: Path, dist: Path) -> Path:
    """The bundle of a clinic's first terminal, signed by the publisher in ``data``."""
    scripts = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, function = scripts["oqsgen"].partition(":")
    command = [sys.executable, "-c", f"from {module} import {function}; {function}()"]
    command += ["build", str(clinic), "-o", str(dist), "--format", "json"]
    environment = os.environ | {"PYTHONPATH": str(checkout), "XDG_DATA_HOME": str(data)}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    bundles = json.loads(done.stdout)["bundles"]
    return dist / Path(bundles[0]["folder"]).name


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
