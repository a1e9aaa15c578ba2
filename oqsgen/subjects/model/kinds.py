"""What is set and read of a ThinkPad E14 Gen2."""

from oqsgen.plan.kind import Action, kind

ADAPTER_KEYWORD = kind(
    "adapter-keyword", "machine", target="title device description keyword", wanted="value"
)
"""A standardized keyword of a network adapter's driver. Source: Standardized INF Keywords."""


def adapter_keyword(title: str, device: str, description: str, name: str, value: str) -> Action:
    """The adapters whose PnP id begins with ``device`` and whose driver's text holds ``description``.

    ``title`` is what people call it; ``value`` the text that the keyword ``name`` is to have.
    """
    target = {"title": title, "device": device, "description": description, "keyword": name}
    return ADAPTER_KEYWORD.action(target, {"value": value})


MODEL = kind("model", "machine user", target="pattern", wanted="is", changes=False)
"""The model of the PC. Source: Win32_ComputerSystemProduct, Win32_ComputerSystem."""


def model_matches(pattern: str, *, yes: bool) -> Action:
    """A name of the model matches the regular expression ``pattern``, or none does."""
    return MODEL.action({"pattern": f"(?i){pattern}"}, {"is": yes})


STARTUP_TIME = kind("startup-time", "user", target="seconds folder", wanted="slow", changes=False)
"""How long the PC took to its desktop. Source: ntt-east 手順書D."""


def starts_within(seconds: int, folder: str) -> Action:
    """Desktop and the programs below ``folder``, where there are any, were there in ``seconds``."""
    return STARTUP_TIME.action({"seconds": seconds, "folder": folder}, {"slow": False})
