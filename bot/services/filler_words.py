"""Words that name no meeting and no client, in English and Dutch: what stands around the name in a sentence."""

_ENGLISH = """
a about am an and any anymore are as at be because but by call called can cannot cant client could couldnt customer
day do does doesnt doing dont for from get go going got had has have having hello help hey hi i id ill im in is isnt
it its ive ill just make making me meeting meetings meet might must my need needs no not now of off on one or our out
please possible postpone reschedule really should sick skip so some sorry step down thank thanks that the their them
then there this time to today tomorrow too unable until up us want was we will with without wont would you your cancel
attend attending appointment able afraid unfortunately late later move
"""

_DUTCH = """
aan af afspraak afspraken afzeggen alles als annuleren ben bent bij dan dat de deze die dit doen door een en er ga gaan
gaat geen graag haal halen had heb hebben hebt heeft helaas het hij hoe hoi ik in is ja je jij kan kun kunnen kunt klant
langs lukt maar me meer met mij mijn moet moeten morgen na naar nee niet niks nog nu of om onze ons ook op over red
redden s t te ter tijd toch tot uit uur van vandaag vanmiddag veel verplaatsen verzetten vind voor wat we weer wel wil
wordt ziek zal ze zich zij zijn zo zou gesprek overleg vergadering
"""

_LEGAL_FORMS = "ag bv bvba co corp corporation gmbh inc kg limited llc llp ltd nv oy plc sa sarl sas sl spa srl vof"

FILLER: frozenset[str] = frozenset(" ".join((_ENGLISH, _DUTCH, _LEGAL_FORMS)).split())
"""In the form that `bot.services.words.fold` gives, apostrophes dropped."""
