"""Many people support one and the same idea at once, each client a process of its own."""

import multiprocessing
import time
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, connections

from benchmarks.harness import Measurement, percentile
from civic_sourcing.ideas.actions import SupportIdea
from civic_sourcing.ideas.models import IdeaPage
from civic_sourcing.participants.models import Participant

CLIENTS = 8


def neighbours(number: int) -> list[Any]:
    """So many people of age who have supported nothing yet."""
    users = get_user_model().objects
    known = users.filter(username__startswith="neighbour").count()
    made = users.bulk_create(
        get_user_model()(username=f"neighbour{known + each}", password="!")
        for each in range(number)
    )
    of_age = Participant.AgeBand.OF_AGE
    Participant.objects.bulk_create(Participant(user=user, age_band=of_age) for user in made)
    return list(made)


def measure_crowd(idea: IdeaPage, people: list[Any], *, what: str) -> Measurement:
    """Have all ``people`` support ``idea``, ``CLIENTS`` of them at any moment."""
    connections.close_all()
    kit = multiprocessing.get_context("fork")
    barrier, answers = kit.Barrier(CLIENTS), kit.SimpleQueue()
    shares = [people[first::CLIENTS] for first in range(CLIENTS)]
    clients = [kit.Process(target=_client, args=(idea, own, barrier, answers)) for own in shares]
    for client in clients:
        client.start()
    times = [time for _client in clients for time in answers.get()]
    for client in clients:
        client.join()
    durations = [end - begin for begin, end in times]
    lasted = max(end for _begin, end in times) - min(begin for begin, _end in times)
    slow, usual = percentile(durations, 0.95) * 1000, percentile(durations, 0.5) * 1000
    return Measurement(what, 0, len(durations) / lasted, usual, slow)


def _client(idea: IdeaPage, people: list[Any], barrier: Any, answers: Any) -> None:
    connection.ensure_connection()
    barrier.wait()
    times = []
    for person in people:
        begin = time.perf_counter()
        SupportIdea(idea, by=person).execute()
        times.append((begin, time.perf_counter()))
    answers.put(times)
