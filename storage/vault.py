"""Secrets at rest: Slack tokens and calendar addresses are stored encrypted (Fernet, AES-128-CBC with HMAC-SHA256)."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet


class Vault:
    """Encrypts with the newest key and decrypts with any of them, so that keys can be changed while running."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys` are Fernet keys, newest first; ValueError where there is none or one is no Fernet key."""
        if not keys:
            raise ValueError("a vault needs at least one key")
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def __repr__(self) -> str:
        return "Vault(…)"

    def encrypt(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode("ascii")

    def decrypt(self, sealed: str) -> str:
        """Raises cryptography.fernet.InvalidToken where no key fits."""
        return self._fernet.decrypt(sealed.encode("ascii")).decode()

    def renew(self, sealed: str) -> str:
        """The same secret under the newest key."""
        return self._fernet.rotate(sealed.encode("ascii")).decode("ascii")
