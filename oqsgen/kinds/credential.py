"""A generic credential of the signed-in person, which the linkage application reads.

Sources: setup P.47; CREDENTIALW, CredReadW and CredWriteW of the Windows API (wincred.h).
"""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("credential", "user", target="name", wanted="userName prefixes code caseless")


def secret(
    name: str, user: str | None, *, prefixes: Sequence[str] = (), caseless: bool = False
) -> Action:
    """A credential whose password is typed on the PC.

    ``user`` None: the user name too; it begins with one of ``prefixes`` where there are any.
    ``caseless``: the user name is a Windows account, whose case does not matter.
    """
    return _credential(name, user, prefixes, None, caseless)


def clinic_code(name: str, user: str, code: str) -> Action:
    """A credential that holds the clinic's code, which is no secret."""
    return _credential(name, user, (), code, False)


def _credential(
    name: str, user: str | None, prefixes: Sequence[str], code: str | None, caseless: bool
) -> Action:
    wanted = {
        "userName": user,
        "prefixes": list(prefixes),
        "code": code,
        "caseless": caseless,
    }
    return KIND.action({"name": name}, wanted)
