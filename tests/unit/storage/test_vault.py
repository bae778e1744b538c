"""Secrets at rest."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from storage.vault import Vault

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@pytest.mark.parametrize("secret", ["", "xoxb-1", "גדול ✓", "x" * 10_000])
def test_a_secret_comes_back(secret: str) -> None:
    vault = Vault([NEW])
    sealed = vault.encrypt(secret)

    assert vault.decrypt(sealed) == secret
    assert not secret or secret not in sealed


def test_the_same_secret_is_sealed_differently_each_time() -> None:
    vault = Vault([NEW])

    assert vault.encrypt("x") != vault.encrypt("x")


def test_keys_can_be_changed_while_old_secrets_are_stored() -> None:
    sealed = Vault([OLD]).encrypt("secret")

    renewed = Vault([NEW, OLD]).renew(sealed)

    assert Vault([NEW, OLD]).decrypt(sealed) == "secret"
    assert Vault([NEW]).decrypt(renewed) == "secret"
    with pytest.raises(InvalidToken):
        Vault([NEW]).decrypt(sealed)


@pytest.mark.parametrize("keys", [[], ["short"]])
def test_a_vault_without_good_keys_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="key"):
        Vault(keys)


def test_keys_are_not_in_the_repr() -> None:
    assert NEW not in repr(Vault([NEW]))
