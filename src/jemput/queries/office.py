"""The office as it stands: its area, its day, its rule, its settings.

The office's day is the clock in western Indonesia (WIB), or the setting `today` where a trial or a
replay needs another; where it is set, everything that shows a figure says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jemput.domain import recording, typed
from jemput.domain.coverage import Rule
from jemput.domain.ids import area_number
from jemput.domain.problems import Text
from jemput.domain.village_links import LINK_DAYS
from jemput.store import archive
from jemput.store.models import Setting

ZONE = ZoneInfo("Asia/Jakarta")
PAPERS = ("A4", "F4")
MAIL_SECURITY = ("starttls", "tls", "plain")
HIDDEN = "••••••••"
"""What stands for a secret wherever it would be shown."""


@dataclass(frozen=True, slots=True)
class SettingKind:
    """One setting: its name, default, what it does, and what reads a typed value (ValueError where it cannot be).

    A secret is never shown back: not on the page, by the command, in the history or the audit trail.
    """

    name: str
    default: Any
    meaning: Text
    read: Callable[[str], Any]
    group: str = "office"
    is_secret: bool = False


SETTINGS = (
    SettingKind(
        "office_area",
        "",
        Text("kode kabupaten/kota kantor, contoh 16.05", "area code of the office's regency, for example 16.05"),
        typed.area,
    ),
    SettingKind(
        "today",
        "",
        Text("hari kantor, bila bukan hari ini (YYYY-MM-DD)", "the office's day, where it is not today (YYYY-MM-DD)"),
        typed.day,
    ),
    SettingKind(
        "count_blocked",
        True,
        Text(
            "orang diblokir yang belum rekam tetap dihitung wajib KTP",
            "blocked people who are not recorded still count as wajib KTP",
        ),
        typed.yes_or_no,
        group="count",
    ),
    SettingKind(
        "counted_statuses",
        sorted(recording.BY_ORDER[order].code for order in recording.COUNTED),
        Text("status perekaman yang dihitung sudah rekam", "recording statuses that count as recorded"),
        typed.statuses,
        group="count",
    ),
    SettingKind(
        "election_on",
        "",
        Text("hari pemungutan suara berikutnya (YYYY-MM-DD)", "the next polling day (YYYY-MM-DD)"),
        typed.day,
    ),
    SettingKind(
        "election_source",
        "",
        Text(
            "dasar hari pemungutan suara, contoh PKPU 7/2017", "where the polling day stands, for example PKPU 7/2017"
        ),
        typed.line,
    ),
    SettingKind(
        "holidays",
        [],
        Text(
            "hari libur daerah di luar yang nasional, dipisah dengan |, contoh YYYY-MM-DD HUT Musi Rawas; `-`: tetap kerja",
            "local holidays besides the national ones, separated by |, such as YYYY-MM-DD HUT Musi Rawas; `-`: worked",
        ),
        typed.days_named,
    ),
    SettingKind(
        "office_name",
        "Dinas Kependudukan dan Pencatatan Sipil",
        Text("nama kantor seperti tercetak di surat", "the office's name as letters print it"),
        typed.line,
        group="letters",
    ),
    SettingKind(
        "letterhead",
        [],
        Text(
            "baris kepala surat di atas nama kantor, dipisah dengan |; kosong: “Pemerintah” dan nama kabupaten",
            "lines of the letterhead above the office's name, separated by |; empty: “Pemerintah” and the regency",
        ),
        typed.lines,
        group="letters",
    ),
    SettingKind(
        "office_address",
        [],
        Text(
            "alamat kantor di kepala surat, baris dipisah dengan |",
            "the office's address in the letterhead, lines separated by |",
        ),
        typed.lines,
        group="letters",
    ),
    SettingKind(
        "office_town",
        "",
        Text(
            "kota di depan tanggal surat, contoh Muara Beliti", "town before the date of a letter, such as Muara Beliti"
        ),
        typed.line,
        group="letters",
    ),
    SettingKind(
        "signer_title",
        "Kepala Dinas",
        Text("jabatan penanda tangan", "title of whoever signs"),
        typed.line,
        group="letters",
    ),
    SettingKind("signer_name", "", Text("nama penanda tangan", "name of whoever signs"), typed.line, group="letters"),
    SettingKind(
        "signer_rank",
        "",
        Text("pangkat dan golongan penanda tangan", "rank and grade of whoever signs"),
        typed.line,
        group="letters",
    ),
    SettingKind(
        "signer_nip",
        "",
        Text("NIP penanda tangan, 18 angka", "civil servant's number of whoever signs, 18 digits"),
        typed.nip,
        group="letters",
    ),
    SettingKind("paper", "A4", Text("kertas: A4 atau F4", "paper: A4 or F4"), typed.one_of(PAPERS), group="letters"),
    SettingKind(
        "report_number",
        "470/{n}/DUKCAPIL/{roman}/{year}",
        Text(
            "pola nomor laporan: {n} urutan, {month} atau {roman} bulan, {year} tahun",
            "pattern of report numbers: {n} serial, {month} or {roman} month, {year} year",
        ),
        typed.number_pattern,
        group="letters",
    ),
    SettingKind(
        "report_first",
        1,
        Text(
            "nomor urut laporan pertama tahun ini; sesudahnya berurutan tanpa celah",
            "serial of the first report of a year; they follow without a gap",
        ),
        typed.whole(1, 99_999),
        group="letters",
    ),
    SettingKind(
        "letter_number",
        "474/{n}/DUKCAPIL/{roman}/{year}",
        Text(
            "pola nomor surat kunjungan: {n} urutan, {month} atau {roman} bulan, {year} tahun",
            "pattern of the numbers of visit letters: {n} serial, {month} or {roman} month, {year} year",
        ),
        typed.number_pattern,
        group="letters",
    ),
    SettingKind(
        "letter_first",
        1,
        Text(
            "nomor urut surat kunjungan pertama tahun ini; sesudahnya berurutan tanpa celah",
            "serial of the first visit letter of a year; they follow without a gap",
        ),
        typed.whole(1, 99_999),
        group="letters",
    ),
    SettingKind(
        "sms_gateway_url",
        "",
        Text(
            "gerbang SMS: alamat menurut apprise, {phone} di tempat nomor (62812…); kosong: SMS dikirim lewat tautan",
            "SMS gateway: address as apprise takes it, {phone} where the number goes (62812…); empty: SMS by links",
        ),
        typed.gateway,
        group="channels",
        is_secret=True,
    ),
    SettingKind(
        "smtp_host",
        "",
        Text("server surel (SMTP); kosong: tanpa surel", "mail server (SMTP); empty: no e-mail"),
        typed.host,
        group="channels",
    ),
    SettingKind(
        "smtp_port",
        587,
        Text("porta server surel", "port of the mail server"),
        typed.whole(1, 65_535),
        group="channels",
    ),
    SettingKind(
        "smtp_security",
        "starttls",
        Text("keamanan server surel: starttls, tls atau plain", "security of the mail server: starttls, tls or plain"),
        typed.one_of(MAIL_SECURITY),
        group="channels",
    ),
    SettingKind(
        "smtp_user", "", Text("nama di server surel", "user name at the mail server"), typed.line, group="channels"
    ),
    SettingKind(
        "smtp_password",
        "",
        Text("kata sandi di server surel", "password at the mail server"),
        typed.secret,
        group="channels",
        is_secret=True,
    ),
    SettingKind(
        "smtp_sender",
        "",
        Text("alamat surel kantor sebagai pengirim", "the office's mail address, as sender"),
        typed.mail_address,
        group="channels",
    ),
    SettingKind(
        "public_address",
        "",
        Text(
            "alamat halaman desa (`jemput public`), https://…; kosong: kabar desa lewat pesan dan kertas saja",
            "address of the village's pages (`jemput public`), https://…; empty: villages answer by message and paper only",
        ),
        typed.public_address,
        group="village",
    ),
    SettingKind(
        "public_key",
        "",
        Text(
            "kunci halaman desa dari `jemput public key`; kosong: yang ada di mesin ini",
            "key of the village's pages from `jemput public key`; empty: those on this machine",
        ),
        typed.exchange_key,
        group="village",
    ),
    SettingKind(
        "public_link_days",
        LINK_DAYS,
        Text(
            "tautan desa berlaku sekian hari sesudah kunjungan, atau sejak dibuat",
            "a village's link lives so many days after the visit, or from the day it is made",
        ),
        typed.whole(1, 365),
        group="village",
    ),
    SettingKind(
        "office_phone",
        "",
        Text(
            "nomor WhatsApp dan SMS kantor untuk jawaban desa, contoh 0812 3456 7834",
            "the office's WhatsApp and SMS number for answers of villages, such as 0812 3456 7834",
        ),
        typed.phone,
        group="village",
    ),
    SettingKind(
        "verify_time",
        "21:00",
        Text(
            "jam pemeriksaan harian buku besar (JJ:MM, `-` untuk tidak)",
            "time of the daily check of the ledger (HH:MM, `-` for none)",
        ),
        typed.time_of_day,
        group="backup",
    ),
    SettingKind(
        "backup_key",
        "",
        Text("kunci umum untuk cadangan (age1…)", "public key of the backups (age1…)"),
        archive.checked_recipient,
        group="backup",
    ),
    SettingKind(
        "backup_folder",
        "",
        Text(
            "folder cadangan; bawaan: `backups` di folder data", "folder of the backups; default: `backups` in the data"
        ),
        typed.folder,
        group="backup",
    ),
    SettingKind(
        "backup_time",
        "12:30",
        Text(
            "jam cadangan harian (JJ:MM, `-` untuk tidak)",
            "time of the daily backup (HH:MM, `-` for none)",
        ),
        typed.time_of_day,
        group="backup",
    ),
    SettingKind(
        "backup_keep",
        "7, 5, 12",
        Text(
            "cadangan yang disimpan: berapa hari, pekan, bulan",
            "backups that are kept: of how many days, weeks, months",
        ),
        typed.kept_backups,
        group="backup",
    ),
    SettingKind(
        "postgresql_programs",
        "",
        Text(
            "folder pg_dump dan pg_restore, bila tidak di PATH",
            "folder of pg_dump and pg_restore, where they are not on the PATH",
        ),
        typed.folder,
        group="backup",
    ),
)
SETTING_GROUPS = {
    "office": Text("Kantor", "The office"),
    "count": Text("Cara menghitung", "How it is counted"),
    "letters": Text("Surat dan laporan", "Letters and reports"),
    "channels": Text("Saluran pesan", "Channels of messages"),
    "village": Text("Halaman desa", "The village's pages"),
    "backup": Text("Cadangan", "Backups"),
}
BY_NAME = {kind.name: kind for kind in SETTINGS}
RULE_SETTINGS = frozenset({"count_blocked", "counted_statuses"})
"""Settings that change what is counted: a change makes the movements anew; closed counts stay."""


@dataclass(frozen=True, slots=True)
class Office:
    """The office at this moment: `now` is aware UTC and lies on `today`; `area` None until known."""

    area: int | None
    today: date
    today_is_set: bool
    now: datetime
    rule: Rule


def setting(name: str) -> Any:  # noqa: ANN401 - a setting is whatever its kind says
    """Return a setting's value, or its default."""
    row = Setting.objects.filter(pk=name).first()
    return row.value if row else BY_NAME[name].default


