"""The printed checklist: its bytes, its fonts, and every word of the clinic on it."""

import hashlib
import io
import os
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_text

from oqsgen.manual.rows import areas
from oqsgen.plan.step import How, Step
from oqsgen.render.checklist import (
    Bundle,
    Checklist,
    Facility,
    MissingGlyph,
    Network,
    Operation,
    Publisher,
    Terminal,
    Vendor,
    checklist,
)
from oqsgen.render.summary import summarize
from tests import ROOT, examples

AREAS = {
    "account": "Windowsユーザーアカウント（操作1）",
    "edge": "ブラウザー拡張プラグイン（操作2）",
    "network": "プロキシと通信（操作3）",
    "power": "電源・時刻・Windows Update（操作3）",
    "link": "資格情報・連携アプリケーション（操作4・5・12）",
    "certificate": "電子証明書（操作6）",
    "test": "動作確認（操作12）",
}

BYPASS = (
    "*.onshikaku.org;*.flets-east.jp;*.flets-west.jp;*.lineauth.mnw;*.obn.managedpki.ne.jp;"
    "*.cybertrust.ne.jp;*.secomtrust.net;*.rece;pweb.base.oqs-pdl.org"
)
DISTRO_TASK = r"C:\Program Files\OQS\OQSDistroApp\tools\OQS_exec_distroappstart.xml"


def step(
    how: How,
    area: str,
    title: str,
    what: str,
    check: str = "",
    values: tuple[tuple[str, str], ...] = (),
    page: int = 2,
    **more: Any,
) -> Step:
    return Step(
        id=f"{area}-{title}",
        kind=more.pop("kind", how),
        who=more.pop("who", "oqscomapp"),
        how=how,
        area=area,
        title=title,
        what=what,
        check=check,
        values=values,
        source=(f"資格確認端末のセットアップ P.{page}",),
        **more,
    )


