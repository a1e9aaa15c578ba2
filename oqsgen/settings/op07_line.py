"""操作7: the authentication of an NTT line."""

from oqsgen.kinds import reach
from oqsgen.settings.line import HTTP, HTTPS, host
from oqsgen.settings.setting import Setting, by_person

SETTINGS = (
    Setting(
        id="line-auth",
        rows=("line-auth",),
        action=by_person,
        scope="user",
        who="oqscomapp",
        how="guided",
    ),
    Setting(
        id="line-auth-answers",
        rows=("line-auth",),
        title="回線認証のサイトへの接続",
        what="回線認証のサイトの名前を解決でき、IPv6 か IPv4 でつながるかを見ます。",
        check="Microsoft Edge で www.lineauth.mnw を開くと、画面が表示される。",
        action=lambda site: reach.one_reached(
            ((host("line"), HTTPS, ""), (host("line"), HTTP, ""))
        ),
        scope="user",
        who="oqscomapp",
        how="verify",
        values=lambda site: (("回線認証のサイト", host("line")),),
    ),
)
