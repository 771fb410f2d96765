"""What is typed for a setting becomes its value, or is told apart with the piece that is wrong."""

from __future__ import annotations

import pytest

from jemput.domain import typed

READ = [
    (typed.line, "  Dinas   Kependudukan ", "Dinas Kependudukan"),
    (typed.lines, "PEMERINTAH KABUPATEN | MUSI RAWAS ||", ["PEMERINTAH KABUPATEN", "MUSI RAWAS"]),
    (typed.lines, "Jalan Lintas\nMuara Beliti", ["Jalan Lintas", "Muara Beliti"]),
    (typed.nip, "19700101 199503 1 001", "197001011995031001"),
    (typed.number_pattern, "470/{n}/DUKCAPIL/{roman}/{year}", "470/{n}/DUKCAPIL/{roman}/{year}"),
    (typed.number_pattern, "{n}", "{n}"),
    (typed.whole(1, 99), " 12 ", 12),
    (typed.one_of(("A4", "F4")), "f4", "F4"),
    (typed.yes_or_no, "Ya", True),
    (typed.day, "2019-03-28", "2019-03-28"),
    (typed.area, "16.05", "16.05"),
    (typed.gateway, " json://gerbang:8080/{phone} ", "json://gerbang:8080/{phone}"),
    (typed.host, " Surel.Contoh.id ", "surel.contoh.id"),
    (typed.mail_address, " kantor@contoh.id", "kantor@contoh.id"),
    (typed.secret, "a b|c", "a b|c"),
    (typed.statuses, " print_ready_record, ,", ["PRINT_READY_RECORD"]),
]
REFUSED = [
    (typed.gateway, "json://gerbang/kirim", "json://gerbang/kirim"),
    (typed.gateway, "gerbang/{phone}", "gerbang/{phone}"),
    (typed.gateway, "json://a b/{phone}", "json://a b/{phone}"),
    (typed.host, "smtp://contoh.id", "smtp://contoh.id"),
    (typed.mail_address, "a@b, c@d.id", "a@b, c@d.id"),
    (typed.mail_address, "kantor", "kantor"),
    (typed.secret, "a\x00b", "a\x00b"),
    (typed.line, "x" * 121, "x" * 121),
    (typed.line, "Kepala\x00Dinas", "Kepala\x00Dinas"),
    (typed.line, "Dinas \u202etxt", "Dinas \u202etxt"),
    (typed.lines, " | ", " | "),
    (typed.lines, "a|b|c|d|e|f|g", "a|b|c|d|e|f|g"),
    (typed.nip, "1970", "1970"),
    (typed.number_pattern, "470/DUKCAPIL", "470/DUKCAPIL"),
    (typed.number_pattern, "{n}/{name}", "{n}/{name}"),
    (typed.number_pattern, "{n}/{", "{n}/{"),
    (typed.number_pattern, "{n:>2000}", "{n:>2000}"),
    (typed.number_pattern, "{n!r}", "{n!r}"),
    (typed.number_pattern, "{n.real}", "{n.real}"),
    (typed.number_pattern, "{}{n}", "{}{n}"),
    (typed.whole(1, 99), "0", "0"),
    (typed.whole(1, 99), "²", "²"),
    (typed.whole(1, 99), "-1", "-1"),
    (typed.one_of(("A4", "F4")), "A5", "A5"),
    (typed.yes_or_no, "mungkin", "mungkin"),
    (typed.day, "28-03-2019", "28-03-2019"),
    (typed.area, "Musi", "Musi"),
    (typed.statuses, "PRINT_READY_RECORD, SALAH", "SALAH"),
    (typed.statuses, ",", ","),
]


@pytest.mark.parametrize(("read", "text", "value"), READ)
def test_what_is_typed_becomes_its_value(read, text, value) -> None:
    assert read(text) == value


@pytest.mark.parametrize(("read", "text", "piece"), REFUSED)
def test_what_cannot_be_read_names_the_piece_that_is_wrong(read, text, piece) -> None:
    with pytest.raises(ValueError) as wrong:  # noqa: PT011 - the piece is the whole message
        read(text)
    assert str(wrong.value) == piece