STEPS = (
    step(
        "verify",
        "account",
        "動作確認済みのWindowsであること",
        "エディションとビルドを読み取り、動作確認済みのOSであることを確かめます。",
        "Windows 11 IoT Enterprise 2024 LTSC（64ビット）と表示されること",
        page=1,
    ),
    step(
        "apply",
        "account",
        "OqsComAppユーザーの作成",
        "資格確認端末で使うローカルアカウントを作ります。パスワードは実行時に画面で入力します。"
        "パスワードはこの用紙に書かないでください。",
        "設定 > アカウント > 他のユーザーに OqsComApp があること",
        (("ユーザー名", "OqsComApp"), ("種類", "管理者"), ("パスワードの期限", "無期限")),
    ),
    step(
        "guided",
        "account",
        "OqsComAppで再サインイン",
        "いまのユーザーからサインアウトし、OqsComApp でサインインして 1_適用.cmd をもう一度"
        "ダブルクリックします。続きから始まります。",
        "ようこそ画面に OqsComApp と表示されること",
        page=4,
        restart=True,
    ),
    step(
        "guided",
        "edge",
        "顔認証ライブラリの導入",
        "OQSFaceApp.zip を展開し、OqsInstall.exe を実行します。使用許諾契約書を読み、同意できる"
        "場合だけ［使用許諾契約書に同意します］を選んで［インストール］を押します。コンソールに"
        "「何かキーを押してください」と表示されたらキーを押します。",
        "Version.Info が 2.3.0 以降であること",
        (("導入先", r"C:\Program Files\OQS-Auth"), ("画面の名前", "OqsFaceApp セットアップ")),
        page=5,
        restart=True,
    ),
    *(
        step(
            "guided",
            "edge",
            f"拡張プラグインの追加（{name}）",
            f"拡張機能の画面に {file} をドラッグ＆ドロップし、［拡張機能の追加］を押します。"
            "［同期を有効にする］が表示されたときは押さずに × で閉じます。",
            f"拡張機能の一覧に {name}アプリケーション が「オン」で表示されること",
            (("ファイル", rf"C:\Program Files\OQS-Auth\ext\{file}"),),
            page=7,
            who="everyone",
        )
        for name, file in (
            ("目視確認操作用", "delegate.crx"),
            ("顔認証用", "nopinauth.crx"),
            ("暗証番号認証用", "pinauth.crx"),
        )
    ),
    step(
        "manual",
        "edge",
        "開発者モードをオフに戻す",
        "拡張機能の画面左下の［開発者モード］をオフにし、開いた画面をすべて閉じます。",
        "［開発者モード］が左側（オフ）になっていること",
        page=7,
    ),
    step(
        "apply",
        "network",
        "プロキシサーバー",
        "手動プロキシを「オン」にし、アドレスとポート、例外を設定します。",
        "設定 > ネットワークとインターネット > プロキシ の値が下と同じであること",
        (("アドレス", "proxy.base.oqs-pdl.org"), ("ポート", "8080"), ("例外", BYPASS)),
        page=9,
        who="everyone",
    ),
    step(
        "apply",
        "network",
        "WinHTTPのプロキシ",
        "Windowsの部品が使うプロキシに、同じ値を設定します。",
        "netsh winhttp show proxy にサーバーと9つの例外が表示されること",
        (("サーバー", "proxy.base.oqs-pdl.org:8080"), ("例外", BYPASS)),
        page=10,
    ),
    *(
        step(
            "verify",
            "network",
            f"通信の確認（{port}番）",
            f"{host} の {port} 番に接続できることを確かめます。回線がまだ開通していないときは"
            "「未確認」になります。",
            "「接続できました」と表示されること",
            (("宛先", f"{host}:{port}"),),
            page=50,
        )
        for host, port in (
            ("hweb.oqs.onshikaku.org", 443),
            ("proxy.base.oqs-pdl.org", 8080),
            ("cert.obn.managedpki.ne.jp", 80),
        )
    ),
    step(
        "manual",
        "network",
        "ルーターのDNS（ローカルドメイン問合せテーブル）",
        "ルーターの設定画面で、下のドメインの問い合わせ先を登録します。値は接続ガイドの最新版が"
        "優先します。",
        "6つのドメインの名前が端末から引けること",
        (
            ("NGN", "flets-east.jp → 2404:1a8:7f01:a::3 / 2404:1a8:7f01:b::3"),
            ("オン資 1", "2404:01A8:F583:0D00::53:1"),
            ("オン資 2", "2404:01A8:F583:0D00::53:2"),
            ("ドメイン", "onshikaku.org lineauth.mnw base.oqs-pdl.org managedpki.ne.jp"),
        ),
        page=6,
    ),
    *(
        step("apply", "power", title, what, check, values, page=page, who="administrator")
        for title, what, check, values, page in (
            (
                "スリープ（電源接続時）",
                "電源に接続しているときはスリープしないようにします。",
                "［スリープ］が「なし」であること",
                (("電源接続時", "なし"),),
                11,
            ),
            (
                "スリープ（バッテリー使用時）",
                "バッテリーで動いているときもスリープしないようにします。",
                "［スリープ］が「なし」であること",
                (("バッテリー", "なし"),),
                11,
            ),
            (
                "高速スタートアップの無効化",
                "高速スタートアップが有効だと、連携アプリケーションと配信アプリケーションが"
                "正しく動きません。",
                "［高速スタートアップを有効にする］のチェックが外れていること",
                (("HiberbootEnabled", "0"),),
                12,
            ),
            (
                "インターネット時刻サーバー",
                "時刻を合わせるサーバーを設定します。",
                "［今すぐ更新］で「同期しました」と表示されること",
                (("サーバー", "ntp.base.oqs-pdl.org"),),
                13,
            ),
            (
                "定刻に再起動（タスク）",
                "毎日、診療時間外に端末を再起動します。",
                "タスク スケジューラに「定刻に再起動」が「準備完了」であること",
                (("名前", "定刻に再起動"), ("時刻", "02:13"), ("引数", "/r /t 0")),
                13,
            ),
            (
                "Windows Update 自動更新の構成",
                "定刻の再起動のあと、診療を始める前に更新をインストールします。",
                "「自動更新を構成する」が「有効」であること",
                (("方式", "4"), ("インストールを実行する日", "0"), ("時間", "04")),
                16,
            ),
        )
    ),
    step(
        "apply",
        "power",
        "画面の拡大・縮小",
        "画面がスクロールせずに表示されるようにします。",
        "［拡大／縮小］が 100% であること",
        (("倍率", "100%"),),
        page=18,
        who="everyone",
    ),
    step(
        "verify",
        "power",
        "時計が合っていること",
        "時刻サーバーとのずれを読み取ります。",
        "ずれが 5 秒以内であること",
        page=13,
    ),
    step(
        "guided",
        "link",
        "連携アプリケーションの導入",
        "OqsInstall.exe を実行し、画面の指示に従って導入します。",
        "Version.info が 2.2.0 以降であること",
        (("導入先", r"C:\Program Files\OQS\OQSComApp"),),
        page=22,
    ),
    *(
        step(
            "manual",
            "link",
            f"共有フォルダー {folder}",
            "フォルダーの［プロパティ］>［共有］で、レセプトコンピューターが使うアカウントを追加し、"
            "［読み取り/書き込み］にします。",
            "レセプトコンピューターからファイルを作成・削除できること",
            (("フォルダー", rf"C:\OQS\{folder}"), ("アカウント", "receiptcom")),
            page=23,
        )
        for folder in ("req", "res", "face")
    ),
    *(
        step(
            "apply",
            "link",
            f"資格情報 {key}",
            "資格情報マネージャーに汎用資格情報として登録します。パスワードは実行時に入力します。",
            f"資格情報マネージャーに {key} があること",
            (("アドレス", key), ("ユーザー名", user)),
            page=47,
            secrets=(key,),
        )
        for key, user in (
            ("OQS_LOGIN_KEY", "R01319999012O0l1I"),
            ("OQS_MEDICAL_INSTITUTION_CODE", "OQS_Admin"),
        )
    ),
    step(
        "apply",
        "link",
        "配信アプリ起動タスク",
        "タスクを登録し、実行するユーザーを OqsComApp にします。",
        "タスク スケジューラに OQS_exec_distroappstart が「準備完了」であること",
        (("XML", DISTRO_TASK), ("ユーザー", "OqsComApp")),
        page=34,
    ),
    step(
        "manual",
        "certificate",
        "電子証明書の取得",
        "簡易書留で届いた「電子証明書取得に関する情報」の発行先が、この医療機関であることを確かめて"
        "から、取得サイトを開きます。",
        "発行先の名称とコードが一致していること",
        (
            ("申請", "https://cert.obn.managedpki.ne.jp/p/rcr"),
            ("取得", "https://cert.obn.managedpki.ne.jp/p/rcd"),
        ),
        page=24,
    ),
    step(
        "manual",
        "certificate",
        "電子証明書の取り込み",
        "取得した .p12 ファイルをダブルクリックし、［現在のユーザー］に取り込みます。［秘密キーの"
        "保護を強力にする］と［エクスポート可能にする］にはチェックを入れません。セキュリティ警告"
        "には［はい］で答えます。",
        "Edge の［証明書の管理］>［個人］に発行者 Online Billing NW Common Root CA があること",
        page=25,
        who="everyone",
    ),
    *(
        step("manual", "test", title, what, check, page=page)
        for title, what, check, page in (
            (
                "顔認証の確認",
                "同意した方のマイナンバーカードで顔認証を行います。実在の方の資格が表示されます。",
                "「確認が完了しました」と表示されること",
                39,
            ),
            (
                "目視確認",
                "［マイナンバーカードで確認］>［券面で目視確認］で確かめます。",
                "資格の情報が表示されること",
                40,
            ),
            (
                "暗証番号",
                "［暗証番号を入力］で、4桁の暗証番号を本人に入力してもらいます。",
                "資格の情報が表示されること",
                41,
            ),
            (
                "資格確認書での照会",
                "［資格確認書／処方箋で確認］に条件を入力して［検索］を押します。",
                "資格の情報が表示されること（表示されないときは条件を見直す）",
                45,
            ),
            (
                "既存システムとの連携",
                "レセプトコンピューターから資格を照会し、結果が取り込まれることを確かめます。",
                "レセプトコンピューターの患者の画面に結果が表示されること",
                49,
            ),
        )
    ),
    step(
        "verify",
        "test",
        "再起動後にタスクが動いたこと",
        "再起動のあとに 2_確認.cmd を実行し、前回の実行結果を読み取ります。",
        "前回の実行結果が 0x0 であること",
        page=35,
    ),
)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


