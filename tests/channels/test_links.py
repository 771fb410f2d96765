"""Links carry number and text so that a telephone opens them with the text filled in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from jemput.channels import links

PHONE = "+6281234567834"
BODY = "Siap? Balas #JEMPUT#K7Q2#SIAP & terima kasih"


def test_a_chat_opens_by_the_number_without_its_plus():
    found = urlsplit(links.whatsapp(PHONE, BODY))
    assert (found.netloc, found.path) == ("wa.me", "/6281234567834")
    assert parse_qs(found.query) == {"text": [BODY]}
    assert not found.fragment, "a # in the text must not end it"


@given(st.text(min_size=1))
def test_whatever_is_written_arrives_as_it_was(text):
    assert parse_qs(urlsplit(links.sms(PHONE, text)).query, keep_blank_values=True) == {"body": [text]}
    assert parse_qs(urlsplit(links.whatsapp(PHONE, text)).query, keep_blank_values=True) == {"text": [text]}


def test_a_number_is_dialled_and_a_mail_is_addressed():
    assert links.telephone(PHONE) == "tel:+6281234567834"
    found = urlsplit(links.mail("desa@contoh.id", "Perekaman", BODY))
    assert found.path == "desa@contoh.id"
    assert parse_qs(found.query) == {"subject": ["Perekaman"], "body": [BODY]}
