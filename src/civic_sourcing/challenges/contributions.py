"""Entries as contributions: how the ledger shows, hides, restores, masks and blanks them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.attribution import gate
from civic_sourcing.attribution.kinds import ContributionKind
from civic_sourcing.challenges.actions.entries import KIND, empty
from civic_sourcing.challenges.entering import documents, teams
from civic_sourcing.challenges.entering.places import address, in_language_of, pages_of
from civic_sourcing.challenges.models import Entry, EntryState
from civic_sourcing.challenges.sealing import opened_document
from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused

if TYPE_CHECKING:
    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.participants.models import Participant

KEEPER = "challenge"
TEAM_KEEPER = "team_guardian"


def hold_until_decided(submission: gate.Submission) -> gate.Verdict:
    """Hold every entry: it becomes public with the decision, and only as its solver wished."""
    if submission.kind != KIND or _is_public(submission.contribution):
        return None
    return gate.Hold(KEEPER, gettext_lazy("It becomes public when the winners are decided."))


def _is_public(contribution: Contribution | None) -> bool:
    return contribution is not None and contribution.is_public


def hold_for_team(submission: gate.Submission) -> gate.Verdict:
    """Held for young members by who opens the entry, as the gate knows no team; released alone."""
    return None


def register_keepers() -> None:
    """Nobody else lets through what these hold: neither before the decision nor for a guardian."""
    gate.register_keeper(KEEPER, hold_until_decided, releases_alone=True)
    gate.register_keeper(TEAM_KEEPER, hold_for_team, releases_alone=True)


class EntryContribution(ContributionKind):
    """An entry stands in the ledger from the deadline on, and is public with the decision."""

    key = KIND
    label = gettext_lazy("Entry to a challenge")
    has_own_summary = True
    is_followed_for_delivery = False

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, Entry]:
        keys = [contribution.pk for contribution in contributions]
        entries = Entry.objects.filter(contribution__in=keys)
        rows = entries.select_related("process", "round", "captain")
        return {entry.contribution_id: entry for entry in rows if entry.contribution_id}

    def url(self, contribution: Contribution) -> str:
        return self.urls([contribution]).get(contribution.pk, "")

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """Below the challenge's page in the language of the entry, else in another one."""
        shown = [each for each in contributions if each.is_public]
        entries = self.contents(shown)
        pages = pages_of({entry.process_id: entry.process for entry in entries.values()}.values())
        return {
            key: address(
                in_language_of(pages[entry.process_id], entry.language), "entry", entry.number
            )
            for key, entry in entries.items()
        }

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        page = in_language_of(pages_of([contribution.process])[contribution.process_id])
        url = (page.get_url() or "") if page else ""
        return {"parent": page, "place": page.title if page else "", "url": url}

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        """As opened: the next version of an entry that went on is sealed from the ledger, too."""
        entry = self._entry(contribution)
        document: Any = entry.handed_in
        if entry.state == EntryState.SUBMITTED:
            document = opened_document(entry, clock.now()) or {}
        return documents.title_and_text(document)

    def lock(self, contribution: Contribution) -> None:
        list(Entry.objects.select_for_update(no_key=True).filter(contribution=contribution))

    def show(self, contribution: Contribution) -> None:
        """It is listed where its contribution is public."""

    def restore(self, contribution: Contribution) -> None:
        """As ``show``."""

    def hide(self, contribution: Contribution) -> None:
        """As ``show``; judges see it no more either (``EntryQuerySet.to_judge``)."""

    def withdraw(self, contribution: Contribution) -> None:
        """What was public stays readable and says so; what was not is emptied."""
        entry, at = self._entry(contribution), clock.now()
        if not contribution.is_public:
            empty(entry, EntryState.WITHDRAWN, at=at)
            return
        entry.state, entry.withdrawn_at = EntryState.WITHDRAWN, at
        entry.save(update_fields=["state", "withdrawn_at"])

    def blank(self, contribution: Contribution) -> None:
        entry = self._entry(contribution)
        if entry.handed_in or entry.words or entry.state == EntryState.SUBMITTED:
            empty(entry, EntryState.RETURNED, at=clock.now())

    def mask(self, contribution: Contribution, title: str, text: str) -> None:
        """Put the whole text in place of all parts; files go from what can be read with them."""
        entry = self._entry(contribution)
        entry.handed_in = documents.masked(entry.handed_in, title, text)
        entry.title = title
        entry.words = {}
        entry.save(update_fields=["handed_in", "title", "words"])
        for submission in entry.submissions.exclude(salt=""):
            submission.document, submission.salt = {}, ""
            submission.save(update_fields=["document", "salt"])

    def keepsake(self, contribution: Contribution) -> Mapping[str, Any]:
        """The parts of the document, which is one text under the mask."""
        return {"document": self._entry(contribution).handed_in}

    def bring_back(self, contribution: Contribution, keepsake: Mapping[str, Any]) -> None:
        entry = self._entry(contribution)
        if document := keepsake.get("document"):
            entry.handed_in, entry.title = document, document["title"]
            entry.save(update_fields=["handed_in", "title"])

    def affected(self, contribution: Contribution) -> Iterable[Participant]:
        """The team beside its captain."""
        entry = self.content(contribution)
        return teams.people_of(entry)[1:] if entry else ()

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        rows = list(contributions)
        entries = self.contents(row for row in rows if row.is_public)
        pages = pages_of({entry.process_id: entry.process for entry in entries.values()}.values())
        return {key for key, entry in entries.items() if pages[entry.process_id]}

    def visible_to(
        self, contributions: Iterable[Contribution], request: HttpRequest
    ) -> Collection[int]:
        """Those below a page this visitor may open."""
        entries = self.contents(row for row in contributions if row.is_public)
        pages = pages_of({entry.process_id: entry.process for entry in entries.values()}.values())
        open_to = {
            key: any(_lets_in(page, request) for page in found) for key, found in pages.items()
        }
        return {key for key, entry in entries.items() if open_to[entry.process_id]}

    def strays(self) -> Iterable[str]:
        """None: an entry has no row in the ledger before its deadline."""
        return ()

    def _entry(self, contribution: Contribution) -> Entry:
        entry: Entry | None = self.contents([contribution]).get(contribution.pk)
        if entry is None:
            raise ActionRefused(_("This no longer exists."), code="gone")
        return entry


def _lets_in(page: Any, request: HttpRequest) -> bool:
    return all(each.accept_request(request) for each in page.get_view_restrictions())
