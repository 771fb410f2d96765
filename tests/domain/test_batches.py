"""Laws of a batch: read back as packed, believed of one signer and by one addressee, and refused in words otherwise."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from jemput.domain import batches
from jemput.domain.problems import Refused

OFFICE, PAGES, STRANGER = (Ed25519PrivateKey.from_private_bytes(letter * 32) for letter in (b"o", b"p", b"s"))
OFFICE_KEY, PAGES_KEY = batches.public_text(OFFICE, "office"), batches.public_text(PAGES, "public")
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
bodies = st.dictionaries(st.text(), values, max_size=4)


def packed(body, key=OFFICE, sender="office", receiver=PAGES_KEY, number=7):
    return batches.packed(body, sender=sender, number=number, receiver=receiver, key=key)


def opened(data, sender="office", signer=OFFICE_KEY, receiver=PAGES_KEY):
    return batches.opened(data, sender=sender, signer=signer, receiver=receiver)


@given(bodies)
def test_a_batch_is_read_back_as_it_was_packed_and_packs_alike(body):
    data = packed(body)
    batch = opened(data)
    assert (batch.body, batch.number, batch.digest) == (body, 7, batches.digest(data))
    assert packed(body) == data


@given(bodies, st.integers(0, 10**6), st.integers(1, 255))
def test_a_batch_changed_anywhere_is_refused(body, place, by):
    data = bytearray(packed(body))
    data[place % len(data)] ^= by
    with pytest.raises(Refused):
        opened(bytes(data))


@given(st.binary())
def test_rubbish_is_refused_and_never_breaks(data):
    for head in (b"", batches.HEAD, batches.HEAD + b"AAAA\n"):
        with pytest.raises(Refused):
            opened(head + data)


def test_one_signer_one_addressee_one_direction():
    for wrong in (
        packed({}, key=STRANGER),
        packed({}, receiver=OFFICE_KEY),
        packed({}, sender="public"),
        packed({}, key=PAGES, sender="public"),
    ):
        with pytest.raises(Refused):
            opened(wrong)


def test_a_signed_batch_that_would_fill_the_memory_is_refused():
    with pytest.raises(Refused, match="no whole batch"):
        opened(packed({"a": "x" * (batches.LARGEST + 1)}))


@given(st.integers(0, 2**40), st.integers(0, 2**40))
def test_numbers_grow_whatever_the_clock_says(last, seconds):
    assert batches.next_number(last, seconds) > last
    assert batches.next_number(last, seconds) >= seconds


@given(st.text())
def test_a_key_is_a_key_of_its_side_or_refused(text):
    assert batches.checked_key(f" {OFFICE_KEY}\n", "office") == OFFICE_KEY
    for wrong in (text, PAGES_KEY, OFFICE_KEY[:-1]):
        with pytest.raises(Refused):
            batches.checked_key(wrong, "office")


def test_a_fingerprint_can_be_read_aloud():
    assert len(batches.fingerprint(OFFICE_KEY).replace(" ", "")) == 12
    assert batches.fingerprint(OFFICE_KEY) != batches.fingerprint(PAGES_KEY)
