"""From a document to its profiles: read, check, and fill in, once for each terminal."""

from collections.abc import Iterator

from oqsgen.clinic.checks import check
from oqsgen.clinic.overrides import one_root_each
from oqsgen.clinic.problem_at import problem, problems
from oqsgen.clinic.profile import TerminalProfile, make_profile
from oqsgen.clinic.read import read_clinic
from oqsgen.clinic.secrets import secrets_in
from oqsgen.input.problems import Problem, has_errors
from oqsgen.input.yaml_reader import Document, Mapping, Position, Scalar, Sequence
from oqsgen.text import shown


def resolve(document: Document) -> tuple[tuple[TerminalProfile, ...], list[Problem]]:
    """One profile for each terminal without errors, and the problems of the whole document.

    Problems come in the order of the file, each once however many terminals share it. Reads no
    clock, no network and no environment.
    """
    file, root = document.file, document.root
    roots, document_problems = one_root_each(file, root)
    document_problems.extend(secrets_in(file, root))
    document_problems.extend(_same_names(file, root))
    profiles: list[TerminalProfile] = []
    for merged in roots:
        clinic, clinic_problems = read_clinic(file, merged)
        clinic_problems.extend(problems(file, merged, check(clinic)))
        if not has_errors(clinic_problems):
            profiles.append(make_profile(clinic))
        document_problems.extend(clinic_problems)
    return tuple(profiles), sorted(
        set(document_problems), key=lambda p: (p.line, p.column, p.code, p.message)
    )


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
