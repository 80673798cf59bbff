"""Signing a head: both ways of it, their keys, and what others make of them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from queue_core.errors import LogError, ParseError
from queue_core.proof import ed25519, sm2
from queue_core.proof.heads import DayHead, head_hash, key_id
from queue_core.proof.keys import read_signer, signer_from_file
from queue_core.proof.signing import ALGORITHMS, is_signed, provider_of


BOTH = pytest.mark.parametrize("algorithm", ALGORITHMS)

HEAD = DayHead(
    hall="city",
    date="2026-11-02",
    size=1834,
    root="9f" * 32,
    beside_upto=2001,
    beside_size=120,
    beside_root="0c" * 32,
    previous="",
    at=1_793_581_200_000,
    algorithm="ed25519",
    key="31" * 32,
)


def test_a_head_is_signed_as_a_text_that_anybody_can_put_together() -> None:
    assert HEAD.text().decode() == (
        "yihao day head 1\n"
        "hall city\n"
        "date 2026-11-02\n"
        f"day 1834 {'9f' * 32}\n"
        f"beside 2001 120 {'0c' * 32}\n"
        "previous -\n"
        "at 1793581200000\n"
        "algorithm ed25519\n"
        f"key {'31' * 32}\n"
    )
    with_audit = HEAD._replace(audit_size=35, audit_root="d4" * 32).text().decode()
    assert with_audit == HEAD.text().decode().replace("head 1\n", "head 2\n").replace(
        "previous -\n", f"audit 35 {'d4' * 32}\nprevious -\n"
    )
    assert head_hash(HEAD, b"s") != head_hash(HEAD._replace(size=1835), b"s")


@BOTH
def test_what_was_signed_is_known_again_and_nothing_else_is(
    algorithm: str, tmp_path: Path
) -> None:
    signer = signer_from_file(tmp_path / "signing.key", algorithm)
    other = signer_from_file(tmp_path / "other.key", algorithm)

    signature = signer.sign(b"head")

    assert is_signed(algorithm, signer.public_key, b"head", signature)
    assert not is_signed(algorithm, signer.public_key, b"Head", signature)
    assert not is_signed(algorithm, other.public_key, b"head", signature)
    assert not is_signed(algorithm, signer.public_key, b"head", other.sign(b"head"))
    assert not is_signed(algorithm, signer.public_key, b"head", b"")
    assert not is_signed(algorithm, b"no key", b"head", signature)
    assert not is_signed(algorithm, signer.public_key[:-1], b"head", signature)


@BOTH
def test_the_key_is_made_once_for_the_owners_eyes_only(
    algorithm: str, tmp_path: Path
) -> None:
    file = tmp_path / "signing.key"

    made = signer_from_file(file, algorithm)
    again = signer_from_file(file)

    assert again.algorithm == made.algorithm == algorithm
    assert again.public_key == made.public_key
    assert len(key_id(made.public_key)) == 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_without_a_key_is_refused_and_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    file.write_bytes(b"no key\n")

    with pytest.raises(LogError, match="holds no key for signing"):
        signer_from_file(file)
    with pytest.raises(LogError, match="cannot be used"):
        signer_from_file(tmp_path / "nowhere" / "signing.key")

    assert file.read_bytes() == b"no key\n"


def test_a_way_of_signing_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ParseError, match="nothing is signed with 'rsa'"):
        provider_of("rsa")


def test_the_standards_own_example_of_sm2_holds() -> None:
    # GB/T 32918.2 with the curve of GB/T 32918.5, appendix A.
    point = bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    signature = bytes.fromhex(
        "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )

    assert sm2.verify(sm2.PUBLIC_PREFIX + point, b"message digest", signature)
    assert not sm2.verify(sm2.PUBLIC_PREFIX + point, b"another", signature)


def test_the_rfcs_own_example_of_ed25519_holds() -> None:
    # RFC 8032, section 7.1, test 2.
    key = bytes.fromhex(
        "302a300506032b6570032100"
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    )
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )

    assert ed25519.verify(key, b"\x72", signature)


OPENSSL = shutil.which("openssl")


@BOTH
@pytest.mark.skipif(OPENSSL is None, reason="there is no openssl here")
def test_openssl_reads_the_key_and_finds_the_signature_good(
    algorithm: str, tmp_path: Path
) -> None:
    signer = signer_from_file(tmp_path / "signing.key", algorithm)
    (tmp_path / "head").write_bytes(HEAD.text())
    (tmp_path / "signature").write_bytes(signer.sign(HEAD.text()))

    def ask(*words: str) -> str:
        told = subprocess.run(
            [str(OPENSSL), *words],
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return (told.stdout + told.stderr).decode()

    ask("pkey", "-in", "signing.key", "-pubout", "-outform", "DER", "-out", "public")
    more = [] if algorithm == "ed25519" else ["-digest", "sm3"]
    if algorithm == "sm2":
        more += ["-pkeyopt", "distid:1234567812345678"]
    said = ask(
        *[
            "pkeyutl",
            "-verify",
            "-pubin",
            "-keyform",
            "DER",
            "-inkey",
            "public",
            "-rawin",
        ],
        *["-in", "head", "-sigfile", "signature"],
        *more,
    )

    assert (tmp_path / "public").read_bytes() == signer.public_key
    assert "Signature Verified Successfully" in said
    assert read_signer(tmp_path / "signing.key").algorithm == algorithm
