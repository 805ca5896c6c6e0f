"""Solvers of an open challenge, and the ways they hand in."""

from datetime import timedelta

from django.contrib.auth.models import Permission

from civic_sourcing.challenges.actions.entries import BeginEntry, SubmitEntry
from civic_sourcing.challenges.entering.documents import WORDS
from civic_sourcing.challenges.entering.drafts import keep
from civic_sourcing.challenges.entering.jobs import open_due
from civic_sourcing.core.clock import now
from tests.scenes import maker, scene

SECRET = "Misting arch from rainwater"
SAID = {
    "title": SECRET,
    "brief": "An arch that cools the yard.",
    "description": "Rain is kept in a tank and sprayed as fine mist.",
    "url": "",
}


@scene
def solver(make_citizen):
    return make_citizen("solver", email="solver@example.org")


@scene
def rival(make_citizen):
    return make_citizen("rival", email="rival@example.org")


@scene
def office(manager):
    """The manager, with a way into Wagtail's admin."""
    manager.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return manager


@maker
def begin(challenge):
    def begin(by, *, page=challenge):
        return BeginEntry(page.process, by=by).execute()

    return begin


@maker
def hand_in():
    """Type and hand in ``words`` as the captain of ``entry``."""

    def hand_in(entry, by, **said):
        shown = said.pop("shown", False)
        words = {name: {**SAID, **said}[name] for name in WORDS}
        keep(entry, words)
        return SubmitEntry(entry, by=by, words=words, shown=shown).execute()

    return hand_in


@scene
def draft(begin, solver):
    return begin(solver)


@scene
def handed_in(draft, hand_in, solver):
    return hand_in(draft, solver)


@maker
def after_deadline(challenge):
    """Let the deadline pass for ``entry``, and open what was handed in."""

    def pass_deadline(entry, set_clock):
        closes_at = entry.round.closes_at
        set_clock(closes_at + timedelta(seconds=1))
        open_due(now())
        entry.refresh_from_db()
        return entry

    return pass_deadline
