"""Which meeting or client somebody's words mean, and what they say of a meeting to be: fuzzy, in English and Dutch."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.services.filler_words import FILLER
from bot.services.time_words import When, read_when
from domain.clock import require_aware

LONGEST_TEXT = 500
"""Characters that are read; a name comes earlier than that."""
MOST_WORDS = 40

_CLEAR_LEAD = 0.1
"""How far the best score must be ahead for its candidate to stand alone."""
_PREFIX = 0.92
_TEXT_STEP = 0.04
"""How much less each further text of a candidate weighs than the one before."""
_NAME_LIKENESS = 0.79
_NAME_SURE = 0.95
_NAME_WORDS = 6

_LABELLED = re.compile(r"<[^<>|]*\|([^<>]*)>")
_MARKUP = re.compile(r"<[^<>]*>")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Something that words may mean. `texts` come in the order of their weight: client, title, contacts."""

    id: str
    texts: tuple[str, ...]
    starts_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMeetingWords:
    """What `/meetdown new …` says. `starts_at` (UTC) only where both day and time are known or plain.

    `client_text` is the name of a known client, else all words that are left, which then are the title as well.
    """

    client_text: str = ""
    client_is_known: bool = False
    title: str = ""
    day: date | None = None
    at: time | None = None
    starts_at: datetime | None = None
    minutes: int | None = None


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, without accents, punctuation and runs of space: what fuzzy comparison goes by."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()).translate(_UNDECOMPOSED)
    kept = (char if char.isalnum() else " " for char in plain if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


def match(
    words: str, candidates: Sequence[Candidate], *, now: datetime, zone: ZoneInfo, locale: str = "en"
) -> tuple[str, ...]:
    """The ids of what the words mean, best first: one where it is clear, several where it is not, none for nonsense.

    A day or a time ("tomorrow", "at 3") narrows the choice where it can; where nothing fits it, the name decides.
    """
    said = _plain(words)
    whole = fold(said)
    named = [candidate for candidate in candidates if whole and whole in map(fold, candidate.texts)]
    if named:
        return _ids(named)
    when = read_when(said, now=now, zone=zone, locale=locale)
    tokens = _tokens(when.rest)
    best = _best(tokens, candidates)
    fitting = [candidate for candidate in candidates if _fits(candidate, when, zone)]
    if best:
        return _ids([candidate for candidate in best if candidate in fitting] or best)
    if when.at is not None or (when.days and not tokens):
        return _ids(fitting)
    return ()


def split_new(
    text: str, *, now: datetime, zone: ZoneInfo, locale: str = "en", client_names: Iterable[str] = ()
) -> NewMeetingWords:
    """Read "Acme tomorrow 10:00 90m": what is found; the rest of the words is the title."""
    when = read_when(_plain(text), now=require_aware(now, "now"), zone=zone, locale=locale)
    words = when.rest.split()[:MOST_WORDS]
    client, start, end = _client_in(words, _by_spelling(client_names))
    title = _trimmed(words[:start] + words[end:])
    day, at, starts_at = _moment(when, now, zone)
    return NewMeetingWords(
        client_text=client or title,
        client_is_known=bool(client),
        title=title,
        day=day,
        at=at,
        starts_at=starts_at,
        minutes=when.minutes,
    )


def _plain(text: str) -> str:
    """The text as a person reads it: Slack's markup for links, people and channels goes."""
    return _MARKUP.sub(" ", _LABELLED.sub(r"\1", text[: 2 * LONGEST_TEXT]))[:LONGEST_TEXT]


def _tokens(text: str) -> list[str]:
    """The words that may be a name's, in order, each once."""
    found = dict.fromkeys(word for word in fold(text).split() if word not in FILLER and len(word) > 1)
    return list(found)[:MOST_WORDS]


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Earliest first among equals; what has no time comes last."""
    never = datetime.max.replace(tzinfo=UTC)
    return tuple(candidate.id for candidate in sorted(candidates, key=lambda one: one.starts_at or never))


def _fits(candidate: Candidate, when: When, zone: ZoneInfo) -> bool:
    return candidate.starts_at is None or when.fits(candidate.starts_at.astimezone(zone))


def _best(tokens: Sequence[str], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates whose texts hold most of the tokens, within a clear lead of each other."""
    weights = _vocabulary(candidates)
    scores = [0.0] * len(candidates)
    matched, named = 0, False
    for token in _joined(tokens, weights):
        likeness = _alike(token, weights)
        matched += bool(likeness)
        for word, similarity in likeness.items():
            named = named or (similarity == 1 and len(word) > 2)
        for index in {index for word in likeness for index in weights[word]}:
            scores[index] += max(similarity * weights[word].get(index, 0.0) for word, similarity in likeness.items())
    if not matched or (2 * matched < len(tokens) and not named):
        return []
    lead = max(scores) - _CLEAR_LEAD * matched
    return [candidate for candidate, score in zip(candidates, scores, strict=True) if score > 0 and score >= lead]


def _vocabulary(candidates: Sequence[Candidate]) -> dict[str, dict[int, float]]:
    """Each word of the candidates' texts, with the weight that it has for each of them."""
    weights: dict[str, dict[int, float]] = {}
    for index, candidate in enumerate(candidates):
        for position, text in enumerate(candidate.texts):
            weight = max(0.5, 1 - _TEXT_STEP * position)
            for word in _words_of(text):
                held = weights.setdefault(word, {})
                held[index] = max(weight, held.get(index, 0.0))
    return weights


@lru_cache(maxsize=8192)
def _words_of(text: str) -> tuple[str, ...]:
    """The words of a text, and neighbours written as one, as people do with names."""
    words = fold(text[:LONGEST_TEXT]).split()[:MOST_WORDS]
    pairs = (first + second for first, second in pairwise(words))
    return tuple(dict.fromkeys((*words, *pairs)))


def _joined(tokens: Sequence[str], known: dict[str, dict[int, float]]) -> list[str]:
    """The tokens, neighbours as one where only that is known: "blue bird" for Bluebird."""
    found: list[str] = []
    for token in tokens:
        if found and token not in known and found[-1] + token in known:
            found[-1] += token
        else:
            found.append(token)
    return found


def _alike(token: str, known: dict[str, dict[int, float]]) -> dict[str, float]:
    """The known words that the token may be, with their likeness: itself, else what it begins, else a typo of it."""
    if token in known:
        return {token: 1.0}
    begun = {word: _PREFIX for word in known if word.startswith(token)}
    typos = 0 if len(token) < 4 else 1 if len(token) < 8 else 2
    if begun or not typos:
        return begun
    near = process.extract(token, known.keys(), scorer=OSA.distance, score_cutoff=typos, limit=10)
    return {
        word: 1 - distance / max(len(word), len(token))
        for word, distance, _ in near
        if len(word) > 3 and (len(token) > 5 or word[0] == token[0])
    }


def _by_spelling(names: Iterable[str]) -> dict[str, str]:
    """Each name by its folded form, and by that without articles and legal forms where no other name has it."""
    full = {fold(name): name for name in names}
    core = {" ".join(word for word in said.split() if word not in FILLER): name for said, name in full.items()}
    return {said: name for said, name in {**core, **full}.items() if said}


def _client_in(words: Sequence[str], names: dict[str, str]) -> tuple[str, int, int]:
    """The known client named among the words, and from where to where: the longest sure one, else the most alike."""
    best, found = (0.0, 0.0), ("", 0, 0)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + _NAME_WORDS) + 1):
            name, likeness = _name_like(fold(" ".join(words[start:end])), names)
            rank = (float(end - start), likeness) if likeness >= _NAME_SURE else (0.0, likeness)
            if name and rank > best:
                best, found = rank, (names[name], start, end)
        if best[0]:
            break
    return found


