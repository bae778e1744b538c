"""The customer systems' part of the environment: read by the one command that needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.settings import SettingsError
from domain.crm import Crm

HUBSPOT_URL = "https://api.hubapi.com"
HUBSPOT = ("MEETDOWN_HUBSPOT_TOKEN",)
SALESFORCE = ("MEETDOWN_SALESFORCE_URL", "MEETDOWN_SALESFORCE_CLIENT_ID", "MEETDOWN_SALESFORCE_CLIENT_SECRET")


@dataclass(frozen=True, kw_only=True, slots=True)
class CrmSettings:
    """`url` has no slash at the end; `renewal` names the property or field that holds the renewal date."""

    crm: Crm
    url: str
    token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    renewal: str = ""


def read_crm_settings(environ: Mapping[str, str], crm: Crm, *, allow_private: bool) -> CrmSettings:
    """Raises SettingsError, with the names of what is missing or wrong and never a value."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    missing = [name for name in (HUBSPOT if crm is Crm.HUBSPOT else SALESFORCE) if name not in given]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise SettingsError(f"{' and '.join(missing)} {verb} missing: {crm.value} cannot be read without")
    prefix = f"MEETDOWN_{crm.value.upper()}"
    url = given.get(f"{prefix}_URL", HUBSPOT_URL).rstrip("/")
    if not _is_good(url, allow_private=allow_private):
        raise SettingsError(f"{prefix}_URL must be an https URL without path, query or fragment")
    return CrmSettings(
        crm=crm,
        url=url,
        token=given.get(f"{prefix}_TOKEN", ""),
        client_id=given.get(f"{prefix}_CLIENT_ID", ""),
        client_secret=given.get(f"{prefix}_CLIENT_SECRET", ""),
        renewal=given.get(f"{prefix}_RENEWAL", ""),
    )


def _is_good(url: str, *, allow_private: bool) -> bool:
    """Plain http is for a test server on a private address only."""
    try:
        parts = urlsplit(url)
        bare = bool(parts.hostname) and not (parts.path or parts.query or parts.fragment or parts.username)
    except ValueError:
        return False
    return bare and parts.scheme in (("https", "http") if allow_private else ("https",))
