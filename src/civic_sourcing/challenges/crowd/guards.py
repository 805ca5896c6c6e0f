"""What the database itself keeps of votes beside the panel, whoever writes."""

from __future__ import annotations

from civic_sourcing.attribution.models import Credit
from civic_sourcing.challenges.models import CrowdScore, CrowdVote, Entry, Round, TeamMember
from civic_sourcing.core.triggers import Event, Trigger, never_deleted, register_trigger

# ruff: noqa: S608 - the names are those of our own tables

SCORES = CrowdScore._meta.db_table
VOTES, ROUNDS = CrowdVote._meta.db_table, Round._meta.db_table
ENTRIES, MEMBERS, CREDITS = Entry._meta.db_table, TeamMember._meta.db_table, Credit._meta.db_table

OWN = (
    f"EXISTS (SELECT 1 FROM {ENTRIES} e WHERE e.id = NEW.entry_id AND"
    " (e.captain_id = NEW.participant_id"
    f" OR EXISTS (SELECT 1 FROM {MEMBERS} m WHERE m.entry_id = e.id"
    " AND m.participant_id = NEW.participant_id AND m.joined_at IS NOT NULL AND m.left_at IS NULL)"
    f" OR EXISTS (SELECT 1 FROM {CREDITS} c WHERE c.contribution_id = e.contribution_id"
    " AND c.participant_id = NEW.participant_id AND c.state = 'accepted')))"
)
ELSEWHERE = (
    f"NOT EXISTS (SELECT 1 FROM {ENTRIES} e JOIN {ROUNDS} r ON r.process_id = e.process_id"
    " WHERE e.id = NEW.entry_id AND r.id = NEW.round_id)"
)
DURING = {
    "postgresql": (
        "r.closes_at + v.wait_days * interval '24 hours' <= NEW.at"
        " AND NEW.at < r.closes_at + (v.wait_days + v.days) * interval '24 hours'"
    ),
    "sqlite": (
        "strftime('%Y-%m-%d', r.closes_at, '+' || v.wait_days || ' days')"
        " || substr(r.closes_at, 11) <= NEW.at AND NEW.at <"
        " strftime('%Y-%m-%d', r.closes_at, '+' || (v.wait_days + v.days) || ' days')"
        " || substr(r.closes_at, 11)"
    ),
}
"""The same time of day so many days later, exact to the microsecond, as each database writes it."""

IN_ITS_PLACE = (
    f"NOT EXISTS (SELECT 1 FROM {VOTES} v JOIN {ROUNDS} r ON r.id = v.round_id"
    " WHERE v.round_id = NEW.round_id AND v.kind = NEW.kind"
    " AND NEW.slot BETWEEN 1 AND v.most AND {during})"
)
STAYS = (
    "NEW.kind <> OLD.kind OR NEW.round_id <> OLD.round_id OR NEW.slot <> OLD.slot"
    " OR NEW.participant_id <> OLD.participant_id"
)


def register_guards() -> None:
    """Never for one's own (a vote given up has no points), in time, no more than everybody has."""
    never_deleted(CrowdScore)
    in_place = {vendor: IN_ITS_PLACE.format(during=during) for vendor, during in DURING.items()}
    for event in (Event.INSERT, Event.UPDATE):
        name = event.value.lower()
        for stem, condition, message, reads in (
            (
                "own",
                f"((NEW.points IS NULL OR NEW.points > 0) AND {OWN}) OR {ELSEWHERE}",
                "Nobody scores an entry of their own, or of another challenge.",
                (ENTRIES, MEMBERS, CREDITS, ROUNDS),
            ),
            (
                "in_time",
                in_place,
                "Votes are taken while the vote runs, as many as everybody has.",
                (VOTES, ROUNDS),
            ),
        ):
            register_trigger(
                Trigger(f"civic_crowd_{stem}_{name}", SCORES, event, condition, message, reads)
            )
    register_trigger(
        Trigger(
            "civic_crowd_score_stays",
            SCORES,
            Event.UPDATE,
            STAYS,
            "A vote stays whose it is and where it was given.",
        )
    )
