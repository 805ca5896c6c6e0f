"""Mail servers with bad days. Each is named in ``EMAIL_BACKEND``."""

import os
import signal
import smtplib

from django.core.mail.backends import filebased, locmem


class DownBackend(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError(111, "mail.example.org said no to mina@example.org")


class MoodyBackend(locmem.EmailBackend):
    """Raises what ``answers`` holds for the address, and takes the rest."""

    answers = {}

    def send_messages(self, messages):
        for message in messages:
            if message.to[0] in self.answers:
                raise self.answers[message.to[0]]
        return super().send_messages(messages)


class FatalBackend(filebased.EmailBackend):
    """Takes the third message, and then the process is no more, as if the power failed."""

    taken = 0

    def send_messages(self, messages):
        sent = super().send_messages(messages)
        FatalBackend.taken += sent
        if FatalBackend.taken == 3:
            self.stream.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return sent


def refused(code, address="mina@example.org"):
    return smtplib.SMTPRecipientsRefused({address: (code, f"no {address}".encode())})
