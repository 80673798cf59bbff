"""A provider of unified sign-on, as OpenID Connect describes it (authorization code).

The house asks the provider who somebody is, and nothing else: what he may do stands in
the house's own accounts. The code is fetched with PKCE (RFC 7636); the token is checked
by joserfc against the provider's published keys.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode, urlsplit

import aiohttp
import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from queue_core.access.refusals import SignOnRefused, SignOnUnavailable


ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures that only the provider can make; ``none`` and shared secrets are not."""

BEGUN_SECONDS = 600
LEEWAY_SECONDS = 60
TIMEOUT = aiohttp.ClientTimeout(total=10)
ANSWER_LIMIT = 1 << 20
KNOWN_SECONDS = 3600
NONCE_BYTES = 12


class ProviderSettings(NamedTuple):
    """Where the provider is, and who the house is there."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"
    """What of the token is the name of an account of the house."""


class Begun(msgspec.Struct, array_like=True):
    """What the house must remember between asking and being answered."""

    state: str
    nonce: str
    verifier: str
    back: str
    at: float


class Metadata(msgspec.Struct):
    """What the provider says about itself (OpenID Connect Discovery)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Tokens(msgspec.Struct):
    """What the provider gives for a code."""

    id_token: str


class SignOnProvider:
    """Asks a provider who somebody is. It belongs to one event loop."""

    def __init__(self, settings: ProviderSettings, key: bytes) -> None:
        """Seal what is begun under a key that every process of the house has."""
        self._settings = settings
        self._cipher = AESGCM(key)
        self._metadata: Metadata | None = None
        self._keys: KeySet | None = None
        self._known_since = 0.0

    async def begin(self, back: str) -> tuple[str, str]:
        """Return the address to ask the provider at, and what to bring back.

        Raises:
            SignOnUnavailable: The provider does not answer.
        """
        metadata, _ = await self._known()
        begun = Begun(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            back=back,
            at=time.time(),
        )
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": back,
            "scope": "openid profile",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge_of(begun.verifier),
            "code_challenge_method": "S256",
        }
        sign = "&" if "?" in metadata.authorization_endpoint else "?"
        address = f"{metadata.authorization_endpoint}{sign}{urlencode(query)}"
        return address, self._seal(begun)

    async def finish(self, sealed: str, state: str, code: str) -> str:
        """Return the name of the account that the provider vouches for.

        Raises:
            SignOnRefused: What came back is not what was asked for.
            SignOnUnavailable: The provider does not answer.
        """
        begun = self._open(sealed)
        if not secrets.compare_digest(begun.state.encode(), state.encode()):
            raise SignOnRefused("another state came back")
        metadata, keys = await self._known()
        token = await self._fetch_token(metadata, begun, code)
        try:
            return self._account_in(token, keys, begun.nonce)
        except JoseError:
            # The provider may have changed its keys since they were read.
            _, keys = await self._known(anew=True)
        try:
            return self._account_in(token, keys, begun.nonce)
        except JoseError as error:
            raise SignOnRefused(f"the token is not right: {error.error}") from error

    def _account_in(self, token: str, keys: KeySet, nonce: str) -> str:
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        account = claims.get(self._settings.claim)
        if not isinstance(account, str) or not account:
            raise SignOnRefused(f"the token has no {self._settings.claim}")
        return account

    async def _fetch_token(self, metadata: Metadata, begun: Begun, code: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": begun.back,
            "code_verifier": begun.verifier,
        }
        # Encoded first, as in a form, and then for the header (RFC 6749, 2.3.1).
        known = (self._settings.client_id, self._settings.client_secret)
        basic = base64.b64encode(":".join(map(quote_plus, known)).encode()).decode()
        found = await self._ask(
            "POST",
            metadata.token_endpoint,
            data=form,
            headers={"Authorization": f"Basic {basic}"},
        )
        tokens: Tokens = decoded(found, Tokens)
        return tokens.id_token

    async def _known(self, *, anew: bool = False) -> tuple[Metadata, KeySet]:
        is_old = time.monotonic() - self._known_since > KNOWN_SECONDS
        if self._metadata is None or self._keys is None or is_old or anew:
            issuer = self._settings.issuer
            where = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
            metadata = decoded(await self._ask("GET", where), Metadata)
            if metadata.issuer != issuer:
                raise SignOnUnavailable(f"it calls itself {metadata.issuer[:100]}")
            found = decoded(await self._ask("GET", metadata.jwks_uri), dict[str, Any])
            try:
                self._keys = KeySet.import_key_set(found)
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise SignOnUnavailable("its keys cannot be read") from error
            self._metadata, self._known_since = metadata, time.monotonic()
        return self._metadata, self._keys

    async def _ask(self, method: str, address: str, **options: Any) -> bytes:
        require_private(address)
        try:
            async with (
                aiohttp.ClientSession(timeout=TIMEOUT) as session,
                session.request(
                    method, address, allow_redirects=False, **options
                ) as answer,
            ):
                body = await answer.content.read(ANSWER_LIMIT)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SignOnUnavailable("it does not answer") from error
        if answer.status in {400, 401}:
            raise SignOnRefused("the provider does not take the code")
        if answer.status != 200:
            raise SignOnUnavailable(f"it answers with {answer.status}")
        return body

    def _seal(self, begun: Begun) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        body = self._cipher.encrypt(nonce, msgspec.msgpack.encode(begun), b"begun")
        return base64.urlsafe_b64encode(nonce + body).decode()

    def _open(self, sealed: str) -> Begun:
        try:
            raw = base64.urlsafe_b64decode(sealed.encode())
            body = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], b"begun")
            begun = msgspec.msgpack.decode(body, type=Begun)
        except (InvalidTag, ValueError, msgspec.DecodeError) as error:
            raise SignOnRefused("nothing like it was begun here") from error
        if not 0 <= time.time() - begun.at <= BEGUN_SECONDS:
            raise SignOnRefused("it was begun too long ago")
        return begun


def challenge_of(verifier: str) -> str:
    """Return the challenge of a verifier (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def require_private(address: str) -> None:
    """Pass if nobody on the way can read or change what is asked at an address.

    Raises:
        SignOnUnavailable: It is not asked over TLS, nor on this machine.
    """
    parts = urlsplit(address)
    is_own = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if parts.scheme != "https" and not (parts.scheme == "http" and is_own):
        raise SignOnUnavailable("it must be asked by https")


def decoded(body: bytes, kind: type[Any]) -> Any:
    """Read a provider's answer.

    Raises:
        SignOnUnavailable: It says something else.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SignOnUnavailable("its answer cannot be read") from error
