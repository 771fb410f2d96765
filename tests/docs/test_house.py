"""The house's own rules, as far as they can be read off the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs.source import ROOT, SRC, documents, modules

DOCSTRING_LINES = 6
LONGEST_FILE = 570
"""The tail of the best houses measured (see DECISIONS.md)."""
FORBIDDEN_NAMES = frozenset({"helpers", "helper", "utils", "util", "common", "manager", "managers", "misc", "impl"})
CLOCK = frozenset({"now", "today", "utcnow", "monotonic", "perf_counter"})
OUTSIDE = frozenset({"open", "print", "input", "exec", "eval"})
OWN_MACHINE = re.compile(r"(?<![\w.])/(?:root|work|home|opt|Users)/|file:///")
REGISTRIES = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org|--index-url|--find-links")
TEXT_FILES = frozenset({".py", ".md", ".toml", ".lock", ".svg", ".csv", ".cfg", ".ini", ""})
NOT_OURS = frozenset({".git", ".venv", ".demo", ".hypothesis", "__pycache__"})


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def own_files() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part in NOT_OURS or part.endswith("_cache") for part in parts)
        if path.is_file() and not hidden and path.suffix in TEXT_FILES:
            yield str(path.relative_to(ROOT)), path.read_text("utf-8", errors="replace")


def test_every_module_says_in_one_to_six_lines_what_lives_in_it() -> None:
    wrong = [
        module.place
        for module in modules()
        if not 1 <= len((ast.get_docstring(module.tree) or "").splitlines()) <= DOCSTRING_LINES
    ]
    assert wrong == []


def test_nothing_is_imported_inside_a_function() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        for function in functions(module.tree)
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert wrong == []


def test_the_domain_reads_no_clock_and_opens_nothing() -> None:
    wrong = []
    for module in modules():
        if not module.name.startswith("jemput.domain"):
            continue
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK:
                    wrong.append(f"{module.place}:{node.lineno} {name}")
                case ast.Call(func=ast.Name(id=name)) if name in OUTSIDE:
                    wrong.append(f"{module.place}:{node.lineno} {name}")
                case _:
                    pass
    assert wrong == []


def test_only_actions_append_to_the_ledger() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            match node:
                case ast.Attribute(value=ast.Name(id="ledger"), attr="append" | "lock"):
                    wrong.append((module, node.lineno))
                case ast.ImportFrom(module="jemput.store.ledger", names=names):
                    wrong += [(module, node.lineno) for name in names if name.name in {"append", "lock"}]
                case _:
                    pass
    assert [f"{module.place}:{line}" for module, line in wrong if not module.name.startswith("jemput.actions")] == []


def test_only_the_store_opens_a_connection() -> None:
    wrong = []
    for module in modules():
        for node in ast.walk(module.tree):
            match node:
                case ast.ImportFrom(module="django.db", names=names):
                    if not module.name.startswith("jemput.store"):
                        wrong += [module.place for name in names if name.name in {"connection", "connections"}]
                case _:
                    pass
    assert wrong == []


def test_no_file_is_named_for_what_it_is_not() -> None:
    assert [module.place for module in modules() if FORBIDDEN_NAMES & set(module.name.split("."))] == []


def test_no_file_is_a_wall() -> None:
    lengths = {module.place: len(module.text.splitlines()) for module in modules()}
    assert {place: length for place, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    wrong = [
        f"{name}: {found[0]}"
        for name, text in own_files()
        for found in [OWN_MACHINE.search(text) or REGISTRIES.search(text)]
        if found and name != str(Path(__file__).relative_to(ROOT))
    ]
    assert wrong == []


def test_locks_pin_every_package_by_hash_and_name_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    for lock in locks:
        text = lock.read_text("utf-8")
        assert "://" not in text, lock.name
        blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
        assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == [], lock.name


def named_files(text: str) -> Iterator[str]:
    """Yield every file or folder of this repository that a document names: as a link, or between backticks."""
    yield from re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    for path in re.findall(r"`((?:[\w.]+/)+[\w.]*)`", text):
        if re.search(r"\.(?:py|md|lock|csv|sql)$|/$", path):
            yield path


def test_the_documents_name_only_files_that_are_there() -> None:
    wrong = [
        f"{name}: {path}"
        for name, text in documents().items()
        for path in named_files(text)
        if not any((base / path).exists() for base in (ROOT, SRC, (ROOT / name).parent))
    ]
    assert wrong == []


def test_the_map_shows_every_floor_and_no_other() -> None:
    floors = {path.name for path in SRC.iterdir() if (path / "__init__.py").exists()}
    block = re.search(r"(?ms)^## Floors.*?^```text\n(.*?)^```", documents()["ARCHITECTURE.md"])
    assert block
    assert set(re.findall(r"(?m)^(\w+)", block[1])) == floors
