"""Face readers, the generic reader and phones."""

import re
from collections.abc import Iterator

from oqsgen.clinic import derive
from oqsgen.clinic.model import Clinic
from oqsgen.clinic.problem_at import KeyProblem


def check_readers(clinic: Clinic) -> Iterator[KeyProblem]:
    if (
        not clinic.readers
        and derive.facility_type(clinic) != "houkan"
        and not clinic.generic_reader
    ):
        yield KeyProblem(
            "READER_NONE",
            ("readers",),
            "カードリーダーがありません。readers に顔認証機器のメーカーを書くか、"
            "汎用カードリーダーだけなら generic_reader: true にしてください。",
        )


def check_vendor_name(clinic: Clinic) -> Iterator[KeyProblem]:
    for index, reader in enumerate(clinic.readers):
        if reader.vendor != "other" and reader.vendor_name is not None:
            yield KeyProblem(
                "NOT_USED",
                ("readers", index, "vendor_name"),
                "vendor_name を印刷するのは vendor が other のときだけです。消してかまいません。",
                "info",
            )


def check_phone(clinic: Clinic) -> Iterator[KeyProblem]:
    if not clinic.phone or clinic.generic_reader:
        return
    if derive.all_readers_read_phones(clinic):
        yield KeyProblem(
            "PHONE_READER_CHECK",
            ("phone",),
            "キヤノンマーケティングジャパンの機器では、スマホ用の汎用カードリーダーは要らない扱いです。"
            "メーカーに確かめてください。",
            "info",
        )
    else:
        yield KeyProblem(
            "GENERIC_READER_REQUIRED",
            ("phone",),
            "スマホの資格確認には汎用カードリーダーが必要です。用意して generic_reader: true に"
            "するか、phone を false にしてください。",
        )


def check_reader_accounts(clinic: Clinic) -> Iterator[KeyProblem]:
    for index, reader in enumerate(clinic.readers):
        account = reader.account
        if account and re.match("[Ff][Oo]", account):
            yield KeyProblem(
                "ID_LETTER_O",
                ("readers", index, "account"),
                f"「{account}」の2文字目は英字の O です。"
                f"数字の 0 ではありませんか（もしかして: F0{account[2:]}）。",
                "warning",
            )


CHECKS = (check_readers, check_vendor_name, check_phone, check_reader_accounts)
