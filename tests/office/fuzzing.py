"""What strangers, mistakes and robots send: hostile values for every address, query and field, and what may never come back."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, quote, urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import strategies as st

from jemput.office.pages import PAGES, Page
from jemput.store import bulk
from tests.office.samples import QUERIES, parameters

KECAMATAN = 160514
"""The area a limited reader sees; what lies outside it may not come back."""
SCRIPT = "'\"><script>alert(1)</script>"
HOSTILE = (
    "", " ", "\x00", "a\x00b", SCRIPT, "{{7*7}}", "{0}", "%s", "%", "../../secret.key", "=1+1", "\u202e", "\ufeff", "\\",
    "0", "1", "-1", "+1", "1.5", "1e309", "NaN", "99999999999999999999", "9" * 400, "٣٤", "½", "a" * 5000,
    "0001-01-01", "9999-12-31", "30-02-2019", "2019-02-30", "28/03/2019", "2019-03-28", "28 Maret 2019", "00/00/0000",
    "16", "16.05", "1605", "16.05.14", "16.05.14.2001", "16.05.13", "16.05.13.2003", "1605132003", "16.71.01.1001",
    "now", "live", "closed", "desa", "excel", "save", "effect", "all", "on", "true", "null", "[]",
)  # fmt: skip
"""Values that have broken pages somewhere: signs, numbers, days, areas inside and outside, words of the program."""
RAW = (b"\xff\xfe", b"\xed\xa0\x80", b"%", b"%u0041", b"\xc0\xaf", b"\x00")
"""Bytes that are no text: lone surrogates, overlong forms."""
NIK = re.compile(r"(?<!\w)\d{16}(?!\w)")
WORD = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True)
class Register:
    """The people of the demo as a leak would show them."""

    niks: frozenset[str]
    names: frozenset[str]
    inside: frozenset[int]
    outside: tuple[int, ...]
    any_nik: str
    any_name: str

    @classmethod
    def read(cls) -> Register:
        """Read the register of the database in use."""
        rows = bulk.select("SELECT id, nik, no_kk, name, village FROM person ORDER BY id")
        numbers = {number for row in rows for number in row[1:3] if number}
        outside = [row for row in rows if row[4] // 10000 != KECAMATAN]
        return cls(
            frozenset(numbers),
            frozenset(row[3].upper() for row in rows if " " in row[3]),
            frozenset(row[0] for row in rows if row[4] // 10000 == KECAMATAN),
            tuple(row[0] for row in outside[:5]),
            outside[0][1],
            outside[0][3],
        )


@dataclass(frozen=True)
class Sent:
    """One request: method, address, fields, and whether htmx sent it."""

    page: str
    method: str
    address: str
    fields: dict[str, object] = field(default_factory=dict)
    is_htmx: bool = False

    def by(self, client: Client) -> HttpResponse:
        """Send it and return the answer."""
        extra = {"headers": {"HX-Request": "true"}} if self.is_htmx else {}
        if self.method == "post":
            return client.post(self.address, self.fields, **extra)  # type: ignore[no-any-return,arg-type]
        return getattr(client, self.method)(self.address, **extra)  # type: ignore[no-any-return]

    @property
    def typed(self) -> str:
        """Everything the sender said; saying it back is no leak."""
        return f"{self.address} {self.fields}"


def values(register: Register) -> st.SearchStrategy[str]:
    """Return values for a query or a field."""
    known = (register.any_nik, register.any_nik[:15], register.any_name, *map(str, register.outside))
    return st.one_of(
        st.sampled_from(HOSTILE + known),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
        st.integers(-(10**20), 10**20).map(str),
        st.dates().map(str),
    )


def parts(register: Register, name: str, sample: object) -> st.SearchStrategy[str]:
    """Return what may stand in an address for a parameter: the real thing, somebody outside, or anything."""
    real = [str(sample), str(sample)]
    if name == "person":
        real += [str(register.outside[0])]
    anything = st.one_of(st.integers(0, 10**30).map(str), st.sampled_from(HOSTILE), st.text(max_size=8))
    return st.one_of(st.sampled_from(real), anything).map(lambda text: quote(text.encode("utf-8", "replace"), safe=""))


@dataclass(frozen=True)
class Form:
    """What a page itself asks for: names of fields and queries, values it offers."""

    names: tuple[str, ...]
    offered: tuple[str, ...]
    takes_file: bool


def form_of(answer: HttpResponse) -> Form:
    """Return what a page asks for, read off its HTML."""
    html = text_of(answer)
    if answer.streaming or not answer["content-type"].startswith("text/html"):
        return Form(("excel",), (), takes_file=False)
    names = {*re.findall(r'\bname="([\w.-]+)"', html), *re.findall(r"[?&](?:amp;)?(\w+)=", html)}
    offered = {unescape(value) for value in re.findall(r'\bvalue="([^"]{1,60})"', html)}
    offered |= {unescape(value) for value in re.findall(r"[?&](?:amp;)?\w+=([^&\"]{1,40})", html)}
    kept = sorted(names - {"csrfmiddlewaretoken", "viewport", "color-scheme", "htmx-config"})
    return Form(tuple(kept) or ("q",), tuple(sorted(offered)), takes_file='type="file"' in html)


@st.composite
def requests(
    draw: st.DrawFn, register: Register, samples: dict[str, dict[str, object]], forms: dict[str, Form]
) -> Sent:
    """Return one request to one page."""
    page: Page = PAGES[draw(st.sampled_from(sorted(forms)))]
    form = forms[page.name]
    said = st.one_of(values(register), st.sampled_from(form.offered)) if form.offered else values(register)
    filled = st.dictionaries(st.sampled_from(form.names), said, max_size=6)
    route = page.route
    for name in parameters(page):
        route = re.sub(
            rf"<(?:\w+:)?{name}>",
            lambda _, name=name: draw(parts(register, name, samples[page.name][name])),  # type: ignore[misc]
            route,
        )
    whole: dict[str, str | bytes] = dict(parse_qsl(QUERIES.get(page.name, ""))) if draw(st.booleans()) else {}
    query = whole | draw(filled)
    if draw(st.integers(0, 9)) == 0:
        query[draw(st.sampled_from(form.names))] = draw(st.sampled_from(RAW))
    address = f"/{route}" + (f"?{urlencode(query, errors='replace')}" if query else "")
    method = draw(st.sampled_from(["get"] * 6 + ["post"] * (12 if page.posts else 1) + ["head", "put", "delete"]))
    fields: dict[str, object] = dict(draw(filled)) if method == "post" else {}
    if method == "post" and form.takes_file and draw(st.booleans()):
        content = draw(
            st.one_of(
                st.binary(max_size=200), st.just(b"nik;name\n1;x\n"), st.just(b"PK\x03\x04x"), st.just(b"%PDF-1.4 x")
            )
        )
        fields["file"] = fields["signed"] = SimpleUploadedFile(
            draw(st.sampled_from(("a.csv", "../b.xlsx", "c.pdf"))), content
        )
    return Sent(page.name, method, address, fields, draw(st.booleans()))


def text_of(answer: HttpResponse) -> str:
    """Return everything an answer says: its headers and its body, a workbook's cells too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{headers}\n{body.decode('utf-8', 'replace')}"


def names_in(text: str, register: Register) -> set[str]:
    """Return the full names of people that a text holds."""
    words = [word.upper() for word in WORD.findall(unescape(re.sub(r"<[^>]*>", " | ", text)))]
    runs = (" ".join(words[at : at + length]) for at in range(len(words)) for length in (2, 3, 4))
    return register.names.intersection(runs)
