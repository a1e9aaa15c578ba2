"""Where the data files are: beside the package in a wheel, beside its folder in a checkout."""

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
def spec(name: str) -> Any:
    """The data of ``specs/<name>.yaml``. Shared by all callers: do not change it."""
    return yaml.load((folder("specs") / f"{name}.yaml").read_bytes(), Loader=_Loader)
