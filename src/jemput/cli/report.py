"""Reports as files: the month, the day, the press card; numbered and kept, or as a draft that is neither."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from jemput.actions.reports import LARGEST_SIGNED, attach_signed
from jemput.cli import say
from jemput.cli.app import app
from jemput.cli.options import Area, AsJson, On, area_of, day_of
from jemput.cli.say import t
from jemput.domain.problems import ProblemKind, Refused, Text
from jemput.domain.reports import FIELDS, GOOD, SIGNED_FINDINGS, read_form
from jemput.letters import making
from jemput.queries import reports
from jemput.queries.office import Office, office
from jemput.queries.trips import trips_said

report = App(
    name="report",
    help=t("Buat laporan bulanan, harian, kartu pers.", "Make the monthly and daily reports, the press card."),
)
app.command(report)

NO_SUCH_FILE_KIND = ProblemKind(
    "no_such_report_file",
    Text("Laporan ini tidak dapat ditulis sebagai .{found}.", "This report cannot be written as .{found}."),
    Text("Yang ada: {known}.", "There are: {known}."),
)
NO_SUCH_FILE = ProblemKind(
    "no_such_signed_file",
    Text("Tidak ada berkas {name}.", "There is no file {name}."),
    Text("Periksa nama dan foldernya.", "Check its name and folder."),
)
NO_SUCH_FIELD = ProblemKind(
    "no_such_report_field",
    Text("“{found}” bukan isian laporan bulanan.", "“{found}” is no field of the monthly report."),
    Text("Tulis nama=isi; yang ada: {known}.", "Write name=value; there are: {known}."),
)

Out = Annotated[
    Path,
    Parameter(
        name="--out",
        help=t("Berkas yang ditulis; akhirannya menentukan bentuknya.", "The file to write; its ending says the form."),
    ),
]
Xlsx = Annotated[
    bool,
    Parameter(
        name="--xlsx",
        negative=(),
        help=t("Tulis juga buku kerja Excel di sebelahnya.", "Write an Excel workbook beside it too."),
    ),
]
IsDraft = Annotated[
    bool,
    Parameter(
        name="--draft",
        negative=(),
        help=t("Konsep saja: tanpa nomor dan tidak disimpan.", "A draft only: without a number, and not kept."),
    ),
]
By = Annotated[str, Parameter(name="--by", help=t("Siapa yang membuat.", "Who makes it."))]


@report.command(help=t("Laporan bulanan dari dua hitungan tertutup.", "The monthly report between two closed counts."))
def monthly(
    *,
    on: On,
    out: Out,
    xlsx: Xlsx = False,
    area: Area = "",
    fill: Annotated[
        list[str] | None,
        Parameter(
            name="--fill",
            help=t(
                "Isian tangan, nama=isi; boleh berulang.", "A field filled in by hand, name=value; may be repeated."
            ),
        ),
    ] = None,
    draft: IsDraft = False,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Make the monthly report of the count closed on a 28th."""
    here = office()
    day, where = day_of(on, here), area_of(area, here)
    form, problems = read_form({"trips": trips_said(day, where)} | _fields(fill or []))
    if problems:
        raise Refused(*problems)
    ready = making.prepare("monthly", day, where, here=here, form=form)
    return _write(ready, out, xlsx=xlsx, draft=draft, said_by=said_by, as_json=as_json, here=here)


