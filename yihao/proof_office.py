"""``yihao proof key``, and what ``yihao verify --proof`` adds."""

from __future__ import annotations

import argparse
import base64
import textwrap
from pathlib import Path

from queue_core.care.places import told
from queue_core.care.proof_checks import verify_proofs
from queue_core.care.verdict import Fault
from queue_core.errors import LogError
from queue_core.proof.heads import key_id
from queue_core.proof.keys import read_signer, signer_from_file

from .progress_bar import progress_bar
from .settings import Settings
from .stores import record_of, settings_of


def print_key(options: argparse.Namespace) -> int:
    """Print the public key with which the days are signed, and its id."""
    settings = settings_of(options)
    file = settings.signing_key
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    signer = signer_from_file(file, options.new)
    print(f"{signer.algorithm} {key_id(signer.public_key)}")
    print(pem_of(signer.public_key), end="")
    return 0


def proof_faults(options: argparse.Namespace, settings: Settings) -> list[Fault]:
    """Return where the record is not what was noted and signed, telling the rest.

    Raises:
        LogError: A key or the record cannot be read.
    """
    trusted = {key_id(public_key_in(file)) for file in options.public_key}
    if settings.signing_key.exists():
        trusted.add(key_id(read_signer(settings.signing_key).public_key))
    has_archives = options.archives is not None or settings.archives.is_dir()
    record = record_of(settings)
    with progress_bar("proof", "events") as tell:
        verdict = verify_proofs(
            record,
            trusted=trusted or None,
            archives=settings.archives if has_archives else None,
            progress=tell,
        )
    for mark in verdict.marks:
        print(f"note   {mark}")
    days = f"{verdict.days:,} signed {'day' if verdict.days == 1 else 'days'} compared"
    if not trusted:
        days += "; no key to compare theirs with, give one with --public-key"
    print(f"{told(record)}: {days}")
    return verdict.faults


def pem_of(public_key: bytes) -> str:
    """Return a public key as it is kept in files."""
    lines = textwrap.wrap(base64.b64encode(public_key).decode(), 64)
    return "\n".join(
        ["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----\n"]
    )


def public_key_in(file: Path) -> bytes:
    """Return the public key in a PEM file.

    Raises:
        LogError: The file cannot be read, or holds no such key.
    """
    try:
        lines = file.read_text("ascii").split("-----")
        if len(lines) != 5 or lines[1] != "BEGIN PUBLIC KEY":
            raise LogError(f"{file} holds no public key")
        return base64.b64decode(lines[2])
    except (OSError, ValueError) as error:
        raise LogError(f"{file} holds no public key: {error}") from error
