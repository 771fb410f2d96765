"""What can be wrong, said so that a registrar understands it: what, where, and what to do next.

Rules return problems (lists), never booleans and never exceptions; the sentence exists in
Indonesian and English side by side, so that neither can be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; `{name}` marks a value to fill in."""

    id: str
    en: str

    def say(self, language: Language, values: Mapping[str, object] | None = None) -> str:
        """Return the sentence in `language` with its values filled in."""
        sentence = self.id if language == "id" else self.en
        return sentence.format_map(values) if values else sentence


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: its code, its sentence, and what the reader does next."""

    code: str
    reason: Text
    todo: Text

    def at(self, column: str = "", **values: object) -> Problem:
        """Return this problem as found in `column`."""
        return Problem(self, column, values)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem found; `column` is the column as the file or form names it, or empty."""

    kind: ProblemKind
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def reason(self, language: Language) -> str:
        """Return what is wrong."""
        return self.kind.reason.say(language, self.values)

    def todo(self, language: Language) -> str:
        """Return what to do next."""
        return self.kind.todo.say(language, self.values)


class Refused(Exception):  # noqa: N818 - a refusal is not a failure of the program
    """An action was refused; nothing was written. Carries the problems to show."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.reason("en") for problem in problems))
        self.problems = problems
