from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any
from unicodedata import normalize
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Channel
from civic_sourcing.budgets.actions.count import CountBallots
from civic_sourcing.budgets.ballots.documents import written
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.elections import ballot_content
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetProjectPage,
    BudgetRules,
    BudgetVotePage,
    ImportedFile,
    Project,
    VoteRun,
)
from civic_sourcing.budgets.projects.making import free_slug
from civic_sourcing.budgets.signals import election_imported
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Superuser, System
from civic_sourcing.processes.actions import SetRules
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.rules import PhaseRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from civic_sourcing.attribution.models import Contribution
    from civic_sourcing.budgets.counting import Project as PaperProject
    from civic_sourcing.budgets.counting.ballots import Progress
    from civic_sourcing.budgets.published import PublishedElection

BATCH = 2000
TITLE_LENGTH = 255


class ImportElection(Action[Any]):
    """
    Turn a published election into a vote with its projects, ballots and count, below a page.

    ``subject`` is the page above, ``published`` a ``PublishedElection``; ``progress`` is told how
    many ballots are stored, and of how many. All or nothing; ballots lose their voter ids, and age
    and sex are taken over only as ``published`` says. The same file twice below one page is refused
    (code ``imported-before``). Returns the vote's page, published.
    """

    verb = "import"
    policy = System() | Superuser()
    announces = election_imported

    published: PublishedElection
    progress: Progress | None = None
    vote: Any

    def check(self) -> None:
        if not BudgetVotePage.can_create_at(self.subject):
            raise ActionRefused(
                gettext_lazy("A budget vote cannot be placed below “%(page)s”."),
                code="wrong-parent",
                page=self.subject.title,
            )
        twin = self._imported_before()
        if twin is not None:
            raise ActionRefused(
                gettext_lazy(
                    "This file was already imported here, as “%(page)s” (page %(id)s). "
                    "Nothing was imported."
                ),
                code="imported-before",
                page=twin.title,
                id=twin.pk,
            )
        self.published.check()

    def perform(self) -> BudgetVotePage:
        with translation.override(self.subject.locale.language_code):
            self.vote = self._add_vote()
        self._set_rules()
        self._add_projects()
        self._store_ballots()
        CountBallots(self.process, by=self.by).execute()
        _publish(self.vote, self.by)
        self.vote = BudgetVotePage.objects.get(pk=self.vote.pk)
        return self.vote

    @property
    def process(self) -> Process:
        """The process of the new vote."""
        process: Process = self.vote.process
        return process

    def chain(self) -> UUID:
        return self.process.uuid

    def audit_details(self) -> dict[str, Any]:
        voters = self.published.voters
        return {
            "page": self.vote.pk,
            "file": self.published.digest,
            "projects": len(self.published.election.projects),
            "ballots": self.published.election.ballot_count,
            **({"voters": list(voters.columns), "years": voters.years} if voters else {}),
        }

    def _imported_before(self) -> BudgetVotePage | None:
        return (
            BudgetVotePage.objects.child_of(self.subject)
            .filter(process__budget_rules__file_digest=self.published.digest)
            .first()
        )

    def _add_vote(self) -> BudgetVotePage:
        published = self.published
        vote = BudgetVotePage(
            title=_shortened(published.title),
            slug=free_slug(published.slug or published.title, taken=_slugs_below(self.subject)),
            locale=self.subject.locale,
            source_note=published.source or _default_source(published),
            text_language=published.foreign_language(self.subject.locale.language_code),
            live=False,
        )
        return self.subject.add_child(instance=vote)

    def _set_rules(self) -> None:
        published, process = self.published, self.process
        BudgetRules.objects.create(
            process=process,
            amount=published.minor_units(published.election.budget),
            currency=published.currency,
            ballot_type=str(published.election.vote_type),
            rule=published.rule,
            announced_rule=published.election.rule or "",
            threshold=published.threshold,
            limits=written(published.limits) if published.limits else {},
            file_digest=published.digest,
        )
        self._keep_texts()
        period = published.voting(before=self.at)
        phases = [PhaseRule("voting", period.opens_at, period.closes_at)] if period else []
        SetRules(process, by=self.by, mandate=published.mandate, phases=phases).execute()
        process.refresh_from_db()

    def _keep_texts(self) -> None:
        """META and the columns of projects as the file has them, for an export."""
        election = self.published.election
        columns = list(dict.fromkeys(c for p in election.projects for c in p.columns))
        ImportedFile.objects.create(
            process=self.process,
            meta=[[key, value] for key, value in election.meta.items()],
            columns=columns,
            projects=[
                [p.id, p.name, *(p.columns.get(column, "") for column in columns)]
                for p in election.projects
            ],
        )

    def _add_projects(self) -> None:
        election, process = self.published.election, self.process
        projects = Project.objects.bulk_create(
            Project(
                process=process,
                contribution=self._enter(project),
                number=project.id,
                cost=self.published.minor_units(project.cost),
                position=project.position,
                outcome=Project.Outcome.WITHDRAWN
                if project.withdrawn
                else Project.Outcome.UNDECIDED,
            )
            for project in election.projects
        )
        taken: set[str] = set()
        for row, project in zip(projects, election.projects, strict=True):
            page = self._project_page(row, project, taken)
            _publish(self.vote.add_child(instance=page), self.by)

    def _enter(self, project: PaperProject) -> Contribution:
        """Enter a project into the ledger; a file does not say whose idea it was."""
        name = normalize("NFC", project.name or project.id)
        return ledger.receive(
            KIND,
            process=self.process,
            author=None,
            title=_shortened(name),
            text=name if len(name) > TITLE_LENGTH else "",
            language=self.vote.text_language or self.vote.locale.language_code,
            channel=Channel.IMPORT,
        )

    def _project_page(
        self, row: Project, project: PaperProject, taken: set[str]
    ) -> BudgetProjectPage:
        name = project.name or project.id
        slug = free_slug(f"{project.id} {name}", taken=taken)
        taken.add(slug)
        columns = project.columns
        return BudgetProjectPage(
            title=_shortened(name),
            slug=slug,
            locale=self.vote.locale,
            project=row,
            description=_long_name(name),
            category=_listed(columns.get("category", "")),
            target=_listed(columns.get("target") or columns.get("beneficiaries", "")),
            place=_shortened(columns.get("district") or columns.get("neighborhood", "")),
            text_language=self.vote.text_language,
            live=False,
        )

    def _store_ballots(self) -> None:
        """Into a run of their own: closed, without a roll."""
        run = VoteRun.objects.create(
            process=self.process,
            kind=VoteRun.Kind.IMPORTED,
            state=VoteRun.State.CLOSED,
            closed_at=self.at,
        )
        ballots, stored = self._ballots(run), 0
        while batch := list(islice(ballots, BATCH)):
            Ballot.objects.bulk_create(batch)
            stored += len(batch)
            if self.progress:
                self.progress(stored, self.published.election.ballot_count)

    def _ballots(self, run: VoteRun) -> Iterator[Ballot]:
        """Equal ballots one after the other: their order in the file tells nothing any more."""
        process, channel = self.process, Ballot.Channel.IMPORTED
        for content, voter, times in self._merged():
            for _number in range(times):
                yield Ballot(
                    process=process, run=run, channel=channel, content=content, voter=voter
                )

    def _merged(self) -> Iterator[tuple[str, str, int]]:
        """Contents, what is told of the voters, and how often; in no order that tells anything."""
        ballots, voters = self.published.election.ballots, self.published.voters
        if voters is None:
            yield from ((ballot_content(ballot), "", ballot.times) for ballot in ballots)
            return
        for (place, values), times in sorted(voters.rows.items()):
            yield ballot_content(ballots[place]), voters.written(values), times


def _publish(page: Any, by: Any) -> None:
    page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)


def _slugs_below(page: Any) -> set[str]:
    return set(page.get_children().values_list("slug", flat=True))


def _default_source(published: PublishedElection) -> str:
    return _("Read from the published file %(name)s (SHA-256 %(digest)s).") % {
        "name": published.file_name,
        "digest": published.digest,
    }


def _shortened(text: str) -> str:
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"


def _long_name(name: str) -> str:
    """The whole name as the beginning of the description, where it is too long for a title."""
    return format_html("<p>{}</p>", name) if len(name) > TITLE_LENGTH else ""


def _listed(text: str) -> str:
    """A comma-separated list of the file with a space after each comma, cut to the field."""
    return _shortened(", ".join(part.strip() for part in text.split(",") if part.strip()))
