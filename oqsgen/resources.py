"""Where the data files are: beside the package in a wheel, beside its folder in a checkout."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PACKAGE = Path(__file__).parent

# The C loader reads the requirement rows some twenty times faster; both give the same data.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def folder(name: str) -> Path:
    """The folder ``templates`` or ``specs``, wherever this copy of oqsgen was installed."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def digest() -> str:
    """SHA-256 of what every bundle is made of besides its clinic: all files of templates and specs.

    Each one's path, its size and its bytes, in the order of the paths; the examples are clinics.
    """
    total = hashlib.sha256()
    for name in ("specs", "templates"):
        top = folder(name)
        for path in sorted(path for path in top.rglob("*") if path.is_file()):
            place = path.relative_to(top).as_posix()
            if not place.startswith("examples/"):
                data = path.read_bytes()
                total.update(f"{name}/{place} {len(data)}\n".encode() + data)
    return total.hexdigest()


@cache
def spec(name: str) -> Any:
    """The data of ``specs/<name>.yaml``. Shared by all callers: do not change it."""
    return yaml.load((folder("specs") / f"{name}.yaml").read_bytes(), Loader=_Loader)
