"""The turns of phrase that the linter looks for, by language; patterns for `re` without regard to case."""

from collections.abc import Mapping

EXCUSES: Mapping[str, str] = {
    "en": r"too busy|(?:very|so|really|extremely) busy|(?:have|had|got) no time|no time (?:for|to)|"
    r"(?:don['’]t|do not) have (?:the |any |enough )?time|something (?:has )?c[ao]me up|more (?:important|urgent)|"
    r"(?:higher|other) priorit(?:y|ies)|double[- ]booked",
    "nl": r"te druk|(?:erg|heel|zo|ontzettend) druk|geen tijd|te weinig tijd|iets tussen(?:\s?(?:gekomen|komt|kwam))?|"
    r"belangrijkere?(?:s)? (?:zaken|dingen|afspraak|afspraken)|iets belangrijkers|"
    r"andere prioriteiten|dubbel geboekt",
}

_DONE_EN = (
    r"sent|answered|replied|responded|confirmed|delivered|paid|provided|returned|decided|given|told|signed|"
    r"got(?:ten)? back|come back|shown up|turned up|let (?:us|me) know"
)
_NEVER_EN = (
    r"sent|answered|replied|responded|confirmed|delivered|paid|told|gave|let|called|rang|came|mentioned|got back|"
    r"said|showed up|turned up"
)
_DONE_NL = (
    r"gestuurd|verstuurd|gereageerd|geantwoord|gegeven|aangeleverd|geleverd|doorgegeven|laten weten|gekomen|"
    r"komen opdagen|betaald|bevestigd|gemeld|gezegd|teruggebeld|nagekomen|ondertekend|beslist"
)
_YOU_NL = r"(?:u|je|jij|jullie)"
_YOUR_NL = r"(?:uw|je|jouw|jullie)"
BLAME: Mapping[str, str] = {
    "en": r"(?:because|since|as) you (?:did(?:n['’]t| not)|never|failed|forgot|neglected|missed|ignored|cancelled|kept)"
    rf"|you (?:still )?have(?:n['’]t| not)(?: yet)? (?:{_DONE_EN})"
    r"|you (?:have )?(?:failed|forgot(?:ten)?|neglected) to"
    rf"|you never (?:{_NEVER_EN})"
    r"|you should have (?:told|sent|let|said|informed|answered|replied|warned|checked|called|mentioned|asked)"
    r"|(?<!not )(?<!n['’]t )your (?:own )?(?:mistake|fault|failure to|negligence|carelessness|delay in)"
    r"|(?:due to|because of|owing to|thanks to) your (?:\w+ )?(?:delay|delays|late|slow|lack|error|errors|absence)"
    r"|(?<!not )(?<!n['’]t )you(?:['’]re| are| were) (?:to blame|at fault)"
    r"|you (?:keep|kept) (?:us|me) waiting|you(?:['’]ve| have)? let (?:us|me) down"
    r"|you(?:['’]ve| have)? missed (?:the|our|your|another) (?:deadline|meeting|call|appointment)"
    r"|(?:delay|mistake|error|problem|misunderstanding|confusion)s? (?:(?:is|was|lies|lay) )?(?:on|at) your "
    r"(?:side|end|part)",
    "nl": rf"(?:omdat|doordat|aangezien) {_YOU_NL} (?:(?!nog\b|er\b|dan\b|daar\b|vaak\b)[\w'’-]+ ){{0,4}}"
    r"(?:niet|nooit|geen|te laat)\b(?! (?:kunt|kan|kon|kunnen|hoeft|hoeven|meer|bent|bekend|aanwezig|in)\b)"
    rf"|(?:omdat|doordat|aangezien) {_YOU_NL} (?:[\w'’-]+ ){{0,4}}(?:vergat|vergeten|verzuimd|nagelaten)"
    rf"|{_YOU_NL} (?:hebt|heeft|heb|hebben|had|hadden|bent|zijn|was|waren) (?:[\w'’-]+ ){{0,3}}(?:nooit|niet) "
    rf"(?:[\w'’-]+ ){{0,3}}(?:{_DONE_NL})"
    rf"|{_YOU_NL} (?:hebt|heeft|hebben|bent|zijn|was|waren) (?:[\w'’-]+ ){{0,3}}(?:vergeten|verzuimd|nagelaten) "
    r"(?:om )?te"
    rf"|{_YOU_NL} had(?:den)? (?:[\w'’-]+ ){{0,4}}moeten (?:\w+)"
    rf"|(?<!niet ){_YOUR_NL} (?:eigen )?(?:schuld|fout|vergissing|nalatigheid|verzuim|toedoen)"
    rf"|(?:door|wegens|vanwege) {_YOUR_NL} (?:eigen )?(?:vertraging|late|trage|gebrekkige|gebrek|afwezigheid)"
    r"|veroorzaakt door (?:u|jou|jullie|uw|je|jouw)"
    r"|door (?:u|jou|jullie) (?:is|zijn|was|waren|heeft|hebben|liep|loopt|lopen|kan|kunnen|kon|konden|komen|kwam|moet|"
    r"moeten|moest|moesten|ging|gaat|zitten|zit|staan|staat|duurt|duurde)"
    rf"|{_YOU_NL} (?:bent|zijn|was|waren) (?:steeds |weer |telkens |altijd )?te laat"
    rf"|{_YOU_NL} (?:hebt|heeft|hebben) (?:ons|mij|me) (?:[\w'’-]+ )?laten (?:wachten|zitten)"
    r"|(?:ligt|lag) aan (?:u|jou|jullie)\b(?! agenda)",
}
"""Sentences that lay what went wrong at the client's door. Not: what the client cannot or need not do."""

