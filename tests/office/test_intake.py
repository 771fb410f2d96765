"""Impor: tried first, taken second, taken back with its effect shown; for whoever may, within their area."""

from __future__ import annotations

import io
import os
import re
import time
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from jemput import settings
from jemput.domain.ids import area_text
from jemput.domain.roles import Role
from jemput.jobs.clock import clock_time, work
from jemput.office import intake
from jemput.queries import jobs as standing
from jemput.queries.office import office
from jemput.store import bulk, uploads
from jemput.store.models import AuditLine, Job, User
from tests.office.conftest import ClientAs

TUGUMULYO = 160501
EMPTY_VILLAGE = "16.05.01.2999"
HEADER = "nik;name;born_on;village;status"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    return tmp_path


def a_list(*, village: str = EMPTY_VILLAGE, people: int = 3, first: int = 9101, wrong: int = 0) -> bytes:
    rows = [f"160501010180{n};ORANG {n};1980-01-01;{village};PRR" for n in range(first, first + people)]
    rows += [f"99{n:04};SALAH {n};1980-01-01;{village};PRR" for n in range(wrong)]
    return "\n".join([HEADER, *rows]).encode() + b"\n"


def send(client: Client, content: bytes, name: str = "daftar.csv", **more: str) -> str:
    """Upload a file and return the address of its trial."""
    answer = client.post("/impor/", {"file": SimpleUploadedFile(name, content), **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def tried(client: Client, content: bytes, **more: str) -> str:
    address = send(client, content, **more)
    work("test")
    return address


def taken(client: Client, content: bytes, **more: str) -> str:
    address = tried(client, content, **more)
    answer = client.post(f"{address}simpan/")
    work("test")
    return str(answer["Location"])


def facts() -> int:
    return int(bulk.select("SELECT count(*) FROM fact")[0][0])


def test_a_file_is_tried_taken_and_taken_back(client_as: ClientAs):
    client, before = client_as(Role.REGISTRAR), facts()
    address = send(client, a_list(), "Daftar Desa Baru.csv")
    assert "Menunggu giliran" in text(client, address)
    work("test")
    shown = text(client, address)
    assert "Ini uji coba: belum ada yang disimpan." in shown
    assert "Simpan 3 baris yang diterima" in shown
    assert facts() == before
    answer = client.post(f"{address}simpan/")
    work("test")
    shown = text(client, answer["Location"])
    assert "Tersimpan di buku besar." in shown
    assert facts() == before + 6
    batch = re.search(r"/impor/kiriman/(\d+)/", client.get(answer["Location"]).content.decode())
    assert batch
    kept = f"/impor/kiriman/{batch[1]}/"
    assert "Daftar Desa Baru.csv" in text(client, "/impor/")
    effect = client.post(kept)["Location"]
    work("test")
    shown = text(client, effect)
    assert "6 fakta akan dibatalkan." in shown
    assert re.search(r"penduduk [\d.]+ [\d.]+ −3 ", shown)
    assert facts() == before + 6
    assert client.post(f"{effect}simpan/", {"reason": ""}).status_code == 422
    done = client.post(f"{effect}simpan/", {"reason": "salah desa"})["Location"]
    work("test")
    assert "Impor ini sudah dibatalkan." in text(client, done)
    assert facts() == before + 12
    assert "dibatalkan" in text(client, "/impor/")
    assert client.post(kept).status_code == 422
    verbs = list(AuditLine.objects.values_list("verb", "subject", "reason"))
    assert ("file_imported", "Daftar Desa Baru.csv", "") in verbs
    assert ("import_undone", "Daftar Desa Baru.csv", "salah desa") in verbs


def test_taking_it_twice_is_taking_it_once(client_as: ClientAs):
    client, before = client_as(Role.REGISTRAR), facts()
    address = tried(client, a_list())
    first, second = client.post(f"{address}simpan/"), client.post(f"{address}simpan/")
    assert first["Location"] == second["Location"]
    work("test")
    assert client.post(f"{address}simpan/")["Location"] == first["Location"]
    assert facts() == before + 6
    assert "Sudah disetujui." in text(client, address)
    assert AuditLine.objects.filter(verb="file_imported").count() == 1


def test_uploading_the_same_file_twice_finds_nothing_new(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    taken(client, a_list())
    address = tried(client, a_list())
    assert "Tidak ada yang baru di berkas ini." in text(client, address)
    assert client.post(f"{address}simpan/").status_code == 422


def test_a_list_that_only_no_longer_names_somebody_can_be_kept(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    taken(client, a_list(people=3))
    assert "Simpan usulannya" in text(client, tried(client, a_list(people=2)))
    done = taken(client, a_list(people=2))
    assert "1 tidak lagi disebut" in text(client, done)


def test_a_job_nobody_works_on_says_so(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = send(client, a_list())
    assert "Belum ada proses yang mengerjakan" not in text(client, address)
    Job.objects.update(due_at=clock_time() - timedelta(minutes=2))
    assert "Belum ada proses yang mengerjakan" in text(client, address)


def test_the_preview_shows_columns_as_recognised_and_masks_every_nik(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = tried(client, a_list())
    shown = text(client, address)
    assert "name → Nama" in shown
    assert "ORANG 9101" in shown
    assert "1605010101809101" not in client.get(address).content.decode()
    assert "1605010101809101" not in str(Job.objects.values_list("result", "args"))


def test_refused_rows_come_back_as_a_workbook_that_can_be_mended_and_uploaded(client_as: ClientAs):
    client, before = client_as(Role.REGISTRAR), facts()
    address = tried(client, a_list(people=1, wrong=2))
    shown = text(client, address)
    assert "Unduh sebagai Excel" in shown
    answer = client.get(f"{address}ditolak.xlsx")
    assert "daftar-ditolak.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 3
    for number in (2, 3):
        sheet.cell(number, titles.index("nik") + 1).value = f"16050101018092{number:02}"
    mended = io.BytesIO()
    book.save(mended)
    taken(client, mended.getvalue(), name="mended.xlsx")
    assert facts() == before + 4
    assert AuditLine.objects.filter(verb="list_exported").exists()


def test_a_job_that_failed_says_why_by_the_name_its_sender_knows(client_as: ClientAs):
    client = client_as(Role.REGISTRAR)
    address = tried(client, b"apa;ini\n1;2\n", name="bukan daftar.csv")
    shown = text(client, address)
    assert "Tidak ada yang berubah." in shown
    assert not re.search(r"[0-9a-f]{64}", shown)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"x": ""}, "Tidak ada berkas yang dipilih"),
        ({"file": SimpleUploadedFile("kosong.csv", b"")}, "Tidak ada berkas yang dipilih"),
        ({"file": "teks"}, "Tidak ada berkas yang dipilih"),
    ],
)
def test_a_form_without_a_file_is_shown_again_with_what_is_wrong(client_as: ClientAs, more, code):
    client = client_as(Role.REGISTRAR)
    answer = client.post("/impor/", {"as_at": "2019-01-01", **more})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert code in page
    assert 'value="2019-01-01"' in page
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "said", "reason"),
    [
        ("as_at", "kemarin", "tidak terbaca"),
        ("as_at", "2030-01-01", "belum tiba"),
        ("area", "Tugumulyo", "Tugumulyo"),
        ("area", "16.73.01.1001", "di luar wilayah Anda"),
    ],
)
def test_what_is_typed_wrongly_is_refused_before_anything_is_kept(client_as: ClientAs, home, field, said, reason):
    client = client_as(Role.REGISTRAR)
    answer = client.post("/impor/", {"file": SimpleUploadedFile("a.csv", a_list()), field: said})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not (home / "uploads").exists()


