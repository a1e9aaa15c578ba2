"""The settings, each a step of a plan, and the rows of the official documents."""

from collections.abc import Iterator, Sequence

from oqsgen.explain.entry import Entry, named_rows, pages, told
from oqsgen.manual.rows import Row, areas, condition, row, rows
from oqsgen.plan.setting import Setting
from oqsgen.plan.step import HOW_JA, WHO_JA, How
from oqsgen.resources import spec
from oqsgen.subjects import SETTINGS

ROW_HOW_JA = {str(how): name for how, name in HOW_JA.items()} | {
    "plan": "手順を決めるもの",
    "note": "手順の説明に入るもの",
}


def setting_entries() -> Iterator[Entry]:
    """An entry for each setting."""
    for setting in SETTINGS:
        first = row(setting.rows[0])
        how: How | str = setting.how or first.how
        yield Entry(
            "setting",
            setting.id,
            setting.title or first.title,
            setting.what if isinstance(setting.what, str) else first.what,
            told(
                ("方法", ROW_HOW_JA[how]),
                ("行うところ", WHO_JA[setting.who or first.who]),
                ("確認", setting.check if isinstance(setting.check, str) else first.check),
                (
                    "値",
                    _values(first.values)
                    or ("端末ごとに決まります（oqsgen plan が示します）" if setting.values else ""),
                ),
                ("行う端末", _when([row(name) for name in setting.rows])),
                ("操作", areas()[first.area]),
                ("要件", named_rows(setting.rows)),
                ("出典", pages(source for name in setting.rows for source in row(name).source)),
            ),
        )


def row_entries() -> Iterator[Entry]:
    """An entry for each row."""
    for each in rows():
        settings = [setting for setting in SETTINGS if each.id in setting.rows]
        yield Entry(
            "row",
            each.id,
            each.title,
            each.what + each.mends,
            told(
                ("方法", ROW_HOW_JA[each.how]),
                ("確認", each.check),
                ("値", _values(each.values)),
                ("行う端末", _when([each])),
                ("操作", areas()[each.area]),
                ("手順", "、".join(_named(setting) for setting in settings)),
                ("関わる要件", named_rows(each.shapes)),
                ("こうする理由", "".join(_decisions(each)) or each.reason),
                ("出典", pages(each.source)),
            ),
        )


def _named(setting: Setting) -> str:
    return f"{setting.id}（{setting.title or row(setting.rows[0]).title}）"


def _values(values: Sequence[tuple[str, str]]) -> str:
    return "、".join(f"{label}: {value}" for label, value in values)


def _when(covered: Sequence[Row]) -> str:
    """Where one of the rows holds."""
    conditions = [condition(each.when or {}, {}) for each in covered]
    return "" if "" in conditions else "。または、".join(dict.fromkeys(conditions))


def _decisions(each: Row) -> Iterator[str]:
    """What was decided about a row where the documents leave something open."""
    for decision in spec("decisions"):
        if each.id in decision["rows"]:
            yield f"{decision['finding']}{decision['decision']}{decision['reason']}"
