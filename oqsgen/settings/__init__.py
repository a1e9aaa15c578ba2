"""The settings: what the tool sets, checks or shows by itself, one file a subject.

A file that is put here is known; nothing else has to name it.
"""

from importlib import import_module
from pkgutil import iter_modules

from oqsgen.settings.setting import Setting

__all__ = ["FILES", "SETTINGS", "Setting"]

_modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

SETTINGS: tuple[Setting, ...] = tuple(
    setting for module in _modules for setting in getattr(module, "SETTINGS", ())
)

FILES: dict[str, str] = {
    setting.id: f"{found.name}.py"
    for found, module in zip(iter_modules(__path__), _modules, strict=True)
    for setting in getattr(module, "SETTINGS", ())
}
"""Setting id → its file in this folder."""
