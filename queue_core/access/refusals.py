"""What the account store refuses.

Refused
├── SignInRefused      no such account, wrong password, or disabled: never said which
├── SignInLocked       too many failures; wait a while
├── SecondFactorMissing  the password is right, and a code is wanted too
├── SecondFactorRefused  the code is wrong, or was taken before
├── SignOnRefused      the provider of unified sign-on vouches for nobody
├── SignOnUnavailable  that provider does not answer
├── AccountUnknown
├── AccountExists
├── OwnAccount         nobody changes his own role or disables himself
├── PasswordTooShort
├── CodeUnknown        no device shows this code
└── DeviceUnknown
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_core.errors import Refused


@dataclass(eq=False)
class SignInRefused(Refused):
    """The account and the password do not belong together."""

    code = "sign-in-refused"
    sentence = "the account or the password is not right"


@dataclass(eq=False)
class SignInLocked(Refused):
    """Too many failures; whoever it is must wait."""

    retry_after_seconds: int
    code = "sign-in-locked"
    sentence = "too many failures; try again in {retry_after_seconds} seconds"


@dataclass(eq=False)
class SecondFactorMissing(Refused):
    """The password is right, and the account's code of this half minute is wanted."""

    code = "second-factor-missing"
    sentence = "the code of the second factor is wanted, too"


@dataclass(eq=False)
class SecondFactorRefused(Refused):
    """The code is wrong, or it was taken before."""

    code = "second-factor-refused"
    sentence = "the code of the second factor is not right"


@dataclass(eq=False)
class SignOnRefused(Refused):
    """What came back from the provider is not what was asked for."""

    why: str
    code = "sign-on-refused"
    sentence = "the unified sign-on failed: {why}"


@dataclass(eq=False)
class SignOnUnavailable(Refused):
    """The provider of unified sign-on cannot be asked."""

    why: str
    code = "sign-on-unavailable"
    sentence = "the unified sign-on cannot be asked: {why}"


@dataclass(eq=False)
class AccountUnknown(Refused):
    """There is no such account."""

    account: str
    code = "account-unknown"
    sentence = "there is no account {account}"


@dataclass(eq=False)
class AccountExists(Refused):
    """The name is taken, if only by a disabled account."""

    account: str
    code = "account-exists"
    sentence = "there is an account {account} already"


@dataclass(eq=False)
class OwnAccount(Refused):
    """Nobody changes his own role or disables himself."""

    account: str
    code = "own-account"
    sentence = "{account} cannot do this to the own account"


@dataclass(eq=False)
class PasswordTooShort(Refused):
    """The new password has too few characters."""

    limit: int
    code = "password-too-short"
    sentence = "a password has at least {limit} characters"


@dataclass(eq=False)
class CodeUnknown(Refused):
    """No device of this kind shows the code, or not any longer."""

    shown: str
    code = "code-unknown"
    sentence = "no such device shows the code {shown}"


@dataclass(eq=False)
class DeviceUnknown(Refused):
    """The hall has no such device."""

    device: str
    code = "device-unknown"
    sentence = "there is no device {device}"
