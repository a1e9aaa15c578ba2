"""``oqsgen diff``: how two clinics' files, or two bundles, differ."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.clinics import defaults_option, resolve_all
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    VERIFY_FAILED,
    CliError,
    format_option,
    print_json,
    print_problems,
    write,
)
from oqsgen.files import reason
from oqsgen.input.problems import Problem, has_errors

LONG = 30
"""Characters up to which an old and a new value stand in one line."""


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@defaults_option
@format_option
def diff(old: Path, new: Path, defaults: Path | None, output: str) -> int:
    """2 つの clinic.yaml か一式（のフォルダー）を比べ、変わる手順、PC の設定、刷り直すかどうかを表示します。"""
    from oqsgen.compare.difference import difference

    before, problems, code = _sides(old, defaults)
    after, more, other_code = _sides(new, defaults)
    problems += more
    if code or other_code:
        if output == "json":
            print_json({"terminals": [], "problems": [p.as_json() for p in problems]})
        else:
            print_problems(problems)
        return max(code, other_code)
    pairs, gone, come = _pairs(before, after)
    differences = [difference(was, side) for was, side in pairs]
    if output == "json":
        print_json(
            {
                "terminals": [each.as_json() for each in differences],
                "removed": [side.name for side in gone],
                "added": [side.name for side in come],
                "problems": [],
            }
        )
        return OK
    for each in differences:
        write(*_lines(each))
    write(*(f"無くなる端末: {side.name}" for side in gone))
    write(*(f"増える端末: {side.name}" for side in come))
    return OK


def _sides(path: Path, defaults: Path | None) -> tuple[list[Any], list[Problem], int]:
    """The terminals at a path, and the problems that keep them from being compared, with the code for them."""
    from oqsgen.compare.bundle import of_bundle
    from oqsgen.compare.side import of_profile
    from oqsgen.seal.verify.finding import SealError
    from oqsgen.seal.verify.places import bundles_at

    if not path.is_dir():
        profiles, problems = resolve_all([path], defaults)
        if has_errors(problems):
            return [], problems, INPUT_ERROR
        return [of_profile(profile) for _, profile in profiles], [], OK
    try:
        folders = bundles_at(path)
    except OSError as error:
        raise CliError(f"エラー: フォルダー {path} を読めません（{reason(error)}）。") from error
    sides, problems = [], []
    for folder in folders:
        try:
            sides.append(of_bundle(folder))
        except SealError as error:
            problems.append(Problem(str(folder), 0, 0, error.code, "error", "", str(error)))
    if not folders:
        message = "oqsgen の一式がありません。端末ごとのフォルダーか、それが並ぶフォルダーを指定してください。"
        problems.append(Problem(str(path), 0, 0, "NOT_A_BUNDLE", "error", "", message))
    return sides, problems, VERIFY_FAILED if problems else OK


def _pairs(
    old: Sequence[Any], new: Sequence[Any]
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """The terminals that stand for each other, by their names; one and one always do. And those that stand alone."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], [], []
    pairs = []
    gone, come = list(old), list(new)
    for name in ("name", "terminal"):
        for was in [*gone]:
            mine = getattr(was, name).lower()
            same = [side for side in come if getattr(side, name).lower() == mine]
            if len(same) == 1:
                pairs.append((was, same[0]))
                gone.remove(was)
                come.remove(same[0])
    return pairs, gone, come


def _lines(difference: Any) -> Iterator[str]:
    """What a person reads about one terminal."""
    names = dict.fromkeys((difference.old.name, difference.new.name))
    yield f"端末 {' → '.join(names)}"
    if difference.nothing:
        yield "  違いはありません。"
        return
    yield from _changes("版", difference.versions)
    yield from _changes("clinic.yaml の項目", difference.keys)
    yield from _steps("増える手順", "+", difference.added)
    yield from _steps("無くなる手順", "-", difference.removed)
    yield from _changed_steps(difference)
    yield from _on_pc(difference)
    yield f"  チェックリスト: {_printing(difference)}"


def _changed_steps(difference: Any) -> Iterator[str]:
    """What changes of each; where another version words everything anew, of those alone that do something else."""
    in_short: list[Any] = []
    in_full: list[Any] = []
    for each in difference.changed:
        (in_short if difference.versions and each.of_words else in_full).append(each)
    if in_full:
        yield f"  変わる手順（{len(in_full)}）"
    for each in in_full:
        yield from _steps("", "~", [each.step])
        for change in each.changes:
            yield from _change(change, " " * 8)
    yield from _steps("言葉だけが変わる手順", "~", [each.step for each in in_short])


def _changes(title: str, changes: Sequence[Any]) -> Iterator[str]:
    if changes:
        yield f"  {title}（{len(changes)}）"
    for change in changes:
        yield from _change(change, " " * 4)


def _change(change: Any, indent: str) -> Iterator[str]:
    if len(change.old) + len(change.new) <= 2 * LONG:
        yield f"{indent}{change.label}: {change.old} → {change.new}"
        return
    yield f"{indent}{change.label}:"
    yield f"{indent}  - {change.old}"
    yield f"{indent}  + {change.new}"


def _steps(title: str, sign: str, steps: Sequence[Any]) -> Iterator[str]:
    from oqsgen.compare.difference import HOW

    if steps and title:
        yield f"  {title}（{len(steps)}）"
    for step in steps:
        yield f"    {sign} [{HOW.get(step.how, step.how)}] {step.title}（{step.id}）"


def _on_pc(difference: Any) -> Iterator[str]:
    changed = "、".join(step.id for step in difference.on_pc)
    yield f"  PC で変わる設定（{len(difference.on_pc)}）{': ' + changed if changed else ''}"
    if difference.left_on_pc:
        stays = "、".join(step.id for step in difference.left_on_pc)
        yield f"  もう設定しないもの（PC には残ります。戻すのは前の一式の 3_元に戻す）: {stays}"


def _printing(difference: Any) -> str:
    """Whether the checklist has to be printed again, and why."""
    if difference.pages is None:
        return "刷り直します（この版の oqsgen で作ったものではないので、言葉は比べていません）。"
    if difference.pages:
        pages = "・".join(map(str, difference.pages))
        return f"刷り直します（{pages} 枚目の言葉が変わります）。"
    if difference.other_publisher:
        return "刷り直します（発行者の指紋が変わります）。"
    if difference.old.id != difference.new.id:
        return "言葉は同じです（一式の番号だけが変わります）。"
    return "刷り直しません（言葉は同じです）。"
