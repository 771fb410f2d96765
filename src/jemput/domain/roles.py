"""Who may do what in the office: seven roles and the rights each has.

Personal data is seen by those who work with people, and by nobody else: the inspectorate checks figures,
the administrator keeps the machine (UU 27/2022 art. 16 and 35: no more data than the purpose needs).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jemput.domain.problems import Text


class Right(StrEnum):
    """One thing a person may do in the office."""

    FIGURES = "figures"
    PEOPLE = "people"
    FULL_NIK = "full_nik"
    FACTS = "facts"
    IMPORT = "import"
    ANSWER = "answer"
    OUTREACH = "outreach"
    REPORT = "report"
    CLOSE = "close"
    AUDIT = "audit"
    USERS = "users"
    SETTINGS = "settings"
    BACKUP = "backup"


RIGHT_TITLES = {
    Right.FIGURES: Text("melihat angka", "see figures"),
    Right.PEOPLE: Text("melihat orang, NIK tersamar", "see people, NIK masked"),
    Right.FULL_NIK: Text("melihat NIK lengkap dengan alasan", "see a full NIK with a reason"),
    Right.FACTS: Text("mencatat LAMPID dan pembetulan", "enter LAMPID and corrections"),
    Right.IMPORT: Text("mengimpor berkas", "import files"),
    Right.ANSWER: Text("menjawab usulan", "answer proposals"),
    Right.OUTREACH: Text("mengatur jemput bola dan berhubungan dengan desa", "arrange visits and talk with villages"),
    Right.REPORT: Text("membuat laporan", "make reports"),
    Right.CLOSE: Text("menutup hitungan", "close a count"),
    Right.AUDIT: Text("membaca jejak audit", "read the audit trail"),
    Right.USERS: Text("mengelola pengguna", "manage users"),
    Right.SETTINGS: Text("mengubah pengaturan", "change settings"),
    Right.BACKUP: Text("mencadangkan data", "make backups"),
}


class Role(StrEnum):
    """A role in the office; one person has one."""

    KEPALA_DINAS = "kepala_dinas"
    KABID = "kabid"
    REGISTRAR = "registrar"
    OPERATOR = "operator"
    AUDITOR = "auditor"
    INSPECTORATE = "inspectorate"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleKind:
    """A role with its title and rights."""

    role: Role
    title: Text
    rights: frozenset[Right]


ROLES = (
    RoleKind(
        Role.KEPALA_DINAS,
        Text("Kepala Dinas", "Head of office"),
        frozenset({Right.FIGURES, Right.PEOPLE, Right.FULL_NIK, Right.REPORT, Right.CLOSE, Right.AUDIT}),
    ),
    RoleKind(
        Role.KABID,
        Text("Kepala Bidang", "Head of section"),
        frozenset(
            {
                Right.FIGURES,
                Right.PEOPLE,
                Right.FULL_NIK,
                Right.IMPORT,
                Right.ANSWER,
                Right.OUTREACH,
                Right.REPORT,
                Right.CLOSE,
            }
        ),
    ),
    RoleKind(
        Role.REGISTRAR,
        Text("Petugas registrasi", "Registrar"),
        frozenset(
            {
                Right.FIGURES,
                Right.PEOPLE,
                Right.FULL_NIK,
                Right.FACTS,
                Right.IMPORT,
                Right.ANSWER,
                Right.OUTREACH,
                Right.REPORT,
            }
        ),
    ),
    RoleKind(
        Role.OPERATOR,
        Text("Operator perekaman", "Recording operator"),
        frozenset({Right.FIGURES, Right.PEOPLE, Right.FULL_NIK, Right.OUTREACH}),
    ),
    RoleKind(Role.AUDITOR, Text("Auditor", "Auditor"), frozenset({Right.FIGURES, Right.PEOPLE, Right.AUDIT})),
    RoleKind(Role.INSPECTORATE, Text("Inspektorat", "Inspectorate"), frozenset({Right.FIGURES})),
    RoleKind(
        Role.ADMINISTRATOR,
        Text("Administrator", "Administrator"),
        frozenset({Right.FIGURES, Right.AUDIT, Right.USERS, Right.SETTINGS, Right.BACKUP}),
    ),
)
BY_ROLE = {kind.role: kind for kind in ROLES}


def may(role: Role, right: Right) -> bool:
    """Tell whether a role has a right."""
    return right in BY_ROLE[role].rights


def needs_second_factor(role: Role) -> bool:
    """Tell whether a role signs in with a second factor: every role that may do more than see figures."""
    return BY_ROLE[role].rights != {Right.FIGURES}
