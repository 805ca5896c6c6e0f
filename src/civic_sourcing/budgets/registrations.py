"""
What this room tells the rooms below: its kind of process, what it holds, what the database keeps.
"""

from __future__ import annotations

from functools import partial

from django.apps import apps
from django.db.models.signals import pre_delete
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.signals import page_published

from civic_sourcing.attribution.history import register_history
from civic_sourcing.attribution.kinds import register_kind
from civic_sourcing.attribution.ways_on import WayOn, register_way_on
from civic_sourcing.budgets import freezing, outcomes
from civic_sourcing.budgets.booth.jobs import look_after_booth
from civic_sourcing.budgets.booth.mails import register_categories
from civic_sourcing.budgets.casting.guards import register_guards
from civic_sourcing.budgets.casting.jobs import look_after_votes
from civic_sourcing.budgets.casting.verification import chains_before_the_count, verify_runs
from civic_sourcing.budgets.contributions import ProjectContribution
from civic_sourcing.budgets.copying import take_vote_rules_along
from civic_sourcing.budgets.count_guards import register_guards as register_count_guards
from civic_sourcing.budgets.count_jobs import look_after_counts
from civic_sourcing.budgets.delivery.starting import promise_confirmed, promise_winners
from civic_sourcing.budgets.history import tell_history
from civic_sourcing.budgets.keeping import refuse_deletion
from civic_sourcing.budgets.models import (
    Ballot,
    BudgetProjectMixin,
    Envelope,
    RollEntry,
    VoteRun,
)
from civic_sourcing.budgets.personal_records import ProjectRecords
from civic_sourcing.budgets.polling.guards import register_guards as register_paper_guards
from civic_sourcing.budgets.polling.policies import register_roles
from civic_sourcing.budgets.projects.settling import tell_ledger
from civic_sourcing.budgets.rule_verification import verify_rules
from civic_sourcing.budgets.signals import count_confirmed
from civic_sourcing.budgets.turnout import publish_turnouts
from civic_sourcing.budgets.verification import verify_counts
from civic_sourcing.core.audit.verification import register_undisclosed, register_verifier
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.processes.copying import register_rules_copier
from civic_sourcing.processes.freezing import register_freeze
from civic_sourcing.processes.guards import keep_pages_of
from civic_sourcing.processes.holdings import Holding, register_holdings
from civic_sourcing.processes.kinds import PhaseKind, register_process_kind
from civic_sourcing.processes.models import Process

PHASES = (
    PhaseKind("projects", _("Projects shown"), _("Look at the projects before the vote opens.")),
    PhaseKind("voting", _("Voting"), _("Choose the projects the money should go to.")),
    PhaseKind("counting", _("Counting"), _("The ballots are being counted.")),
    PhaseKind("results", _("Results"), _("See what was funded, and why.")),
    PhaseKind("delivery", _("Delivery"), _("Follow how the funded projects are carried out.")),
)

MAKE_PROJECTS = WayOn(
    "make_projects",
    _("Make projects"),
    _("Make projects of a budget vote of what is chosen"),
    partial(reverse, "civic_budgets_projects:choose_vote"),
)


def register() -> None:
    register_process_kind("budget", _("Budget vote"), PHASES)
    register_holdings(ballots_held, rows=Ballot)
    register_holdings(votes_held, rows=VoteRun)
    register_rules_copier(take_vote_rules_along)
    keep_pages_of(RollEntry)
    register_kind(ProjectContribution())
    register_personal_records(ProjectRecords())
    for model in apps.get_models():
        if issubclass(model, BudgetProjectMixin):
            pre_delete.connect(refuse_deletion, sender=model)
            page_published.connect(tell_ledger, sender=model)
    register_verifier("counts", verify_counts)
    register_count_guards()
    register_guards()
    freezing.register_guards()
    register_paper_guards()
    register_roles()
    register_freeze(conditions=freezing.refusal_of_conditions, rules=freezing.refusal_of_rules)
    register_verifier("votes", verify_runs)
    register_undisclosed(chains_before_the_count)
    register_verifier("rules", verify_rules)
    register_tick("civic_budgets.votes", look_after_votes)
    register_tick("civic_budgets.booth", look_after_booth)
    register_tick("civic_budgets.counts", look_after_counts)
    register_categories()
    register_tick("civic_budgets.delivery", promise_confirmed)
    count_confirmed.connect(promise_winners)
    register_tick("civic_budgets.turnout", publish_turnouts)
    outcomes.register()
    register_way_on(MAKE_PROJECTS)
    register_history(tell_history, results_or=("project",))


def ballots_held(process: Process) -> Holding | None:
    """
    How many ballots a vote holds, in words; no number while they are sealed: turnout is told in
    steps of ten.
    """
    count = Ballot.objects.of(process).count()
    sealed = Envelope.objects.filter(run__in=process.vote_runs.in_earnest())
    if sealed.exists():
        return Holding(_("sealed ballots"), count + 1)
    return Holding(
        ngettext("%(count)d ballot", "%(count)d ballots", count) % {"count": count}, count
    )


def votes_held(process: Process) -> Holding | None:
    """A vote that was prepared here, or is rehearsed; an import is told by its ballots."""
    runs = process.vote_runs.order_by()
    if runs.filter(kind=VoteRun.Kind.REAL).exists():
        return Holding(_("a vote"), 1)
    if runs.filter(kind=VoteRun.Kind.REHEARSAL).exists():
        return Holding(_("a rehearsal, which can be erased"), 1)
    if runs.exists() and not process.ballots.exists():
        return Holding(_("an imported vote"), 1)
    return None
