"""What the database itself keeps of rankings, decisions and awards, whoever writes."""

from __future__ import annotations

from civic_sourcing.challenges.models import Award, Decision, Instalment, Placement, Prize, Ranking
from civic_sourcing.core.triggers import (
    NOW,
    Event,
    Trigger,
    append_only,
    changed,
    never_deleted,
    register_trigger,
)

# ruff: noqa: S608 - the names are those of our own tables

DECISIONS = Decision._meta.db_table
PLACEMENTS = Placement._meta.db_table
AWARDS = Award._meta.db_table
INSTALMENTS = Instalment._meta.db_table
PRIZES = Prize._meta.db_table

PROPOSED = (
    "uuid", "round_id", "ranking_id", "no_award", "deviates", "reason", "proposed_by",
    "proposed_at", "instead_of_id",
)  # fmt: skip
CONFIRMED = ("confirmed_by", "confirmed_at", "verification_until")
AWARDED = ("uuid", "placement_id", "amount", "offered_at", "cancellable_until")
PAID = ("uuid", "award_id", "milestone", "amount", "reached_on", "reached_by", "paid_on", "paid_by")

BOUND = "('offered', 'accepted', 'papers', 'final')"


def register_guards() -> None:
    """Have the triggers installed after every migrate."""
    append_only(Ranking)
    append_only(Placement)
    never_deleted(Decision)
    never_deleted(Award)
    _guard_what_was_decided()
    _guard_beginnings()
    _guard_awards()
    _guard_amounts_of_instalments()
    _guard_payment()


def _guard_what_was_decided() -> None:
    stays = (
        f"{changed(*PROPOSED)} OR OLD.withdrawn_at IS NOT NULL"
        f" OR (OLD.confirmed_at IS NOT NULL AND ({changed(*CONFIRMED)}))"
        f" OR (OLD.final_at IS NOT NULL AND ({changed('final_at', 'withdrawn_at')}))"
    )
    _guard(
        "civic_winners_stay", DECISIONS, Event.UPDATE, stays, "What was decided stays as it was."
    )
    too_early = (
        "NEW.final_at IS NOT NULL AND OLD.final_at IS NULL AND (NEW.confirmed_at IS NULL"
        " OR NEW.withdrawn_at IS NOT NULL OR NEW.verification_until > {now})"
    )
    register_trigger(
        Trigger(
            "civic_winners_final_when_verified",
            DECISIONS,
            Event.UPDATE,
            {vendor: too_early.format(now=now) for vendor, now in NOW.items()},
            "A decision is final when its verification is over.",
        )
    )


def _guard_beginnings() -> None:
    """Keep a decision from beginning confirmed, and a placement from a decision that is."""
    _guard(
        "civic_winners_begin_open",
        DECISIONS,
        Event.INSERT,
        "NEW.confirmed_at IS NOT NULL OR NEW.final_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL",
        "A decision is proposed by one person and confirmed by another.",
    )
    _guard(
        "civic_moving_up_of_ended",
        DECISIONS,
        Event.INSERT,
        f"NEW.instead_of_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {AWARDS} a"
        f" JOIN {PLACEMENTS} p ON p.id = a.placement_id JOIN {DECISIONS} d ON d.id = p.decision_id"
        f" WHERE a.id = NEW.instead_of_id AND a.state NOT IN {BOUND}"
        " AND d.round_id = NEW.round_id)",
        "Somebody moves up in a phase where an award was declined or cancelled.",
        AWARDS,
        PLACEMENTS,
    )
    _guard(
        "civic_placement_of_open",
        PLACEMENTS,
        Event.INSERT,
        f"NOT EXISTS (SELECT 1 FROM {DECISIONS} d WHERE d.id = NEW.decision_id"
        " AND d.confirmed_at IS NULL AND d.withdrawn_at IS NULL)",
        "Nobody is added to winners who were confirmed.",
        DECISIONS,
    )


