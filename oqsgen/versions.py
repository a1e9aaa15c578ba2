"""The versions that the manuals ask for, once for rows, settings and texts. Data: ``specs/versions.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oqsgen.resources import spec

_NAME = re.compile(r"<([a-z-]+)>")


@dataclass(frozen=True)
class Version:
    """The least version of an application, its page, and the file that states what is installed."""

    minimum: str
    source: str
    file: str = ""


def version(name: str) -> Version:
    """The version called ``name``. Raises KeyError for an unknown one."""
    return Version(**spec("versions")["versions"][name])


def as_of() -> str:
    """The day on which the versions were last compared with the documents, ``YYYY-MM-DD``."""
    day: str = spec("versions")["as_of"]
    return day


def with_versions(data: Any) -> Any:
    """``data`` of a row with each ``<name>`` in its texts replaced by the least version of that name.

    Raises KeyError for an unknown name.
    """
    if isinstance(data, str):
        return _NAME.sub(lambda found: version(found[1]).minimum, data)
    if isinstance(data, Mapping):
        return {key: with_versions(value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_versions(value) for value in data]
    return data
