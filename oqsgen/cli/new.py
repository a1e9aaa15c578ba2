"""``oqsgen new``: a clinic's file from an interview, from answers, from what there is already, or blank."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import (
    INPUT_ERROR,
    OK,
    USAGE_ERROR,
    VERIFY_FAILED,
    CliError,
    print_problems,
    say,
    write,
)
from oqsgen.cli.new_from_sheet import from_sheet
from oqsgen.cli.readiness import readiness_lines
from oqsgen.cli.saving import must_be_free, save, save_clinic
from oqsgen.files import reason
from oqsgen.input.problems import Problem, has_errors

CLINIC = Path("clinic.yaml")


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--answers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="質問せず、このファイルの答え（「質問の項目: 答え」の行）を使います。",
)
@click.option("--resume", is_flag=True, help="途中で終わった質問の続きから始めます。")
@click.option("--blank", is_flag=True, help="すべての項目を説明付きで書き出します。")
@click.option(
    "--from",
    "source",
    metavar="FROM",
    type=click.Path(path_type=Path),
    help="記入したヒアリングシート（.xlsx、.csv）か、一式のフォルダーから作ります。",
)
@click.option(
    "--sheet",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="記入するヒアリングシートを書き出します（.xlsx。.csv は端末ごとに 1 行）。",
)
@click.option("--many", is_flag=True, help="--sheet で、多くの施設を 1 行ずつ書く形にします。")
@click.option("--overwrite", is_flag=True, help="同じ名前のファイルがあれば、置き換えます。")
def new(
    file: Path | None,
    answers: Path | None,
    resume: bool,
    blank: bool,
    source: Path | None,
    sheet: Path | None,
    many: bool,
    overwrite: bool,
) -> int:
    """質問に答えて clinic.yaml を作ります。"""
    if sum(map(bool, (answers, resume, blank, source, sheet))) > 1:
        raise CliError(
            "エラー: --answers、--resume、--blank、--from、--sheet は、どれか 1 つだけ指定してください。",
            USAGE_ERROR,
        )
    if many and not sheet:
        raise CliError("エラー: --many は --sheet と一緒に指定してください。", USAGE_ERROR)
    if sheet:
        return _sheet(sheet, many, overwrite)
    if source and source.suffix.lower() in (".xlsx", ".csv"):
        return from_sheet(source, file or Path(), overwrite)
    if blank:
        return _blank(file, overwrite)
    target = file or CLINIC
    must_be_free(target, overwrite)
    if source:
        return _from_bundle(target, source, overwrite)
    if answers:
        return _from_answers(target, answers, overwrite)
    return _interview(target, resume, overwrite)


def _blank(file: Path | None, overwrite: bool) -> int:
    from oqsgen.office.clinic_yaml import blank

    if file is None:
        write(*blank().splitlines())
    else:
        must_be_free(file, overwrite)
        save_clinic(file, blank(), overwrite)
        say(f"{file} を作りました。「#」のない行に値を書いてください。")
    return OK


def _sheet(sheet: Path, many: bool, overwrite: bool) -> int:
    """A CSV file is one of many clinics in any case."""
    from oqsgen.office.sheet_book import csv_header, workbook, workbook_of_many

    must_be_free(sheet, overwrite)
    of_excel = workbook_of_many if many else workbook
    save(sheet, csv_header() if sheet.suffix.lower() == ".csv" else of_excel(), overwrite)
    say(f"{sheet} を作りました。記入したら、oqsgen new --from {sheet} です。")
    return OK


def _from_answers(target: Path, source: Path, overwrite: bool) -> int:
    from oqsgen.office.answers_file import answered, read

    answers, problems = read(source)
    if not has_errors(problems):
        texts, more = answered(answers)
        problems += more
    if has_errors(problems):
        print_problems(problems)
        return INPUT_ERROR
    return _finish(target, texts, overwrite)


def _from_bundle(target: Path, source: Path, overwrite: bool) -> int:
    from oqsgen.office.clinic_yaml import clinic_yaml
    from oqsgen.office.from_bundle import REMARKS, facilities, tree_of_bundles

    inputs = _inputs(source)
    if len(facilities(inputs)) > 1:
        raise CliError(
            f"エラー: {source} には、いくつもの施設の一式があります。1 つの施設のものを指定してください。"
        )
    save_clinic(target, clinic_yaml(tree_of_bundles(inputs), REMARKS), overwrite)
    say(
        f"{source} の端末 {len(inputs)} 台から作ります。署名は調べていません（oqsgen verify で調べます）。"
    )
    say(*REMARKS)
    return _told(target)


def _inputs(source: Path) -> list[dict[str, Any]]:
    from oqsgen.office.from_bundle import inputs_of, manifests_in
    from oqsgen.seal.verify.finding import SealError

    try:
        inputs = inputs_of(manifests_in(source))
    except OSError as error:
        raise CliError(
            f"エラー: {source} を一式として読めません（{reason(error)}）。", VERIFY_FAILED
        ) from error
    except SealError as error:
        raise CliError(
            f"エラー: {source} を一式として読めません。{error}", VERIFY_FAILED
        ) from error
    if not inputs:
        raise CliError(f"エラー: {source} に一式がありません。", VERIFY_FAILED)
    return inputs


def _interview(target: Path, resume: bool, overwrite: bool) -> int:
    from oqsgen.cli.asking import ask_all
    from oqsgen.office.answers_file import as_far_as_valid, as_text, read

    kept = target.with_name(f"{target.name}.answers")
    answers: dict[str, str] = {}
    if resume:
        answers_file, problems = read(kept)
        if has_errors(problems):
            print_problems(problems)
            return INPUT_ERROR
        answers = as_far_as_valid(answers_file)
        say(f"{len(answers)} 問目までの答えがあります。続きから始めます。")
    elif kept.exists():
        raise CliError(
            f"エラー: 途中までの答え（{kept}）があります。--resume で続けるか、初めからなら消してください。"
        )
    say(
        "質問に答えてください。一覧は番号でも選べます。",
        "「戻る」で前の質問、? で説明、Ctrl+C で中断（続きは --resume）。",
    )
    try:
        ask_all(answers, lambda texts: save(kept, as_text(texts), True))
    except (click.Abort, KeyboardInterrupt):
        say("", *([f"ここまでの答えは {kept} にあります。"] if kept.exists() else []))
        raise
    code = _finish(target, answers, overwrite)
    kept.unlink(missing_ok=True)
    return code


def _finish(target: Path, answers: dict[str, str], overwrite: bool) -> int:
    from oqsgen.office.clinic_yaml import clinic_yaml
    from oqsgen.office.interview import tree_of

    text = clinic_yaml(tree_of(answers))
    save_clinic(target, text, overwrite)
    return _told(target)


def _told(target: Path) -> int:
    """Check the file that was written, and say what comes next."""
    from oqsgen.cli.clinics import resolve_all

    profiles, problems = resolve_all([target])
    say("")
    print_problems(problems)
    ready = readiness_lines(profile for _, profile in profiles)
    say(f"{target} を作りました。{_next_step(target, problems)}", *ready)
    return INPUT_ERROR if has_errors(problems) else OK


def _next_step(target: Path, problems: Iterable[Problem]) -> str:
    if has_errors(problems):
        return f"上の問題を直してから、oqsgen check {target} で確かめてください。"
    return f"次は oqsgen build {target} です。"
