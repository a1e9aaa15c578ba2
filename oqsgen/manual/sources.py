"""The official documents that requirement rows and problems point to."""

from oqsgen import resources


def edition() -> str:
    """The edition of the manual that this oqsgen follows, for example ``3.22``."""
    edition: str = resources.spec("documents")["edition"]
    return edition


def cite(source: str) -> str:
    """A source as printed: ``setup P.5`` gives ``資格確認端末のセットアップ 3.22版 P.5``.

    An id without a page gives the title alone; KeyError where there is no such document.
    """
    document, _, page = source.partition(" ")
    title: str = resources.spec("documents")["documents"][document]
    title = title.format(edition=edition())
    return f"{title} {page}" if page else title
