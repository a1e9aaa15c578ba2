"""What a new key of clinic.yaml takes: the model, and whoever uses it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests import ROOT

MODEL = Path("oqsgen", "clinic", "model.py")
USER = Path("oqsgen", "subjects", "display", "settings.py")


def run(folder: Path, verb: str) -> str:
    code = "from oqsgen.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, verb, "clinic.yaml"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "HOME": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, path
    path.write_text(text.replace(old, new), "utf-8")


def test_a_new_key_takes_two_files(tmp_path: Path) -> None:
    for name in ("oqsgen", "specs", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    clinic = (ROOT / "specs" / "examples" / "smallest.yaml").read_text("utf-8")
    (tmp_path / "clinic.yaml").write_text(clinic + "screen: {percent: 125}\n", "utf-8")
    assert "UNKNOWN_KEY" in run(tmp_path, "check")

    change(
        tmp_path / MODEL,
        "class Clinic(Part):",
        "class Screen(Part):\n"
        "    percent: v.Port = 100\n"
        '    """拡大/縮小"""\n\n\n'
        "class Clinic(Part):",
    )
    change(
        tmp_path / MODEL,
        "    terminals: tuple[Terminal, ...] = Field(min_length=1)",
        "    screen: Screen = Screen.model_construct()\n"
        '    """画面"""\n'
        "    terminals: tuple[Terminal, ...] = Field(min_length=1)",
    )
    change(tmp_path / USER, "kinds.scale(100)", "kinds.scale(profile.screen.percent)")
    change(tmp_path / USER, '"100%"', 'f"{profile.screen.percent}%"')
    assert "拡大/縮小: 125%" in run(tmp_path, "plan")
    run(tmp_path, "build")
    (manifest,) = tmp_path.glob("dist/*/bundle.json")
    made_from = json.loads(manifest.read_text("utf-8"))["identity"]["input"]
    assert made_from["screen"] == {"percent": 125}
