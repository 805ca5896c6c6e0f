"""What is missing before people may see a challenge, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from civic_sourcing.challenges.conf import conf
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.sections import Section, limit
from civic_sourcing.challenges.editorial.texts import glossary_of, plain
from civic_sourcing.challenges.models import Criterion, CrowdKind
from civic_sourcing.challenges.readability import readability, unexplained
from civic_sourcing.challenges.status import first_disorder
from civic_sourcing.challenges.timeline import dates_of
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.money import format_money
from civic_sourcing.core.text import graphemes


@dataclass(frozen=True)
class Point:
    """One thing that is missing or wrong; ``code`` is for programs and tests."""

    section: Section
    code: str
    sentence: Any


@dataclass(frozen=True)
class Need:
    """
    Something a section must have; ``told`` yields a sentence for each way in which it lacks it.

    ``name`` is what completeness counts.
    """

    section: Section
    code: str
    told: Callable[[Draft], Iterator[Any]]


def points_of(draft: Draft) -> list[Point]:
    """Everything that speaks against publishing, in the order of the sections."""
    return [
        Point(need.section, need.code, sentence) for need in NEEDS for sentence in need.told(draft)
    ]


@dataclass(frozen=True)
class Completeness:
    """How many of the things a section needs are there."""

    done: int
    needed: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.needed

    @property
    def percent(self) -> int:
        return 100 if not self.needed else self.done * 100 // self.needed


def completeness(draft: Draft) -> dict[Section, Completeness]:
    """How complete each section is."""
    lacking = {(point.section, point.code) for point in points_of(draft)}
    found = {}
    for section in Section:
        codes = {need.code for need in NEEDS if need.section == section}
        missing = {code for where, code in lacking if where == section}
        found[section] = Completeness(len(codes - missing), len(codes))
    return found


def _text(section: Section, name: str, sentence: Any) -> Need:
    """A text of the page that has to be there."""

    def told(draft: Draft) -> Iterator[Any]:
        if not plain(getattr(draft.page, name)):
            yield sentence

    return Need(section, name.replace("_", "-"), told)


def _short(section: Section, name: str, sentence: Any) -> Need:
    """A text of the page that may not be longer than its limit."""

    def told(draft: Draft) -> Iterator[Any]:
        count, most = graphemes(getattr(draft.page, name)), limit(name)
        if count > most:
            yield sentence % {"most": most, "count": count}

    return Need(section, f"{name.replace('_', '-')}-too-long", told)


def _fact(section: Section, code: str, lacks: Callable[[Draft], bool], sentence: Any) -> Need:
    def told(draft: Draft) -> Iterator[Any]:
        if lacks(draft):
            yield sentence

    return Need(section, code, told)


def _plain_language(draft: Draft) -> Iterator[Any]:
    found = readability(plain(draft.page.problem), draft.page.text_locale)
    least = conf.CHALLENGE_LEAST_READABILITY
    if found is not None and found.score is not None and found.score < least:
        yield _(
            "The problem is hard to read: %(score)d of 100, and it needs %(least)d. Make the "
            "longest sentences shorter and use everyday words."
        ) % {"score": found.score, "least": least}


def _terms_explained(draft: Draft) -> Iterator[Any]:
    page = draft.page
    terms = unexplained(f"{plain(page.problem)}\n{plain(page.description)}", glossary_of(page))
    if terms:
        yield _("Explain in the glossary or in the text: %(terms)s.") % {"terms": ", ".join(terms)}


DISORDER = {
    "no-opening": _("Phase %(number)d has no date on which it opens."),
    "no-closing": _("Phase %(number)d has no date on which it closes."),
    "reversed": _("Phase %(number)d closes before it opens."),
    "judging-before-close": _("In phase %(number)d judging ends before entries close."),
    "before-predecessor": _("Phase %(number)d opens before the one before it has closed."),
}


def _in_order(draft: Draft) -> Iterator[Any]:
    if disorder := first_disorder(dates_of(draft.rounds)):
        index, fault = disorder
        yield DISORDER[fault] % {"number": draft.rounds[index].number}


def _not_over(draft: Draft) -> Iterator[Any]:
    """A copy has no dates; what was typed for last year must not be published either."""
    if draft.facts.published_at is None and any(
        each.closes_at is not None and each.closes_at.date() < draft.today for each in draft.rounds
    ):
        yield _("A phase has closed already. Set dates to come.")


def _sums(draft: Draft) -> Iterator[Any]:
    """Parts come to the sum; to less at the most where it is a ceiling."""
    facts, parts = draft.facts, draft.in_parts
    if not draft.prizes or parts == draft.total or (facts.prize_up_to and parts < draft.total):
        return
    yield _("The parts of the prizes come to %(parts)s, but the prize money is %(total)s.") % {
        "parts": format_money(parts, facts.currency),
        "total": format_money(draft.total, facts.currency),
    }


def _no_prize(draft: Draft) -> bool:
    other = draft.facts.has_other_prizes or any(prize.other for prize in draft.prizes)
    return not draft.total and not other


def _approved(draft: Draft) -> Iterator[Any]:
    for each in draft.limits_open():
        yield _("Prize money above %(limit)s needs the approval of somebody named.") % {
            "limit": format_money(each, draft.facts.currency)
        }


def _noticed(draft: Draft) -> Iterator[Any]:
    if not draft.limits_open() and draft.days_of_notice_left:
        yield _("So large a sum is published %(days)d days after its approval at the earliest.") % {
            "days": conf.CHALLENGE_NOTICE_DAYS
        }


def refuse_unapproved(draft: Draft, total: int) -> None:
    """
    Raise ``approval`` or ``notice`` where prize money of ``total`` (minor units) needs what is not
    there yet, and what is announced now did not.
    """
    before = [str(each) for each in (*_approved(draft), *_noticed(draft))]
    raised = copy(draft.facts)
    raised.prize_total = total
    higher = replace(draft, facts=raised)
    for code, told in (("approval", _approved), ("notice", _noticed)):
        for sentence in told(higher):
            if str(sentence) not in before:
                raise ActionRefused(sentence, code=code)


def _criteria(draft: Draft) -> Iterator[Any]:
    """Each phase with entries has criteria that give points, unless entries go elsewhere."""
    for each in draft.rounds:
        own = [row for row in draft.criteria if row.round_id == each.pk]
        scored = [row for row in own if not row.is_knockout and not row.is_bonus]
        if not each.takes_entries or draft.facts.external_url:
            continue
        if not scored:
            yield _("Phase %(number)d has no criteria.") % {"number": each.number}
        for row in scored:
            if not row.points:
                yield _("“%(criterion)s” has no points.") % {"criterion": row.title}


def _criteria_elsewhere(draft: Draft) -> bool:
    """Where entries go elsewhere, people still learn what decides."""
    return bool(
        draft.facts.external_url and not draft.criteria and not plain(draft.page.judging_text)
    )


def _levels(draft: Draft) -> Iterator[Any]:
    for row in draft.criteria:
        if row.kind == Criterion.Kind.RATING and len(row.levels) < 2:
            yield _("“%(criterion)s” needs two described levels at least.") % {
                "criterion": row.title
            }


def _weights(draft: Draft) -> Iterator[Any]:
    """Weights are for all criteria of a phase or for none, and come to a hundred."""
    for each in draft.rounds:
        own = [row for row in draft.criteria if row.round_id == each.pk]
        own = [row for row in own if not row.is_knockout and not row.is_bonus]
        weights = [row.weight for row in own if row.weight is not None]
        if weights and (len(weights) < len(own) or sum(weights) != 100):
            yield _(
                "In phase %(number)d either every criterion has a weight, and all come to 100, "
                "or none has one."
            ) % {"number": each.number}


def _shares(draft: Draft) -> Iterator[Any]:
    """A share of the public or of solvers needs a vote in some phase, and the other way round."""
    held = {row.kind for row in draft.crowd_votes}
    facts = draft.facts
    shares = {CrowdKind.PUBLIC: facts.public_percent, CrowdKind.PEER: facts.peer_percent}
    for kind, percent in shares.items():
        if bool(percent) != (kind in held):
            yield SHARES[kind, bool(percent)]


SHARES = {
    (CrowdKind.PUBLIC, True): _("The public vote has a share, but no phase has such a vote."),
    (CrowdKind.PUBLIC, False): _("A phase has a public vote, but it has no share in the total."),
    (CrowdKind.PEER, True): _("Other solvers have a share, but they score in no phase."),
    (CrowdKind.PEER, False): _("Solvers score each other, but that has no share in the total."),
}


def _no_way_in(draft: Draft) -> bool:
    return not plain(draft.page.how_to_enter) and not draft.facts.external_url


NEEDS: tuple[Need, ...] = (
    _text(Section.GENERAL, "tagline", _("Write a tagline.")),
    _text(Section.GENERAL, "short_description", _("Write the short description.")),
    _short(
        Section.GENERAL, "title", _("The title has %(count)d characters; %(most)d are allowed.")
    ),
    _short(
        Section.GENERAL, "tagline", _("The tagline has %(count)d characters; %(most)d are allowed.")
    ),
    _short(
        Section.GENERAL,
        "short_description",
        _("The short description has %(count)d characters; %(most)d are allowed."),
    ),
    _fact(Section.GENERAL, "type", lambda d: not d.facts.primary_type, _("Choose a type.")),
    _fact(
        Section.GENERAL,
        "department",
        lambda d: d.facts.department_id is None and not d.facts.department_name,
        _("Say which department poses the challenge."),
    ),
    _fact(Section.GENERAL, "contact", lambda d: not d.facts.contact, _("Say whom people can ask.")),
    _text(Section.DETAILS, "problem", _("Write what the problem is.")),
    Need(Section.DETAILS, "hard-to-read", _plain_language),
    Need(Section.DETAILS, "unexplained", _terms_explained),
    _fact(
        Section.TIMELINE,
        "no-phase",
        lambda d: not any(each.takes_entries for each in d.rounds),
        _("Add a phase in which people can enter."),
    ),
    Need(Section.TIMELINE, "dates", _in_order),
    Need(Section.TIMELINE, "past-dates", _not_over),
    _fact(Section.PRIZES, "no-prize", _no_prize, _("Say what there is to win.")),
    _fact(
        Section.PRIZES,
        "no-authority",
        lambda d: d.facts.authority_id is None,
        _("Name the legal basis of the prize."),
    ),
    Need(Section.PRIZES, "sum", _sums),
    Need(Section.PRIZES, "approval", _approved),
    Need(Section.PRIZES, "notice", _noticed),
    _text(Section.RULES, "eligibility_text", _("Say who may enter.")),
    _text(Section.RULES, "rights_text", _("Say what happens to the rights in an entry.")),
    _text(Section.RULES, "privacy_text", _("Say what happens to personal data.")),
    _text(Section.RULES, "minors_text", _("Say how minors take part.")),
    Need(Section.JUDGING, "criteria", _criteria),
    Need(Section.JUDGING, "levels", _levels),
    Need(Section.JUDGING, "weights", _weights),
    Need(Section.JUDGING, "shares", _shares),
    _fact(
        Section.JUDGING,
        "basis-of-choice",
        _criteria_elsewhere,
        _("Say how the winners are chosen."),
    ),
    _fact(Section.HOW_TO_ENTER, "way-in", _no_way_in, _("Say how people enter.")),
)
"""All of it, in the order in which it is told."""

TEXTS = (
    "tagline", "short_description", "problem", "eligibility_text", "rights_text", "privacy_text",
    "minors_text",
)  # fmt: skip


def lacking_texts(page: Any) -> list[str]:
    """The texts, by their names for people, without which no page of a challenge is published."""
    return [
        str(page._meta.get_field(name).verbose_name)
        for name in TEXTS
        if not plain(getattr(page, name))
    ]
