"""What somebody who installs the bot sees in the browser."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from messages.i18n import LANGUAGES, N_, Translator, translator

DONE = N_("Meetdown is installed in {workspace}. Open a direct message with it in Slack, or type /meetdown.")
CANCELLED = N_("The installation was cancelled. Nothing was changed.")
STALE = N_("This installation link was used already, is older than ten minutes, or was opened in another browser.")
REFUSED = N_("Slack did not accept the installation ({problem}).")
UNREACHABLE = N_("Slack could not be reached, so nothing was installed.")
AGAIN = N_("Start the installation again")

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Meetdown</title></head>
<body><h1>Meetdown</h1><p>{sentence}</p>{link}</body></html>
"""
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def page(request: Request, status: int, sentence: str, *, again: str | None = None, **values: str) -> Response:
    """A page with one sentence in a language of the browser's; `again` is the address to start over."""
    t = _translator_of(request)
    # The sentences themselves are marked with N_ above.
    link = f'<p><a href="{escape(again)}">{escape(t.text(AGAIN))}</a></p>' if again else ""
    content = _PAGE.format(language=t.language, sentence=escape(t.text(sentence, **values)), link=link)
    return HTMLResponse(content, status_code=status, headers=_HEADERS)


def _translator_of(request: Request) -> Translator:
    """The first of the browser's languages that there is; it lists them best first."""
    wanted = [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return translator(next((language for language in wanted if language in LANGUAGES), "en"))
