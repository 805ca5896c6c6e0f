"""
What this room tells the rooms below: its kind of process, what it holds, what the database keeps.

Parts of the room with a good deal to say register it in a module of their own, called from here.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.history import register_history
from civic_sourcing.challenges import freezing, frozen_rows, outcomes
from civic_sourcing.challenges.actions.freeze import freeze_opened
from civic_sourcing.challenges.categories import register_categories
from civic_sourcing.challenges.change_news import register_news
from civic_sourcing.challenges.copying import take_challenge_along
from civic_sourcing.challenges.crowd.registrations import register_crowd
from civic_sourcing.challenges.editorial.registering import register_editorial
from civic_sourcing.challenges.entering import registrations as entering
from civic_sourcing.challenges.history import KIND, tell_history
from civic_sourcing.challenges.holdings import entries_held
from civic_sourcing.challenges.models import Entry
from civic_sourcing.challenges.panel.registrations import register_judging
from civic_sourcing.challenges.records import register_records
from civic_sourcing.challenges.results.registrations import register_results
from civic_sourcing.challenges.roles import register_roles
from civic_sourcing.challenges.verification import verify_challenges
from civic_sourcing.core.audit.verification import register_verifier
from civic_sourcing.core.tick import register_tick
from civic_sourcing.processes.copying import register_rules_copier
from civic_sourcing.processes.freezing import register_freeze
from civic_sourcing.processes.holdings import register_holdings
from civic_sourcing.processes.kinds import PhaseKind, register_process_kind

PHASES = (
    PhaseKind("announced", _("Announced"), _("Read what the city is looking for."), announces=True),
    PhaseKind("entering", _("Entering"), _("Hand in your entry.")),
    PhaseKind("working", _("Work goes on"), _("Those who were chosen carry their work on.")),
    PhaseKind("judging", _("Judging"), _("Judges score the entries.")),
    PhaseKind("verification", _("Verification"), _("Say so if a winner used work of others.")),
)


def register() -> None:
    register_process_kind("challenge", _("Challenge"), PHASES)
    register_roles()
    register_categories()
    register_news()
    register_editorial()
    register_records()
    register_holdings(entries_held, rows=Entry)
    register_rules_copier(take_challenge_along)
    register_freeze(conditions=freezing.refusal_of_conditions, rules=freezing.refusal_of_rules)
    frozen_rows.register_guards()
    register_verifier("challenges", verify_challenges)
    register_tick("civic_challenges.opening", freeze_opened)
    register_history(tell_history, results_or=(KIND,))
    outcomes.register()
    entering.register()
    register_judging()
    register_crowd()
    register_results()
