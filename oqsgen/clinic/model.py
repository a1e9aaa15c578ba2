"""A clinic's file as its keys stand there. The text below a key is its hint in editors."""

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from oqsgen.clinic import values as v

FacilityType = Literal["ika", "shika", "yakkyoku", "houkan"]
FacilityClass = Literal["clinic", "hospital", "pharmacy", "station"]
Mode = Literal["new", "update", "succession", "audit", "replace"]
Provider = Literal[
    "ntt-east",
    "ntt-west",
    "ctc",
    "qtnet",
    "nttpc",
    "fujitsu",
    "ntt-data-chugoku",
    "mind",
    "own",
    "other",
]
Method = Literal["ip-vpn", "ipsec-ike", "internet-proxy"]
StatedTopology = Literal["base", "cloud", "own-proxy"]
Area = Literal["east", "west"]
Where = Literal["router", "terminal", "none"]
Power = Literal["auto", "manual"]
UpdateMode = Literal["auto", "manual"]
ReaderVendor = Literal["fujitsu", "panasonic", "almex", "canon", "atlas", "other"]
Option = Literal["certprop", "no-sync-signin", "autologon", "locale-ja"]
Charset = Literal["utf8", "sjis"]
Os = Literal[
    "win11-pro",
    "win11-iot-ltsc-2024",
    "win11-ent-ltsc-2024",
    "win10-iot-ltsc-2019",
    "win10-ent-ltsc-2019",
]
Form = Literal["desktop", "notebook"]
Nic = Literal["wired", "wifi"]


class UnknownError(Exception):
    """A value was asked for that is missing or wrong in the file: already reported."""


