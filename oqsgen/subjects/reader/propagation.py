"""操作2: the policy that the face library turns off, and turning it on again where a clinic asks."""

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.reader import kinds

POLICY = r"SOFTWARE\Policies\Microsoft\Windows\CertProp"
"""スマート カードからの証明書の伝達をオンにする (SmartCard.admx)."""


def _off(profile: TerminalProfile) -> Action | None:
    return (
        None
        if "certprop" in profile.options
        else kinds.propagation_off(version("face-library").file)
    )


def _on(profile: TerminalProfile) -> Action | None:
    return (
        common.policy_dwords(POLICY, {"CertPropEnabled": 1})
        if "certprop" in profile.options
        else None
    )


SETTINGS = (
    Setting(
        id="certificate-propagation",
        rows=("certprop-policy-warning",),
        action=_off,
    ),
    Setting(
        id="certificate-propagation-on",
        rows=("certprop-policy-warning",),
        title="証明書の伝達のポリシーの有効化",
        what="ほかのスマートカード、FIDO2キー、SIMによる認証を使う施設のため、顔認証ライブラリが無効にする"
        "ポリシー「スマートカードからの証明書の伝達をオンにする」を有効に戻します。顔認証ライブラリを導入した後に行います。",
        check="gpedit.msc→コンピューターの構成→管理用テンプレート→Windows コンポーネント→スマート カードの"
        "「スマート カードからの証明書の伝達をオンにする」が有効である。使えないときは、別紙トラブルシューティングの補4に従う。",
        action=_on,
        values=lambda profile: (
            ("レジストリのキー", rf"HKLM\{POLICY}"),
            ("CertPropEnabled", "1"),
        ),
        restart=True,
        after=("face-lib-install",),
        who="administrator",
        how="apply",
        unlike_row="Where the clinic chooses it, a policy of the whole PC does the contrary of what is looked at.",
    ),
)
