"""What is set and read of the credentials that the linkage application reads."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, Field, Kept, Kind, Wording

CREDENTIAL = Kind(
    "credential",
    "A generic credential of the signed-in person, which the linkage application reads. "
    "What is replaced is kept, protected by DPAPI for this person, until it is undone.",
    target=(Field("name", "name of the credential"),),
    wanted=(
        Field("userName", "its user name; null: typed on the PC", label="ユーザー名"),
        Field(
            "prefixes",
            "how a typed user name may begin; empty: anyhow",
            label="ユーザー名",
            wording=Wording(at="userName", bound=" で始まる"),
        ),
        Field(
            "code",
            "the clinic's code as its secret; null: a password is typed",
            label="医療機関等コード",
        ),
        Field(
            "caseless",
            "whether the case of the user name does not matter",
            label="ユーザー名",
            wording=Wording(at="userName"),
        ),
    ),
    found=(
        Field("userName", "its user name", ours=True),
        Field("persist", "for how long Windows keeps it", "CRED_PERSIST_*"),
        Field("code", "its secret where that is a clinic's code, or null", ours=True),
        Field("mark", "the same for the same secret: a keyed hash, or null", ours=True),
        Field(
            "usable",
            "whether the linkage application can use the secret",
            label="パスワード",
            wording=Wording(words={"true": "使える", "false": "使えない"}, always=(True,)),
        ),
    ),
    source="setup P.47; CREDENTIALW, CredReadW and CredWriteW of the Windows API (wincred.h)",
    scopes=("user",),
    keeps=(
        Kept(
            "Credential Manager of the person",
            "not `usable`, or its `mark` is that of one that was decided anew since; nothing on the "
            "PC tells more: the linkage application alone uses it, and a person tries that",
        ),
        Kept(
            "the one before it: the person's folder, protected by DPAPI",
            "Windows cannot read it any more: rolling back leaves the credential, and says so",
        ),
    ),
    thing="資格情報",
    cause="資格情報マネージャーで消されたか、変えられた",
)


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


LOGIN_KEY = Kind(
    "login-key",
    "How the user name of a credential begins, where there is one. Only looked at.",
    target=(Field("name", "name of the credential"),),
    wanted=(
        Field(
            "prefixes",
            "how it may begin",
            label="ユーザー名",
            wording=Wording(at="userName", bound=" で始まる"),
        ),
    ),
    found=(Field("userName", "its user name"),),
    source="almex 補足①, setup P.47",
    scopes=("user",),
    thing="資格情報",
    remedy="資格情報マネージャーで、施設の種類に合うユーザー名に直してください。",
)


def login_key_begins_with(name: str, prefixes: Sequence[str]) -> Action:
    """The user name of the credential ``name`` begins with one of ``prefixes`` (R0, R1)."""
    return LOGIN_KEY.action({"name": name}, {"prefixes": list(prefixes)})
