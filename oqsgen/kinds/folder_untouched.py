"""Whether owners, access lists and signed programs of an application's folder are as installed.

Source: SignatureStatus (HashMismatch); MS-DTYP (access lists).
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("folder-untouched", "machine", target="path", wanted="changed", changes=False)


def untouched(path: str) -> Action:
    """Only administrators may change anything in ``path``."""
    return KIND.action({"path": path}, {"changed": 0})
