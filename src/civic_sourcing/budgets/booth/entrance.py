"""
The door of the booth: who comes in, and what everybody else is told.

``@in_booth`` gives a view a ``Visit`` once there is a vote, it is open, and the visitor may vote in
it; who is turned away reads why and what can be done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from civic_sourcing.budgets.actions.casting.cast import Voter
from civic_sourcing.budgets.ballots import OnPaper, Rulebook
from civic_sourcing.budgets.booth.areas import asks_for_area
from civic_sourcing.budgets.booth.memory import Memory
from civic_sourcing.budgets.booth.runs import run_of
from civic_sourcing.budgets.booth.voters import CODE, DESK, refusal_of, voter_of
from civic_sourcing.budgets.casting.keys import Keys, keys_with
from civic_sourcing.budgets.conf import conf
from civic_sourcing.budgets.models import RollEntry, VoteRun
from civic_sourcing.budgets.polling.standing import paper_of
from civic_sourcing.budgets.rulebooks import frozen, withdrawn_numbers
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Refusal
from civic_sourcing.participants.eligibility.policies import Eligibility
from civic_sourcing.participants.models import CodePurpose
from civic_sourcing.processes.policies import first_day, last_day

FOLDER = "civic_sourcing/budgets/booth"
View = Callable[..., HttpResponse]


class Visit:
    """
    One visitor at the booth of ``page``'s vote. Raises ``Http404`` where there is no vote to be in.

    ``at`` is the database's now, for what the page says; what decides is read again by the cast.
    """

    def __init__(self, request: HttpRequest, page: Any) -> None:
        self.request = request
        self.page = page
        run = run_of(request, page)
        if run is None or run.kind == VoteRun.Kind.IMPORTED:
            raise Http404("No vote is held here.")
        self.run = run

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @cached_property
    def voter(self) -> Voter | None:
        """Who votes; ``None`` while nobody has said who they are."""
        return voter_of(self.request, self.run)

    @cached_property
    def known_voter(self) -> Voter:
        """The voter, where there is one: behind the door there always is."""
        if self.voter is None:
            raise LookupError("nobody has said who votes")
        return self.voter

    @cached_property
    def refusal(self) -> Refusal | None:
        """Why this voter may not vote."""
        return refusal_of(self.known_voter, self.run, self.at)

    @cached_property
    def rulebook(self) -> Rulebook:
        return frozen(self.run)

    @cached_property
    def areas(self) -> frozenset[str]:
        """Codes of the areas on this voter's ballot paper."""
        return self.rulebook.areas_of(self.known_voter.area)

    @cached_property
    def withdrawn(self) -> Collection[str]:
        """Numbers taken off the paper since the opening."""
        return withdrawn_numbers(self.run.process)

    @cached_property
    def keys(self) -> Keys:
        """Keys of the run. Raises ``ActionRefused`` where they do not fit any more."""
        return keys_with(getattr(self.run, "key", None))

    @cached_property
    def voter_key(self) -> str:
        """How the roll knows the voter; stays on the server and in sealed cookies."""
        return self.keys.value("voter", self.known_voter.identity)

    @cached_property
    def has_voted(self) -> bool:
        """Whether a ballot of this voter is in the box."""
        return RollEntry.objects.filter(run=self.run, voter_key=self.voter_key).exists()

    @cached_property
    def voted_on_paper(self) -> bool:
        """Whether a paper of this voter counts, whatever they would cast here."""
        if self.rulebook.on_paper != OnPaper.PAPER:
            return False
        using = self.run._state.db or "default"
        return paper_of(self.run, self.voter_key, using=using) is not None

    @property
    def is_rehearsal(self) -> bool:
        return self.run.kind == VoteRun.Kind.REHEARSAL

    @property
    def is_early(self) -> bool:
        run = self.run
        early = run.state == VoteRun.State.PREPARED or run.opens_at is None
        return early or self.at < run.opens_at  # type: ignore[operator]

    @property
    def is_over(self) -> bool:
        run = self.run
        return run.state != VoteRun.State.OPEN or run.closes_at is None or self.at >= run.closes_at

    @property
    def lacks_area(self) -> bool:
        """Whether the voter still has to say where they live."""
        return asks_for_area(self.run) and not self.known_voter.area

    @cached_property
    def takes_codes(self) -> bool:
        """Whether there are voting codes with which one could vote here."""
        batches = self.run.process.code_batches.filter(purpose=CodePurpose.VOTING)
        return self.is_rehearsal or batches.filter(revoked_at=None).exists()

    @property
    def is_at_desk(self) -> bool:
        """Whether the device is that of a desk, which others use, too."""
        return Memory(self.request, self.run.uuid).notes.get("how") == DESK

    @property
    def who(self) -> str:
        """How the voter came in, in words."""
        notes = Memory(self.request, self.run.uuid).notes
        voter = self.known_voter
        if voter.user is not None:
            return _("You vote with your account, %(name)s.") % {"name": voter.user.get_username()}
        if notes.get("how") == DESK:
            return _("You vote at the desk. Nobody else sees your choice.")
        if notes.get("how") == CODE:
            return _("You vote with your voting code.")
        return _("You are a test voter.")

    @cached_property
    def vote_url(self) -> str:
        """The address of the vote's page."""
        return self.page.get_url(self.request) or ""

    def address(self, name: str, *args: Any) -> str:
        """The address of a page of this vote by the name of its route, such as ``vote``."""
        return self.vote_url + self.page.reverse_subpage(name, args=args)

    @property
    def sign_in_url(self) -> str:
        query = urlencode({"next": self.address("vote")})
        return f"{resolve_url(settings.LOGIN_URL)}?{query}"

    def show(
        self, template: str, *, status: int = 200, quiet: bool = True, **context: Any
    ) -> TemplateResponse:
        """
        Answer with a page of the booth; no cache keeps it and no search engine lists it.

        A ``quiet`` one stands in the frame the host has for the booth, if it has one.
        """
        if quiet and conf.BOOTH_BASE_TEMPLATE:
            context["civic_base_template"] = conf.BOOTH_BASE_TEMPLATE
        response = TemplateResponse(
            self.request,
            f"{FOLDER}/{template}.html",
            {
                "page": self.page,
                "self": self.page,
                "visit": self,
                "is_rehearsal": self.is_rehearsal,
                "vote_url": self.vote_url,
                "booth_url": self.address("vote"),
                "review_url": self.address("review"),
                "leave_url": self.address("leave"),
                "code_url": self.address("code"),
                "bulletin_url": self.address("bulletin"),
                **context,
            },
            status=status,
        )
        return discreet(response)

    def turned_away(self) -> HttpResponse | None:
        """Say why the visitor cannot be in the booth now, or return ``None``."""
        if self.is_early or self.is_over:
            return self.show_closed()
        if self.voter is None:
            return self.show_identify()
        if self.refusal is not None:
            return self.show_refused()
        if self.voted_on_paper:
            return self.show_voted_on_paper()
        if self.lacks_area:
            return redirect_to(self.address("area"))
        return None

    def show_closed(self, *, status: int = 200, said: str = "") -> HttpResponse:
        """The vote is not open: since when, or from when."""
        run = self.run
        if not self.is_early:
            title = _("The vote is closed")
            lead = run.closes_at and _("It was open until %(date)s.") % {
                "date": last_day(run.closes_at)
            }
        elif run.opens_at is None:
            title, lead = _("The vote has not opened yet"), ""
        else:
            title = _("The vote has not opened yet")
            lead = _("It opens on %(date)s.") % {"date": first_day(run.opens_at)}
        return self.show("closed", status=status, title=title, lead=lead, said=said)

    def show_identify(self, *, status: int = 200, said: str = "") -> HttpResponse:
        """Ask who votes: an account, or a code."""
        return self.show("identify", status=status, title=_("Who votes?"), said=said)

    def show_voted_on_paper(self) -> HttpResponse:
        """The voter's ballot is at a polling place."""
        lead = _("Your ballot from the polling place counts, so you cannot vote here as well.")
        return self.show("closed", status=403, title=_("You have voted on paper"), lead=lead)

    def show_refused(self) -> HttpResponse:
        """The account may not vote here: condition by condition, and how each is met."""
        voter = self.known_voter
        eligibility = Eligibility(voter.user, self.run.process, self.at)
        said = self.refusal.message if self.refusal else ""
        title = _("You cannot vote here yet")
        return self.show("refused", status=403, title=title, said=said, eligibility=eligibility)