@report.command(help=t("Laporan harian kepada provinsi.", "The daily report to the province."))
def daily(
    *,
    on: On,
    out: Out,
    xlsx: Xlsx = False,
    area: Area = "",
    draft: IsDraft = False,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Make the report of a day as known at its end."""
    here = office()
    ready = making.prepare("daily", day_of(on, here), area_of(area, here), here=here)
    return _write(ready, out, xlsx=xlsx, draft=draft, said_by=said_by, as_json=as_json, here=here)


@report.command(help=t("Kartu pers: kalimat dan gambar.", "The press card: sentence and picture."))
def press(
    *,
    on: On,
    out: Out,
    area: Area = "",
    draft: IsDraft = False,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Make the press card of a day; a closed 28th as it was closed."""
    here = office()
    ready = making.prepare("press", day_of(on, here), area_of(area, here), here=here)
    if not as_json:
        say.out.print(ready.opening.say(making.LANGUAGE), markup=False)
    return _write(ready, out, xlsx=False, draft=draft, said_by=said_by, as_json=as_json, here=here)


@report.command(
    help=t("Simpan laporan yang kembali bertanda tangan, apa adanya.", "Keep a report that came back signed, as it is.")
)
def signed(
    file: Path,
    *,
    number: Annotated[
        int | None,
        Parameter(
            name="--report",
            help=t("Laporannya, bila tidak dikenali dari isinya.", "Its report, where its content does not tell."),
        ),
    ] = None,
    said_by: By = "",
    as_json: AsJson = False,
) -> int:
    """Keep a signed file with its report; the exit code is 1 where its text is not ours unchanged or nobody signed it."""
    if not file.is_file():
        raise Refused(NO_SUCH_FILE.at(name=str(file)))
    with file.open("rb") as read:
        content = read.read(LARGEST_SIGNED + 1)
    copy = attach_signed(content, name=file.name, office=office(), report=number, said_by=said_by)
    if as_json:
        say.emit({"report": copy.report_id, "sha256": copy.sha256, "bytes": copy.size, "findings": copy.findings})
    else:
        for code in copy.findings:
            say.out.print(SIGNED_FINDINGS[code].say(say.language()), markup=False)
    return int(not set(copy.findings) <= GOOD)


@report.command(name="list", help=t("Laporan yang sudah dibuat.", "Reports that were made."))
def list_made(*, as_json: AsJson = False) -> int:
    """List the reports, the newest first."""
    found = reports.made(within=office().area)
    if as_json:
        say.emit(
            [
                {"id": one.id, "kind": one.kind, "on": one.on, "number": one.number, "signed": len(one.signed)}
                for one in found
            ]
        )
        return 0
    for one in found:
        signed = t("bertanda tangan", "signed") if one.signed else ""
        say.out.print(one.id, one.kind, say.day(one.on), one.number, signed, markup=False)
    return 0


def _write(
    ready: making.Prepared, out: Path, *, xlsx: bool, draft: bool, said_by: str, as_json: bool, here: Office
) -> int:
    """Make or only set a report and write the files asked for."""
    kind = ready.draft.kind
    suffixes = [out.suffix.lower().lstrip(".") or "pdf"]
    if xlsx and "xlsx" not in suffixes:
        suffixes.append("xlsx")
    known = making.SUFFIXES[kind]
    if unknown := [suffix for suffix in suffixes if suffix not in known]:
        raise Refused(NO_SUCH_FILE_KIND.at("--out", found=unknown[0], known=", ".join(known)))
    number = ""
    identity = None
    if draft:
        rendered = ready.render("")
        files = {"pdf": rendered.pdf, **rendered.files}
    else:
        made = making.keep(ready, here=here, said_by=said_by)
        held = reports.one(made.pk)
        files = {suffix: reports.content(digest) for suffix, digest in held.files.items()} if held else {}
        number, identity = made.number, made.pk
    written = []
    for suffix in suffixes:
        target = out.with_suffix(f".{suffix}")
        target.write_bytes(files[suffix])
        written.append(target)
    tied = ready.draft.tie
    if as_json:
        say.emit(
            {
                "report": identity,
                "kind": kind,
                "number": number,
                "on": tied.on,
                "closed": tied.is_closed,
                "place": tied.place,
                "head": tied.head,
                "opening": ready.opening.say(making.LANGUAGE),
                "files": [str(path) for path in written],
            }
        )
        return 0
    for path in written:
        say.out.print(str(path), markup=False)
    if number:
        say.out.print(t("Nomor {number}.", "Number {number}.", number=number), markup=False)
    say.out.print(tied.say(say.language()), markup=False)
    return 0


def _fields(fill: list[str]) -> dict[str, str]:
    known = [field.name for field in FIELDS]
    said: dict[str, str] = {}
    for one in fill:
        name, mark, value = one.partition("=")
        if not mark or name not in known:
            raise Refused(NO_SUCH_FIELD.at("--fill", found=one, known=", ".join(known)))
        said[name] = f"{said[name]}\n{value}" if name in said else value
    return said
