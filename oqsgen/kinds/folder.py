"""Whether a folder is there, on this PC or on another device."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("folder", "machine user", target="path", wanted="exists", changes=False)


def there(path: str) -> Action:
    """``path`` is a folder."""
    return KIND.action({"path": path}, {"exists": True})
