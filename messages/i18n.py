"""Every sentence that a person reads goes through a `Translator`; catalogues are gettext (en, nl)."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from messages.escape import escape

LANGUAGES: tuple[str, ...] = ("en", "nl")
CATALOGUES = Path(__file__).parent / "catalogues"

Value = str | int | float


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a sentence in a table for extraction; it is translated where it is used."""
    return message


class Translator:
    """Sentences of one language. Placeholders are named: `t.text("Hello {name}", name=…)`."""

    def __init__(self, language: str, catalogue: GNUTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def text(self, message: str, /, **values: Value) -> str:
        """For plain_text objects, mail and the command line: values go in as they are."""
        return self._catalogue.gettext(message).format(**values)

    def mrkdwn(self, message: str, /, **values: Value) -> str:
        """For mrkdwn: every value is escaped, so that a title like `<!channel>` stays text."""
        return self._catalogue.gettext(message).format(**_escaped(values))

    def count(self, one: str, many: str, n: int, /, **values: Value) -> str:
        """Singular or plural by `n`, which is also the placeholder `{n}`."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def count_mrkdwn(self, one: str, many: str, n: int, /, **values: Value) -> str:
        return self._catalogue.ngettext(one, many, n).format(n=n, **_escaped(values))


def _escaped(values: dict[str, Value]) -> dict[str, Value]:
    return {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}


@cache
def translator(language: str) -> Translator:
    """The translator of a language; English for one that has no catalogue.

    Catalogues are read from their .po files, so that no compiled copy can be stale (about 10 ms, once).
    """
    known = language if language in LANGUAGES else "en"
    with (CATALOGUES / known / "LC_MESSAGES" / "meetdown.po").open("rb") as source:
        catalogue = read_po(source, locale=known)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translator(known, GNUTranslations(compiled))
