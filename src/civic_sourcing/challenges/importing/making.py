"""What becomes of a record: a page, facts, rounds, prizes and criteria, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from civic_sourcing.challenges.editorial.sections import legal_authorities
from civic_sourcing.challenges.importing.records import Record
from civic_sourcing.challenges.importing.rounds import aware, rounds_of
from civic_sourcing.challenges.importing.texts import one_line, paragraphs, plain
from civic_sourcing.challenges.models import (
    ChallengeFacts,
    Criterion,
    EditorialState,
    LegalAuthority,
    Prize,
    Round,
)
from civic_sourcing.core.money import minor_digits

TAGLINE, SUMMARY, NAME, TITLE, LISTED = 255, 1000, 200, 255, 2000
SLUG = 80


@dataclass(frozen=True)
class Making:
    """How records are read: their ``language``, the ``currency`` of their sums, their ``zone``."""

    language: str
    currency: str
    zone: tzinfo


def page_of(record: Record, making: Making, parent: Any) -> Any:
    """The page of ``record``, not saved; its address ends with the record's id."""
    words = record.words
    tagline = one_line(words["tagline"], TAGLINE)
    whole = one_line(words["tagline"], SUMMARY)
    own = parent.locale.language_code
    return parent.challenge_model()(
        title=one_line(words["title"], TITLE) or f"#{record.id}",
        slug=f"{slugify(words['title'])[:SLUG].strip('-')}-{record.id}".strip("-"),
        locale=parent.locale,
        tagline=tagline,
        short_description=whole if whole != tagline else "",
        description=paragraphs(words["description"]),
        prizes_text=paragraphs(words["prizes"]),
        rules_text=paragraphs(words["rules"]),
        judging_text=paragraphs(words["judging"]),
        how_to_enter=paragraphs(words["how_to_enter"]),
        text_language="" if own == making.language else making.language,
        live=False,
    )


def keep_facts(record: Record, making: Making, process: Any, at: Any) -> ChallengeFacts:
    """Store what holds in all languages."""
    words, amount = record.words, record.amount
    types = record.types
    return ChallengeFacts.objects.create(
        process=process,
        department_name=one_line(words["department"], NAME),
        agency=one_line(words["agency"], NAME),
        other_offices=plain(words["federal_partners"])[:LISTED],
        other_partners=plain(words["non_federal_partners"])[:LISTED],
        primary_type=types[0] if types else "",
        more_types=list(types[1:]),
        fiscal_years=", ".join(f"FY{year % 100:02d}" for year in record.years)[:100],
        authority=_authority(record.authority),
        currency=making.currency,
        prize_total=None if amount is None else amount.minor(minor_digits(making.currency)),
        prize_up_to=bool(amount and amount.up_to),
        external_url=_address(words["external_url"]),
        source_url=_address(words["url"]),
        source_digest=record.digest,
        sealed=False,
        state=EditorialState.PUBLISHED,
        published_at=at,
        imported_id=record.id,
        imported_opens_at=aware(record.opens_at, making.zone),
        imported_closes_at=aware(record.closes_at, making.zone),
    )


def keep_rounds(record: Record, making: Making, process: Any) -> dict[int, Round]:
    """Store the rounds with their criteria; return them by number."""
    rounds = {}
    for plan in rounds_of(record, making.zone):
        rounds[plan.number] = Round.objects.create(
            process=process,
            number=plan.number,
            titles={making.language: plan.title} if plan.title else {},
            opens_at=plan.dates.opens_at,
            closes_at=plan.dates.closes_at,
            judging_until=plan.dates.judging_until,
            takes_entries=plan.dates.takes_entries,
            advancing=_advancing(record, plan.number),
        )
    Criterion.objects.bulk_create(
        Criterion(
            round=rounds[criterion.phase],
            position=position,
            titles={making.language: criterion.title},
            descriptions={making.language: criterion.description},
            points=criterion.points,
            is_bonus=criterion.is_bonus,
        )
        for position, criterion in enumerate(record.criteria)
        if criterion.phase in rounds
    )
    return rounds


def keep_prizes(record: Record, making: Making, process: Any, rounds: dict[int, Round]) -> None:
    """Store the parts of the prize, where the text tells them to the last unit."""
    digits = minor_digits(making.currency)
    Prize.objects.bulk_create(
        Prize(
            process=process,
            round=rounds.get(part.phase),
            position=position,
            place=None if part.phase else position + 1,
            titles={making.language: part.label},
            amount=int(part.units * Decimal(10) ** digits),
            winners=part.winners,
            shared=True,
        )
        for position, part in enumerate(record.prizes)
    )


def _advancing(record: Record, number: int) -> int:
    """How many go on from a phase: as many as share its prize, where another phase follows."""
    if number >= len(record.phases):
        return 0
    return sum(part.winners for part in record.prizes if part.phase == number)


def _authority(key: str) -> LegalAuthority | None:
    """The legal basis of that key; one the town's list does not have comes with its names."""
    if not key:
        return None
    known = legal_authorities()
    defaults = {"names": known[key], "position": list(known).index(key) + 1}
    return LegalAuthority.objects.get_or_create(key=key, defaults=defaults)[0]


def _address(text: str) -> str:
    """An address of the web that may be linked; empty for anything else."""
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError:
        return ""
    return text if len(text) <= 500 else ""
