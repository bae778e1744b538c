"""Names for stored things: random, opaque, safe in a URL, a button value and a Message-ID."""

import secrets


def new_id() -> str:
    """22 characters of 128 random bits."""
    return secrets.token_urlsafe(16)
