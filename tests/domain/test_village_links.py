"""Laws of a village's link: what opens what, and that nothing else does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jemput.domain import village_links as links
from jemput.domain.village_links import Listed

keys = st.binary(min_size=32, max_size=32)
nonces = st.binary(min_size=12, max_size=12)
texts = st.binary(max_size=200)
tokens = st.binary(min_size=links.TOKEN_LENGTH, max_size=links.TOKEN_LENGTH).map(links.token_from)
people = st.lists(
    st.builds(Listed, st.text("0123456789abcdef", min_size=16, max_size=16), st.text(), st.text(), st.text())
)


@given(keys, nonces, texts, st.tuples(st.text(), st.text()), keys)
def test_what_is_sealed_opens_with_its_key_at_its_place_and_with_no_other(key, nonce, text, places, other):
    about, elsewhere = places
    sealed = links.seal(key, nonce, text, about)
    assert links.unseal(key, sealed, about) == text
    if other != key:
        assert links.unseal(other, sealed, about) is None
    if elsewhere != about:
        assert links.unseal(key, sealed, elsewhere) is None


@given(keys, nonces, texts, st.integers(0, 10**6), st.integers(1, 255))
def test_what_was_changed_on_the_way_does_not_open(key, nonce, text, place, by):
    sealed = bytearray(links.seal(key, nonce, text, ""))
    sealed[place % len(sealed)] ^= by
    assert links.unseal(key, bytes(sealed), "") is None


@given(st.binary())
def test_rubbish_opens_to_nothing(sealed):
    assert links.unseal(b"k" * 32, sealed, "") is None


@given(tokens)
def test_a_token_is_known_in_small_letters_and_nothing_kept_of_it_tells_it(token):
    assert links.canonical(token.lower()) == token
    assert token not in links.token_hash(token)
    assert links.token_hash(token) != links.token_key(token).hex()


@given(st.text())
def test_any_text_is_a_token_or_none(text):
    found = links.canonical(text)
    assert found is None or links.canonical(found) == found


@given(st.integers(0))
def test_a_pin_has_six_digits_and_is_read_as_it_is_said(chance):
    pin = links.pin_from(chance)
    assert links.typed_pin(f" {pin[:3]} {pin[3:]} ") == pin
    assert links.typed_pin(pin[:5]) is None


def test_pin_token_and_salt_are_all_needed():
    key = links.pin_key("123456", b"s" * 16, b"t" * 32)
    assert key != links.pin_key("123457", b"s" * 16, b"t" * 32)
    assert key != links.pin_key("123456", b"r" * 16, b"t" * 32)
    assert key != links.pin_key("123456", b"s" * 16, b"u" * 32)


@given(keys, keys, st.integers(1, 10**9))
def test_a_person_has_another_handle_on_another_link(one, other, person):
    assert links.handle_of(one, person) == links.handle_of(one, person)
    assert (links.handle_of(one, person) == links.handle_of(other, person)) is (one == other)


@settings(max_examples=40)
@given(people)
def test_pages_hold_everybody_once_in_order_and_none_is_too_long(listed):
    pages = [links.read_page(page) for page in links.pages_of(listed)]
    assert [one for page in pages for one in page] == listed
    assert all(1 <= len(page) <= links.NAMES_A_PAGE for page in pages)
