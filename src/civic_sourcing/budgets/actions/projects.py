"""Projects come onto the ballot paper, change there, and know what they were made of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import swapper
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogContext

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.actions.derive import DeriveContribution, refuse_unpublished
from civic_sourcing.attribution.contributions.places import processes_of
from civic_sourcing.attribution.credits.policies import may_merge
from civic_sourcing.attribution.models import Channel, Contribution, DerivationKind
from civic_sourcing.budgets.contributions import KIND
from civic_sourcing.budgets.freezing import refuse_if_frozen
from civic_sourcing.budgets.models import Project, VoteArea, VoteCategory
from civic_sourcing.budgets.projects.facts import Facts, FactsDraft
from civic_sourcing.budgets.projects.making import project_page
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.budgets.projects.origins import bar_of
from civic_sourcing.budgets.projects.policies import MayAddProjects
from civic_sourcing.budgets.projects.words import Words, words_of
from civic_sourcing.budgets.signals import projects_added
from civic_sourcing.core.actions import Action
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.policies import Always, Occasion, System
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

OFFICIALS = frozenset({"official"})
MOST = 500
"""Projects added in one step."""


class SetProject(Action[Process]):
    """
    Put the ``facts`` of a project of this vote into force; a new one enters the ledger.

    Takes ``project`` (``None``: a new one), ``words`` as the ledger is to know it and ``origins``,
    contributions (by UUID) whose credits flow into it. Whoever may publish the page of the project
    may do this, which Wagtail asks. Refused: ``frozen``, ``incomplete``, ``number-taken``,
    ``unknown-area``, ``unknown-category``, ``cost-range``. Returns the project.
    """

    verb = "set_project"
    policy = Always()

    facts: Facts
    words: Words
    project: Project | None = None
    origins: Sequence[UUID] = ()

    def check(self) -> None:
        refuse_if_frozen(self.subject)
        facts = self.facts
        if not facts.complete:
            raise ActionRefused(
                _("A project needs a number and a cost before it can be published."),
                code="incomplete",
            )
        others = self.subject.projects.filter(number=facts.number)
        if any(other != self.project for other in others):
            raise ActionRefused(
                _("Another project of this vote has the number “%(number)s”."),
                code="number-taken",
                number=facts.number,
            )
        if facts.cost_least is not None and facts.cost_least > (facts.cost or 0):
            raise ActionRefused(_("The least cost is above the highest."), code="cost-range")
        self.area = self._part(VoteArea, facts.area, "unknown-area")
        self.category = self._part(VoteCategory, facts.category, "unknown-category")

    def perform(self) -> Project:
        row = self._row()
        self.is_new = row.pk is None
        row.number, row.cost = self.facts.number, self.facts.cost or 0
        row.cost_least, row.running_cost = self.facts.cost_least, self.facts.running_cost
        row.area, row.category = self.area, self.category
        row.save()
        for source in Contribution.objects.filter(uuid__in=self.origins).order_by("pk"):
            self._credit(row, source)
        return row

    def audit_details(self) -> dict[str, Any]:
        return {
            "project": str(self.result.contribution.uuid) if self.result.contribution else "",
            "new": self.is_new,
            "cost": self.facts.cost or 0,
        }

    def _row(self) -> Project:
        if self.project is None:
            last = self.subject.projects.aggregate(last=Max("position"))["last"]
            row = Project(process=self.subject, position=0 if last is None else last + 1)
        else:
            row = Project.objects.select_for_update(of=("self",)).get(
                pk=self.project.pk, process=self.subject
            )
        row.contribution = row.contribution or self._enter()
        return row

    def _enter(self) -> Contribution:
        return ledger.receive(
            KIND,
            process=self.subject,
            author=None,
            title=self.words.title,
            text=self.words.text,
            language=self.words.language,
            channel=Channel.STAFF,
            entered_by=Participant.objects.of(self.by) if self.by else None,
        )

    def _credit(self, project: Project, source: Contribution) -> None:
        """Let credits flow from ``source``; what is not public any more is left out."""
        by = self.by if may_merge.allows(Occasion(self.by, self.subject, self.at)) else None
        target: Any = project.contribution
        try:
            refuse_unpublished(source)
            DeriveContribution(
                target, by=by, source=source, kind=DerivationKind.BECOMES_PROJECT
            ).execute()
        except ActionRefused:
            return

    def _part(self, model: Any, code: str, refused: str) -> Any:
        found = model.objects.filter(process=self.subject, code=code).first() if code else None
        if code and found is None:
            raise ActionRefused(
                _("“%(part)s” is not set up in this vote."), code=refused, part=code
            )
        return found


class ReviseProject(Action[Contribution]):
    """Let the ledger know what a project's page says now. Takes ``words``."""

    verb = "revise_project"
    policy = Always()

    words: Words

    def perform(self) -> Contribution:
        ledger.revise(self.subject, title=self.words.title, text=self.words.text)
        return self.subject


