"""The versions that the manuals ask for, once for rows, settings and texts. Data: ``specs/versions.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oqsgen.resources import spec

_NAME = re.compile(r"<([a-z-]+)(\.installers)?>")


@dataclass(frozen=True)
class Version:
    """The least version of an application, its page, the file that states what is installed, and
    the names of its installers (``*`` stands for whatever a copy adds).
    """

    minimum: str
    source: str
    title: str = ""
    file: str = ""
    installers: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Where the application is installed; ``file`` stands directly in it."""
        return self.file.rpartition("\\")[0]


def version(name: str) -> Version:
    """The version called ``name``. Raises KeyError for an unknown one."""
    data = dict(spec("versions")["versions"][name])
    return Version(**data | {"installers": tuple(data.get("installers", ()))})


def applications(facts: frozenset[str]) -> tuple[Version, ...]:
    """The applications that a terminal with these facts has, in the order of their installation."""
    names = ["face-library", *(["linkage"] if "linkage" in facts else []), "distribution"]
    return tuple(version(name) for name in names)


def installer_names() -> tuple[str, ...]:
    """The names of the installers that a visit takes along, with ``*`` for whatever a copy adds."""
    named = [
        name
        for data in spec("versions")["versions"].values()
        for name in data.get("installers", ())
    ]
    return tuple(dict.fromkeys(named))


def as_of() -> str:
    """The day on which the versions were last compared with the documents, ``YYYY-MM-DD``."""
    day: str = spec("versions")["as_of"]
    return day


def with_versions(data: Any) -> Any:
    """``data`` of a row with each ``<name>`` in its texts replaced by the least version of that name,
    and each ``<name.installers>`` by the names of its installers, as ``open`` takes them.

    Raises KeyError for an unknown name.
    """
    if isinstance(data, str):
        return _NAME.sub(_value, data)
    if isinstance(data, Mapping):
        return {key: with_versions(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_versions(value) for value in data]
    return data


def _value(match: re.Match[str]) -> str:
    application = version(match[1])
    return ";".join(application.installers) if match[2] else application.minimum
