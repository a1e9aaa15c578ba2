"""From a document to its profiles: read, check, and fill in, once for each terminal."""

from collections.abc import Iterator
from dataclasses import replace

from oqsgen.clinic.accounts import repeated_accounts, repeated_defaults
from oqsgen.clinic.across import Terminal
from oqsgen.clinic.checks import check
from oqsgen.clinic.defaults import under
from oqsgen.clinic.overrides import one_root_each
from oqsgen.clinic.problem_at import line_of, problem, problems
from oqsgen.clinic.profile import TerminalProfile, make_profile
from oqsgen.clinic.read import TO_BE_ASKED, ClinicReader
from oqsgen.clinic.secrets import secrets_in
from oqsgen.input.nodes import Document, Mapping, Position, Scalar, Sequence
from oqsgen.input.problems import Problem, has_errors
from oqsgen.limits import CLINIC_PROBLEMS, CLINIC_TERMINALS
from oqsgen.text import shown


def resolve(document: Document) -> tuple[tuple[TerminalProfile, ...], list[Problem]]:
    """One profile for each terminal without errors, and the problems of the whole document.

    Problems come in the order of the file, each once however many terminals share it. Reads no
    clock, no network and no environment.
    """
    terminals, all_problems = resolve_terminals(document)
    return tuple(terminal.profile for terminal in terminals), all_problems


def resolve_terminals(
    document: Document, defaults: Mapping | None = None
) -> tuple[list[Terminal], list[Problem]]:
    """The same, with each terminal's keys, of a document with ``defaults`` under its own keys."""
    file = document.file
    if problem_of_number := _too_many(file, document.root):
        return [], [problem_of_number]
    reader = ClinicReader(file)
    root = reader.known_keys(document.root)
    if defaults:
        root = under(root, defaults)
    roots, override_problems = one_root_each(file, root)
    errors = {
        *override_problems,
        *secrets_in(file, document.root),
        *_same_values(file, root),
        *repeated_accounts(file, roots),
    }
    others: set[Problem] = set()
    terminals: list[tuple[Mapping, TerminalProfile]] = []
    for merged in roots:
        if len(errors) + len(reader.problems) > CLINIC_PROBLEMS.value:
            break  # nobody is told of any more
        clinic, is_wrong = reader.read(merged)
        clinic_problems = list(problems(file, merged, check(clinic)))
        if not is_wrong and not has_errors(clinic_problems):
            terminals.append((merged, make_profile(clinic)))
        for each in clinic_problems:
            (errors if each.severity == "error" else others).add(each)
    if not errors:
        errors |= {*repeated_defaults(file, terminals)}
    return [Terminal(file, *each) for each in terminals], sorted(
        _once({*errors, *_of_several_terminals(others), *reader.problems}),
        key=lambda p: (p.file != file, p.line, p.column, p.code, p.message),
    )


def _once(problems: set[Problem]) -> Iterator[Problem]:
    """Without what is still to be asked where something else is said of the same key, or of one below it."""
    told = {f"{each.path}." for each in problems if each.code != TO_BE_ASKED}
    for each in problems:
        if each.code != TO_BE_ASKED or not any(path.startswith(f"{each.path}.") for path in told):
            yield each


def _of_several_terminals(problems: set[Problem]) -> Iterator[Problem]:
    """What holds for several terminals in the same words is said once, at the first of them."""
    by_words: dict[tuple[str, str], list[Problem]] = {}
    for each in sorted(problems):
        by_words.setdefault((each.code, each.message), []).append(each)
    for first, *others in by_words.values():
        if others and all(each.path.startswith("terminals[") for each in (first, *others)):
            more = f"{first.message}ほかの {len(others)} 台も同じです。"
            yield replace(first, message=more)
        else:
            yield from (first, *others)


def _too_many(file: str, root: Mapping) -> Problem | None:
    """Each terminal is a bundle of its own, so their number is looked at before anything else."""
    terminals = root.get("terminals")
    if not terminals or not isinstance(terminals.value, Sequence):
        return None
    if len(terminals.value.items) <= CLINIC_TERMINALS.value:
        return None
    message = f"端末が多すぎます。{CLINIC_TERMINALS.value} 台までで、ファイルを分けてください。"
    return problem(file, terminals.position, "terminals", "TOO_MANY_ITEMS", message)


def _same_values(file: str, root: Mapping) -> Iterator[Problem]:
    """Windows and folders do not tell ``OQS-01`` from ``oqs-01``; a notice belongs to one terminal."""
    for key, (code, message) in _ONE_EACH.items():
        seen: dict[str, Position] = {}
        for node in of_terminals(root, key):
            first = seen.setdefault(node.text.upper(), node.position)
            if node.text and first != node.position:
                line = line_of(file, first, node.position)
                in_words = message.format(text=shown(node.text), line=line)
                yield problem(file, node.position, node.path, code, in_words)


def of_terminals(root: Mapping, key: str) -> Iterator[Scalar]:
    """What a file says of its terminals under ``key``, as far as it does."""
    terminals = root.get("terminals")
    items = terminals.value.items if terminals and isinstance(terminals.value, Sequence) else ()
    for item in items:
        entry = item.get(key) if isinstance(item, Mapping) else None
        if entry and isinstance(entry.value, Scalar) and not entry.value.is_null:
            yield entry.value


_ONE_EACH = {
    "name": (
        "DUPLICATE_TERMINAL",
        "端末名「{text}」は {line}と同じです"
        "（大文字と小文字は区別されません）。別の名前にしてください。",
    ),
    "certificate_for": (
        "BAD_VALUE",
        "通知書の端末名称「{text}」は {line}と同じです。電子証明書は端末ごとに1枚です。"
        "それぞれの通知書にある名称を書いてください。",
    ),
}
"""Key of a terminal → the code and the words where two terminals have the same."""
