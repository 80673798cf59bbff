"""What every cipher of identifiers promises; SM4-GCM against the RFC's vector."""

from __future__ import annotations

import secrets

import pytest

from queue_core.persons.ciphers import (
    CIPHERS,
    NONCE_BYTES,
    Cipher,
    SealBroken,
    cipher_named,
)
from queue_core.persons.envelope import Envelope
from queue_core.persons.master_key import MasterKey
from queue_core.persons.sealing import open_sm4_gcm, seal_aes_gcm, seal_sm4_gcm


PLAIN = b"11010519491231002X"


@pytest.fixture(params=list(CIPHERS))
def cipher(request: pytest.FixtureRequest) -> Cipher:
    return cipher_named(request.param)


class TestEveryCipher:
    def test_what_was_sealed_opens_under_its_key(self, cipher: Cipher) -> None:
        key = secrets.token_bytes(cipher.key_bytes)

        sealed = cipher.seal(key, PLAIN, b"city/s1/identity")

        assert cipher.open(key, sealed, b"city/s1/identity") == PLAIN
        assert PLAIN not in sealed
        assert len(sealed) == NONCE_BYTES + len(PLAIN) + 16

    def test_the_same_text_is_never_sealed_the_same_way_twice(
        self, cipher: Cipher
    ) -> None:
        key = secrets.token_bytes(cipher.key_bytes)

        nonces = {cipher.seal(key, PLAIN, b"")[:NONCE_BYTES] for _ in range(50)}

        assert len(nonces) == 50

    def test_nothing_changed_and_nothing_of_another_place_opens(
        self, cipher: Cipher
    ) -> None:
        key = secrets.token_bytes(cipher.key_bytes)
        sealed = cipher.seal(key, PLAIN, b"here")
        other = bytes([sealed[-1] ^ 1])

        attempts = [
            (key, sealed[:-1] + other, b"here"),
            (key, bytes([sealed[0] ^ 1]) + sealed[1:], b"here"),
            (key, sealed[:20], b"here"),
            (key, b"", b"here"),
            (key, sealed, b"there"),
            (secrets.token_bytes(cipher.key_bytes), sealed, b"here"),
        ]

        for attempt in attempts:
            with pytest.raises(SealBroken):
                cipher.open(*attempt)

    def test_a_persons_key_opens_for_that_person_only(self, cipher: Cipher) -> None:
        envelope = Envelope(MasterKey(b"m" * 32), cipher.name)
        wrapped = envelope.new_key("city", "s1")
        key = envelope.opened("city", "s1", cipher.name, wrapped)
        phone = key.seal("phone", "13800138000")
        foreign = Envelope(MasterKey(b"n" * 32), cipher.name)

        assert key.open({"phone": phone}) == {"phone": "13800138000"}
        for hall, subject in (("city", "s2"), ("township", "s1")):
            with pytest.raises(SealBroken):
                envelope.opened(hall, subject, cipher.name, wrapped)
        with pytest.raises(SealBroken):
            key.open({"identity": phone})
        with pytest.raises(SealBroken):
            foreign.opened("city", "s1", cipher.name, wrapped)


def test_what_one_provider_sealed_still_opens_under_the_other_setting() -> None:
    master = MasterKey(b"m" * 32)
    before = Envelope(master, "aes-256-gcm")
    wrapped = before.new_key("city", "s1")
    sealed = before.opened("city", "s1", before.cipher, wrapped).seal("name", "王小明")

    after = Envelope(master, "sm4-gcm")

    key = after.opened("city", "s1", "aes-256-gcm", wrapped)
    assert after.cipher == "sm4-gcm"
    assert key.open({"name": sealed}) == {"name": "王小明"}


def test_an_unknown_cipher_is_named_with_those_there_are() -> None:
    with pytest.raises(SealBroken, match=r"rot13.*aes-256-gcm, sm4-gcm"):
        cipher_named("rot13")


def test_sm4_gcm_is_that_of_rfc_8998() -> None:
    # RFC 8998, appendix A.1.
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = b"".join(bytes([sign]) * 8 for sign in b"\xaa\xbb\xcc\xdd\xee\xff\xee\xaa")

    sealed = seal_sm4_gcm(key, nonce, plain, bound)

    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert open_sm4_gcm(key, nonce, sealed, bound) == plain


def test_aes_256_gcm_is_that_of_the_standard() -> None:
    # The GCM specification, test case 14.
    sealed = seal_aes_gcm(bytes(32), bytes(12), bytes(16), b"")

    assert sealed.hex() == (
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )


def test_the_fingerprint_tells_master_keys_apart_and_gives_nothing_away() -> None:
    one, other = MasterKey(b"m" * 32), MasterKey(b"n" * 32)

    assert one.fingerprint == MasterKey(b"m" * 32).fingerprint != other.fingerprint
    assert b"m" * 4 not in bytes.fromhex(one.fingerprint)
    with pytest.raises(ValueError, match="8 of 32 bytes"):
        MasterKey(b"m" * 8)
