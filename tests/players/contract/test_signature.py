"""Sealing: only what a trusted key signed, whole and of the right kind, is ever opened."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from players.contract import limits, signature
from players.contract.signature import (
    Kind,
    Unsealed,
    encoded,
    key_id,
    open_sealed,
    public_key,
    seal,
)
from tests.players.contract.builders import base64_of, fixed_key, trusted
from tests.players.contract.strategies import modest

OURS, OTHER, STRANGER = fixed_key(1), fixed_key(2), fixed_key(9)
PAYLOAD = b'{"schema":1}'


def envelope(**changes: Any) -> bytes:
    whole = json.loads(seal(PAYLOAD, Kind.BEAT, OURS))
    return json.dumps({**whole, **changes}).encode()


@modest
@given(st.binary(max_size=2000), st.sampled_from(Kind), st.integers(1, 4))
def test_whatever_is_sealed_opens_to_the_same_bytes(payload: bytes, kind: Kind, many: int) -> None:
    keys = [fixed_key(number) for number in range(1, many + 1)]
    sealed = seal(payload, kind, *keys)
    opened = open_sealed(sealed, kind, trusted(*keys), threshold=many)
    assert opened == (payload, frozenset(trusted(*keys)))


@modest
@given(st.binary(max_size=60), st.data(), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_changes_nothing(
    payload: bytes, data: st.DataObject, flip: int
) -> None:
    sealed = bytearray(seal(payload, Kind.MANIFEST, OURS))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= flip
    try:
        opened, signers = open_sealed(bytes(sealed), Kind.MANIFEST, trusted(OURS))
    except Unsealed:
        return
    assert opened == payload
    assert signers == {key_id(OURS.public_key())}


def test_no_single_bit_of_an_envelope_can_be_flipped_to_another_payload() -> None:
    sealed = seal(PAYLOAD, Kind.BEAT, OURS)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            opened, _ = open_sealed(bytes(changed), Kind.BEAT, trusted(OURS))
        except Unsealed:
            continue
        assert opened == PAYLOAD


@modest
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_junk_is_refused_in_one_line(junk: bytes) -> None:
    with pytest.raises(Unsealed) as refused:
        open_sealed(junk, Kind.ALERTS, trusted(OURS))
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"payloadType":1}',
        b"[" * 90_000,
        b'{"x":' + b"[" * 40_000 + b"]" * 40_000 + b"}",
        envelope(payload=None),
        envelope(payload="no base64!"),
        envelope(payload="ÿÿÿÿ"),
        envelope(payload="QUJD\n"),
        envelope(payload="QUJ"),
        envelope(signatures={}),
        envelope(signatures=[{"keyid": "00"}]),
        envelope(signatures=[None]),
        seal(PAYLOAD, Kind.BEAT, OURS) + b"{}",
        seal(PAYLOAD, Kind.BEAT, OURS)[:-1],
    ],
)
def test_what_is_no_envelope_is_refused(junk: bytes) -> None:
    with pytest.raises(Unsealed, match="envelope can't be read"):
        open_sealed(junk, Kind.BEAT, trusted(OURS))


@pytest.mark.parametrize("sealed_as", list(Kind))
def test_one_kind_never_passes_for_another(sealed_as: Kind) -> None:
    sealed = seal(PAYLOAD, sealed_as, OURS)
    for kind in set(Kind) - {sealed_as}:
        with pytest.raises(Unsealed, match="another kind"):
            open_sealed(sealed, kind, trusted(OURS))


def test_a_signature_does_not_carry_over_to_another_kind() -> None:
    relabelled = envelope(payloadType=Kind.ALERTS.payload_type)
    with pytest.raises(Unsealed, match="not by 1 key"):
        open_sealed(relabelled, Kind.ALERTS, trusted(OURS))


def test_a_signature_does_not_carry_over_to_another_payload() -> None:
    with pytest.raises(Unsealed, match="not by 1 key"):
        open_sealed(envelope(payload=base64_of(b"{}")), Kind.BEAT, trusted(OURS))


def test_what_is_signed_says_where_type_and_payload_end() -> None:
    # The example of DSSE's own protocol text.
    assert (
        signature._pre_authentication_encoding("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_a_stranger_s_signature_is_refused_and_named() -> None:
    sealed = seal(PAYLOAD, Kind.BEAT, STRANGER)
    with pytest.raises(Unsealed, match=key_id(STRANGER.public_key())):
        open_sealed(sealed, Kind.BEAT, trusted(OURS))


def test_a_stranger_who_signs_under_our_name_is_refused() -> None:
    forged = json.loads(seal(PAYLOAD, Kind.BEAT, STRANGER))
    forged["signatures"][0]["keyid"] = key_id(OURS.public_key())
    with pytest.raises(Unsealed):
        open_sealed(json.dumps(forged).encode(), Kind.BEAT, trusted(OURS))


def test_a_stranger_beside_one_of_ours_does_no_harm_and_is_no_signer() -> None:
    sealed = seal(PAYLOAD, Kind.BEAT, STRANGER, OURS)
    _, signers = open_sealed(sealed, Kind.BEAT, trusted(OURS))
    assert signers == {key_id(OURS.public_key())}


def test_one_of_two_keys_is_not_enough_for_a_threshold_of_two() -> None:
    sealed = seal(PAYLOAD, Kind.KEYS, OURS, STRANGER)
    with pytest.raises(Unsealed, match="not by 2 key"):
        open_sealed(sealed, Kind.KEYS, trusted(OURS, OTHER), threshold=2)


def test_the_same_key_twice_counts_once() -> None:
    sealed = seal(PAYLOAD, Kind.KEYS, OURS, OURS)
    with pytest.raises(Unsealed, match="not by 2 key"):
        open_sealed(sealed, Kind.KEYS, trusted(OURS, OTHER), threshold=2)


@pytest.mark.parametrize("threshold", [-1, 0, 1])
def test_nothing_unsigned_is_opened_whatever_the_threshold(threshold: int) -> None:
    with pytest.raises(Unsealed, match="nobody"):
        open_sealed(envelope(signatures=[]), Kind.BEAT, trusted(OURS), threshold=threshold)


def test_with_no_trusted_key_nothing_is_opened() -> None:
    with pytest.raises(Unsealed):
        open_sealed(seal(PAYLOAD, Kind.BEAT, OURS), Kind.BEAT, {})


def test_an_envelope_may_have_fields_that_are_not_known_yet() -> None:
    payload, _ = open_sealed(envelope(extension={"a": [1]}), Kind.BEAT, trusted(OURS))
    assert payload == PAYLOAD


@pytest.mark.parametrize("name", ["\x1b[2J", "a\nb", "0" * 16 + "\n", "Ơ" * 4000])
def test_a_log_line_repeats_no_letters_of_an_attacker(name: str) -> None:
    signatures = [{"keyid": name, "sig": ""}]
    with pytest.raises(Unsealed) as refused:
        open_sealed(envelope(signatures=signatures), Kind.BEAT, trusted(OURS))
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 200


def test_more_signatures_than_allowed_are_refused_before_any_is_verified() -> None:
    one = json.loads(seal(PAYLOAD, Kind.BEAT, OURS))["signatures"]
    with pytest.raises(Unsealed, match="more than 4"):
        open_sealed(envelope(signatures=one * 5), Kind.BEAT, trusted(OURS))


@pytest.mark.parametrize("keys", [0, limits.MAX_SIGNATURES + 1])
def test_nothing_is_sealed_with_a_number_of_keys_that_nobody_would_open(keys: int) -> None:
    with pytest.raises(ValueError, match="signatures"):
        seal(PAYLOAD, Kind.BEAT, *[OURS] * keys)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_largest_payload_fits_with_all_its_signatures(kind: Kind) -> None:
    largest = (
        limits.MAX_SCREENSHOT_PAYLOAD_BYTES if kind is Kind.SCREENSHOT else limits.MAX_PAYLOAD_BYTES
    )
    sealed = seal(bytes(largest), kind, *[fixed_key(number) for number in range(1, 5)])
    assert open_sealed(sealed, kind, trusted(OURS))[0] == bytes(largest)
    with pytest.raises(ValueError, match="more than"):
        seal(bytes(largest + 1), kind, OURS)


def test_an_oversized_payload_is_refused_although_it_is_signed() -> None:
    payload = bytes(limits.MAX_PAYLOAD_BYTES + 1)
    signed = signature._pre_authentication_encoding(Kind.BEAT.payload_type, payload)
    signatures = [{"keyid": key_id(OURS.public_key()), "sig": base64_of(OURS.sign(signed))}]
    sealed = envelope(payload=base64_of(payload), signatures=signatures)
    assert len(sealed) < limits.MAX_SEALED_BYTES
    with pytest.raises(Unsealed, match="payload of 65537 bytes"):
        open_sealed(sealed, Kind.BEAT, trusted(OURS))


def test_oversized_bytes_are_refused_before_they_are_read() -> None:
    padded = seal(PAYLOAD, Kind.BEAT, OURS) + b" " * limits.MAX_SEALED_BYTES
    with pytest.raises(Unsealed, match="more than the 98304 a beat may have"):
        open_sealed(padded, Kind.BEAT, trusted(OURS))


def test_a_receiver_may_take_less_than_the_contract_allows() -> None:
    with pytest.raises(Unsealed, match="more than the 100 "):
        open_sealed(seal(PAYLOAD, Kind.BEAT, OURS), Kind.BEAT, trusted(OURS), max_bytes=100)


def test_a_public_key_survives_the_way_through_text() -> None:
    key = OURS.public_key()
    assert public_key(encoded(key)) == key
    assert key_id(public_key(encoded(key))) == key_id(key)


@pytest.mark.parametrize("text", ["", "AAAA", "not base64", "ơ" * 44, base64_of(bytes(33))])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(Unsealed, match="32 bytes"):
        public_key(text)


SMALL_ORDER = [
    bytes(32),  # a placeholder of zeros
    bytes(31) + b"\x80",
    b"\x01" + bytes(31),
    b"\xec" + b"\xff" * 30 + b"\x7f",
    b"\xed" + b"\xff" * 30 + b"\x7f",  # zero, written as the prime itself
    b"\xee" + b"\xff" * 31,
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
]


@pytest.mark.parametrize("raw", SMALL_ORDER, ids=lambda raw: raw.hex()[:8])
def test_a_key_of_small_order_is_refused(raw: bytes) -> None:
    with pytest.raises(Unsealed, match="anybody can sign"):
        public_key(base64_of(raw))


def test_under_a_key_of_small_order_a_signature_needs_no_secret() -> None:
    identity = b"\x01" + bytes(31)
    made_without_a_key = identity + bytes(32)
    Ed25519PublicKey.from_public_bytes(identity).verify(made_without_a_key, b"any message")