APOLOGIES: Mapping[str, str] = {
    "en": r"\bsorry\b|\bapolog\w+|\bregret\b|\bforgive\b",
    "nl": r"\bsorry\b|\bexcus\w+|\bverontschuldig\w+|\bspijt\w*|\bvergeef\b",
}

_ABOUT_EN = r"(?: (?:again|once more|about (?:this|that|it)|for (?:this|that|it|(?:the|any|all the) \w+)))*"
_ABOUT_NL = r"(?: (?:nogmaals|alvast|daarvoor|hiervoor|voor (?:dit|dat|het|de) \w+))*"
APOLOGY_PHRASES: Mapping[str, str] = {
    "en": r"\b(?:once again |again )?(?:(?:I['’]m|I am|we['’]re|we are) )?(?:so |very |really |truly |terribly )?"
    rf"sorry\b{_ABOUT_EN}|\b(?:(?:my|our|with) )?(?:sincere |deepest )?apologies\b{_ABOUT_EN}|"
    rf"\b(?:I|we) (?:sincerely |do )?apologi[sz]e\b{_ABOUT_EN}",
    "nl": r"\b(?:nogmaals )?(?:het )?spijt (?:me|mij|ons)\b(?: (?:zeer|enorm|oprecht))?|"
    rf"\b(?:nogmaals )?sorry\b{_ABOUT_NL}|"
    rf"\b(?:nogmaals )?(?:(?:mijn|onze) )?(?:oprechte |welgemeende )?(?:excuses|verontschuldigingen)\b{_ABOUT_NL}|"
    r"\bexcuseer\b",
}
"""An apology with what belongs to it, so that it can be taken out of a sentence that says more."""

OFFERS: Mapping[str, str] = {
    "en": r"\d{1,2}[:.]\d{2}|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bring\b|\bcall(?:ed|ing)?\b|\bphone\b|"
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\d{1,2} may\b|"
    r"\b(?:tomorrow|next week|another (?:day|time|moment))\b",
    "nl": r"\d{1,2}[:.]\d{2}|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|\bbel(?:len|t|de)?\b|telefoni\w+|"
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b|"
    r"\b(?:morgen|volgende week|een (?:ander|nieuw) moment|een andere (?:dag|keer))\b",
}
"""A date, a time or a way to speak."""

GREETINGS: Mapping[str, str] = {
    "en": r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))\b",
    "nl": r"(?:beste|hoi|hallo|dag|geachte?|goede(?:morgen|middag|navond|ndag)|lieve)\b",
}
