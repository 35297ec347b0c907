"""Officers' passwords: argon2 hashes, and a comparison that costs the same for every name."""

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from survey.errors import WeakPassword

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHash((Argon2Hasher(),))


def hash_password(password: str) -> str:
    """Return the hash to keep, or raise `WeakPassword`."""
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 4:
        raise WeakPassword(shortest=SHORTEST, longest=LONGEST)
    return _hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Compare; for a name without an account the same work is done, and the answer is no."""
    if len(password) > LONGEST:
        return False
    is_right = _hasher.verify(password, password_hash or nobodys_hash())
    return is_right and password_hash is not None


@cache
def nobodys_hash() -> str:
    """Return a hash that belongs to no account."""
    return _hasher.hash("the password of nobody")
