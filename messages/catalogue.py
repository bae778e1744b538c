"""Brings the catalogues up to date with the sentences in the source: `python -m messages.catalogue`.

A run adds what is new, keeps every translation and fills the English one from the source. A sentence that has gone
stays in the file as `#~`, so that a renamed module or a half-finished edit of somebody else loses nothing;
`--tidy` drops those.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from messages.i18n import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parent.parent

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "N_": None,
    "text": None,
    "mrkdwn": None,
    "count": (1, 2),
    "count_mrkdwn": (1, 2),
}
MARKED_ONLY: dict[str, tuple[int, ...] | None] = {"N_": None}

MAPPING: tuple[tuple[str, str, dict[str, tuple[int, ...] | None]], ...] = (
    ("messages/**.py", "python", KEYWORDS),
    ("messages/**.j2", "jinja2", {"_": None, "gettext": None, "ngettext": (1, 2)}),
    ("bot/listeners/**.py", "python", KEYWORDS),
    ("bot/**.py", "python", MARKED_ONLY),
)
"""Path pattern, Babel's extractor, keywords; the first pattern that fits counts. Outside what people read in Slack
only marked sentences are taken: `text("SELECT …")` is a name of SQLAlchemy's too."""


def extracted(root: Path = ROOT) -> Catalog:
    """Every sentence in the source, as a template without translations."""
    template = Catalog(project="meetdown", charset="utf-8")
    for path, method, keywords in _sources(root):
        name = path.relative_to(root).as_posix()
        for _, message, _, context in extract_from_file(method, str(path), keywords=keywords, strip_comment_tags=True):
            template.add(message, locations=[(name, 0)], context=context)
    return template


def updated(language: str, template: Catalog, catalogues: Path = CATALOGUES) -> Catalog:
    """The catalogue of a language with all sentences of the template; what was translated once is translated again."""
    catalogue = _read(language, catalogues)
    known = {message.id: message for message in (*catalogue.obsolete.values(), *_sentences(catalogue))}
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    for message in _sentences(catalogue):
        before = known.get(message.id)
        if before is not None and _is_translated(before):
            message.string = before.string
        elif language == "en":
            message.string = message.id
    for gone in set(catalogue.obsolete) & {message.id for message in _sentences(catalogue)}:
        del catalogue.obsolete[gone]
    return catalogue


def lacking(catalogue: Catalog) -> tuple[str, ...]:
    """The sentences that have no translation yet, or only a guessed (fuzzy) one."""
    return tuple(str(message.id) for message in _sentences(catalogue) if message.fuzzy or not _is_translated(message))


def write(catalogue: Catalog, language: str, catalogues: Path = CATALOGUES, *, tidy: bool = False) -> None:
    """In one go, so that a reader never meets half a file."""
    text = BytesIO()
    write_po(text, catalogue, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=tidy)
    target = _path(language, catalogues)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".po.new")
    draft.write_bytes(text.getvalue())
    draft.replace(target)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(prog="python -m messages.catalogue", description=__doc__.partition("\n")[0])
    parser.add_argument("--tidy", action="store_true", help="drop the sentences that are no longer used")
    tidy = parser.parse_args(arguments).tidy
    for language in LANGUAGES:
        catalogue = updated(language, extracted())
        write(catalogue, language, tidy=tidy)
        missing = lacking(catalogue)
        sys.stdout.write(f"{language}: {len(list(_sentences(catalogue)))} sentences, {len(missing)} to translate\n")
        sys.stdout.writelines(f"  {sentence}\n" for sentence in missing)
    return 0


def _sources(root: Path) -> Iterator[tuple[Path, str, dict[str, tuple[int, ...] | None]]]:
    for path in sorted([*root.glob("messages/**/*"), *root.glob("bot/**/*")]):
        name = path.relative_to(root).as_posix()
        for pattern, method, keywords in MAPPING:
            if path.is_file() and fnmatch(name, pattern):
                yield path, method, keywords
                break


def _read(language: str, catalogues: Path) -> Catalog:
    path = _path(language, catalogues)
    if path.exists():
        with path.open("rb") as source:
            return read_po(source, locale=language)
    return Catalog(
        locale=language,
        header_comment=f"# What Meetdown says, in the language {language!r}.",
        project="meetdown",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )


def _path(language: str, catalogues: Path) -> Path:
    return catalogues / language / "LC_MESSAGES" / "meetdown.po"


def _sentences(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _is_translated(message: Message) -> bool:
    strings = (message.string,) if isinstance(message.string, str) else message.string or ()
    return bool(strings) and all(strings)


if __name__ == "__main__":
    sys.exit(main())