class Part(BaseModel):
    """A group of keys. May be incomplete where the file is wrong: see ``UnknownError``.

    ``read.py`` checks value by value and constructs the groups, so pydantic builds no validator
    for a whole group until its JSON Schema or its JSON is asked for.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        populate_by_name=True,
        defer_build=True,
    )

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name in type(self).model_fields:
                raise UnknownError(name)
            return super().__getattr__(name)


class Reason(Part):
    reason: v.Line
    """理由"""


class Hours(Part):
    open: v.Clock
    """診療開始の時刻。HH:MM"""
    close: v.ClosingClock
    """診療終了の時刻。HH:MM。24:00 も書けます"""


class Facility(Part):
    code: v.Code
    """10桁の医療機関等コード"""
    code_unverified: Reason | None = None
    """検証番号が合わないコードを、書類で確かめたうえで使う理由"""
    name: v.Line
    """医療機関・薬局の名称"""
    kind: FacilityType | None = None
    """施設の種類: ika 医科、shika 歯科、yakkyoku 薬局、houkan 訪問看護。省略時はコードから判断します"""
    class_: FacilityClass | None = Field(default=None, alias="class")
    """施設の区分: clinic 診療所、hospital 病院、pharmacy 薬局、station 訪問看護ステーション"""
    hours: Hours
    """診療時間（開局時間）"""
    more_codes: tuple[v.Code, ...] = ()
    """同じ端末で扱うほかの医療機関等コード（医科歯科併設など）"""


class Succession(Part):
    previous_code: v.Code
    """承継・移転の前の医療機関等コード"""
    date: v.Day | None = None
    """承継日。年-月-日"""
    carry_over: v.Flag = True
    """アカウントが引き継がれているか。false ならアカウントを作り直します"""


class Job(Part):
    mode: Mode = "new"
    """作業の種類: new 新規、update 更新、succession 承継（コード変更）、audit 確認のみ、replace 端末の入れ替え"""
    succession: Succession | None = None
    """承継の内容。mode が succession のとき必須"""


class Dns(Part):
    where: Where
    """DNS の設定場所: router ルーター（設定画面に入れる人がいるとき）、terminal 資格確認端末（いないとき）、none 設定しない"""
    nic: v.Line | None = None
    """DNS を設定するネットワーク接続の名前（where が terminal のとき必須）。例: イーサネット"""


class Proxy(Part):
    server: v.Host | None = None
    """プロキシサーバーの名前。配信拠点起点では公式の値を使うので書きません"""
    port: v.Port | None = None
    """プロキシサーバーのポート番号。配信拠点起点では書きません"""
    auth: v.Flag = False
    """プロキシに認証が必要か。認証が必要なプロキシは使えません"""
    bypass: tuple[v.BypassEntry, ...] | None = None
    """プロキシを使わないアドレスの全部。配信拠点起点では書きません"""
    extra_bypass: tuple[v.BypassEntry, ...] = ()
    """プロキシを使わないアドレスに追加するもの"""
    winhttp: v.Flag | None = None
    """WinHTTP にも同じプロキシを設定するか。配信拠点起点では必ず設定します"""


class Ntp(Part):
    server: v.Host | None = None
    """時刻サーバーの名前。使わないときは null にして理由を書きます"""
    reason: v.Line | None = None
    """時刻サーバーを設定しない理由"""


class Network(Part):
    provider: Provider
    """回線事業者。一覧にない事業者は other"""
    provider_name: v.Line | None = None
    """事業者の名前（provider が other のとき必須）"""
    method: Method | None = None
    """接続方式。省略時は事業者から決まります。provider が other のときは必須"""
    topology: StatedTopology | None = None
    """配信方法（provider が other のとき必須）: base 配信拠点起点、cloud ネットワーク事業者起点、own-proxy 医療機関等起点"""
    area: Area | None = None
    """NTT の地域。省略時は都道府県から決まります"""
    area_override: Reason | None = None
    """都道府県と違う地域の回線を使う理由"""
    v6_option: v.Flag | None = None
    """フレッツ・v6オプションの契約があるか。NTT では省略時 true"""
    dns: Dns | None = None
    """DNS の設定場所。NTT では必須"""
    proxy: Proxy | None = None
    """プロキシ。配信拠点起点では公式の値、そのほかでは事業者や院内担当者に聞いた値"""
    ntp: Ntp | None = None
    """時刻サーバー。配信拠点起点では公式の値、そのほかでは必須"""


class Reboot(Part):
    time: v.Clock | None = None
    """定刻に再起動する時刻。診療時間外で、アクセスが集中する時間帯を避け、分の末尾が 0 と 5 以外"""


class WindowsUpdate(Part):
    mode: UpdateMode | None = None
    """更新のしかた: auto 自動更新を構成する、manual 手動で更新する。省略時は power と同じ"""
    hour: v.Hour | None = None
    """更新プログラムをインストールする時刻（0～23時）。再起動より後、診療開始より前"""


class ActiveHours(Part):
    start: v.Hour
    """アクティブ時間の開始（0～23時）"""
    end: v.LastHour
    """アクティブ時間の終了（0～24時）。開始から18時間まで"""


class Reader(Part):
    vendor: ReaderVendor
    """顔認証機器のメーカー。一覧にないもの（次世代の機器など）は other"""
    vendor_name: v.Line | None = None
    """メーカーや機種の名前（vendor が other のとき）。チェックリストに印刷します"""
    account: v.PortalAccount | None = None
    """顔認証用アカウントのID。例: F0FACE01"""
    name: v.Line | None = None
    """カードリーダーの呼び名。例: 受付1"""


class Paths(Part):
    req: v.Folder | None = None
    """要求ファイルのフォルダー。公式は C:\\OQS\\req"""
    res: v.Folder | None = None
    """結果ファイルのフォルダー。公式は C:\\OQS\\res"""
    face: v.Folder | None = None
    """顔認証の結果のフォルダー。公式は C:\\OQS\\face"""


class His(Part):
    link: v.Flag = False
    """レセコン・電子カルテとファイルで連携するか"""
    local: v.Flag = False
    """レセコンが資格確認端末と同じPCにあるか"""
    share_account: v.AccountName | None = None
    """共有フォルダーを使うアカウントの名前。例: receiptcom"""
    share_from: tuple[v.Cidr, ...] = ()
    """共有フォルダーを開く端末がある、施設の中のほかのネットワーク。例: 192.168.20.0/24"""
    encrypt: v.Flag = False
    """要求ファイルと結果ファイルを暗号化するか"""
    nas: v.Flag = False
    """共有フォルダーが NAS などほかの機器にあるか"""
    login_key_user: v.PortalAccount | None = None
    """連携用アカウントのID（OQS_LOGIN_KEY）。医科・歯科は R0、薬局は R1 で始まります"""
    paths: Paths = Paths.model_construct()
    """共有フォルダーの場所。省略時は公式の場所"""


class Services(Part):
    medical_info: v.Flag = True
    """医療情報を利用するか"""
    specified_disease: v.Flag = True
    """特定疾病療養受療証を利用するか"""
    erx: v.Flag = False
    """電子処方箋を利用するか"""
    emr: v.Flag = False
    """電子カルテ情報共有を利用するか"""
    medical_aid: v.Flag = False
    """医療扶助を利用するか"""
    emergency: v.Flag = False
    """救急時医療情報を利用するか（病院のみ）"""


class Env(Part):
    charset: Charset = "utf8"
    """連携ファイルの文字コード: utf8、sjis"""


class Terminal(Part):
    name: v.ComputerName
    """コンピューター名。半角の英数字と - で15文字まで"""
    os: Os
    """Windows の種類"""
    form: Form = "desktop"
    """PC の形: desktop デスクトップ、notebook ノート"""
    model: v.Line | None = None
    """機種名。例: ThinkPad E14 Gen2"""
    nic: Nic = "wired"
    """回線へのつなぎ方: wired 有線、wifi 無線"""
    installed: v.Month | None = None
    """最初に導入した年月。年-月"""
    force_delay: v.Flag = False
    """タスクの遅延時間を必ず設定するか"""
    shared_with_receipt_computer: v.Flag = False
    """レセコンと兼用の端末か"""
    manual_assets: v.Flag = False
    """配信アプリを使わず、資材を手作業で適用するか"""
    staff_accounts: tuple[v.AccountName, ...] = ()
    """OqsComApp のほかに資格確認端末を使う Windows アカウント"""
    certificate_for: v.Line | None = None
    """この端末のための電子証明書の通知書にある「端末名称」。端末が2台以上のとき、通知書を見分けます"""
    override: dict[str, Any] | None = None
    """この端末だけほかと違う項目。ファイルの一番上の段と同じ項目を書けます"""


class Skip(Part):
    id: v.OptionalRow
    """省く要件のID。例: display-scale"""
    reason: v.Line
    """省く理由"""


class Vendor(Part):
    company: v.Line | None = None
    """設定した会社"""
    engineer: v.Line | None = None
    """担当者"""
    phone: v.Phone | None = None
    """連絡先の電話番号"""

    @property
    def contact(self) -> str:
        """Whom to call, as far as it is written, in one line."""
        return "　".join(part for part in (self.company, self.engineer, self.phone) if part)


class Certificate(Part):
    download_deadline: v.Day | None = None
    """電子証明書のダウンロード有効期限。年-月-日"""


class Ready(Part):
    line_opened: v.DayOrFlag | None = None
    """回線が開通したか（NTT の「開通のご案内」）。日付か true"""
    customer_id: v.DayOrFlag | None = None
    """利用申請に お客さまID（CAF・COP）を書いたか。日付か true"""
    master_notice: v.DayOrFlag | None = None
    """マスタアカウントの通知書（本番環境用）を印刷したか。日付か true"""
    certificates_applied: v.DayOrFlag | None = None
    """電子証明書を端末の台数だけ申請したか。日付か true"""
    registered_mail: v.DayOrFlag | None = None
    """簡易書留（電子証明書取得に関する情報）が届いたか。日付か true"""
    download_deadline: v.DayOrFlag | None = None
    """その紙の「ダウンロードサイト有効期限」を読んでもらったか。日付か true"""
    reader: v.DayOrFlag | None = None
    """顔認証機器が届いたか。日付か true"""
    pc: v.DayOrFlag | None = None
    """PC が届き、Windows の最初の設定が済んだか。日付か true"""
    witness: v.DayOrFlag | None = None
    """当日の立ち会いと時間が決まったか。日付か true"""
    card: v.DayOrFlag | None = None
    """マイナンバーカードで試してくれる方と、資格確認書か処方箋があるか。日付か true"""
    medium: v.DayOrFlag | None = None
    """電子証明書を保存する媒体があるか。日付か true"""
    installers: v.DayOrFlag | None = None
    """インストーラー 3 つと MPKI クライアントの版がそろったか。日付か true"""


class Visit(Part):
    from_: v.Moment | None = Field(default=None, alias="from")
    """作業を始めてよい時刻。年-月-日 HH:MM か HH:MM"""
    until: v.Moment | None = None
    """受付で端末を使い始める時刻。年-月-日 HH:MM か HH:MM"""
    witness: v.Line | None = None
    """当日の立ち会いの方（役職）"""
    ready: Ready = Ready.model_construct()
    """訪問してよいか（ヒアリングシートの最後の表）。空なら、まだ"""


class Clinic(Part):
    """オンライン資格確認の資格確認端末を設定する、1施設分のファイル。"""

    facility: Facility
    """施設"""
    job: Job = Job.model_construct()
    """作業の種類。省略時は新規"""
    network: Network
    """回線"""
    power: Power
    """PC の電源: auto 自動（夜も切らない）、manual 手動（人が切る。ブレーカーやタイマーで切れるときも）"""
    reboot: Reboot | None = Reboot.model_construct()
    """定刻の再起動（power が auto のとき）。省略時は提案します"""
    windows_update: WindowsUpdate = WindowsUpdate.model_construct()
    """Windows Update。省略時は power に合わせます"""
    active_hours: ActiveHours | None = None
    """アクティブ時間（power が manual のとき）。省略時は診療時間から提案します"""
    readers: tuple[Reader, ...]
    """顔認証機器。ないときは []"""
    generic_reader: v.Flag = False
    """汎用カードリーダーがあるか"""
    phone: v.Flag = False
    """スマホ（マイナンバーカード搭載スマホ）の資格確認をするか"""
    his: His = His.model_construct()
    """レセコン・電子カルテとの連携"""
    services: Services = Services.model_construct()
    """利用するサービス（環境設定）"""
    ntt_start_pack: v.Flag = False
    """NTT スタートパックの端末か"""
    options: tuple[Option, ...] = ()
    """任意の設定"""
    env: Env = Env.model_construct()
    """環境設定"""
    terminals: tuple[Terminal, ...] = Field(min_length=1)
    """資格確認端末。1台以上"""
    skip: tuple[Skip, ...] = ()
    """理由があって省く要件"""
    vendor: Vendor | None = None
    """チェックリストに印刷する、設定した会社の連絡先"""
    certificate: Certificate = Certificate.model_construct()
    """電子証明書"""
    visit: Visit = Visit.model_construct()
    """訪問する日。いつ始めてよく、いつまでに終えるか"""
