"""How the command line speaks: the reader's language, numbers and dates as that language writes them.

Stdout carries the answer (with --json nothing but JSON), stderr everything else.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from jemput.domain import wording
from jemput.domain.problems import Language, Problem, Text

WIDE = 200
"""Columns of a table that goes to a file or a pipe, where no screen sets a limit."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def language() -> Language:
    """Return the reader's language: JEMPUT_LANGUAGE, else the locale; Indonesian, or English for all others."""
    said = os.environ.get("JEMPUT_LANGUAGE", "")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        said = said or os.environ.get(name, "")
    said = said or (locale.getlocale()[0] or "")
    return "id" if said.lower().startswith(("id", "in_")) else "en"


def t(id: str, en: str, **values: object) -> str:  # noqa: A002 - the two languages by their codes
    """Return a sentence in the reader's language with its values filled in."""
    return Text(id, en).say(language(), values)


def number(value: int) -> str:
    """Return a whole number: 293.578 in Indonesian, 293,578 in English."""
    return wording.number(value, language())


def signed(value: int) -> str:
    """Return a whole number with its sign."""
    return wording.signed(value, language())


def decimal(value: Decimal | None) -> str:
    """Return a decimal as printed: 96,65 in Indonesian, 96.65 in English; a dash for none."""
    return wording.decimal(value, language())


def day(value: date) -> str:
    """Return a date in words: 28 Maret 2019, 28 March 2019."""
    return wording.day(value, language())


def emit(value: object) -> None:
    """Write JSON, alone, to stdout."""
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode() + "\n")


def refuse(problems: tuple[Problem, ...], *, as_json: bool) -> None:
    """Say why something was refused and what to do next."""
    if as_json:
        emit({"refused": [{"reason": p.reason(language()), "todo": p.todo(language())} for p in problems]})
        return
    for problem in problems:
        err.print(f"[bold red]✗[/] {problem.reason(language())}")
        err.print(f"  {problem.todo(language())}")


class Steps:
    """Progress on a terminal, and silence elsewhere; called with (stage, done, total)."""

    def __init__(self, bar: Progress | None) -> None:
        self.bar = bar
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage has come."""
        if self.bar is None:
            return
        if stage not in self.tasks:
            self.tasks[stage] = self.bar.add_task(stage, total=total or None)
        self.bar.update(self.tasks[stage], completed=done, total=total or None)


@contextmanager
def steps() -> Iterator[Steps]:
    """Show progress while a long command works, on a terminal only."""
    if not err.is_terminal:
        yield Steps(None)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        yield Steps(bar)
