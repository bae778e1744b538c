"""Cells of a CSV file that no spreadsheet runs.

A cell that begins with one of a few marks is a formula to a spreadsheet, whatever the file says of it (OWASP, "CSV
Injection"). An apostrophe before it makes it text. It is put on by `guarded` and taken off by `unguarded`, which turn
every text into itself again.
"""

MARKS = frozenset("=+-@\t\r\n＝＋－＠")
"""The full-width forms too: some spreadsheets read them as the plain ones."""
GUARD = "'"


def guarded(cell: str) -> str:
    """One that begins with apostrophes and then a mark gets another one: else it would lose one on the way back."""
    return GUARD + cell if _needs_guard(cell) else cell


def unguarded(cell: str) -> str:
    return cell.removeprefix(GUARD) if cell.startswith(GUARD) and _needs_guard(cell) else cell


def _needs_guard(cell: str) -> bool:
    return cell.lstrip(GUARD)[:1] in MARKS and cell.lstrip(GUARD) != ""