def _guard_awards() -> None:
    unfounded = (
        f"NOT EXISTS (SELECT 1 FROM {PLACEMENTS} p JOIN {DECISIONS} d ON d.id = p.decision_id"
        " WHERE p.id = NEW.placement_id AND p.place IS NOT NULL AND p.amount = NEW.amount"
        " AND d.final_at IS NOT NULL AND d.withdrawn_at IS NULL)"
    )
    message = "An award follows from a final decision, with its amount."
    _guard("civic_award_follows", AWARDS, Event.INSERT, unfounded, message, PLACEMENTS, DECISIONS)
    too_much = (
        f"NEW.amount + COALESCE((SELECT SUM(o.amount) FROM {AWARDS} o"
        f" JOIN {PLACEMENTS} p ON p.id = o.placement_id WHERE o.state IN {BOUND}"
        f" AND p.prize_id = (SELECT w.prize_id FROM {PLACEMENTS} w WHERE w.id = NEW.placement_id)),"
        f" 0) > COALESCE((SELECT z.amount FROM {PRIZES} z JOIN {PLACEMENTS} w"
        " ON w.prize_id = z.id WHERE w.id = NEW.placement_id), 0)"
    )
    message = "Awards are not more than their prize."
    _guard("civic_award_within_prize", AWARDS, Event.INSERT, too_much, message, PLACEMENTS, PRIZES)
    ends = (
        f"{changed(*AWARDED)} OR (OLD.state IN ('declined', 'cancelled') AND"
        " NEW.state <> OLD.state)"
        " OR (NEW.state = 'cancelled' AND OLD.state <> 'cancelled'"
        " AND NEW.cancellable_until <= {now})"
    )
    register_trigger(
        Trigger(
            "civic_award_stays",
            AWARDS,
            Event.UPDATE,
            {vendor: ends.format(now=now) for vendor, now in NOW.items()},
            "An award keeps its amount, ends once, and is cancelled in its time only.",
        )
    )


def _guard_amounts_of_instalments() -> None:
    of_award = f"FROM {AWARDS} a WHERE a.id = NEW.award_id"
    too_much = (
        f"NEW.amount + COALESCE((SELECT SUM(o.amount) FROM {INSTALMENTS} o"
        " WHERE o.award_id = NEW.award_id AND o.id <> COALESCE(NEW.id, 0)), 0)"
        f" > (SELECT a.amount {of_award})"
    )
    for event in (Event.INSERT, Event.UPDATE):
        name = event.value.lower()
        message = "Instalments are not more than their award."
        stem = f"civic_instalment_within_award_{name}"
        _guard(stem, INSTALMENTS, event, too_much, message, AWARDS)


def _guard_payment() -> None:
    """What is paid, when, and that it stays."""
    unpayable = (
        f"NOT EXISTS (SELECT 1 FROM {AWARDS} a WHERE a.id = NEW.award_id AND a.state = 'papers')"
    )
    _guard(
        "civic_instalment_begins_unpaid",
        INSTALMENTS,
        Event.INSERT,
        "NEW.paid_on IS NOT NULL",
        "An instalment is paid after it was planned.",
    )
    _guard(
        "civic_instalment_of_payable",
        INSTALMENTS,
        Event.UPDATE,
        f"NEW.paid_on IS NOT NULL AND OLD.paid_on IS NULL AND {unpayable}",
        "Only an award that was accepted, with its papers complete, is paid.",
        AWARDS,
    )
    _guard(
        "civic_instalment_paid_stays",
        INSTALMENTS,
        Event.UPDATE,
        f"OLD.paid_on IS NOT NULL AND ({changed(*PAID)})",
        "What was paid stays as it is.",
    )
    _guard(
        "civic_instalment_paid_kept",
        INSTALMENTS,
        Event.DELETE,
        "OLD.paid_on IS NOT NULL",
        "What was paid is never deleted.",
    )


def _guard(
    name: str, table: str, event: Event, refuse_when: str, message: str, *reads: str
) -> None:
    register_trigger(Trigger(name, table, event, refuse_when, message, reads))
