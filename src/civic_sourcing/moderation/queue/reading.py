"""What a moderator reads before deciding: the words, their place, what is known of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, Window, prefetch_related_objects
from django.utils.translation import get_language

from civic_sourcing.attribution.models import Contribution, ContributionVersion, State
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.moderation.checks.registry import content_check
from civic_sourcing.moderation.deciding.masking import digest
from civic_sourcing.moderation.models import Case, Decision, Finding, NetiquetteRule, Report
from civic_sourcing.moderation.queue.findings import in_words
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.moderation.queue.titles import titles_of_cases
from civic_sourcing.moderation.queue.waiting import opinions_for
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process

TITLE, TEXT = "title", "text"
MOST_CASES = 4
MOST_SIBLINGS = 6
OTHERS = ("contribution", "participant__user")

Span = tuple[int, int]


@dataclass(frozen=True)
class Segment:
    """A stretch of a text, pointed out by a check or not."""

    words: str
    is_found: bool = False


@dataclass(frozen=True)
class Piece:
    """Something beside the contribution: what it answers, what answers it."""

    words: str
    author: str = ""
    url: str = ""


@dataclass(frozen=True)
class OtherCase:
    """An earlier or a similar case, with what was decided last."""

    case: Case
    title: str
    decision: Decision | None


@dataclass(frozen=True)
class Found:
    """A finding of a check, in words. ``passages`` are what it points at."""

    label: str
    words: str
    is_hold: bool
    passages: Sequence[str] = ()
    spans: Sequence[tuple[str, int, int]] = ()

    @property
    def spans_json(self) -> str:
        return json.dumps(self.spans)


@dataclass
class Words:
    """
    Title and text as they stand, with the number of the last published version (0: none).

    ``versions`` are the published ones that read differently, the latest first.
    """

    title: str
    text: str
    number: int
    is_waiting: bool
    versions: Sequence[ContributionVersion] = ()
    findings: Sequence[Found] = field(default_factory=tuple)

    @property
    def digest(self) -> str:
        return digest(self.title, self.text)

    @property
    def fields(self) -> dict[str, str]:
        return {TITLE: self.title, TEXT: self.text}

    @property
    def title_segments(self) -> list[Segment]:
        return segments(self.title, _spans(self.findings, TITLE))

    @property
    def text_segments(self) -> list[Segment]:
        return segments(self.text, _spans(self.findings, TEXT))


def words_of(case: Case) -> Words | None:
    """Return what was written as it stands, published or waiting; ``None`` about a person."""
    contribution = case.contribution
    if contribution is None:
        return None
    versions = list(contribution.versions.order_by("-number"))
    title, text = _canonical(contribution, versions)
    is_waiting = contribution.state == State.HELD
    words = Words(title, text, versions[0].number if versions else 0, is_waiting)
    words.versions = [row for row in versions if (row.title, row.text) != (title, text)]
    words.findings = [found(row, words.fields) for row in case.findings.all()]
    return words


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """Cut ``text`` at the ``spans`` (begin, end; half open), which may overlap or lie outside."""
    parts, here = [], 0
    for first, last in sorted(spans):
        begin, end = max(first, here), min(last, len(text))
        if begin >= end:
            continue
        parts += [Segment(text[here:begin]), Segment(text[begin:end], is_found=True)]
        here = end
    parts.append(Segment(text[here:]))
    return [part for part in parts if part.words]


def found(finding: Finding, texts: dict[str, str]) -> Found:
    """Say what a check found, and point at it in the ``texts`` as they stand."""
    check = content_check(finding.check_key)
    spans = [
        (name, begin, end)
        for name, begin, end in finding.spans
        if 0 <= begin < end <= len(texts.get(name, ""))
    ]
    return Found(
        label=str(check.label) if check else finding.check_key,
        words=in_words(finding),
        is_hold=finding.verdict == Finding.Verdict.HOLD,
        passages=[texts[name][begin:end] for name, begin, end in spans],
        spans=spans,
    )


def surroundings(case: Case) -> dict[str, Any]:
    """Return place, parent, siblings and images beside the contribution, ready to be shown."""
    contribution = case.contribution
    if contribution is None:
        return {}
    try:
        kind = contribution.kind_of
        context = kind.context(contribution)
        url = kind.url(contribution) if contribution.is_public else ""
    except (ActionRefused, LookupError):
        return {}
    siblings = list(context.get("siblings") or ())[:MOST_SIBLINGS]
    return {
        "place": context.get("place", ""),
        "place_url": context.get("url", ""),
        "parent": _piece(context.get("parent")),
        "siblings": [piece for piece in map(_piece, siblings) if piece],
        "images": list(context.get("images") or ()),
        "url": url,
    }


def with_reports(case: Case) -> Case:
    """Have ``case`` know its reports with all that is said of them, read once."""
    rows = Report.objects.select_related("rule__locale", "reporter__user")
    prefetch_related_objects([case], Prefetch("reports", rows))
    return case


def reports_of(
    case: Case, *, noticed_in: Iterable[Process], with_names: bool
) -> list[dict[str, Any]]:
    """
    What was reported, the first first; ``name`` only for those with the right to it.

    Of reports about a person those made in the processes ``noticed_in``: others are for their
    moderators.
    """
    rows = list(with_reports(case).reports.all())
    if case.participant_id:
        places = {None, *(process.pk for process in noticed_in)}
        rows = [row for row in rows if row.process_id in places]
    titles = rules_in_words(row.rule for row in rows)
    return [
        {
            "report": row,
            "rule": titles.get(row.rule.translation_key, row.rule.title),
            "name": row.reporter.public_name if with_names and row.reporter else "",
            "is_anonymous": row.reporter_id is None,
        }
        for row in rows
    ]


def rules_in_words(rules: Iterable[NetiquetteRule | None]) -> dict[Any, str]:
    """Titles of ``rules``, read with their locale, in the reader's language, by translation key."""
    language = get_language()
    given = {rule.translation_key: rule for rule in rules if rule}
    known = {key for key, rule in given.items() if rule.locale.language_code == language}
    titles = {key: given[key].title for key in known}
    if missing := given.keys() - known:
        wanted = NetiquetteRule.objects.filter(translation_key__in=missing).in_language(language)
        titles |= {rule.translation_key: rule.title for rule in wanted}
    return titles


