"""The kinds: one Python file here and one PowerShell file of the same name each.

A file that is put here is known; nothing else has to name it.
"""

from importlib import import_module
from pkgutil import iter_modules

from oqsgen.kinds.kind import Action, Kind

__all__ = ["KINDS", "Action", "Kind"]

_modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND for module in _modules if hasattr(module, "KIND")
}
