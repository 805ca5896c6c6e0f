"""
A ranking as a document: all that it follows from, and what came out; anybody can rank it again.

Fractions are written ``"7/3"``. Judges and entries are their random UUIDs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from civic_sourcing.challenges.judging.points import Criterion, Sheet
from civic_sourcing.challenges.judging.ranking import Line, Method, Ranking, Shares, Tie, rank
from civic_sourcing.challenges.models import ChallengeFacts, CrowdKind, CrowdVote, Round
from civic_sourcing.challenges.panel.rounds import entries_of
from civic_sourcing.challenges.results.rankable import (
    PERCENT,
    crowd_of,
    rules_of,
    sheets_of,
    waiting_sheets,
)
from civic_sourcing.core.audit import canonical_json

FORMAT = 1

Document = Mapping[str, Any]


def basis_of(round_: Round) -> dict[str, Any]:
    """What a ranking of ``round`` follows from now."""
    facts = ChallengeFacts.objects.of(round_.process)
    criteria = list(round_.criteria.all())
    entries = list(entries_of(round_))
    held = set(CrowdVote.objects.filter(round=round_).values_list("kind", flat=True))
    public = facts.public_percent if CrowdKind.PUBLIC in held else 0
    peer = facts.peer_percent if CrowdKind.PEER in held else 0
    return {
        "format": FORMAT,
        "round": str(round_.uuid),
        "method": str(Method.CORRECTED if facts.corrects_severity else Method.RAW),
        "tie": facts.tie,
        "public_percent": public,
        "peer_percent": peer,
        "criteria": [
            {
                "id": rule.id,
                "most": int(rule.most),
                "weight": str(rule.worth),
                "bonus": rule.bonus,
            }
            for rule in rules_of(criteria)
        ],
        "entries": [str(entry.uuid) for entry in entries],
        "sheets": [
            [sheet.judge, sheet.entry, dict(sheet.values), sheet.failed]
            for sheet in sheets_of(round_, criteria)
        ],
        "public": _crowd(round_, CrowdKind.PUBLIC, entries, public),
        "peer": _crowd(round_, CrowdKind.PEER, entries, peer),
        "waiting": waiting_sheets(round_),
    }


def _crowd(round_: Round, kind: str, entries: Sequence[Any], percent: int) -> dict[str, str]:
    found = crowd_of(round_, kind, entries) if percent else {}
    return {entry: str(part) for entry, part in sorted(found.items())}


def ranked(basis: Document) -> Ranking:
    """Rank what ``basis`` says, with nothing but it."""
    return rank(
        [
            Criterion(row["id"], row["most"], Fraction(row["weight"]), row["bonus"])
            for row in basis["criteria"]
        ],
        [Sheet(*row) for row in basis["sheets"]],
        basis["entries"],
        method=Method(basis["method"]),
        tie=Tie(basis["tie"]),
        shares=Shares(
            Fraction(basis["public_percent"], PERCENT), Fraction(basis["peer_percent"], PERCENT)
        ),
        public={entry: Fraction(part) for entry, part in basis["public"].items()},
        peer={entry: Fraction(part) for entry, part in basis["peer"].items()},
    )


def document_of(basis: Document) -> dict[str, Any]:
    """``basis`` together with the ranking that follows from it."""
    ranking = ranked(basis)
    found = ranking.severities
    return {
        **basis,
        "full": str(ranking.full),
        "fallback": str(found.fallback),
        "severities": {judge: str(points) for judge, points in sorted(found.points.items())},
        "groups": [len(group) for group in found.groups],
        "lines": [_line(line) for line in ranking.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "entry": line.entry,
        "place": line.place,
        "total": str(line.total),
        "raw": str(line.raw),
        "corrected": str(line.corrected),
        "judges": line.judges,
        "failed": line.failed,
        "out": str(line.out),
        "tied": line.tied,
        "lowest": str(line.lowest),
        "highest": str(line.highest),
        "public": None if line.public is None else str(line.public),
        "peer": None if line.peer is None else str(line.peer),
        "by_criterion": {key: str(mean) for key, mean in line.by_criterion.items()},
    }


def digest_of(document: Document) -> str:
    """The SHA-256 (hexadecimal) of ``document``, written canonically."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()


def basis_within(document: Document) -> dict[str, Any]:
    """The part of a ranking's ``document`` that it follows from."""
    came_out = {"full", "fallback", "severities", "groups", "lines"}
    return {key: value for key, value in document.items() if key not in came_out}
