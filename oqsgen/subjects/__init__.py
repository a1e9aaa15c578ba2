"""What oqsgen knows of Windows and of the manual, one package a subject: its settings and its kinds.

A file that is put into a subject is known; nothing else has to name it. Settings of the same row
follow each other by subject, then file, then place in the file.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

from oqsgen.plan.kind import Kind
from oqsgen.plan.setting import Setting

__all__ = ["FILES", "KINDS", "KINDS_OF", "SETTINGS"]


def _modules() -> Iterator[ModuleType]:
    for module in walk_packages(__path__, f"{__name__}."):
        if not module.ispkg:
            yield import_module(module.name)


_MODULES = sorted(_modules(), key=lambda module: module.__name__)

SETTINGS: tuple[Setting, ...] = tuple(
    setting for module in _MODULES for setting in getattr(module, "SETTINGS", ())
)

FILES: dict[str, str] = {
    setting.id: module.__name__.removeprefix(f"{__name__}.").replace(".", "/") + ".py"
    for module in _MODULES
    for setting in getattr(module, "SETTINGS", ())
}
"""Setting id → its file in this folder."""

KINDS_OF: dict[str, tuple[Kind, ...]] = {
    module.__name__.split(".")[-2]: tuple(v for v in vars(module).values() if isinstance(v, Kind))
    for module in _MODULES
    if module.__name__.endswith(".kinds")
}
"""Subject → its kinds, by the order in its file."""

KINDS: dict[str, Kind] = {kind.name: kind for kinds in KINDS_OF.values() for kind in kinds}
