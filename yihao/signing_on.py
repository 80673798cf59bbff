"""Unified sign-on, where the house is told who its provider is."""

from __future__ import annotations

from queue_core.access.secrets import SecretKeeper
from queue_core.errors import LogError, ParseError
from windows.sign_on_provider import ProviderSettings, SignOnProvider

from .settings import Settings


def sign_on_of(settings: Settings, secrets: SecretKeeper) -> SignOnProvider | None:
    """Return the provider of unified sign-on; none, unless there is an issuer.

    Raises:
        ParseError: It is not said who the house is there.
        LogError: The file of its secret cannot be read.
    """
    if not settings.oidc_issuer:
        return None
    file = settings.oidc_client_secret_file
    if not settings.oidc_client_id or file is None:
        raise ParseError("it needs a client id and a file with the client's secret")
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise LogError(f"the client's secret {file} cannot be read: {error}") from error
    asked = ProviderSettings(
        settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_claim
    )
    return SignOnProvider(asked, secrets.key_for("sign-on"))
