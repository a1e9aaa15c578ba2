"""The official documents that requirement rows and problems point to."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from oqsgen import resources

UNCHANGED: Mapping[str, str] = MappingProxyType({})


def edition() -> str:
    """The edition of the manual that this oqsgen follows, for example ``3.22``."""
    edition: str = resources.spec("documents")["edition"]
    return edition


def cite(source: str) -> str:
    """A source as printed: ``setup P.5`` gives ``資格確認端末のセットアップ 3.22版 P.5``.

    An id without a page gives the title alone; KeyError where there is no such document.
    """
    document, _, page = source.partition(" ")
    title = _documents()[document].format(edition=edition())
    return f"{title} {page}" if page else title


def cited_together(citations: Iterable[str], called: Mapping[str, str] = UNCHANGED) -> str:
    """What ``cite`` gave, each title once and its pages behind it: ``A P.1``, ``B P.3``, ``A P.5`` as ``A P.1、P.5、B P.3``.

    ``called``: titles that have another name here.
    """
    pages: dict[str, list[str]] = {}
    for citation in dict.fromkeys(citations):
        title = next(title for title in map(cite, _documents()) if citation.startswith(title))
        pages.setdefault(called.get(title, title), []).append(citation[len(title) :].strip())
    return "、".join(
        f"{title} {'、'.join(filter(None, of))}".strip() for title, of in pages.items()
    )


def _documents() -> Mapping[str, str]:
    documents: dict[str, str] = resources.spec("documents")["documents"]
    return documents
