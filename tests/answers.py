"""What a person types where a yes is asked, and whether it is one: the same in the launchers and in the script."""

YES = (
    "はい",
    "「はい」",
    "｢はい｣",
    "　はい ",
    "ハイ",
    "ﾊｲ",
    "yes",
    "YES",
    "ｙｅｓ",
    "「yes」",
    "y",
    "Y",
    "ｙ",
)
NO = ("", " ", "いいえ", "n", "no", "yeah", "はいはい", "はい。", "\0\0", "「」", "hai")
