"""The hall's signing key in a file."""

from __future__ import annotations

from pathlib import Path

from queue_core.errors import LogError
from queue_core.key_files import write_new_key

from .signing import ALGORITHMS, Signer, provider_of


def signer_from_file(path: Path, algorithm: str = "ed25519") -> Signer:
    """Use the key in a file; make it, for the owner's eyes only, if there is none.

    ``algorithm`` is for a new key; one that is there says itself what it is.

    Raises:
        LogError: the file cannot be read or made, or holds no key for signing.
        ParseError: what the algorithm needs is not installed.
    """
    try:
        if not path.exists():
            write_new_key(path, provider_of(algorithm).new_key())
        return read_signer(path)
    except OSError as error:
        raise LogError(f"the key {path} cannot be used: {error}") from error


def read_signer(path: Path) -> Signer:
    """Use the key in a file that is there.

    Raises:
        OSError: the file cannot be read.
        LogError: it holds no key for signing.
        ParseError: what the key's algorithm needs is not installed.
    """
    pem = path.read_bytes()
    for algorithm in ALGORITHMS:
        found = provider_of(algorithm).signer(pem)
        if found is not None:
            return found
    raise LogError(f"{path} holds no key for signing; restore it from a backup")
