"""Each item of the source documents is carried where ``specs/sources/`` says so, and nothing cites a page in vain."""

from pathlib import Path

import pytest

from oqsgen.manual.items import DOCUMENTS, Item, items
from oqsgen.manual.rows import Row, rows
from oqsgen.manual.sources import cite
from oqsgen.resources import spec
from tests.build.test_golden import HINT, regenerate
from tests.manual.carriers import Carriers, text_of, values_of

COUNTS = {"ntt-west": 33, "ntt-east": 63, "setup": 251, "almex": 99, "distro-check": 55}
"""How many items an independent reading of the documents found."""
DECISIONS = {decision["id"] for decision in spec("decisions")}
OURS = ("tool", "field")
"""Sources that are no document."""

every_item = pytest.mark.parametrize(
    "item", [item for document in DOCUMENTS for item in items(document)], ids=lambda item: item.id
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_item_is_there_once(document: str) -> None:
    names = [item.id for item in items(document)]
    assert len(set(names)) == len(names) == COUNTS[document]
    assert names == sorted(names)


@every_item
def test_an_item_is_carried_or_a_decision_says_why_not(item: Item) -> None:
    assert item.asks.endswith("。")
    assert item.says or item.value or item.order or item.absent or item.undecided
    assert item.carried or item.absent or item.undecided
    assert {item.withheld, item.undecided} - {None} <= DECISIONS


@every_item
def test_an_item_is_said_where_it_is_carried(item: Item, tmp_path: Path) -> None:
    there = Carriers(item, tmp_path)
    carriers = {name: there.of(name) for name in item.carried}
    assert [name for name, found in carriers.items() if not found] == [], "nothing carries it"
    assert [name for name in item.absent if there.of(name)] == [], "it is there all the same"
    every = [carrier for found in carriers.values() for carrier in found]
    text = "\n".join(map(text_of, every))
    assert [words for words in item.says if "".join(words.split()) not in text] == []
    exact = frozenset().union(*map(values_of, every))
    assert [value for value in item.value if value not in exact] == []
    if item.order:
        places = [min(map(there.steps.index, found)) for found in carriers.values()]
        assert places == sorted(set(places))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_row_cites_a_page_only_for_what_stands_there(row: Row) -> None:
    for source in row.source:
        document, _, page = source.partition(" ")
        if document in OURS:
            continue
        carried = [item for item in items(document) if row.id in item.carried]
        assert carried, f"no item of {cite(source)} is carried by it"
        backed = frozenset().union(*(item.pages() for item in carried))
        asked = Item.model_validate({"id": "", "page": page, "asks": "", "for": ""}).pages()
        assert not page or asked <= backed, f"{cite(source)}: {sorted(asked - backed)}"


def test_the_page_is_as_the_items_are() -> None:
    assert regenerate.SOURCES.read_text("utf-8") == regenerate.sources_page(), HINT
