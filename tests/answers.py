"""What a person types where a yes is asked, and whether it is one: the same in the launchers and in the script."""

YES = (
    "はい",
    "「はい」",
    "｢はい｣",
    "　はい ",
    "ハイ",
    "ﾊｲ",
    "「ﾊｲ」",
    "yes",
    "YES",
    "ｙｅｓ",
    "ＹＥＳ",
    "「yes」",
    "y",
    "Y",
    "ｙ",
    "Ｙ",
)
NO = ("", " ", "いいえ", "n", "no", "yeah", "はいはい", "はい。", "\0\0", "「」", "hai")