def author_of(case: Case) -> Participant | None:
    """Whom the case is about in the end."""
    return case.contribution.author if case.contribution else case.participant


def other_cases(case: Case, user: Any) -> dict[str, Any]:
    """
    Cases to compare ``case`` with, of those that ``user`` moderates.

    ``earlier``: about the same person, the latest first, and ``earlier_number`` of them in all.
    ``similar``: the latest decided ones of that kind under the same rule, of other people.
    """
    earlier, similar = _earlier(case, user), _similar(case, user)
    told = iter(_with_decisions([*earlier, *similar], user))
    return {
        "earlier": [next(told) for _case in earlier],
        "earlier_number": earlier[0].in_all if earlier else 0,
        "similar": list(told),
    }


def _earlier(case: Case, user: Any) -> list[Any]:
    author = author_of(case)
    if author is None:
        return []
    own = Q(participant=author) | Q(contribution__author=author)
    rows = seen_by(user).filter(own).exclude(pk=case.pk).annotate(in_all=Window(Count("pk")))
    return list(rows.select_related(*OTHERS).order_by("-opened_at")[:MOST_CASES])


def _similar(case: Case, user: Any) -> list[Case]:
    if case.rule is None:
        return []
    rows = seen_by(user).filter(
        decided_at__isnull=False, kind=case.kind, rule__translation_key=case.rule.translation_key
    )
    author = author_of(case)
    if author is not None:
        rows = rows.exclude(contribution__author=author).exclude(participant=author)
    rows = rows.exclude(pk=case.pk).select_related(*OTHERS).order_by("-decided_at")
    return list(rows[:MOST_CASES])


def _with_decisions(cases: list[Case], user: Any) -> list[OtherCase]:
    """Without the decisions on which ``user`` may still be asked for a blind opinion."""
    rows = Decision.objects.select_related("rule", "second_opinion").order_by("-number")
    prefetch_related_objects(cases, Prefetch("decisions", rows))
    titles = titles_of_cases(cases)
    last = {each.pk: next(iter(each.decisions.all()), None) for each in cases}
    blind: set[int] = set()
    if any(_waits_for_opinion(row) for each in cases for row in each.decisions.all()):
        asked = opinions_for(user).filter(decision__case__in=cases)
        blind = set(asked.values_list("decision__case", flat=True))
    return [
        OtherCase(each, titles[each.pk], None if each.pk in blind else last[each.pk])
        for each in cases
    ]


def _waits_for_opinion(decision: Decision) -> bool:
    opinion = getattr(decision, "second_opinion", None)
    return opinion is not None and opinion.given_at is None


def _canonical(
    contribution: Contribution, versions: Sequence[ContributionVersion]
) -> tuple[str, str]:
    try:
        contribution.kind_of.keep_at_hand(contribution)
        title, text = contribution.kind_of.canonical(contribution)
    except (ActionRefused, LookupError):
        return (versions[0].title, versions[0].text) if versions else (contribution.title, "")
    return title, text


def _piece(thing: Any) -> Piece | None:
    """Make something of what a kind gives as context: words, a page, a comment, a piece."""
    if not thing:
        return None
    if isinstance(thing, str | Piece):
        return Piece(thing) if isinstance(thing, str) else thing
    if isinstance(thing, dict):
        return Piece(**{name: str(thing.get(name) or "") for name in ("words", "author", "url")})
    words = getattr(thing, "text", "") or getattr(thing, "title", "") or str(thing)
    author = getattr(thing, "author", None)
    get_url = getattr(thing, "get_url", None)
    name = author.public_name if isinstance(author, Participant) else ""
    return Piece(str(words), name, (get_url() or "") if get_url else "")


def _spans(findings: Iterable[Found], wanted: str) -> list[Span]:
    return [(begin, end) for each in findings for name, begin, end in each.spans if name == wanted]
