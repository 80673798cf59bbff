"""The lock names a version of everything that setup.cfg asks for, and it fits."""

from __future__ import annotations

import lock_packages
from packaging.utils import canonicalize_name


def test_every_package_that_is_wanted_is_locked_at_a_version_that_fits() -> None:
    versions = lock_packages.locked(lock_packages.LOCK.read_text(encoding="utf-8"))

    for requirement in lock_packages.wanted():
        version = versions[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement.name


def test_a_lock_says_what_differs_and_never_where_packages_come_from() -> None:
    text = lock_packages.LOCK.read_text(encoding="utf-8")

    assert "://" not in text
    assert list(lock_packages.differences({"a": "1", "b": "2"}, {"a": "1"})) == [
        "b: nothing in the lock, 2 here"
    ]
