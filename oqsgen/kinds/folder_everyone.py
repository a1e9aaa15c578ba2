"""Whether Everyone has full control of a folder. Source: MS-DTYP, S-1-1-0."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("folder-everyone", "machine", target="path", wanted="full", changes=False)


def not_full(path: str) -> Action:
    """Everyone has no full control of ``path``."""
    return KIND.action({"path": path}, {"full": False})