SAMPLE = Checklist(
    facility=Facility("1319999012", "東京内科クリニック", "医科（診療所）", "09:00〜18:30"),
    terminal=Terminal("OQS-01", "Windows 11 IoT Enterprise 2024 LTSC", "デスクトップ"),
    network=Network("NTT東日本", "IP-VPN", "配信拠点起点"),
    operation=Operation("自動", "毎日 02:13", "自動（毎日 4時）"),
    mode="新規導入",
    work="セットアップ",
    vendor=Vendor("オンライン工業株式会社", "髙﨑 一郎", "03-1234-5678"),
    bundle=Bundle(
        digest("bundle"),
        "0.1.0",
        "3.22",
        Publisher("オンライン工業株式会社", digest("certificate"), date(2027, 3, 31)),
    ),
    steps=STEPS,
    areas=AREAS,
)
SMALL = replace(SAMPLE, steps=STEPS[:2])

NAMES = (
    "医療法人社団 髙﨑𠮷田クリニック",
    "葛󠄀飾第一診療所",
    "槗本・𣘺内科／辻󠄀歯科",
    "医療法人社団葛󠄀飾髙﨑𠮷田記念会附属総合在宅診療支援クリニック東京都千代田区丸の内第二分院"
    "（内科・外科・小児科・整形外科・皮膚科・眼科）",
    "St. Luke's “Ōsaka” Clinic Ⅱ №5 ㈱",
)