def test_a_file_that_is_too_large_is_refused(client_as: ClientAs, home, monkeypatch):
    monkeypatch.setattr(intake, "LARGEST_MB", 0.0001)
    client = client_as(Role.REGISTRAR)
    answer = client.post("/impor/", {"file": SimpleUploadedFile("a.csv", a_list(people=20))})
    assert answer.status_code == 422
    assert "lebih besar" in answer.content.decode()
    assert not (home / "uploads").exists()


def test_a_file_lies_under_its_sum_whatever_it_was_called(client_as: ClientAs, home):
    client = client_as(Role.REGISTRAR)
    send(client, a_list(), "../../jemput.db")
    (path,) = (home / "uploads").iterdir()
    assert re.fullmatch(r"[0-9a-f]{64}", path.name)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Job.objects.get().args["name"] == "jemput.db"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\a\\daftar.xlsx", "daftar.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\n\u202ec.csv", "abc.csv"),
        ("", "berkas"),
        ("KK 1605010101809101.xlsx", None),
        ("x" * 500, "x" * 120),
    ],
)
def test_the_name_of_a_file_is_made_harmless(sent, kept):
    name = intake.file_name(sent)
    assert name == kept or (kept is None and "1605010101809101" not in name)


# --- areas -------------------------------------------------------------------------------------------------------------


def test_a_list_of_another_area_is_refused_row_by_row(client_as: ClientAs):
    client, before = client_as(Role.REGISTRAR, TUGUMULYO), facts()
    address = tried(client, a_list(village="16.05.20.2999"))
    assert "di luar wilayah" in text(client, address)
    assert client.post(f"{address}simpan/").status_code == 422
    assert facts() == before


def test_events_are_imported_for_the_whole_office_only(client_as: ClientAs):
    client = client_as(Role.REGISTRAR, TUGUMULYO)
    address = tried(client, b"event;on;nik\nmati;2019-03-01;1605010101809101\n")
    assert "hanya diimpor oleh pengguna seluruh kantor" in text(client, address)


def test_nobody_outside_the_area_is_named_to_whoever_sends_a_list(client_as: ClientAs):
    nik, name = bulk.select(
        "SELECT nik, name FROM person WHERE village BETWEEN 1605200000 AND 1605209999 AND nik IS NOT NULL LIMIT 1"
    )[0]
    row = f"{HEADER}\n{nik};BUKAN NAMANYA;1980-01-01;{EMPTY_VILLAGE};PRR\n".encode()
    client = client_as(Role.REGISTRAR, TUGUMULYO)
    page = client.get(tried(client, row)).content.decode()
    assert "wilayah lain" in page
    assert name not in page
    assert nik not in page


