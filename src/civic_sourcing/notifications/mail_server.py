"""The connection to the host's mail server, whichever way its Django is told of it."""

import logging
from types import TracebackType
from typing import Any, Self

from django.core import mail

logger = logging.getLogger(__name__)


class MailServerAway(Exception):
    """The mail server cannot be reached: not the fault of the message in hand."""


def mail_backend() -> Any:
    """Return the host's mail backend, not connected: of ``MAILERS`` (Django 6.1) or ``EMAIL_*``."""
    mailers = getattr(mail, "mailers", None)
    return mailers.default if mailers is not None else mail.get_connection()


def error_name(error: Exception) -> str:
    """Name an error without its words, in which mail servers like to repeat the address."""
    codes = [getattr(error, "smtp_code", None)]
    if recipients := getattr(error, "recipients", None):
        codes = [code for code, _answer in recipients.values()]
    return " ".join([type(error).__name__, *(str(code) for code in codes if code)])[:80]


class Carrier:
    """One connection to the mail server, opened for the first letter and kept for the next."""

    def __init__(self) -> None:
        self.connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up()

    def carry(self, letter: mail.EmailMessage) -> None:
        """Hand ``letter`` over. Raises ``MailServerAway``, or what the mail backend raises."""
        if self.connection is None:
            self._call()
        try:
            taken = self.connection.send_messages([letter])
        except Exception:
            self.hang_up()
            raise
        if taken == 0:
            raise ValueError("The mail backend took no message.")

    def hang_up(self) -> None:
        """Close the connection, whatever state it is in."""
        connection, self.connection = self.connection, None
        if connection is not None:
            try:
                connection.close()
            except Exception as error:
                logger.info("The mail server hung up first: %s", error_name(error))

    def _call(self) -> None:
        # Whether the server is down or its settings are wrong: no message can be carried.
        try:
            connection = mail_backend()
            connection.open()
        except Exception as error:
            raise MailServerAway(error_name(error)) from error
        self.connection = connection
