"""Why a mail did not go out, in the three kinds that callers treat differently."""

from enum import StrEnum


class MailCode(StrEnum):
    TEMPORARY = "temporary"
    """It was not accepted; later it may be."""
    PERMANENT = "permanent"
    """It was not accepted, and trying again does not help."""
    UNCERTAIN = "uncertain"
    """The connection was lost while the server took the message: it may have been accepted. Sending it again under the
    same Message-ID at worst makes a second copy that mail systems know as the same message."""


class MailProblem(Exception):  # noqa: N818 - named as the team speaks of it
    """`reply` is what the server said, or what was wrong on our side; never a part of the message."""

    def __init__(self, code: MailCode, reply: str) -> None:
        super().__init__(f"{code.value}: {reply}")
        self.code = code
        self.reply = reply

    @property
    def passes(self) -> bool:
        """Whether trying again may help."""
        return self.code is not MailCode.PERMANENT
