"""The lock names a version of everything that setup.cfg asks for, and it fits."""

from __future__ import annotations

import re

import environment
import lock_packages
from packaging.utils import canonicalize_name


def test_every_package_that_is_wanted_is_locked_at_a_version_that_fits() -> None:
    versions = lock_packages.locked(lock_packages.LOCK.read_text(encoding="utf-8"))

    for requirement in lock_packages.wanted():
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement.name


def test_every_package_is_locked_with_the_hashes_of_its_files() -> None:
    text = lock_packages.LOCK.read_text(encoding="utf-8").replace("\\\n", "")
    entries = [line.split() for line in text.splitlines() if not line.startswith("#")]

    assert len(entries) == len(lock_packages.locked(text))
    for pin, *hashes in entries:
        assert hashes, pin
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)


def test_the_pins_of_a_lock_are_constraints_for_pip_without_their_hashes() -> None:
    lock = "# made\na==1 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\nb-c==2.0\n"

    assert environment.pins_in(lock) == ["a==1", "b-c==2.0"]
    assert lock_packages.locked(lock) == {"a": "1", "b-c": "2.0"}


def test_a_lock_says_what_differs_and_never_where_packages_come_from() -> None:
    text = lock_packages.LOCK.read_text(encoding="utf-8")

    assert "://" not in text
    assert list(lock_packages.differences({"a": "1", "b": "2"}, {"a": "1"})) == [
        "b: nothing in the lock, 2 here"
    ]
