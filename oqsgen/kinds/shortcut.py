"""A shortcut to a page on the person's desktop. Source: Internet Shortcuts, learn.microsoft.com."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("shortcut", "user", target="name", wanted="url")


def shortcut(name: str, url: str) -> Action:
    """The desktop has ``name``.url, which leads to ``url`` exactly."""
    return KIND.action({"name": name}, {"url": url})
