"""What is set and read of the credentials that the linkage application reads."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, kind

CREDENTIAL = kind("credential", "user", target="name", wanted="userName prefixes code caseless")
"""A generic credential of the signed-in person, which the linkage application reads.

Sources: setup P.47; CREDENTIALW, CredReadW and CredWriteW of the Windows API (wincred.h).
"""


def secret_credential(
    name: str, user: str | None, *, prefixes: Sequence[str] = (), caseless: bool = False
) -> Action:
    """A credential whose password is typed on the PC.

    ``user`` None: the user name too; it begins with one of ``prefixes`` where there are any.
    ``caseless``: the user name is a Windows account, whose case does not matter.
    """
    return _credential(name, user, prefixes, None, caseless)


def clinic_code_credential(name: str, user: str, code: str) -> Action:
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
    return CREDENTIAL.action({"name": name}, wanted)


LOGIN_KEY = kind("login-key", "user", target="name", wanted="prefixes", changes=False)
"""How the user name of a credential begins, where there is one. Only looked at."""


def login_key_begins_with(name: str, prefixes: Sequence[str]) -> Action:
    """The user name of the credential ``name`` begins with one of ``prefixes`` (R0, R1)."""
    return LOGIN_KEY.action({"name": name}, {"prefixes": list(prefixes)})