def _name_like(said: str, names: dict[str, str]) -> tuple[str, float]:
    """The name that was said in full, or by the beginning that it alone has, or with a typo."""
    if said in names:
        return said, 1.0
    if len(said) < 3 or all(word in FILLER for word in said.split()):
        return "", 0.0
    begun = [name for name in names if name.startswith(f"{said} ")]
    if len({names[name] for name in begun}) == 1:
        return begun[0], _NAME_SURE
    near = process.extractOne(said, names.keys(), scorer=OSA.normalized_similarity, score_cutoff=_NAME_LIKENESS)
    if near is None or (len(said) < 6 and near[0][0] != said[0]):
        return "", 0.0
    return near[0], float(near[1]) - 0.1


_EDGES = frozenset(("with", "met", "bij", "for", "voor", "at", "on", "op", "from", "van", "om", "to", "about", "over"))
_MARKS = " ,;:.-–|/@&+"


def _trimmed(words: list[str]) -> str:
    """The words without the little ones that a cut left hanging at the ends."""
    kept = [word for word in words if word.strip(_MARKS)]
    while kept and kept[0].lower() in _EDGES:
        kept = kept[1:]
    while kept and kept[-1].lower() in _EDGES:
        kept = kept[:-1]
    return " ".join(kept).strip(_MARKS)


def _moment(when: When, now: datetime, zone: ZoneInfo) -> tuple[date | None, time | None, datetime | None]:
    """The first of the meant moments that is still to come; a time alone means today, else tomorrow."""
    at = when.likely_at
    if at is None:
        return (when.days[0] if when.days else None), None, None
    today = now.astimezone(zone).date()
    for day in when.days or (today, today + timedelta(days=1)):
        starts_at = datetime.combine(day, at, zone).astimezone(UTC)
        if starts_at > now:
            return day, at, starts_at
    past = when.days[-1] if when.days else today
    return past, at, datetime.combine(past, at, zone).astimezone(UTC)
