"""What is set and read of the PC's clock."""

from oqsgen.plan.kind import ON_OFF, Action, Field, Kind, Wording

_SYNCHRONIZED = (
    Field(
        "synchronized",
        "whether the clock is at most ten seconds off",
        label="時計",
        wording=Wording(words={"true": "合っている", "false": "ずれて"}),
    ),
)

CLOCK = Kind(
    "clock",
    "The PC's clock against a time server, asked by SNTP.",
    target=(Field("server", "host name of the time server"),),
    wanted=_SYNCHRONIZED,
    found=_SYNCHRONIZED,
    source="RFC 4330",
    thing="時計",
    remedy="「時刻の同期」の設定と、時刻サーバーへの接続を確かめてください。",
)


def clock_agrees_with(server: str) -> Action:
    """The clock agrees with ``server``."""
    return CLOCK.action({"server": server}, {"synchronized": True})


_TIME = (
    Field(
        "server",
        "the one host that it asks; null where there are several",
        ours=True,
        label="時刻サーバー",
    ),
    Field(
        "type", "how it finds a server: NTP, as the value Type", ours=True, label="時刻の同期の方式"
    ),
    Field(
        "automatic",
        "whether it starts with Windows and goes on outside a domain",
        label="時刻のサービスの自動起動",
        wording=Wording(words=ON_OFF),
    ),
)

TIME = Kind(
    "time",
    "The Windows Time service: which server it asks, and that it runs.",
    target=(Field("service", "always `W32Time`"),),
    wanted=_TIME,
    found=(
        *_TIME,
        Field("peers", "value NtpServer", "host,flags", ours=True),
        Field(
            "client",
            "value Enabled of its NTP client, or null",
            label="NtpClient",
            wording=Wording(
                words={"1": "有効", "0": "無効"},
                always=(
                    1,
                    None,
                ),
            ),
        ),
        Field("servers", "list of the control panel: name and host of each, or null"),
        Field(
            "selected",
            "name of the one that is chosen there, or null",
            label="選ばれている時刻サーバーの番号",
        ),
        Field("start", "how the service starts", "SERVICE_*_START"),
        Field("delayed", "whether it starts with a delay"),
        Field("triggers", "its triggers: type, action, subtype (GUID) and data of each"),
    ),
    source="W32Time parameters; SERVICE_TRIGGER; support.microsoft.com KB2385818",
    scopes=("machine",),
    thing="時刻の同期",
    cause="ほかの担当者やソフトが、時刻の同期を変えた",
)


def internet_time(server: str) -> Action:
    """The service starts by itself and asks ``server`` (a host name) alone."""
    return TIME.action({"service": "W32Time"}, {"server": server, "type": "NTP", "automatic": True})
