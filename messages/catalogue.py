"""Brings the catalogues up to date with the sentences in the source: `python -m messages.catalogue`.

A run adds what is new, keeps every translation and fills the English one from the source. A sentence that has gone
stays in the file as `#~`, so that a renamed module or a half-finished edit of somebody else loses nothing;
`--tidy` drops those.
"""

import ast
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

MAPPING: tuple[tuple[str, str], ...] = (
    ("messages/**.py", "python"),
    ("bot/**.py", "python"),
    ("messages/**.j2", "jinja2"),
)
"""Path patterns and how their sentences are found; the first pattern that fits counts."""

IN_TEMPLATES: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}

Sentence = str | tuple[str, ...]


def extracted(root: Path = ROOT) -> Catalog:
    """Every sentence in the source, as a template without translations."""
    template = Catalog(project="meetdown", charset="utf-8")
    for path, method in _sources(root):
        name = path.relative_to(root).as_posix()
        if method == "python":
            found = said_in(path.read_text(encoding="utf-8"), name)
        else:
            found = [message for _, message, _, _ in extract_from_file(method, str(path), keywords=IN_TEMPLATES)]
        for sentence in found:
            template.add(sentence, locations=[(name, 0)])
    return template


def said_in(source: str, name: str = "<source>") -> list[Sentence]:
    """The sentences that Python source marks with `N_` or says through a translator that is called `t`.

    Babel's own extractor goes by the method's name only, and `text` is what forms and SQLAlchemy call things too; nor
    does it look inside f-strings. Raises SyntaxError.
    """
    calls = [node for node in ast.walk(ast.parse(source, name)) if isinstance(node, ast.Call)]
    found: list[Sentence] = []
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        texts = [_texts(argument) for argument in call.args[:2]]
        if isinstance(call.func, ast.Name) and call.func.id == "N_" and texts:
            found += texts[0]
        elif isinstance(call.func, ast.Attribute) and _is_translator(call.func.value):
            if call.func.attr in {"text", "mrkdwn"} and texts:
                found += texts[0]
            elif call.func.attr in {"count", "count_mrkdwn"} and len(texts) == 2:
                found += zip(*texts, strict=True)
    return found


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


def main(arguments: Sequence[str] | None = None, catalogues: Path = CATALOGUES) -> int:
    parser = ArgumentParser(prog="python -m messages.catalogue", description=__doc__.partition("\n")[0])
    parser.add_argument("--tidy", action="store_true", help="drop the sentences that are no longer used")
    tidy = parser.parse_args(arguments).tidy
    for language in LANGUAGES:
        catalogue = updated(language, extracted(), catalogues)
        write(catalogue, language, catalogues, tidy=tidy)
        missing = lacking(catalogue)
        sys.stdout.write(f"{language}: {len(list(_sentences(catalogue)))} sentences, {len(missing)} to translate\n")
        sys.stdout.writelines(f"  {sentence}\n" for sentence in missing)
    return 0


def _texts(argument: ast.expr) -> list[str]:
    """One text, or two where a condition chooses."""
    if isinstance(argument, ast.IfExp):
        return _texts(argument.body) + _texts(argument.orelse)
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    return []


def _is_translator(node: ast.expr) -> bool:
    """`t`, `caller.t` or `translator(…)`."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "translator"
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) == "t"


def _sources(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted([*root.glob("messages/**/*"), *root.glob("bot/**/*")]):
        name = path.relative_to(root).as_posix()
        for pattern, method in MAPPING:
            if path.is_file() and fnmatch(name, pattern):
                yield path, method
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
