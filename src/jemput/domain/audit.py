"""What the audit trail notes: who looked at what, who changed what, and why. Never a NIK, never a name of a resident."""

from __future__ import annotations

from enum import StrEnum

from jemput.domain.problems import Text


class Verb(StrEnum):
    """One kind of line in the audit trail."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a verb, not a secret
    FULL_NIK_SEEN = "full_nik_seen"
    LIST_EXPORTED = "list_exported"
    FACT_ENTERED = "fact_entered"
    FACT_REVERSED = "fact_reversed"
    FILE_IMPORTED = "file_imported"
    IMPORT_UNDONE = "import_undone"
    PROPOSALS_ANSWERED = "proposals_answered"
    COUNT_CLOSED = "count_closed"
    FIGURE_CLAIMED = "figure_claimed"
    REPORT_MADE = "report_made"
    REPORT_SIGNED = "report_signed"
    PROOF_MADE = "proof_made"
    USER_MADE = "user_made"
    USER_CHANGED = "user_changed"
    USER_ENDED = "user_ended"
    SETTING_CHANGED = "setting_changed"
    SWEEP_LIST_MADE = "sweep_list_made"
    WALL_LIST_PRINTED = "wall_list_printed"
    CONTACT_CHANGED = "contact_changed"
    SETTLEMENT_CHANGED = "settlement_changed"
    VISIT_CHANGED = "visit_changed"
    LETTER_MADE = "letter_made"
    LINK_MADE = "link_made"
    LINK_ENDED = "link_ended"
    PIN_MADE = "pin_made"
    PUBLIC_KEY_TRUSTED = "public_key_trusted"
    VILLAGE_ASKED = "village_asked"
    ANSWER_ENTERED = "answer_entered"
    FORM_PRINTED = "form_printed"
    BACKUP_MADE = "backup_made"
    BACKUP_TAKEN = "backup_taken"


VERBS = {
    Verb.SIGNED_IN: Text("masuk", "signed in"),
    Verb.SIGNED_OUT: Text("keluar", "signed out"),
    Verb.SIGN_IN_FAILED: Text("gagal masuk", "failed to sign in"),
    Verb.LOCKED_OUT: Text("terkunci", "locked out"),
    Verb.SECOND_FACTOR_SET: Text("memasang faktor kedua", "set a second factor"),
    Verb.SECOND_FACTOR_REMOVED: Text("melepas faktor kedua", "removed a second factor"),
    Verb.RECOVERY_CODES_MADE: Text("membuat kode cadangan", "made recovery codes"),
    Verb.PASSWORD_CHANGED: Text("mengganti kata sandi", "changed a password"),
    Verb.FULL_NIK_SEEN: Text("melihat NIK lengkap", "saw a full NIK"),
    Verb.LIST_EXPORTED: Text("mengunduh daftar", "downloaded a list"),
    Verb.FACT_ENTERED: Text("mencatat fakta", "entered a fact"),
    Verb.FACT_REVERSED: Text("membatalkan fakta", "reversed a fact"),
    Verb.FILE_IMPORTED: Text("mengimpor berkas", "imported a file"),
    Verb.IMPORT_UNDONE: Text("membatalkan impor", "took an import back"),
    Verb.PROPOSALS_ANSWERED: Text("menjawab usulan", "answered proposals"),
    Verb.COUNT_CLOSED: Text("menutup hitungan", "closed a count"),
    Verb.FIGURE_CLAIMED: Text("mencatat angka terbit", "recorded a published figure"),
    Verb.REPORT_MADE: Text("membuat laporan", "made a report"),
    Verb.REPORT_SIGNED: Text("menyimpan laporan bertanda tangan", "kept a signed report"),
    Verb.PROOF_MADE: Text("mengunduh bukti", "downloaded a proof"),
    Verb.USER_MADE: Text("menambah pengguna", "added a user"),
    Verb.USER_CHANGED: Text("mengubah pengguna", "changed a user"),
    Verb.USER_ENDED: Text("menutup akun", "ended an account"),
    Verb.SETTING_CHANGED: Text("mengubah pengaturan", "changed a setting"),
    Verb.SWEEP_LIST_MADE: Text("mengambil daftar sisir", "took a sweep list"),
    Verb.WALL_LIST_PRINTED: Text("mencetak daftar tempel", "printed a wall list"),
    Verb.CONTACT_CHANGED: Text("mengubah kontak desa", "changed a village contact"),
    Verb.SETTLEMENT_CHANGED: Text("mengubah permukiman", "changed a settlement"),
    Verb.VISIT_CHANGED: Text("mengubah kunjungan", "changed a visit"),
    Verb.LETTER_MADE: Text("membuat surat", "made a letter"),
    Verb.LINK_MADE: Text("membuat tautan desa", "made a village's link"),
    Verb.LINK_ENDED: Text("mengakhiri tautan desa", "ended a village's link"),
    Verb.PIN_MADE: Text("membuat PIN daftar nama", "made a PIN for names"),
    Verb.PUBLIC_KEY_TRUSTED: Text("mempercayai kunci halaman desa", "trusted the key of the village pages"),
    Verb.VILLAGE_ASKED: Text("menanyai desa", "asked a village"),
    Verb.ANSWER_ENTERED: Text("mencatat jawaban desa", "entered a village's answer"),
    Verb.FORM_PRINTED: Text("mencetak formulir desa", "printed a village's form"),
    Verb.BACKUP_MADE: Text("membuat cadangan", "made a backup"),
    Verb.BACKUP_TAKEN: Text("mengunduh cadangan", "downloaded a backup"),
}
