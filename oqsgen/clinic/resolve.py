"""From a document to its profiles: read, check, and fill in, once for each terminal."""

from collections.abc import Iterator

from oqsgen.clinic.checks import check
from oqsgen.clinic.overrides import one_root_each
from oqsgen.clinic.problem_at import problem, problems
from oqsgen.clinic.profile import TerminalProfile, make_profile
from oqsgen.clinic.read import ClinicReader
from oqsgen.clinic.secrets import secrets_in
from oqsgen.input.problems import Problem, has_errors
from oqsgen.input.yaml_reader import Document, Mapping, Position, Scalar, Sequence
from oqsgen.limits import CLINIC_PROBLEMS, CLINIC_TERMINALS
from oqsgen.text import shown


def resolve(document: Document) -> tuple[tuple[TerminalProfile, ...], list[Problem]]:
    """One profile for each terminal without errors, and the problems of the whole document.

    Problems come in the order of the file, each once however many terminals share it. Reads no
    clock, no network and no environment.
    """
    file, root = document.file, document.root
    if problem_of_number := _too_many(file, root):
        return (), [problem_of_number]
    roots, document_problems = one_root_each(file, root)
    document_problems.extend(secrets_in(file, root))
    document_problems.extend(_same_names(file, root))
    reader = ClinicReader(file)
    profiles: list[TerminalProfile] = []
    for merged in roots:
        clinic, is_wrong = reader.read(merged)
        clinic_problems = list(problems(file, merged, check(clinic)))
        if not is_wrong and not has_errors(clinic_problems):
            profiles.append(make_profile(clinic))
        document_problems.extend(clinic_problems)
    every_one = sorted(
        {*document_problems, *reader.problems},
        key=lambda p: (p.line, p.column, p.code, p.message),
    )
    return tuple(profiles), _first(file, every_one)


def _too_many(file: str, root: Mapping) -> Problem | None:
    """Each terminal is a bundle of its own, so their number is looked at before anything else."""
    terminals = root.get("terminals")
    if not terminals or not isinstance(terminals.value, Sequence):
        return None
    if len(terminals.value.items) <= CLINIC_TERMINALS.value:
        return None
    message = f"端末が多すぎます。{CLINIC_TERMINALS.value} 台までで、ファイルを分けてください。"
    return problem(file, terminals.position, "terminals", "TOO_MANY_ITEMS", message)


def _first(file: str, every_one: list[Problem]) -> list[Problem]:
    """As many of the problems as somebody reads, and that there are more."""
    if len(every_one) <= CLINIC_PROBLEMS.value:
        return every_one
    told, next_one = every_one[: CLINIC_PROBLEMS.value], every_one[CLINIC_PROBLEMS.value]
    position = Position(next_one.line, next_one.column)
    message = "問題はまだあります。ここまでを直して、もう一度調べてください。"
    return [*told, problem(file, position, next_one.path, "TOO_MANY_PROBLEMS", message)]


def _same_names(file: str, root: Mapping) -> Iterator[Problem]:
    """Windows and folders do not tell ``OQS-01`` from ``oqs-01``."""
    terminals = root.get("terminals")
    if not terminals or not isinstance(terminals.value, Sequence):
        return
    seen: dict[str, Position] = {}
    for item in terminals.value.items:
        entry = item.get("name") if isinstance(item, Mapping) else None
        if not entry or not isinstance(entry.value, Scalar):
            continue
        name, position = entry.value.text, entry.value.position
        first = seen.setdefault(name.upper(), position)
        if name and first != position:
            yield problem(
                file,
                position,
                entry.value.path,
                "DUPLICATE_TERMINAL",
                f"端末名「{shown(name)}」は {first.line} 行目と同じです"
                "（大文字と小文字は区別されません）。別の名前にしてください。",
            )
