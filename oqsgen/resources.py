"""Where the data files are: beside the package in a wheel, beside its folder in a checkout."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent

SUFFIXES = frozenset((".py", ".yaml", ".ps1", ".cs", ".j2", ".typ", ".txt"))
"""Of the files of this package, its specs and its templates."""

# The C loader reads the requirement rows some twenty times faster; both give the same data.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def folder(name: str) -> Path:
    """The folder ``templates`` or ``specs``, wherever this copy of oqsgen was installed."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def digest() -> str:
    """SHA-256 of what every bundle is made of besides its clinic: code, specs and templates.

    Each file's path, size and bytes, in the order of the paths. Not the examples, which are clinics, nor the
    items of the documents, which tests look for; nor what an editor or a file manager leaves beside them.
    """
    total = hashlib.sha256()
    for name, top in (
        ("oqsgen", PACKAGE),
        ("specs", folder("specs")),
        ("templates", folder("templates")),
    ):
        for path in sorted(top.rglob("*"), key=lambda path: path.relative_to(top).as_posix()):
            relative = path.relative_to(top).as_posix()
            data = path.read_bytes() if _decides(name, relative, path) else None
            if data is not None:
                total.update(f"{name}/{relative} {len(data)}\n".encode() + data)
    return total.hexdigest()


def _decides(name: str, relative: str, path: Path) -> bool:
    """Whether a file decides what is in a bundle. In a wheel, specs and templates lie in the package."""
    if not path.is_file() or path.suffix not in SUFFIXES or path.name.startswith("."):
        return False
    if name == "oqsgen":
        return path.suffix == ".py"
    return not relative.startswith(("examples/", "sources/"))


@cache
def spec(name: str) -> Any:
    """The data of ``specs/<name>.yaml``. Shared by all callers: do not change it."""
    return yaml.load((folder("specs") / f"{name}.yaml").read_bytes(), Loader=_Loader)
