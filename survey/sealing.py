"""Seal what must wait, with a key that only a token we do not keep yields."""

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE_BYTES = 12
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """Where something sealed lies, and the key it is sealed with; neither leads to the other."""

    identifier: bytes
    key: bytes = field(repr=False)


def sealed_place(service_key: bytes, kind: str, token: str, part: str = "") -> SealedPlace:
    """Return the place of a token's thing; `part` tells several things of one token apart.

    The service's own key takes part, so that short codes cannot be tried out on a stolen file.
    """

    def derived(purpose: str) -> bytes:
        info = f"minyi {kind} {purpose}\0{part}".encode()
        return HKDF(SHA256(), _KEY_BYTES, service_key, info).derive(token.encode())

    return SealedPlace(derived("identifier"), derived("seal"))


def seal(key: bytes, plain: bytes, bound_to: bytes | None = None) -> bytes:
    """Seal; only the same key, and the same `bound_to`, opens it again."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, bound_to)


def unseal(key: bytes, sealed: bytes, bound_to: bytes | None = None) -> bytes | None:
    """Return what was sealed, or None where key or content are not those of the sealing."""
    nonce, content = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, content, bound_to)
    except InvalidTag:
        return None