def holidays() -> dict[date, str]:
    """Return the holidays the office typed, by day."""
    return dict(typed.day_and_name(one) for one in setting("holidays"))


def polling_day() -> date | None:
    """Return the next polling day, None where none is set."""
    said = setting("election_on")
    return date.fromisoformat(said) if said else None


def shown(name: str) -> Any:  # noqa: ANN401 - the same
    """Return a setting's value as it may be shown: a secret that is set only as being there."""
    return shown_as(name, setting(name))


def shown_as(name: str, value: Any) -> Any:  # noqa: ANN401 - the same
    """Return a value of a setting as it may be shown, now or in its history."""
    return HIDDEN if value and name in BY_NAME and BY_NAME[name].is_secret else value


def rule_of(values: dict[str, Any]) -> Rule:
    """Return the counting rule that settings give."""
    codes = values.get("counted_statuses", BY_NAME["counted_statuses"].default)
    counted = frozenset(recording.BY_CODE[code].order for code in codes)
    return Rule(
        counted=counted,
        accepted=recording.ACCEPTED & counted,
        count_blocked=bool(values.get("count_blocked", BY_NAME["count_blocked"].default)),
    )


def office() -> Office:
    """Return the office at this moment; the environment's JEMPUT_TODAY goes before the setting."""
    values = dict(Setting.objects.values_list("name", "value"))
    clock = datetime.now(UTC)
    said = os.environ.get("JEMPUT_TODAY") or values.get("today") or ""
    today = date.fromisoformat(said) if said else clock.astimezone(ZONE).date()
    now = datetime.combine(today, clock.astimezone(ZONE).timetz()).astimezone(UTC) if said else clock
    return Office(area_number(values.get("office_area") or ""), today, bool(said), now, rule_of(values))
