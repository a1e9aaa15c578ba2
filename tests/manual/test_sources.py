"""How the pages of the documents are printed."""

from oqsgen.manual.sources import cite, cited_together


def test_each_title_is_said_once_with_its_pages() -> None:
    pages = ("setup P.2-3", "almex ①", "setup P.2", "tool", "almex 補足①", "setup P.2-3")
    assert cited_together(map(cite, pages)) == (
        "資格確認端末のセットアップ 3.22版 P.2-3、P.2、アルメックス 承継工事マニュアル ①、補足①、"
        "oqsgen が加えた項目（どの資料にもない）"
    )
    short = {cite("setup"): "手順書"}
    assert cited_together(map(cite, ("ntt-east", "setup P.1")), short) == (
        "NTT東日本 手順書A–D、手順書 P.1"
    )
    assert cited_together(()) == ""
