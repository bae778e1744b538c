"""Which language a text is written in, told by its small words; nothing leaves the machine and no model is needed.

Made for letters of some sentences by business people in five languages. A library would tell apart a hundred, at the
price of several megabytes and of guesses about "OK, thanks"; here a text with too few small words says nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

_WORDS: Mapping[str, str] = {
    "en": """the and you your to of for that this it is are be been was were will would could should can have has had
        with from but not or if when which what who how there their they them we our us i my me as at by on in an a do
        does did no any some more about into than then here please would like just let know shall may after before
        because again back could out up so he she his her its i'll i'd i'm we'll you'll don't it's""",
    "nl": """de het een en van ik je jij u uw jouw jullie wij we ons onze mij mijn me ze zij hij haar hun die dat dit
        deze is zijn was waren ben bent wordt worden werd zal zullen zou zouden kan kunnen kunt heb hebt heeft hebben
        had niet geen maar of als dan dus om te op aan bij met voor naar uit door over onder tot ook nog wel al er hier
        daar waar wat wie hoe wanneer graag laat weten in liever weer meer deze onze""",
    "de": """der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ich wir sie ihr ihnen
        ihre ihren uns unser unsere mir mich ist sind war waren wird werden wurde kann können könnte haben hat hatte
        sein zu zum zur von vom mit für auf aus bei nach über unter um an am im in als wenn dass auch noch nur schon
        sehr was wer wie wo es er gerne bitte""",
    "fr": """le la les un une des du de au aux et ou mais ne pas que qui dont où je nous vous il elle ils elles mon ma
        mes notre nos votre vos ce cet cette ces est sont était être avoir ai avons avez ont sera pour par sur dans
        avec sans sous chez à en y plus bien si comme quand cela nous vous merci""",
    "es": """el la los las un una unos unas de del al y o pero no que quien donde yo nosotros usted ustedes él ella
        ellos mi mis nuestra nuestro nuestras nuestros su sus este esta estos estas es son era ser estar está están he
        hemos ha han será para por sobre en con sin a más muy si como cuando lo le les me se gracias""",
}
LANGUAGES: tuple[str, ...] = tuple(_WORDS)
"""Those that are told apart."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TOKEN = re.compile(r"\S+")
_OF_ADDRESSES = ("@", "://", "www.")
_QUOTED = re.compile(r"“[^”\n]{1,160}”|„[^”“\n]{1,160}[”“]|\"[^\"\n]{1,160}\"|«[^»\n]{1,160}»|‘[^’\n]{1,160}’")
_MOST_OF_A_WORD = 3
"""How often one word counts: a refrain is no more proof than a sentence."""
_ENOUGH, _PARAGRAPH_ENOUGH = 3.0, 4.5
"""Points of a whole text and of one paragraph, below which they say nothing; a word of one language only is one."""
_CLEARLY = 1.6
"""How many times the points of the expected language another one needs."""
LONGEST = 20_000
"""Characters that are read."""


def strange_language(text: str, expected: Iterable[str]) -> str:
    """The language that the text, or a whole paragraph of it, is written in, where it is none of those expected.

    Empty where it is one of them or where the text is too short to tell. What stands in quotation marks does not count:
    it is a title or somebody else's words.
    """
    welcome = frozenset(expected)
    plain = _TOKEN.sub(_no_address, _QUOTED.sub(" ", text[:LONGEST]))
    if not welcome & _WORDS.keys():
        return ""
    whole = _other(plain, welcome, _ENOUGH)
    return whole or next(filter(None, (_other(part, welcome, _PARAGRAPH_ENOUGH) for part in plain.split("\n\n"))), "")


def _no_address(token: re.Match[str]) -> str:
    return " " if any(mark in token.group() for mark in _OF_ADDRESSES) else token.group()


def _other(text: str, welcome: frozenset[str], enough: float) -> str:
    points = _points(text)
    best = max(points, key=lambda language: points[language])
    own = max((points[language] for language in welcome & points.keys()), default=0.0)
    return best if best not in welcome and points[best] >= max(enough, own * _CLEARLY) else ""


def _points(text: str) -> dict[str, float]:
    """A word that several languages share counts for each of them, but less."""
    counted = Counter(word.lower().replace("’", "'") for word in _WORD.findall(text))
    weights, points = _weights(), dict.fromkeys(_WORDS, 0.0)
    for word, times in counted.items():
        languages = weights.get(word, ())
        for language in languages:
            points[language] += min(times, _MOST_OF_A_WORD) / len(languages)
    return points


@cache
def _weights() -> dict[str, tuple[str, ...]]:
    """Word → the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found
