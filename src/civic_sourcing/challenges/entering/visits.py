"""One visit to the pages of entering: whose, to which challenge, to which entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import pgettext_lazy

from civic_sourcing.challenges.entering import policies, teams
from civic_sourcing.challenges.entering.files import file_questions, questions_of
from civic_sourcing.challenges.entering.places import address
from civic_sourcing.challenges.models import Entry, EntryState, Round
from civic_sourcing.challenges.policies import is_on_team
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused, RateLimited
from civic_sourcing.core.policies import Occasion
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.models import Participant

FOLDER = "civic_sourcing/challenges/entering"
SOURCE = "civic_challenges_sources"
"""Session key: the codes of partners' invitations by the UUID of the challenge."""


class Visit:
    """``request`` at the challenge of ``page``, about ``entry`` if it is about one."""

    def __init__(self, request: HttpRequest, page: Any, entry: Entry | None = None) -> None:
        self.request = request
        self.page = page
        self.process = page.process
        self.entry = entry

    @cached_property
    def at(self) -> Any:
        return clock.of_request(self.request)

    @cached_property
    def participant(self) -> Participant | None:
        user = self.request.user
        return Participant.objects.of(user) if user.is_authenticated else None

    @cached_property
    def round(self) -> Round | None:
        """The round that takes, or took, what is handed in here."""
        return policies.round_for(self.entry or self.process)

    @cached_property
    def questions(self) -> list[Any]:
        return questions_of(self.round) if self.round else []

    @property
    def closed(self) -> str:
        """What keeps everybody out just now, or nothing."""
        occasion = Occasion(self.request.user, self.entry or self.process, self.at)
        refusal = policies.while_entries_are_taken.refusal(occasion)
        return str(refusal.message) if refusal else ""

    @property
    def is_captain(self) -> bool:
        assert self.entry is not None
        return self.participant is not None and self.entry.captain_id == self.participant.pk

    def steps(self, current: str) -> list[dict[str, Any]]:
        """The pages of the form in their order."""
        assert self.entry is not None
        keys = ["write", "files", "team", "check"]
        if not self.page.facts.takes_teams:
            keys.remove("team")
        number = keys.index(current)
        return [
            {
                "key": key,
                "number": place + 1,
                "label": LABELS[key],
                "url": self.url(key, self.entry.uuid),
                "state": "current" if place == number else "past" if place < number else "coming",
                "is_current": place == number,
                "is_past": place < number,
            }
            for place, key in enumerate(keys)
        ]

    def after(self, current: str) -> str:
        """The address of the page after ``current``."""
        steps = self.steps(current)
        return str(next(step["url"] for step in steps if step["state"] == "coming"))

    def url(self, route: str, *args: Any) -> str:
        return address(self.page, route, *args, request=self.request)

    def lead_to(self, route: str, *args: Any) -> HttpResponse:
        return redirect(self.url(route, *args))

    def show(
        self,
        template: str,
        context: dict[str, Any] | None = None,
        *,
        status: int = 200,
        folder: str = FOLDER,
    ) -> HttpResponse:
        request, page = self.request, self.page
        known = {
            "page": page,
            "self": page,
            "visit": self,
            "entry": self.entry,
            "round": self.round,
            "closed": self.closed,
            "trail": [
                {"title": page.title, "url": page.get_url(request)},
            ],
            "enter_url": self.url("enter"),
            "urls": {name: self.url(name, self.entry.uuid) for name in OF_ENTRY}
            if self.entry
            else {},
        }
        response = TemplateResponse(
            request, f"{folder}/{template}.html", {**known, **(context or {})}, status=status
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @property
    def eligibility(self) -> Eligibility:
        return Eligibility(self.request.user, self.process, self.at)

    @property
    def has_file_questions(self) -> bool:
        return bool(self.round and file_questions(self.round))

    def mine(self) -> list[Entry]:
        """Entries here that this visitor leads or is a member of, withdrawn ones last."""
        if self.participant is None:
            return []
        entries = Entry.objects.of(self.process).with_person(self.participant)
        rows = list(entries.select_related("round", "contribution").order_by("created_at", "pk"))
        return sorted(rows, key=lambda entry: entry.state in GONE)


OF_ENTRY = ("write", "files", "team", "check", "receipt", "withdraw")
GONE = (EntryState.WITHDRAWN, EntryState.RETURNED)
LABELS: dict[str, Any] = {
    "write": pgettext_lazy("step", "What you propose"),
    "files": pgettext_lazy("step", "Files"),
    "team": pgettext_lazy("step", "Team"),
    "check": pgettext_lazy("step", "Check and hand in"),
}

View = Callable[..., HttpResponse]


def of_challenge(view: View) -> View:
    """Have ``view`` called with a visit; 404 for a page whose challenge is not out."""

    @wraps(view)
    def visited(request: HttpRequest, page: Any, **captured: Any) -> HttpResponse:
        if page.process_id is None or page.facts.external_url:
            raise Http404("Nothing is entered here.")
        return view(Visit(request, page), **captured)

    return visited


def signed_in(view: View) -> View:
    """Lead through sign-in first, and back."""

    @wraps(view)
    def visited(visit: Visit, **captured: Any) -> HttpResponse:
        if not visit.request.user.is_authenticated:
            return redirect_to_login(visit.request.get_full_path())
        return view(visit, **captured)

    return visited


def of_entry(view: View) -> View:
    """
    Have ``view`` called with the entry of that number; 404 for whoever is not of its team, and for
    entries of other challenges, whether there are any or not.
    """

    @wraps(view)
    @of_challenge
    @signed_in
    def visited(visit: Visit, uuid: UUID, **captured: Any) -> HttpResponse:
        rows = Entry.objects.of(visit.process).select_related(
            "process", "round", "captain__user", "contribution"
        )
        entry = rows.filter(uuid=uuid).first()
        if entry is None or not is_on_team(visit.request.user, entry):
            raise Http404("No entry of this visitor's here.")
        return view(Visit(visit.request, visit.page, entry), **captured)

    return visited


def status_of(refused: ActionRefused) -> int:
    return 429 if isinstance(refused, RateLimited) else 409


def missing_of(entry: Entry) -> list[str]:
    """What keeps the team from handing it in, in sentences."""
    try:
        teams.refuse_incomplete(entry)
    except ActionRefused as refused:
        return [refused.message]
    return []
