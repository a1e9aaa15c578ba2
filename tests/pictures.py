"""Makes the pictures of the READMEs from real output: ``python -m tests.pictures``.

A visit to ``specs/examples/clinic.yaml`` is played on the fake PC. Needs PowerShell, poppler's ``pdftoppm``, Chromium,
and ``pngquant``, which makes them small.
"""

import html
import re
import subprocess
import tempfile
from pathlib import Path

from oqsgen.bundle import CHECKLIST
from tests import ROOT
from tests.examples import bundle_of, example
from tests.on_site.visit import arrive, play
from tests.runtime.browser import browser
from tests.sealed import signer

HERE = ROOT / "docs" / "pictures"
SHEET_PAGE = "2"
NUMBER = re.compile(r"^4/24 ", re.MULTILINE)
"""The screen that is shown: a table that the PC watches."""
SHOWS = "onshikaku.org"
CONSOLE = """<meta charset="utf-8"><style>body {{ margin: 0; background: #0c0c0c; color: #e6e6e6 }}
pre {{ margin: 14px; font: 15px/1.35 "Noto Sans Mono CJK JP", monospace }}</style><pre>{}</pre>"""
SCREEN, PAGE = (660, 400), (800, 600)
"""Width and least height of what is shown."""


def main() -> None:
    """Write the three pictures anew."""
    profile = example("clinic")[0]
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        sheet = here / "sheet.pdf"
        sheet.write_bytes(bundle_of(profile, signer()).files[CHECKLIST])
        print_page(sheet, HERE / "sheet")
        site = arrive(profile, signer(), here / "pc")
        diary = play(profile, site).diary
        screen = next(text for text in diary.screens if NUMBER.search(text) and SHOWS in text)
        (here / "screen.html").write_text(CONSOLE.format(html.escape(last_screen(screen))), "utf-8")
        results = sorted((here / "pc").rglob("result.html"), key=lambda path: path.stat().st_mtime)
        with browser("chromium", here / "browser") as shown:
            for picture, page, (width, height) in (
                ("screen", here / "screen.html", SCREEN),
                ("result", results[-1], PAGE),
            ):
                shown.open(page)
                shown.look(width=width, height=height)
                (HERE / f"{picture}.png").write_bytes(shown.picture())
    pictures = [HERE / f"{picture}.png" for picture in ("sheet", "screen", "result")]
    subprocess.run(("pngquant", "--force", "--ext", ".png", "16", *pictures), check=True)


def last_screen(text: str) -> str:
    """From the heading of the number on."""
    return text[[match.start() for match in NUMBER.finditer(text)][-1] :].rstrip()


def print_page(pdf: Path, picture: Path) -> None:
    """One page of a document as a picture."""
    page = ("-f", SHEET_PAGE, "-l", SHEET_PAGE)
    command = ("pdftoppm", "-r", "90", "-gray", "-png", "-singlefile", *page, pdf, picture)
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
