"""Rompok and Desa as somebody uses them on a telephone, with scripts and without, and what the map shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from jemput.domain.roles import Role
from tests.office.conftest import BrowserAs

PHONE = {"width": 390, "height": 800}
VILLAGE = "/desa/16.05.14.2001/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without a script"])
def test_a_rompok_is_reported_twice_merged_and_taken_apart_on_a_telephone(browser_as: BrowserAs, *, scripts: bool):
    page = browser_as(Role.REGISTRAR, java_script_enabled=scripts)
    page.set_viewport_size(PHONE)
    name = f"Talang {'Skrip' if scripts else 'Sepi'}"
    for called, where in ((f"Rompok {name}", "-2.9001, 103.1401"), (name, "seberang jembatan gantung")):
        page.goto("/rompok/")
        page.get_by_role("link", name="Lapor rompok").first.click()
        page.get_by_label("Nama yang dipakai orang di sana").fill(called)
        page.get_by_label("Titik").fill(where)
        page.get_by_label("Desa", exact=True).select_option("16.05.14.2001")
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_text("Tercatat dengan nomor")).to_be_visible()
    expect(page.get_by_text("namanya mirip; salah satu tanpa titik")).to_be_visible()
    expect(page.get_by_text("seberang jembatan gantung").first).to_be_visible()
    page.get_by_role("link", name="Bandingkan dan gabungkan").click()
    expect(page.get_by_role("heading", name="Gabungkan dua baris menjadi satu")).to_be_visible()
    expect(page.locator("mark")).to_contain_text("-2.9001, 103.1401")
    page.get_by_role("button", name="Gabungkan").click()
    expect(page.get_by_text("-2.9001, 103.1401").first).to_be_visible()
    page.get_by_role("button", name="Batalkan penggabungan").click()
    expect(page.get_by_text("berdiri sendiri lagi")).to_be_visible()
    expect(page.get_by_text("hanya kata-kata")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without a script"])
def test_a_contact_is_added_to_a_village_and_ended_on_a_telephone(browser_as: BrowserAs, *, scripts: bool):
    page = browser_as(Role.REGISTRAR, java_script_enabled=scripts)
    page.set_viewport_size(PHONE)
    page.goto(VILLAGE)
    name = f"Bu Rina {'S' if scripts else 'T'}"
    page.get_by_text("Tambah kontak").click()
    adding = page.locator("details", has_text="Tambah kontak").locator("form").last
    adding.get_by_label("Nama").fill(name)
    adding.get_by_label("Jabatan").select_option("sekdes")
    adding.get_by_label("Telepon").fill(f"0812 0000 77{'01' if scripts else '02'}")
    adding.get_by_role("button", name="Tambah").click()
    expect(page.get_by_text("Perubahan disimpan.")).to_be_visible()
    page.get_by_text(f"Ubah {name}").click()
    page.locator("details", has_text=f"Ubah {name}").get_by_role("button", name="Akhiri hari ini").click()
    expect(page.get_by_text("kontak terdahulu")).to_be_visible()


def test_a_list_is_tried_before_it_is_kept_without_a_script(browser_as: BrowserAs, tmp_path: Path):
    page = browser_as(Role.REGISTRAR, java_script_enabled=False)
    file = tmp_path / "titik.gpx"
    file.write_text(
        '<gpx version="1.1" creator="GPS"><wpt lat="-2.9" lon="103.14"><name>Umbul Sepuluh</name></wpt>'
        '<wpt lat="-8.9" lon="113.14"><name>Jauh</name></wpt></gpx>'
    )
    page.goto("/rompok/impor/")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Coba dahulu").click()
    expect(page.get_by_text("Belum ada yang disimpan.")).to_be_visible()
    expect(page.get_by_text("tidak terletak di desa mana pun")).to_be_visible()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("1 ditambah, 0 dilengkapi, 1 ditolak").first).to_be_visible()
    page.get_by_role("button", name="Batalkan impor").first.click()
    expect(page.get_by_text("1 ditarik")).to_be_visible()


def test_a_mark_on_the_map_leads_to_its_rompok(browser_as: BrowserAs):
    page = browser_as(Role.REGISTRAR)
    page.goto("/rompok/")
    marks = page.locator(".map .mark")
    assert marks.count() > 5
    address = marks.first.get_attribute("href")
    page.goto(address)
    expect(page.get_by_role("heading", name="Jalan ke sana")).to_be_visible()
