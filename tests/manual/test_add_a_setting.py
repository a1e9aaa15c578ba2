"""``docs/add-a-setting.md`` followed word for word, in a copy of oqsgen that lacks the setting."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import ROOT

PAGE = (ROOT / "docs" / "add-a-setting.md").read_text("utf-8")
EXAMPLE = Path("specs", "examples", "smallest.yaml")


def run(folder: Path, command: str) -> str:
    """A command of the page, run in ``folder`` with the oqsgen that stands there."""
    assert f"$ {command}\n" in PAGE
    _, *arguments = command.split()
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from oqsgen.cli.main import main; main()", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "HOME": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def steps_in(folder: Path) -> dict[str, dict[str, Any]]:
    """The steps in the script that was built, by name."""
    (script,) = folder.glob("dist/*/terminal.ps1")
    _, _, rest = script.read_text("utf-8-sig").rpartition("$plan = @'\n")
    plan = json.loads(rest.partition("\n'@")[0])
    return {step["id"]: step for step in plan["steps"]}


def test_the_page_adds_the_setting(tmp_path: Path) -> None:
    for name in ("oqsgen", "specs", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (path,) = set(re.findall(r"`(oqsgen/subjects/\w+/\w+\.py)`:", PAGE))
    (text,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / path).unlink()

    assert "[手作業] 表示の拡大/縮小" in run(tmp_path, f"oqsgen plan {EXAMPLE}")
    (tmp_path / path).write_text(text, "utf-8")
    assert "[設定] 表示の拡大/縮小" in run(tmp_path, f"oqsgen plan {EXAMPLE}")
    run(tmp_path, f"oqsgen build {EXAMPLE}")
    step = steps_in(tmp_path)["display-scale"]
    assert (step["kind"], step["how"], step["wanted"]) == ("display", "apply", {"percent": 100})


def test_the_page_shows_the_file_as_it_is() -> None:
    (text,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert (ROOT / "oqsgen/subjects/display/settings.py").read_text("utf-8") == text


def test_its_links_lead_somewhere() -> None:
    for file, anchor in re.findall(r"\]\(([\w.-]+)(?:#([\w-]+))?\)", PAGE):
        headings = re.findall(r"^#+ (.*)$", (ROOT / "docs" / file).read_text("utf-8"), re.MULTILINE)
        assert not anchor or anchor in {name.lower().replace(" ", "-") for name in headings}


def test_the_files_that_the_pages_name_are_there() -> None:
    """Paths in backticks; a star or a bracket stands for any name."""
    for page in sorted((ROOT / "docs").glob("*.md")):
        for path in re.findall(
            r"`([\w./<>*-]+/[\w<>*.-]+\.(?:py|ps1|yaml|j2|txt))`", page.read_text("utf-8")
        ):
            pattern = re.sub(r"<[^>]*>", "*", path)
            found = [
                top for top in ("", "oqsgen", "templates/ps1") if any((ROOT / top).glob(pattern))
            ]
            assert found, f"{page.name}: {path}"