def in_booth(view: View) -> View:
    """Call ``view(visit, …)`` for a voter who may vote now; turn everybody else away."""

    @wraps(view)
    def entered(request: HttpRequest, page: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = Visit(request, page)
        try:
            return visit.turned_away() or view(visit, *args, **kwargs)
        except ActionRefused as refused:
            return show_broken(visit, refused)

    return entered


def at_booth(view: View) -> View:
    """Call ``view(visit, …)`` for anybody who comes to the door, whether they may vote or not."""

    @wraps(view)
    def come(request: HttpRequest, page: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        visit = Visit(request, page)
        try:
            return view(visit, *args, **kwargs)
        except ActionRefused as refused:
            return show_broken(visit, refused)

    return come


def show_broken(visit: Visit, refused: ActionRefused) -> HttpResponse:
    """Something is wrong with the vote itself, such as its key: nothing can be done here."""
    title = _("This is not possible at the moment")
    return visit.show("broken", status=503, title=title, said=refused.message)


def redirect_to(address: str) -> HttpResponse:
    """Lead on with a GET, without leaving a trace in a cache."""
    response = HttpResponse(status=303, headers={"Location": address})
    return discreet(response)


def discreet(response: Any) -> Any:
    """Keep an answer out of caches, other people's frames and search engines."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
