"""What is set and read of signing in."""

from oqsgen.plan.kind import DONE, THERE, Action, Field, Kept, Kind, Wording

AUTOLOGON = Kind(
    "autologon",
    "Signing in by itself at the start of Windows.",
    target=(Field("sessions", "always `console`"),),
    wanted=(
        Field(
            "user",
            "account that is signed in; its password becomes a secret of Windows",
            label="自動サインインするアカウント",
            wording=Wording(at="values.DefaultUserName.data"),
        ),
    ),
    found=(
        Field(
            "values",
            "of Winlogon's AutoAdminLogon, DefaultUserName, DefaultDomainName and AutoLogonCount: "
            "type and data of each, or null",
            label="自動サインイン",
            wording=Wording(
                at="values.AutoAdminLogon.data", words={"1": "オン", "0": "オフ"}, always=("1",)
            ),
        ),
        Field("passwordLess", "type and data of DevicePasswordLessBuildVersion, or null"),
        Field("exists", "deepest key that exists, at or above that of `passwordLess`"),
        Field(
            "secret",
            "whether Windows keeps a secret DefaultPassword",
            ours=True,
            label="自動サインインのパスワード",
            wording=Wording(words=THERE, always=(True,)),
        ),
        Field(
            "plain",
            "whether Winlogon holds a password in plain text",
            ours=True,
            label="平文のパスワード",
            wording=Wording(words=THERE, always=(False,)),
        ),
        Field(
            "refused",
            "true: the secret is not the account's password",
            label="保存されたパスワード",
            wording=Wording(
                words={"true": "違っている", "false": "合っている"}, always=(False, None)
            ),
        ),
        Field(
            "taken",
            "told only when undoing: the other account that the secret signs in by now",
            ours=True,
            sometimes=True,
            label="ほかの人の自動サインイン",
        ),
    ),
    source="learn.microsoft.com, Protecting the Automatic Logon Password",
    scopes=("machine",),
    keeps=(
        Kept(
            "secret DefaultPassword of the Local Security Authority",
            "a network logon with it is refused (1326): `refused`",
        ),
    ),
    thing="自動サインイン",
    cause="パスワードが変えられたか、Windows の更新が解除した",
)


def signs_in_by_itself(user: str) -> Action:
    """Windows signs ``user`` in by itself; the password is a secret of the system."""
    return AUTOLOGON.action({"sessions": "console"}, {"user": user})


_SIGNED_IN = (
    Field(
        "signedIn",
        "whether whoever sits at the PC is signed in as the account",
        label="このアカウントでのサインイン",
        wording=Wording(words=DONE),
    ),
)

SIGN_IN = Kind(
    "sign-in",
    "Signing in as an account, which only a person can do; the same launcher then goes on.",
    target=(Field("account", "name of the account"),),
    wanted=_SIGNED_IN,
    found=_SIGNED_IN,
    source="setup P.4",
    scopes=("user",),
    waits=True,
    thing="サインイン",
    remedy="このアカウントでサインインして、もう一度開いてください。",
)


def signed_in(account: str) -> Action:
    """The person at the PC is signed in as ``account``."""
    return SIGN_IN.action({"account": account}, {"signedIn": True})
