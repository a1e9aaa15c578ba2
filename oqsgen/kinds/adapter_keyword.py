"""A standardized keyword of a network adapter's driver. Source: Standardized INF Keywords."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("adapter-keyword", "machine", target="title device description keyword", wanted="value")


def keyword(title: str, device: str, description: str, name: str, value: str) -> Action:
    """The adapters whose PnP id begins with ``device`` and whose driver's text holds ``description``.

    ``title`` is what people call it; ``value`` the text that the keyword ``name`` is to have.
    """
    target = {"title": title, "device": device, "description": description, "keyword": name}
    return KIND.action(target, {"value": value})