MARKUP = (
    "#panic[x] #eval(1) #sys.version",
    "*b* _i_ `code` $x^2$ @ref <label>",
    r"\ \u{41} C:\new\temp\ // comment /* x */",
    "= heading - list + enum / term: x",
    "https://example.jp/a~b --- ... -? 'a' \"b\"",
    '"); panic(json("data.json"',
    "{{ x }} %s {0} <b>&amp;</b>",
)


@cache
def _sample() -> bytes:
    return checklist(SAMPLE)


def reader(data: Checklist) -> pypdf.PdfReader:
    if data is SAMPLE:
        return pypdf.PdfReader(io.BytesIO(_sample()))
    return pypdf.PdfReader(io.BytesIO(checklist(data)))


def squeezed(text: str) -> str:
    """Without the blanks and line ends that laying out adds."""
    return re.sub(r"[\s\u200b]", "", text)


def words(data: Checklist) -> str:
    return squeezed("".join(page.extract_text() for page in reader(data).pages))


def objects(pdf: pypdf.PdfReader) -> list[Any]:
    return [pdf.get_object(number) for number in range(1, len(pdf.xref[0]) + 1)]


# -- bytes


def test_the_same_data_gives_the_same_bytes() -> None:
    first = checklist(SAMPLE)
    checklist(replace(SMALL, bundle=replace(SMALL.bundle, id=digest("another"))))
    assert checklist(SAMPLE) == first


def test_another_process_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import hashlib, sys\n"
        f"sys.path[:0] = [{str(ROOT)!r}]\n"
        "from tests.render.test_checklist import SAMPLE, checklist\n"
        "print(hashlib.sha256(checklist(SAMPLE)).hexdigest())\n"
    )
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": "1",
        "RAYON_NUM_THREADS": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert found.stdout.strip() == hashlib.sha256(checklist(SAMPLE)).hexdigest()


def test_threads_do_not_disturb_each_other() -> None:
    sheets = [
        replace(SMALL, terminal=replace(SMALL.terminal, name=f"OQS-{number:02}"))
        for number in range(1, 9)
    ]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(checklist, sheets)) == [checklist(sheet) for sheet in sheets]


# -- what an archive and a screen reader need


def test_every_font_is_embedded() -> None:
    fonts = {
        str(found["/BaseFont"]): found["/FontDescriptor"].get_object()
        for found in objects(reader(SAMPLE))
        if isinstance(found, dict) and "/FontDescriptor" in found
    }
    assert {name.partition("+")[2].removesuffix("-Identity-H") for name in fonts} == {
        "NotoSansCJKjp-Regular",
        "NotoSansCJKjp-Bold",
        "DejaVuSansMono",
        "DejaVuSansMono-Bold",
    }
    for name, descriptor in fonts.items():
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys(), name


def test_it_says_that_it_is_pdf_a_and_pdf_ua() -> None:
    pdf = reader(SAMPLE)
    metadata = pdf.root_object["/Metadata"].get_object().get_data().decode()  # type: ignore[union-attr]
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert str(pdf.root_object["/Lang"]) == "ja-JP"
    assert pdf.metadata is not None
    assert "セットアップ チェックリスト" in str(pdf.metadata.title)


def test_the_qr_code_has_a_text_for_those_who_cannot_see_it() -> None:
    texts = [
        str(found["/Alt"])
        for found in objects(reader(SAMPLE))
        if isinstance(found, dict) and "/Alt" in found
    ]
    assert texts == [f"バンドルID {SAMPLE.bundle.id} のQRコード"]


