"""The documents held to the code: facts, words, layouts, refusals, commands, settings, dependencies."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator

import pytest

from jemput.cli import app
from jemput.domain import facts
from jemput.imports.layouts import LAYOUTS
from jemput.queries.bridge import OTHER_TITLES
from jemput.queries.office import SETTINGS
from jemput.queries.people import GROUPS
from tests.docs import tables
from tests.docs.source import ROOT, documents, identifier_words, indonesian_words, strings, words_of

TERMS_OF_ART = frozenset(
    "akta aparat belum berkas bip cerai datang desa dinas disdukcapil dkb dukcapil dusun hidup itap kabupaten kades"
    " kalangan kawin kecamatan kelurahan kk kode konsolidasi kota ktp ktpel lahir lampid mati nik opensid pemilih"
    " pemula penyisiran perekaman petugas pindah provinsi prr rekam rompok rt rw shdk siak sisir suket wajib wilayah"
    " wna wni".split()
)
"""Indonesian terms which the English sentences of the program use as well, so that they do not show by themselves."""
SAME_IN_ENGLISH = frozenset({"format", "total", "label", "bank", "data", "set", "program", "demo"})
"""Words of Indonesian sentences that are plain English in an identifier."""


# --- facts -----------------------------------------------------------------------------------------------------------


def fact_sections() -> dict[str, str]:
    text = documents()["FACTS.md"]
    return dict(re.findall(r"(?ms)^### `(\w+)`(.*?)(?=^##|\Z)", text))


def test_facts_md_has_every_kind_of_fact_and_no_other_in_the_order_of_the_code() -> None:
    assert list(fact_sections()) == [kind.code for kind in facts.KINDS]


@pytest.mark.parametrize("kind", facts.KINDS, ids=lambda kind: kind.code)
def test_facts_md_says_of_a_kind_what_the_code_says(kind: facts.FactKind) -> None:
    said = " ".join(fact_sections()[kind.code].split())
    for words in (kind.title.id, kind.title.en, kind.meaning.id, kind.meaning.en, kind.source):
        assert words in said
    needed = re.search(r"Needs: ([^.]*)\.", said)
    assert needed
    assert set(re.findall(r"`(\w+)`", needed[1])) == set(kind.needs)


# --- words -----------------------------------------------------------------------------------------------------------


def glossary_rows() -> list[tuple[str, str]]:
    """Return term and code of each row of the glossary's tables."""
    rows = re.findall(r"(?m)^\| ([^|]+) \| [^|]+ \| ([^|]*) \|$", documents()["GLOSSARY.md"])
    return [(term, code) for term, code in rows if term not in {"term", "---"}]


def glossary_words() -> set[str]:
    return {word for term, code in glossary_rows() for word in words_of(term.lower()) | words_of(code)}


def codes() -> set[str]:
    """Return every code a user or a file may write: facts, groups, layouts, settings, lines of the bridge."""
    named = [kind.code for kind in facts.KINDS] + [kind.name for kind in SETTINGS]
    return {*named, *GROUPS, *LAYOUTS, *OTHER_TITLES}


def words_of_the_code() -> set[str]:
    return set(identifier_words()).union(*(words_of(code) for code in codes()))


def test_the_glossary_has_every_indonesian_word_of_the_code() -> None:
    used = words_of_the_code() & (indonesian_words() - SAME_IN_ENGLISH | TERMS_OF_ART)
    assert sorted(used - glossary_words()) == []


def test_the_code_uses_every_word_the_glossary_says_it_uses() -> None:
    unused = []
    for term, code in glossary_rows():
        for name in re.findall(r"`([^`]+)`", code):
            in_text = any(name in text for text in strings())
            if not in_text and not words_of(name) <= identifier_words():
                unused.append(f"{term}: {name}")
    assert unused == []


def test_no_term_of_the_glossary_stands_twice() -> None:
    terms = [term for term, _ in glossary_rows()]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


# --- the registrar's book --------------------------------------------------------------------------------------------


def test_the_registrars_tables_are_those_of_the_code() -> None:
    text = documents()["docs/registrar.md"]
    assert set(re.findall(r"<!-- (\w+) -->", text)) == set(tables.TABLES)
    assert tables.filled(text) == text, "write them anew: python -m tests.docs.tables"


def test_every_note_is_a_problem_the_code_knows() -> None:
    assert {kind.code for _, kind in tables.problem_kinds()} >= tables.NOTES


def test_no_two_problems_share_a_code() -> None:
    known = [kind.code for _, kind in tables.problem_kinds()]
    assert sorted({code for code in known if known.count(code) > 1}) == []


# --- commands --------------------------------------------------------------------------------------------------------


def command_lines() -> Iterator[tuple[str, str]]:
    """Yield (document, line) of every line of a shell block that runs jemput or make."""
    for name, text in documents().items():
        for block in re.findall(r"(?ms)^```sh\n(.*?)^```", text):
            for line in block.replace("\\\n", " ").splitlines():
                command = re.sub(r"^(?:\w+=\S+ )+", "", line.split("#")[0].strip())
                if command.split(" ")[0].rsplit("/", 1)[-1] in {"jemput", "make"}:
                    yield name, command


@pytest.mark.parametrize(("document", "line"), sorted(set(command_lines())))
def test_a_command_in_a_document_can_be_typed(document: str, line: str) -> None:
    program, *words = shlex.split(line)
    if program.endswith("make"):
        targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
        assert {word for word in words if "=" not in word} <= targets
    else:
        app.parse_args(words, print_error=False, exit_on_error=False)


def test_every_command_of_the_program_stands_in_a_document() -> None:
    shown = " ".join(line for _, line in command_lines())
    named = {name for name in app if not name.startswith("-")}
    assert sorted(name for name in named if not re.search(rf"\bjemput {name}\b", shown)) == []


# --- settings and dependencies ---------------------------------------------------------------------------------------


def test_the_administrators_book_names_every_variable_of_the_environment() -> None:
    used = {text for text in strings() if re.fullmatch(r"JEMPUT_[A-Z_]+", text)}
    assert used
    assert set(re.findall(r"JEMPUT_[A-Z_]+", documents()["docs/administrator.md"])) == used


def pinned() -> dict[str, str]:
    text = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
    return dict(re.findall(r"(?m)^([\w.-]+)==([\w.]+)", text))


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    return [
        re.split(r"[\[<>=]", said)[0]
        for said in (*project["project"]["dependencies"], *groups["build"], *groups["dev"])
    ]


@pytest.mark.parametrize("package", asked_for())
def test_decisions_tell_why_each_dependency_is_there_and_which_version(package: str) -> None:
    row = re.search(rf"(?m)^\| `{re.escape(package)}` \| ([\w.]+) \|", documents()["DECISIONS.md"])
    assert row, f"no line for {package}"
    assert row[1] == pinned()[package]


def test_decisions_name_no_dependency_that_is_gone() -> None:
    rows = re.findall(r"(?m)^\| `([\w.-]+)` \| [\d.]+ \|", documents()["DECISIONS.md"])
    assert sorted(rows) == sorted(asked_for())
