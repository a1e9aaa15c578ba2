"""What is set and read of a ThinkPad E14 Gen2."""

from oqsgen.plan.kind import Action, Field, Kind, Wording

ADAPTER_KEYWORD = Kind(
    "adapter-keyword",
    "A standardized keyword of a network adapter's driver.",
    target=(
        Field("title", "what people call the adapter"),
        Field("device", "how its PnP id begins"),
        Field("description", "what the driver calls it: a part of that"),
        Field("keyword", "name of the keyword"),
    ),
    wanted=(
        Field(
            "value",
            "value of the keyword, as text",
            label="ドライバーの設定の値",
            wording=Wording(at="adapters.value"),
        ),
    ),
    found=(
        Field(
            "adapters", "of each such adapter: interface (GUID), value of the keyword", ours=True
        ),
    ),
    source="Standardized INF Keywords; ntt-east 手順書D",
    scopes=("machine",),
    thing="ネットワーク アダプター",
)


def adapter_keyword(title: str, device: str, description: str, name: str, value: str) -> Action:
    """The adapters whose PnP id begins with ``device`` and whose driver's text holds ``description``.

    ``title`` is what people call it; ``value`` the text that the keyword ``name`` is to have.
    """
    target = {"title": title, "device": device, "description": description, "keyword": name}
    return ADAPTER_KEYWORD.action(target, {"value": value})


_IS = (
    Field(
        "is",
        "whether a name of the model matches",
        label="機種",
        wording=Wording(words={"true": "この一式に書かれた機種", "false": "別の機種"}),
    ),
)

MODEL = Kind(
    "model",
    "The model of the PC.",
    target=(Field("pattern", "regular expression"),),
    wanted=_IS,
    found=_IS,
    source="Win32_ComputerSystemProduct, Win32_ComputerSystem",
    thing="機種",
    remedy="この一式を作った人に知らせてください。",
)


def model_matches(pattern: str, *, yes: bool) -> Action:
    """A name of the model matches the regular expression ``pattern``, or none does."""
    return MODEL.action({"pattern": f"(?i){pattern}"}, {"is": yes})


_SLOW = (
    Field(
        "slow",
        "whether it took longer, not counting the wait for a sign-in",
        label="サインインまでの時間",
        wording=Wording(words={"true": "長い", "false": "ふつう"}),
    ),
)

STARTUP_TIME = Kind(
    "startup-time",
    "How long the PC took to its desktop.",
    target=(
        Field("seconds", "how long it may take", "s"),
        Field("folder", "whose programs have to be there too"),
    ),
    wanted=_SLOW,
    found=_SLOW,
    source="ntt-east 手順書D",
    scopes=("user",),
    thing="起動にかかる時間",
    remedy="ARP オフロードの設定と、PC が遅くなっていないかを確かめてください。",
)


def starts_within(seconds: int, folder: str) -> Action:
    """Desktop and the programs below ``folder``, where there are any, were there in ``seconds``."""
    return STARTUP_TIME.action({"seconds": seconds, "folder": folder}, {"slow": False})
