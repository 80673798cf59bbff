"""What the house is told when it starts: halls, places, ports, clock, printer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from displays.printing import SlipPrinter, printer_of
from displays.slips import ANY_PLACE
from queue_core.persons.ciphers import USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the house needs to know, checked by whoever reads it."""

    halls: tuple[Path, ...]
    """The profile folders of the halls."""
    data: Path
    """Where the record, the accounts and the house's key are kept."""
    database: str = ""
    """A libpq connection string: record and accounts are kept there instead."""
    key_file: Path | None = None
    """The house's key, if it is kept elsewhere; every machine needs the same."""
    signing_key_file: Path | None = None
    """The key that signs the days, if it is kept elsewhere."""
    archive_folder: Path | None = None
    """Where archived days are, if not beside the record."""
    host: str = "127.0.0.1"
    port: int = 8600
    """0: any that is free."""
    link_port: int = 8601
    speed: float = 1.0
    """How many seconds of the hall pass in one second."""
    starts_at: int | None = None
    """The hall's time at the start, in milliseconds; None: now."""
    voice: Path | None = None
    """Where the clips of announcements are; None: the house itself does not speak."""
    printers: tuple[str, ...] = ()
    """``tcp://HOST:PORT`` or ``file:FOLDER``; ``PLACE=…`` for one kiosk only."""
    leds: tuple[str, ...] = ()
    """``WINDOW=HOST:PORT:CHARACTERS`` of each LED bar; ``HALL/WINDOW=…`` of several."""
    public_address: str = ""
    """Where phones reach the pages, such as ``https://hall.example.gov.cn``."""
    link_address: str = ""
    """Where screens reach the live link, such as ``wss://hall.example.gov.cn/link``, or
    ``/link`` under whatever name they reach the pages."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks of proxies on other machines, such as ``10.1.0.0/24``."""
    push_contact: str = ""
    """Whom push services may turn to, ``mailto:…``; empty: phones are not told."""
    push_services: tuple[str, ...] = ()
    """Other push services than the usual ones: names, or whole origins."""
    persons_database: str = ""
    """A libpq connection string: persons are kept there, apart from the record."""
    persons_key_file: Path | None = None
    """The master key of persons, if it is kept elsewhere."""
    cipher: str = USUAL
    """Under which cipher new persons are kept."""
    sms_gateway: str = ""
    """The address of an SMS gateway; empty: nobody is reminded by SMS."""
    sms_token: str = ""
    """What the gateway knows the house by."""
    paces: tuple[str, ...] = ()
    """Purses of requests that are not the usual ones, such as ``numbers=120/2``."""
    oidc_issuer: str = ""
    """The provider of unified sign-on, such as ``https://id.example.gov.cn``."""
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = None
    oidc_claim: str = "preferred_username"
    """What of the provider's token is the name of an account."""
    origins: tuple[str, ...] = field(default=())
    """Other origins whose pages may open the live link."""

    @property
    def record(self) -> Path:
        """Return the file of the record."""
        return self.data / "record.sqlite"

    @property
    def accounts(self) -> Path:
        """Return the file of the accounts, sessions and devices."""
        return self.data / "accounts.sqlite"

    @property
    def projections(self) -> Path:
        """Return the file of what is kept for reports; it can be made again."""
        return self.data / "projections.db"

    @property
    def key(self) -> Path:
        """Return the file of the house's key."""
        return self.key_file or self.data / "house.key"

    @property
    def signing_key(self) -> Path:
        """Return the file of the key that signs the days."""
        return self.signing_key_file or self.data / "signing.key"

    @property
    def push_key(self) -> Path:
        """Return the file of the key by which phones are told."""
        return self.data / "push.key"

    @property
    def persons(self) -> Path:
        """Return the file of the persons."""
        return self.data / "persons.db"

    @property
    def persons_key(self) -> Path:
        """Return the file of the master key of persons."""
        return self.persons_key_file or self.data / "persons.key"

    @property
    def archives(self) -> Path:
        """Return the folder of the days that have been archived."""
        return self.archive_folder or self.data / "archives"


def printers_of(settings: Settings) -> dict[str, SlipPrinter]:
    """Return the slip printers by the place of their kiosk.

    Raises:
        ParseError: A setting names no printer.
    """
    printers: dict[str, SlipPrinter] = {}
    for setting in settings.printers:
        place, separator, address = setting.partition("=")
        # An address may hold the sign too, in its options after a question mark.
        if not separator or ":" in place:
            place, address = ANY_PLACE, setting
        printers[place] = printer_of(address)
    return printers
