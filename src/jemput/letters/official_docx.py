"""The copy of a letter that the office can edit: the same parts and words as the PDF, as a Word document.

Its bytes depend on what it says and when it was made, and on nothing else: the times inside the file are those given.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jemput.letters.letterhead import Letterhead
from jemput.letters.official import Break, Facts, Grid, Issued, Official, Para, Part, Points, Signers

PAPERS_MM = {"A4": (210, 297), "F4": (215, 330)}
FONT = "Times New Roman"
"""The face of official letters, and on every machine that has Word; LibreOffice sets its own of the same width."""
BODY_PT, SMALL_PT, HEAD_PT, OFFICE_PT = 11, 9, 13, 15
MARGIN_MM = 20
LABEL_MM, COLON_MM, NUMBER_MM, SIGNATURE_MM, SHORT_MM = 28, 5, 12, 48, 28
NAME_LINE = "(……………………………………)"
FIRST_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def write_docx(letter: Official, head: Letterhead, issued: Issued, *, dated: str) -> bytes:
    """Return a letter as .docx; `dated` is place and day in words."""
    made = _Writer(letter, head, issued, dated).document()
    properties = made.core_properties
    properties.title, properties.author, properties.language = letter.title, head.office, "id-ID"
    properties.created = properties.modified = issued.made_at.replace(tzinfo=None, microsecond=0)
    properties.last_modified_by = head.office
    written = io.BytesIO()
    made.save(written)
    return _same_bytes(written.getvalue())


class _Writer:
    """A document being written from its head to what is attached."""

    def __init__(self, letter: Official, head: Letterhead, issued: Issued, dated: str) -> None:
        self.letter, self.head, self.issued, self.dated = letter, head, issued, dated
        self.doc: Any = Document()
        style = self.doc.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY_PT)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(6)
        page = self.doc.sections[0]
        page.orientation = WD_ORIENT.PORTRAIT
        width, height = PAPERS_MM[head.paper]
        page.page_width, page.page_height = Mm(width), Mm(height)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
        self.room = width - 2 * MARGIN_MM
        footer = page.footer.paragraphs[0].add_run(issued.footer)
        footer.font.size = Pt(SMALL_PT - 1)

    def document(self) -> Any:  # noqa: ANN401 - the library's own class is a factory
        self._letterhead()
        (self._addressed if self.letter.form == "letter" else self._titled)()
        for one in self.letter.parts:
            self._part(one)
        if self.letter.is_signed:
            self._signature(dated=self.letter.form != "letter")
        if self.letter.copies:
            self._line("Tembusan:", size=SMALL_PT)
            for at, name in enumerate(self.letter.copies, start=1):
                self._line(f"{at}. {name}", size=SMALL_PT, after=0)
        for one in self.letter.attached:
            self._part(one)
        return self.doc

    def _letterhead(self) -> None:
        for line in self.head.above:
            self._line(line.upper(), size=HEAD_PT, centred=True, after=0)
        self._line(self.head.office.upper(), size=OFFICE_PT, strong=True, centred=True, after=0)
        for line in self.head.address:
            self._line(line, size=SMALL_PT, centred=True, after=0)
        rule = self.doc.add_paragraph()
        _bordered(rule._p.get_or_add_pPr(), "w:pBdr", {"bottom": "18"})  # noqa: SLF001 - the library has no border of a paragraph

    def _addressed(self) -> None:
        self._line(self.dated, right=True)
        table = self._plain_table([self.room - 72, 72])
        left, right = table.rows[0].cells
        letter = self.letter
        said = (
            ("Nomor", self.issued.number),
            ("Sifat", "Biasa"),
            ("Lampiran", letter.attachments or "–"),
            ("Hal", letter.subject),
        )
        for at, (name, value) in enumerate(said):
            line = left.paragraphs[0] if at == 0 else left.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(20))
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Mm(23), Mm(-23)
            line.add_run(f"{name}\t: ")
            line.add_run(value).bold = name == "Hal"
        many = len(letter.to) > 1
        to = [f"{at}. {name}" if many else f"Yth. {name}" for at, name in enumerate(letter.to, start=1)]
        for at, text in enumerate(["Kepada", *(["Yth."] if many else []), *to, "di Tempat"]):
            line = right.paragraphs[0] if at == 0 else right.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run(text)
        self._line("", after=0)

    def _titled(self) -> None:
        self._line(self.letter.title.upper(), size=HEAD_PT, strong=True, centred=True, after=0)
        if self.issued.number:
            self._line(f"Nomor: {self.issued.number}", centred=True)

    def _part(self, one: Part) -> None:
        match one:
            case Para():
                self._line(one.text, strong=one.strong, centred=one.centred, justified=not one.centred)
            case Points():
                items = (
                    one.items
                    if len(one.items) == 1
                    else [f"{at}. {item}" for at, item in enumerate(one.items, start=1)]
                )
                self._pairs([(one.label if at == 0 else "", item) for at, item in enumerate(items)])
            case Facts():
                self._pairs(list(one.pairs))
            case Grid():
                self._grid(one)
            case Break():
                self.doc.add_page_break()
                if one.text:
                    self._line(one.text, size=SMALL_PT, right=True)
            case Signers():
                self._two_sign(one)

    def _pairs(self, pairs: list[tuple[str, str]]) -> None:
        table = self._plain_table([LABEL_MM, COLON_MM, self.room - LABEL_MM - COLON_MM], rows=len(pairs))
        for row, (name, value) in zip(table.rows, pairs, strict=True):
            colon = ":" if name else ""
            for cell, text in zip(row.cells, (name, colon, value), strict=True):
                cell.paragraphs[0].add_run(text)
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        self._line("", after=0)

    def _grid(self, one: Grid) -> None:
        if one.heading:
            self._line(one.heading, strong=True).paragraph_format.keep_with_next = True
        columns = [*one.columns, *([("Tanda tangan", False)] if one.signed else [])]
        table = self.doc.add_table(rows=1, cols=len(columns))
        table.style, table.autofit = "Table Grid", False
        widths = self._widths(one)
        rows = [[title for title, _ in columns]]
        for at, row in enumerate(one.rows, start=1):
            mark = [f"{' ' * (20 * (at % 2 == 0))}{at}."] if one.signed else []
            rows.append([*row, *mark])
        body = table._tbl  # noqa: SLF001 - 500 rows through the library's own cells take 20 times as long
        first = table.rows[0]._tr  # noqa: SLF001 - the same
        for at, texts in enumerate(rows):
            row = _row(texts, widths, is_head=at == 0, tall=one.signed and at > 0)
            body.append(row)
        body.remove(first)
        self._line("", after=0)

    def _widths(self, one: Grid) -> list[int]:
        """Return the width of each column in millimetres: numbers narrow, signatures fixed, what is wide shares the rest."""
        fixed = [0 if wide else (NUMBER_MM if at == 0 else SHORT_MM) for at, (_, wide) in enumerate(one.columns)]
        rest = self.room - sum(fixed) - (SIGNATURE_MM if one.signed else 0)
        wide = sum(wide for _, wide in one.columns) or 1
        return [width or rest // wide for width in fixed] + ([SIGNATURE_MM] if one.signed else [])

    def _signature(self, *, dated: bool) -> None:
        table = self._plain_table([self.room - 75, 75])
        self._signer(table.rows[0].cells[1], [self.dated] if dated else [])

    def _two_sign(self, one: Signers) -> None:
        table = self._plain_table([self.room // 2, self.room // 2])
        for cell, (title, name) in zip(table.rows[0].cells, (one.left, one.right), strict=True):
            for at, text in enumerate([f"{title},", "", "", "", name or NAME_LINE]):
                line = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
                line.add_run(text)
        if one.seen:
            table = self._plain_table([self.room // 4, self.room // 2, self.room // 4])
            self._signer(table.rows[0].cells[1], ["Mengetahui,"])

    def _signer(self, cell: Any, above: list[str]) -> None:  # noqa: ANN401 - the library is untyped here
        head = self.head
        below = [head.signer_rank, f"NIP {head.nip}" if head.nip else ""]
        name = head.signer_name or NAME_LINE
        for at, text in enumerate([*above, f"{head.signer_title},", "", "", "", name, *filter(None, below)]):
            line = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            line.add_run(text).bold = text == head.signer_name

    def _line(
        self,
        text: str,
        *,
        size: int = BODY_PT,
        strong: bool = False,
        centred: bool = False,
        right: bool = False,
        justified: bool = False,
        after: int = 6,
    ) -> Any:  # noqa: ANN401 - the library is untyped here
        line = self.doc.add_paragraph()
        run = line.add_run(text)
        run.font.size, run.bold = Pt(size), strong
        line.paragraph_format.space_after = Pt(after)
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif right:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif justified:
            line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return line

    def _plain_table(self, widths: list[int], *, rows: int = 1) -> Any:  # noqa: ANN401 - the library is untyped here
        table = self.doc.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return table


def _row(texts: list[str], widths: list[int], *, is_head: bool, tall: bool) -> Any:  # noqa: ANN401 - an XML element
    """Return a row of a table as XML."""
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    else:
        properties.append(OxmlElement("w:cantSplit"))
    if tall:
        height = OxmlElement("w:trHeight")
        height.set(qn("w:val"), str(Mm(9).twips))
        properties.append(height)
    row.append(properties)
    for text, width in zip(texts, widths, strict=True):
        cell, shape, size = OxmlElement("w:tc"), OxmlElement("w:tcPr"), OxmlElement("w:tcW")
        size.set(qn("w:w"), str(Mm(width).twips))
        size.set(qn("w:type"), "dxa")
        shape.append(size)
        line, run, words = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
        spacing, of_line = OxmlElement("w:spacing"), OxmlElement("w:pPr")
        spacing.set(qn("w:after"), "0")
        of_line.append(spacing)
        if is_head:
            bold, of_run = OxmlElement("w:b"), OxmlElement("w:rPr")
            of_run.append(bold)
            run.append(of_run)
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        line.append(of_line)
        line.append(run)
        cell.append(shape)
        cell.append(line)
        row.append(cell)
    return row


def _bordered(properties: Any, name: str, sides: dict[str, str]) -> None:  # noqa: ANN401 - an XML element
    borders = OxmlElement(name)
    for side, weight in sides.items():
        one = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", weight), ("space", "1"), ("color", "auto")):
            one.set(qn(f"w:{key}"), value)
        borders.append(one)
    properties.append(borders)


def _same_bytes(content: bytes) -> bytes:
    """Return a .docx with every entry dated alike, so that the same letter is the same file."""
    same = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(same, "w", zipfile.ZIP_DEFLATED) as write:
        for entry in read.infolist():
            stamped = zipfile.ZipInfo(entry.filename, FIRST_ZIP_DAY)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            write.writestr(stamped, read.read(entry.filename))
    return same.getvalue()