@pytest.mark.parametrize(
    ("name", "work"),
    [("smallest", "セットアップ"), ("p05-yokohama-seikei", "更新"), ("audit-win10", "点検")],
)
def test_the_title_is_that_of_the_visit(name: str, work: str) -> None:
    """On the first page, above each other one, and in what a reader shows as the file's name."""
    profile = examples.example(name)[0]
    steps = examples.plan_of(profile)
    pdf = reader(summarize(profile, steps, areas(), digest("bundle"), None))
    assert pdf.metadata is not None
    assert f"資格確認端末 {work} チェックリスト" in str(pdf.metadata.title)
    pages = [squeezed(page.extract_text()) for page in pdf.pages]
    assert all(f"{work}チェックリスト" in page for page in pages)
    others = {"セットアップチェックリスト", "更新チェックリスト", "点検チェックリスト"} - {
        f"{work}チェックリスト"
    }
    assert not [title for title in others if title in "".join(pages)]


# -- what is on it


@pytest.mark.parametrize("name", NAMES)
def test_a_clinics_name_is_printed_as_it_is_written(name: str) -> None:
    data = replace(SMALL, facility=replace(SMALL.facility, name=name))
    assert squeezed(name) in squeezed(extract_text(io.BytesIO(checklist(data)), page_numbers=[0]))
    assert squeezed(name) in words(data)


def test_page_1_names_the_bundle_and_its_publisher() -> None:
    page = squeezed(reader(SAMPLE).pages[0].extract_text())
    assert SAMPLE.bundle.id in page
    assert SAMPLE.bundle.publisher is not None
    digits = SAMPLE.bundle.publisher.fingerprint
    groups = re.findall(r"([①-⑯])([0-9a-f]{4})(?![0-9a-f])", page)
    assert groups == [("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯"[i], digits[4 * i : 4 * i + 4]) for i in range(16)]
    assert "0_発行者を登録.cmdが番号で尋ねる組を、ここから書き写します" in page
    assert "2027年3月31日まで有効な署名です" in page
    assert "署名がありません" not in page
    assert "13項目" in page


def test_an_unsigned_bundle_says_so_first() -> None:
    page = squeezed(
        reader(replace(SMALL, bundle=replace(SMALL.bundle, publisher=None))).pages[0].extract_text()
    )
    assert page.index("署名がありません") < page.index("医療機関と端末")
    assert "書き写" not in page


def test_a_bundle_that_changes_nothing_says_so() -> None:
    steps = [step for step in STEPS if step.how != "apply"]
    assert "端末の設定を変更しません" in words(replace(SAMPLE, steps=steps))


def test_every_step_is_there_in_order_and_whole() -> None:
    pages = [squeezed(page.extract_text()) for page in reader(SAMPLE).pages[1:]]
    position = (0, 0)
    for number, step in enumerate(STEPS, start=1):
        title = squeezed(step.title)
        # Titles may also be words of an earlier step, so each is looked for after the one before.
        page, start = position
        if title not in pages[page][start:]:
            page, start = page + 1, 0
        position = page, pages[page].index(title, start) + len(title)
        assert f"{number}" in pages[page]
        for text in (step.what, step.check, *(value for _, value in step.values)):
            assert squeezed(text) in pages[page][start:], step.title


def test_each_page_of_steps_repeats_the_heads_of_its_columns() -> None:
    for page in reader(SAMPLE).pages[1:]:
        assert "済番号区分作業と確認メモ" in squeezed(page.extract_text())


def test_the_steps_begin_with_what_to_know_before_a_file_is_opened() -> None:
    """Once, and no part of page 1 seems to go on there."""
    first, *later = (squeezed(page.extract_text()) for page in reader(SAMPLE).pages[1:])
    for word in ("ファイルを開く前に", "OneDrive", "Ctrl+C", "Ctrl+Break", "Esc", "保護の履歴"):
        assert word in first and not any(word in page for page in later), word
    assert "（つづき）" not in first


def test_the_pages_of_one_document_are_named_once() -> None:
    citations = ("手順書 3.22版 P.1", "別の手順書 補足①", "手順書 3.22版 P.13-15")
    text = words(replace(SMALL, steps=[replace(STEPS[0], source=citations)]))
    assert "出典手順書3.22版P.1、P.13-15、別の手順書補足①" in text