class AddProjects(Action[Any]):
    """
    Make a page below the vote's page for each of ``projects``, all or none.

    With ``publish`` they are published and stand on the ballot paper; otherwise they are drafts,
    whose facts take effect when they are published. Refused: ``too-many``, ``frozen``, and for
    what is published, as ``SetProject`` refuses. The result is the keys of the pages.
    """

    verb = "add_projects"
    policy = System() | MayAddProjects()
    announces = projects_added

    projects: Sequence[NewProject]
    publish: bool = False

    def check(self) -> None:
        refuse_if_frozen(self.subject.process)
        if len(self.projects) > MOST:
            raise ActionRefused(
                _("At most %(most)s projects are added in one step."), code="too-many", most=MOST
            )
        self.pages = self._pages()
        for source in self._sources():
            if bar := bar_of(source, self.subject.process):
                raise ActionRefused(bar, code="barred")

    def content(self) -> Mapping[str, Any]:
        digest = hashlib.sha256(repr(tuple(self.projects)).encode()).hexdigest()
        return {"subject": self.subject, "projects": digest, "publish": self.publish}

    def perform(self) -> list[int]:
        with LogContext(user=self.by):
            return [self._add(project).pk for project in self.projects]

    def audit_details(self) -> dict[str, Any]:
        return {"page": self.subject.pk, "projects": len(self.result), "publish": self.publish}

    def _add(self, project: NewProject) -> Any:
        vote = self.pages.get(project.language, self.subject)
        page = vote.add_child(instance=project_page(vote, project))
        if self.publish:
            put_into_force(page, by=self.by)
            page.save(clean=False)
        revision = page.save_revision(user=self.by, clean=False)
        if self.publish:
            revision.publish(user=self.by, skip_permission_checks=True)
        return page

    def _pages(self) -> dict[str, Any]:
        """The vote's pages by language, under lock: a project is put where its language is."""
        pages = swapper.load_model("wagtailcore", "Page")._base_manager.select_for_update(
            no_key=True
        )
        keys = {"translation_key": self.subject.translation_key, "alias_of": None}
        found = [page.specific for page in pages.filter(**keys).order_by("pk")]
        allowed = MayAddProjects() if self.by else Always()
        return {
            page.locale.language_code: page
            for page in found
            if allowed.allows(Occasion(self.by, page, self.at, {"publish": self.publish}))
        }

    def _sources(self) -> list[Contribution]:
        """What the projects are made of; an official may do that in the places of the office."""
        wanted = {origin for project in self.projects for origin in project.origins}
        found = Contribution.objects.filter(uuid__in=wanted).select_related("process")
        if self.by is not None and wanted:
            found = found.filter(process__in=processes_of(self.by, OFFICIALS))
        sources = list(found.order_by("pk"))
        if len(sources) < len(wanted):
            raise ActionRefused(
                _("Only officials make projects of what was proposed."), code="not-official"
            )
        return sources


def put_into_force(page: Any, *, by: Any) -> None:
    """
    Give a page its project, with the facts drafted on it. The page is for the caller to save.

    A translation takes the project of the others; a draft made from older facts is dropped. Raises
    ``ActionRefused`` as ``SetProject`` does, and then leaves the page alone.
    """
    others = translations_of(page)
    project = page.project or next((other.project for other in others if other.project), None)
    in_force, draft = Facts.of(project), FactsDraft.from_json(page.facts_draft)
    wanted = draft.facts if draft and draft.is_current(in_force) else in_force
    if project is None or wanted != in_force or project.contribution_id is None:
        project = SetProject(
            page.vote.process,
            by=by,
            project=project,
            facts=wanted,
            words=words_of(page),
            origins=[UUID(key) for each in (page, *others) for key in each.origins],
        ).execute()
    page.project, page.facts_draft, page.origins = project, None, []


def translations_of(page: Any) -> list[Any]:
    """The pages about the same project in other languages, the first first."""
    pages = type(page)._base_manager.filter(translation_key=page.translation_key, alias_of=None)
    return list(pages.exclude(pk=page.pk).select_related("project").order_by("pk"))
