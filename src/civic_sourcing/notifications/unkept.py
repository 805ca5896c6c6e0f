"""
Sending a mail now, without writing it down anywhere.

For the rare mail whose address must not stand beside its words in the database, were it for a
minute. Everything else goes through the outbox, which waits for no mail server and tries again.
"""

import logging

from civic_sourcing.notifications.letters import write_letter
from civic_sourcing.notifications.mail_server import Carrier, error_name
from civic_sourcing.notifications.outbox import message_to
from civic_sourcing.notifications.texts import Words

logger = logging.getLogger(__name__)


def send_unkept(
    address: str,
    *,
    category: str,
    subject: Words,
    body: Words,
    url: Words = "",
    language: str | None = None,
) -> bool:
    """
    Send one mail to ``address`` and tell whether the mail server took it. It is tried once.

    Waits for the mail server, so set a time limit there (``EMAIL_TIMEOUT``). Logged is what went
    wrong, without address and words. Raises ``ValidationError`` for what is not an address.
    """
    message = message_to(
        address, category=category, subject=subject, body=body, url=url, language=language
    )
    letter = write_letter(message)
    if letter is None:
        return False
    with Carrier() as carrier:
        try:
            carrier.carry(letter)
        except Exception as error:
            # Whatever a mail backend raises, the person is told that no mail went out.
            logger.warning("A mail that is kept nowhere was not sent: %s", error_name(error))
            return False
    return True
