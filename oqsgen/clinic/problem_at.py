"""From a key's problem to a problem: its place in the file, its requirement row and that row's page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from oqsgen import resources
from oqsgen.input.nodes import Mapping, Node, Position, Scalar, Sequence
from oqsgen.input.problems import Problem, Severity
from oqsgen.manual.sources import cite

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class KeyProblem:
    """Something wrong with the key that ``where`` names, from the root of one terminal's keys."""

    code: str
    where: Where
    message: str
    severity: Severity = "error"


def problem(
    file: str, position: Position, path: str, code: str, message: str, severity: Severity = "error"
) -> Problem:
    """A problem with the requirement row and the printed page of its code, in the file that its position names."""
    details = resources.spec("problems").get(code, {})
    source = details.get("source")
    return Problem(
        position.file or file,
        position.line,
        position.column,
        code,
        severity,
        path,
        message,
        details.get("requirement"),
        cite(source) if source else None,
    )


def line_of(file: str, first: Position, here: Position) -> str:
    """How the line of ``first`` is called where a problem at ``here`` names it."""
    line = f"{first.line} 行目"
    return line if first.file == here.file else f"{first.file or file} の {line}"


def problems(file: str, root: Mapping, key_problems: Iterable[KeyProblem]) -> Iterator[Problem]:
    """Each one at its value, or at the nearest key above where the value is not written."""
    for key_problem in key_problems:
        position, path = locate(root, key_problem.where)
        yield problem(
            file, position, path, key_problem.code, key_problem.message, key_problem.severity
        )


def locate(root: Mapping, where: Where) -> tuple[Position, str]:
    """The place and the YAML path of ``where``: a scalar itself, anything else at its key."""
    node: Node = root
    position = root.position
    for depth, step in enumerate(where):
        if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.get(step)):
            node = entry.value
            position = (
                node.position if isinstance(node, Scalar) and not node.is_null else entry.position
            )
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            position = node.position
        else:
            return position, _join(node.path, where[depth:])
    return position, node.path


def _join(path: str, rest: Where) -> str:
    for step in rest:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path = f"{path}.{step}" if path else step
    return path
