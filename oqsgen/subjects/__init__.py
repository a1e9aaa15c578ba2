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

__all__ = ["FILES", "KINDS", "SETTINGS"]


def _modules() -> Iterator[ModuleType]:
    for found in walk_packages(__path__, f"{__name__}."):
        if not found.ispkg:
            yield import_module(found.name)


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

KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in _MODULES
    for kind in vars(module).values()
    if isinstance(kind, Kind)
}
