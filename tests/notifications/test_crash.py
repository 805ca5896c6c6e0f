"""A worker that is killed between sending and marking. A real process, a real SIGKILL."""

import os
import signal
import subprocess
import sys
from collections import Counter
from email import message_from_string
from pathlib import Path

import pytest
from django.db import connection

from civic_sourcing.notifications.delivery import deliver
from civic_sourcing.notifications.models import OutboxMessage

ROOT = Path(__file__).parent.parent.parent
WORKER = """
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = {name!r}
settings.EMAIL_BACKEND = "tests.notifications.backends.FatalBackend"
settings.EMAIL_FILE_PATH = {folder!r}
django.setup()
from civic_sourcing.notifications.delivery import deliver
deliver()
"""


@pytest.fixture
def run_worker_until_killed(transactional_db, tmp_path):
    """Let another process deliver into ``tmp_path``; it dies with the third message sent."""

    def run():
        connection.close()
        code = WORKER.format(name=str(connection.settings_dict["NAME"]), folder=str(tmp_path))
        paths = [str(ROOT / folder) for folder in (".", "src", "example_site")]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PYTHONPATH": os.pathsep.join(paths),
        }
        return subprocess.run(
            [sys.executable, "-c", code], env=environment, check=False, cwd=ROOT, timeout=120
        )

    return run


@pytest.fixture
def arrived(tmp_path):
    """How many mails each address got."""

    def count():
        letters = [
            message_from_string(text)
            for file in tmp_path.glob("*.log")
            for text in file.read_text().split("-" * 79 + "\n")
            if text.strip()
        ]
        return Counter(letter["To"] for letter in letters), {
            letter["Message-ID"] for letter in letters
        }

    return count


@pytest.mark.prove
def test_killed_worker_leaves_one_duplicate_at_most_and_nobody_without(
    run_worker_until_killed,
    make_citizen,
    tell,
    let_time_pass,
    arrived,
    settings,
    tmp_path,
    proving,
):
    """One worker killed among seven people; where it is to be proved, eight among sixty."""
    kills, number = (8, 60) if proving else (1, 7)
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    people = [make_citizen(f"citizen{number}") for number in range(number)]
    tell(*people)

    killed = {run_worker_until_killed().returncode for _worker in range(kills)}
    held = {message.user.email for message in OutboxMessage.objects.filter(state="sending")}
    deliver()
    before_the_lease_is_over, _ids = arrived()
    let_time_pass(minutes=11)
    deliver()

    mails, message_ids = arrived()
    assert killed == {-signal.SIGKILL}
    assert len(before_the_lease_is_over) == sum(before_the_lease_is_over.values()) == number
    assert set(mails) == {user.email for user in people}
    assert Counter(mails.values()) == {1: number - kills, 2: kills}
    assert {address for address, count in mails.items() if count == 2} == held
    assert len(message_ids) == number
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}