def test_imports_of_another_area_are_not_there(client_as: ClientAs, home):
    whole = client_as(Role.KABID)
    trial = tried(whole, a_list(wrong=1))
    kept = taken(whole, a_list(first=9201, village="16.05.20.2999"))
    batch = standing.one(int(kept.strip("/").split("/")[-1])).result["batches"][0]
    client = client_as(Role.REGISTRAR, TUGUMULYO)
    for address in (trial, f"{trial}ditolak.xlsx", kept, f"/impor/kiriman/{batch}/", "/impor/kiriman/1/"):
        assert client.get(address).status_code == 404, address
    for address in (f"{trial}simpan/", f"/impor/kiriman/{batch}/"):
        assert client.post(address).status_code == 404, address
    assert "daftar.csv" not in text(client, "/impor/")


def test_one_sees_and_takes_back_what_was_imported_for_ones_own_area(client_as: ClientAs):
    client = client_as(Role.REGISTRAR, TUGUMULYO)
    kept = taken(client, a_list())
    batch = standing.one(int(kept.strip("/").split("/")[-1])).result["batches"][0]
    assert "daftar.csv" in text(client, "/impor/")
    effect = client.post(f"/impor/kiriman/{batch}/")["Location"]
    work("test")
    assert "6 fakta akan dibatalkan." in text(client, effect)


def test_a_job_of_another_kind_is_no_import(client_as: ClientAs):
    number = Job.objects.create(
        kind="verify", args={}, asked_by="x", asked_at=office().now, due_at=office().now, state="done", result={}
    ).pk
    assert client_as(Role.REGISTRAR).get(f"/impor/{number}/").status_code == 404


def test_only_a_workbook_among_the_uploads_is_handed_out(client_as: ClientAs, home):
    (home / "secret.key").write_text("secret")
    client = client_as(Role.REGISTRAR)
    address = tried(client, a_list(wrong=1))
    number = int(address.strip("/").split("/")[-1])
    job = Job.objects.get(pk=number)
    for path in ("../secret.key", str(home / "secret.key"), f"{uploads.folder()}/../secret.key"):
        job.result["refused_file"] = path
        job.save()
        assert client.get(f"{address}ditolak.xlsx").status_code == 404


# --- rubbish -----------------------------------------------------------------------------------------------------------

RUBBISH = {
    "zeros": bytes(5000),
    "zip": b"PK\x03\x04" + bytes(3000),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000),
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(3000),
    "page": b"<html><table><tr><td>nik</td></tr></table></html>",
    "header only": HEADER.encode(),
    "one long line": b"a" * 400_000,
    "utf-16": f"{HEADER}\n".encode("utf-16"),
}


@pytest.mark.parametrize("kind", RUBBISH)
def test_rubbish_is_refused_in_words(client_as: ClientAs, kind):
    client, before = client_as(Role.REGISTRAR), facts()
    address = tried(client, RUBBISH[kind])
    shown = text(client, address)
    assert "Tidak ada yang berubah." in shown
    assert "job_broken" not in shown
    assert standing.one(int(address.strip("/").split("/")[-1])).state == "failed"
    assert facts() == before


@given(content=st.binary(min_size=1, max_size=400) | st.text(min_size=1, max_size=200).map(str.encode))
@profile(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_uploaded_breaks_nothing(client_as: ClientAs, content):
    client = client_as(Role.REGISTRAR)
    answer = client.post("/impor/", {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 302
    work("test")
    assert client.get(answer["Location"]).status_code == 200


@given(st.dictionaries(st.sampled_from(["file", "area", "as_at", "layout"]), st.text(max_size=40)))
@profile(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_breaks_nothing(client_as: ClientAs, said):
    client = client_as(Role.REGISTRAR)
    upload = {"file": SimpleUploadedFile("x.csv", a_list())} if "file" in said else {}
    assert client.post("/impor/", said | upload).status_code in {302, 422}


def test_uploads_are_removed_after_a_month(client_as: ClientAs, home):
    client = client_as(Role.REGISTRAR)
    send(client, a_list())
    (path,) = (home / "uploads").iterdir()
    old = time.time() - 31 * 86400
    os.utime(path, (old, old))
    client_as(Role.ADMINISTRATOR).post("/cadangan/", {"do": "verify"})
    work("test")
    assert not path.exists()


def test_the_area_of_a_user_is_kept_with_the_job(client_as: ClientAs):
    client = client_as(Role.REGISTRAR, TUGUMULYO)
    send(client, a_list())
    job = Job.objects.get()
    assert (job.area, job.args["within"]) == (TUGUMULYO, TUGUMULYO)
    assert area_text(job.area) == "16.05.01"
    assert User.objects.get(username="registrar").area == TUGUMULYO