@pytest.mark.parametrize("name", [NAMES[3], "長" * 300, "LONGNAME" * 40])
def test_page_1_stays_one_page(name: str) -> None:
    data = replace(
        SAMPLE,
        facility=replace(SAMPLE.facility, name=name),
        vendor=Vendor(name[:90], name[:60], "03-1234-5678"),
        steps=STEPS * 3,
    )
    first, second = (squeezed(page.extract_text()) for page in reader(data).pages[:2])
    assert "印・署名" in first
    assert "ツールが設定する項目" in first
    assert "済番号区分" in second


def test_a_sheet_for_a_hundred_steps_stays_handy() -> None:
    assert len(reader(SAMPLE).pages) <= 7
    assert len(reader(replace(SAMPLE, steps=STEPS * 3)).pages) <= 18


def test_a_step_longer_than_a_page_goes_on_to_the_next() -> None:
    long = replace(STEPS[0], what="とても長い説明です。" * 500, values=(("値", "x" * 3000),))
    data = replace(SMALL, steps=[long, STEPS[1]])
    assert len(reader(data).pages) > 3
    assert words(data).count("説") == 500


def test_long_values_stay_inside_their_column() -> None:
    values = (
        ("例外", BYPASS),
        ("URL", "https://example.jp/" + "a" * 300 + "?" + "b=c&" * 60),
        ("フォルダー", "\\\\server\\" + "ながい フォルダー名-2025\\" * 20),
    )
    page = reader(replace(SMALL, steps=[replace(STEPS[0], values=values)])).pages[1]
    right = float(page.mediabox.right) - 15 / 25.4 * 72
    ends: list[float] = []

    def visit(_: str, matrix: Any, text: Any, *__: Any) -> None:
        ends.append(text[4] * matrix[0] + matrix[4])

    page.extract_text(visitor_text=visit)
    assert max(ends) < right


# -- what a clinic may write


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_only_text(text: str) -> None:
    assert words(written(text)).count(squeezed(text)) >= 4


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        st.sampled_from("#*_$@\\<>[](){}`'\"/=+-~&%:;.,|!?^ aA01lO漢字かナ髙𠮷ー、。（）"),
        min_size=1,
    )
)
def test_what_is_written_is_what_is_printed(text: str) -> None:
    assert words(written(text)).count(squeezed(text)) >= 4


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12))
@example("\ufeff")
@example("\U000f0000")
@example("\u200f\u0301")
def test_any_character_is_printed_or_named(text: str) -> None:
    try:
        pdf = checklist(written(text))
    except MissingGlyph as missing:
        assert missing.character
        assert unicodedata.normalize("NFC", missing.character) in unicodedata.normalize("NFC", text)
    else:
        assert pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("character", ["😀", "\ue000", "\ufeff", "\ufdfa", "ก", "\U0010fffd"])
def test_a_character_that_no_font_has_is_named(character: str) -> None:
    with pytest.raises(MissingGlyph) as caught:
        checklist(replace(SMALL, facility=replace(SMALL.facility, name=f"東京{character}内科")))
    assert caught.value.character == character


def written(text: str) -> Checklist:
    """A sheet with ``text`` wherever a clinic's own words can stand."""
    return replace(
        SMALL,
        facility=replace(SMALL.facility, name=text),
        vendor=Vendor(text, text, text),
        steps=[replace(STEPS[0], title=text, what=text, check=text, values=((text, text),))],
    )


# -- the engine


def test_a_font_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    template = b'#set document(title: "x")\n#set text(font: "Nowhere")\nx'
    monkeypatch.setattr("oqsgen.render.checklist._template", lambda: template)
    with pytest.raises(RuntimeError, match="nowhere"):
        checklist(SMALL)


def test_the_memory_of_many_sheets_does_not_add_up() -> None:
    # Not ru_maxrss, which begins with what the process that started this one held.
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("the peak of a process's memory is read from Linux' /proc")
    program = (
        "import re, sys\n"
        "from pathlib import Path\n"
        f"sys.path[:0] = [{str(ROOT)!r}]\n"
        "from dataclasses import replace\n"
        "from tests.render.test_checklist import SAMPLE, STEPS, checklist\n"
        "for number in range(5):\n"
        "    terminal = replace(SAMPLE.terminal, name=f'OQS-{number}')\n"
        "    checklist(replace(SAMPLE, terminal=terminal, steps=STEPS * 3))\n"
        f"peak = re.search(r'VmHWM:\\s*(\\d+)', Path({str(status)!r}).read_text())\n"
        "print(int(peak[1]) // 1024)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert int(found.stdout) < 250
