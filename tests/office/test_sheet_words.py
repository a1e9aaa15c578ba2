"""The messages of ``check`` as the hearing sheet says them."""

import pytest

from oqsgen.office.sheet_words import in_words_of_the_sheet


@pytest.mark.parametrize(
    ("message", "path", "told"),
    [
        (
            "dns: {where: router} か dns: {where: terminal, nic: イーサネット} のように書いてください。",
            "network.dns",
            "14a「DNS をどこに設定するか（NTT の回線）」に「ルーター」か 14a「DNS をどこに設定するか（NTT の回線）」に「資格確認端末」、"
            "14b「DNS を端末に設定: Windows のネットワーク接続の名前」に「イーサネット」のように書いてください。",
        ),
        (
            "router か terminal にしてください。",
            "network.dns.where",
            "ルーター か 資格確認端末 にしてください。",
        ),
        (
            "his.share_account がないので、face フォルダーの共有は手作業です。his: {share_account: receiptcom} と書くと",
            "his.share_account",
            "22「共有に使うアカウントの名前」がないので、face フォルダーの共有は手作業です。"
            "22「共有に使うアカウントの名前」に「receiptcom」と書くと",
        ),
        (
            "汎用カードリーダーだけなら generic_reader: true にしてください。",
            "readers",
            "汎用カードリーダーだけなら 27a「汎用カードリーダー」に「使う」にしてください。",
        ),
        (
            "C:\\OQS\\face、*.example.jp、proxy.example.jp、192.168.20.0/24 のように書いてください。",
            "his.paths.face",
            "C:\\OQS\\face、*.example.jp、proxy.example.jp、192.168.20.0/24 のように書いてください。",
        ),
    ],
)
def test_keys_are_questions_and_values_are_answers(message: str, path: str, told: str) -> None:
    assert in_words_of_the_sheet(message, path) == told
