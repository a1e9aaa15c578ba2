"""Golden bundles: what the examples give, in a form whose differences a person can read.

``python tests/golden/regenerate.py`` after a change that is meant to change bundles; read the
difference before it is committed. ``tests/test_golden.py`` compares.

Not kept: the annexes and the script beyond its plan, which change in every bundle at once and are read
where they are written; hashes of files; and the bundle's id, which any change of a template or of data changes.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509

from oqsgen import limits
from oqsgen.bundle import Bundle, make_bundle
from oqsgen.clinic import TerminalProfile, resolve
from oqsgen.explain import pages
from oqsgen.input.yaml_reader import load
from oqsgen.manual import coverage, items, kinds
from oqsgen.manual.rows import rows
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from oqsgen.render.sheet import about, content
from oqsgen.resources import folder
from oqsgen.seal.signer import Signer
from oqsgen.text import by_four
from tests.messages import messages, said_of
from tests.render.printed import lines

HERE = Path(__file__).parent
COVERAGE = HERE.parents[1] / "docs" / "coverage.md"
KINDS = HERE.parents[1] / "docs" / "kinds.md"
SOURCES = HERE.parents[1] / "docs" / "sources.md"
SETTINGS = HERE.parents[1] / "docs" / "settings.md"
PROBLEMS = HERE.parents[1] / "docs" / "problems.md"
LIMITS = HERE.parents[1] / "docs" / "limits.md"
ID = b"<id>"
LAUNCHERS = "launchers"
"""Kept once: they are the same in every bundle of a signer."""
Build = Callable[[TerminalProfile, Signer], Bundle]
"""``make_bundle``, or what remembers its bundles."""


def examples() -> list[Path]:
    """Every example clinic."""
    return sorted((folder("specs") / "examples").glob("*.yaml"))


@cache
def signer() -> Signer:
    """Fixed certificates without a key: what it writes has a signature's shape, and is none."""
    certificate, root = (
        x509.load_der_x509_certificate((HERE / "signer" / name).read_bytes())
        for name in ("publisher.cer", "root.cer")
    )
    return Signer(certificate, (root,), sign=lambda data: bytes(384), ends=None)


def golden_example(example: Path, build: Build = make_bundle) -> dict[str, bytes]:
    """Path below ``tests/golden`` → bytes, for every terminal of one example."""
    document, problems = load(example)
    assert document is not None, problems
    profiles, _ = resolve(document)
    files = {
        f"{example.stem}/problems.txt": said_of(example).encode(),
    }
    for profile in profiles:
        bundle = build(profile, signer())
        for name, data in _golden_bundle(profile, bundle).items():
            files[f"{example.stem}/{profile.terminal.name}/{name}"] = data
    return {
        path: data.replace(str(example).encode(), b"clinic.yaml") for path, data in files.items()
    }


def coverage_page() -> str:
    """``docs/coverage.md`` from the plans of every example."""
    documents = [load(example)[0] for example in examples()]
    return coverage.page([profile for d in documents if d for profile in resolve(d)[0]])


def kinds_page() -> str:
    """``docs/kinds.md``: what is written by hand, then the tables of the kinds as they declare."""
    return kinds.with_tables(KINDS.read_text("utf-8"))


def sources_page() -> str:
    """``docs/sources.md``: the items of the documents."""
    return items.page()


def limits_page() -> str:
    """``docs/limits.md``: the table of limits."""
    return limits.page()


def golden_launchers(build: Build = make_bundle) -> dict[str, bytes]:
    """The launchers of the typical clinic, as they are."""
    document, _ = load(folder("specs") / "examples" / "clinic.yaml")
    assert document is not None
    bundle = build(resolve(document)[0][0], signer())
    return {f"{LAUNCHERS}/{path}": data for path, data in bundle.files.items() if _launches(path)}


def kept() -> dict[str, bytes]:
    """What is in the repository now."""
    return {
        path.relative_to(HERE).as_posix(): path.read_bytes()
        for place in _places()
        for path in place.rglob("*")
        if path.is_file()
    }


def _places() -> Iterator[Path]:
    for place in sorted(HERE.iterdir()):
        if place.is_dir() and place.name not in ("signer", "__pycache__"):
            yield place


def _golden_bundle(profile: TerminalProfile, bundle: Bundle) -> dict[str, bytes]:
    manifest = json.loads(bundle.files["bundle.json"])
    manifest["files"] = sorted(manifest["files"])
    manifest["identity"]["versions"]["content"] = "<content>"
    plan = make_plan(profile)
    printed = content(about(profile, plan, bundle.id, signer()))
    tasks = {
        path: data.decode("utf-16").replace("\r\n", "\n").encode()
        for path, data in bundle.files.items()
        if path.startswith("tasks/")
    }
    files = {
        "bundle.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(),
        "plan.txt": _text(_shown(step) for step in plan),
        "sheet.txt": _text(lines(printed)),
        **tasks,
    }
    # In full, in groups, and the first two groups at the head of each page.
    for shown in (bundle.id, by_four(bundle.id), by_four(bundle.id)[:9]):
        files = {name: data.replace(shown.encode(), ID) for name, data in files.items()}
    return files


def _launches(path: str) -> bool:
    return path.endswith(".cmd") or path == "launcher.txt"


def _shown(step: Step) -> str:
    """A step without the prose of its row, which is read in ``specs/requirements``."""
    lines = [f"{step.how} {step.id} | {step.title} | {step.kind} {step.scope} {step.who}"]
    if step.target or step.id not in {row.id for row in rows()}:
        lines += [f"  {label}: {value}" for label, value in step.values]
    if step.target:
        lines.append(f"  target {_json(step.target)}")
        lines.append(f"  wanted {_json(_without_xml(step.wanted))}")
    if step.secrets or step.restart:
        lines.append(f"  secrets {_json(step.secrets)} restart {_json(step.restart)}")
    if step.requirements != (step.id,):
        lines.append(f"  rows {' '.join(step.requirements)}")
    return "\n".join(lines)


def _without_xml(wanted: Any) -> Any:
    """A task's definition is kept as a file of its own."""
    return {**wanted, "xml": "(tasks/)"} if wanted and "xml" in wanted else wanted


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _text(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def main() -> None:
    """Write all of them, the pages of the rows, the kinds and the items, and what is said of the sites, anew."""
    COVERAGE.write_text(coverage_page(), "utf-8")
    LIMITS.write_text(limits_page(), "utf-8")
    SETTINGS.write_text(pages.settings_page(), "utf-8")
    PROBLEMS.write_text(pages.problems_page(), "utf-8")
    KINDS.write_text(kinds_page(), "utf-8")
    SOURCES.write_text(sources_page(), "utf-8")
    for kept_at, text in messages().items():
        kept_at.write_text(text, "utf-8")
    files = golden_launchers()
    for example in examples():
        files |= golden_example(example)
    for place in _places():
        shutil.rmtree(place)
    for path, data in files.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_bytes(data)
    print(f"{len(files)} files in {HERE}")


if __name__ == "__main__":
    main()
