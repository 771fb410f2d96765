"""The source as the tests of the documents read it: every module parsed once, its words and its sentences."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "jemput"
DOCUMENTS = ("README", "ARCHITECTURE", "FACTS", "GLOSSARY", "DECISIONS", "CONTRIBUTING", "CHANGELOG")

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NOT_WORDS = re.compile(r"\{\w*\}|--[\w-]+|`[^`]*`")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the package, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name."""
        parts = self.path.relative_to(SRC.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def place(self) -> str:
        """The path as a reader knows it."""
        return str(self.path.relative_to(ROOT))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the package."""
    return tuple(
        Module(path, text, ast.parse(text)) for path in sorted(SRC.rglob("*.py")) for text in [path.read_text("utf-8")]
    )


@cache
def documents() -> dict[str, str]:
    """Return every document by its path below the root."""
    paths = [*(ROOT / f"{name}.md" for name in DOCUMENTS), *sorted((ROOT / "docs").rglob("*.md"))]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths if path.exists()}


def names_in(tree: ast.AST) -> Iterator[str]:
    """Yield every name a tree gives or uses."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name, asname=other):
                yield name
                yield other or ""
            case _:
                pass


def words_of(name: str) -> set[str]:
    """Return the words of an identifier or a code: `no_kk`, `NoKk` and `NO_KK` are all {no, kk}."""
    return {word.lower() for word in _PARTS.findall(name)}


@cache
def identifier_words() -> frozenset[str]:
    """Return every word of every identifier and module name."""
    words: set[str] = set()
    for module in modules():
        words |= words_of(module.path.stem)
        for name in names_in(module.tree):
            words |= words_of(name)
    return frozenset(words)


@cache
def strings() -> frozenset[str]:
    """Return every string constant of the source that is no docstring."""
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Return every sentence of the program in both languages, from `Text(…)` and `t(…)`."""
    found: list[tuple[str, str]] = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and _called(node) in {"Text", "t"}:
                halves = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in {"id", "en"})]
                if len(halves) > 1:
                    found.append((_said(halves[0]), _said(halves[1])))
    return tuple(found)


def indonesian_words() -> set[str]:
    """Return the words of the Indonesian halves that no English half uses."""
    indonesian, english = set(), set()
    for one, other in sentences():
        indonesian |= set(_WORD.findall(_NOT_WORDS.sub(" ", one).lower()))
        english |= set(_WORD.findall(other.lower()))
    return indonesian - english


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _said(node: ast.expr) -> str:
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))
    return " ".join(parts)
