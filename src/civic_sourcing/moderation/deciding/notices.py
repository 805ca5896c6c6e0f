"""
What people hear of decisions: authors, reporters, and those whose answers hang on a text.

A notice names the outcome, the rule and where to read the reasons. It quotes nothing that was
written, because what is masked or hidden must not live on in an inbox or a mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.deciding.outcomes import ABOUT_THE_AUTHOR
from civic_sourcing.moderation.deciding.statements import named, place_of, scope_for
from civic_sourcing.moderation.models import (
    Appeal,
    AppealOutcome,
    Case,
    Decision,
    Measure,
    Outcome,
    Report,
)
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.notifications.outbox import notify
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.policies import written

AUTHORS = Category(
    "civic_moderation.decisions",
    _("Decisions of moderators"),
    _("What moderators decided about what you wrote, and about your appeals."),
    can_turn_off=False,
)
REPORTERS = Category(
    "civic_moderation.outcomes",
    _("Outcome of your reports"),
    _("What moderators decided about what you reported."),
)
AFFECTED = Category(
    "civic_moderation.affected",
    _("Texts you answered or support"),
    _("When a text you answered or support is hidden by moderators, or appears again."),
)
TAKES_FROM_SIGHT = frozenset({Outcome.HIDE, Outcome.REMOVE, Outcome.TEMPORARY})

Sentence = str | Promise | Callable[[], str]


def register_categories() -> None:
    for category in (AUTHORS, REPORTERS, AFFECTED):
        register_category(category)


def tell_decided(decision: Decision) -> None:
    """Tell the author, the reporters and those affected, once each."""
    case = decision.case
    if decision.outcome != Outcome.NO_BREACH or decision.corrects_id:
        _tell_author(decision)
    if decision.decider is not None:
        _tell_reporters(decision)
    elif decision.outcome == Outcome.TEMPORARY:
        _tell_reporters_of_hiding(decision)
    if _takes_from_sight(decision) and not _corrects_the_same(decision):
        _tell_affected(
            case,
            decision,
            _("Moderators have hidden a text you answered or support"),
            _("It was in “%(place)s”. Your own answer or support is kept."),
        )


def tell_ended(measure: Measure) -> None:
    """Tell author and those affected that a text is back, where a measure on it has ended."""
    contribution = measure.contribution
    if contribution is None:
        return
    contribution.refresh_from_db()
    if contribution.is_public and measure.kind in (Measure.Kind.HIDDEN, Measure.Kind.REMOVED):
        tell_author_of(
            measure.decision,
            _("It can be read again: %(subject)s"),
            _("It stands where it stood, with all that belongs to it."),
            key="again",
        )
        tell_visible_again(measure.decision)


def tell_visible_again(decision: Decision) -> None:
    """Tell those affected that a text is back, if it is."""
    contribution = decision.case.contribution
    if contribution is None or not _takes_from_sight(decision):
        return
    contribution.refresh_from_db()
    if contribution.is_public:
        _tell_affected(
            decision.case,
            decision,
            _("A text you answered or support can be read again"),
            _("It is in “%(place)s”."),
        )


def tell_appealed(appeal: Appeal) -> None:
    """Confirm an appeal to who filed it."""
    tell_author_of(
        appeal.decision,
        _("We have received your appeal: %(subject)s"),
        _("Somebody else than whoever decided looks at it, if possible until %(due)s."),
        due=lambda: written(appeal.due_at),
    )


def tell_appeal_decided(appeal: Appeal, changed: Decision | None) -> None:
    """Tell the author and the reporters how an appeal ended."""
    outcome = AppealOutcome(appeal.outcome)
    values: dict[str, Sentence] = {"outcome": lambda: str(outcome.label)}
    body = _("%(outcome)s. You can read the reasons under the link.")
    tell_author_of(
        appeal.decision, _("Your appeal is decided: %(subject)s"), body, key="appeal", **values
    )
    if outcome == AppealOutcome.UPHELD:
        return
    reports = appeal.decision.case.reports.exclude(reporter=None).select_related("reporter__user")
    for report in reports:
        _tell_reporter(
            report,
            appeal.decision,
            _("Looked at again: your report about %(subject)s"),
            _("The author appealed, and another moderator decided. %(outcome)s."),
            key="appeal",
            **values,
        )
    if outcome == AppealOutcome.REVERSED:
        tell_visible_again(appeal.decision)


def tell_author_of(
    decision: Decision, subject: Promise, body: Promise, *, key: str = "", **values: Sentence
) -> int:
    """Tell whom ``decision`` is about something, with a link to its statement of reasons."""
    return _tell(
        [author_of(decision.case)],
        AUTHORS,
        decision,
        subject,
        body,
        url=reverse("civic_moderation:decision", args=[decision.uuid]),
        key=key,
        **values,
    )


def author_of(case: Case) -> Participant | None:
    """Whom a case is about: the person, or the author of the text."""
    author: Participant | None = case.participant
    if case.contribution is not None:
        author = case.contribution.author
    return author


def _tell_author(decision: Decision) -> None:
    subject = _("Decision of moderators: %(subject)s")
    if decision.corrects_id:
        subject = _("Corrected decision of moderators: %(subject)s")
    body = _("%(outcome)s. %(scope)s You can read the reasons under the link.")
    if decision.rule is not None:
        body = _(
            "%(outcome)s. %(scope)s The rule: “%(rule)s”. You can read the reasons and how to "
            "appeal under the link."
        )
    tell_author_of(
        decision,
        subject,
        body,
        outcome=lambda: str(decision.get_outcome_display()),
        scope=lambda: scope_for(decision),
        rule=lambda: _rule(decision),
    )


def _tell_reporters(decision: Decision) -> None:
    case = decision.case
    reports = case.reports.exclude(reporter=None).select_related("reporter__user")
    subject = _("Your report is decided: %(subject)s")
    if decision.corrects_id:
        subject = _("Your report is decided anew: %(subject)s")
    body = _("%(outcome)s. You can read more under the link.")
    if decision.rule is not None:
        body = _("%(outcome)s. The rule: “%(rule)s”. You can read more under the link.")
    for report in reports:
        _tell_reporter(
            report,
            decision,
            subject,
            body,
            outcome=lambda: outcome_for_reporters(decision),
            rule=lambda: _rule(decision),
        )
    case.reports.filter(answered_at=None).update(answered_at=decision.decided_at)


def outcome_for_reporters(decision: Decision) -> str:
    """What reporters hear: what became of the text, and no more of the person than that."""
    if decision.outcome in ABOUT_THE_AUTHOR:
        return str(_("Moderators have taken steps"))
    return str(decision.get_outcome_display())


def _tell_reporters_of_hiding(decision: Decision) -> None:
    reports = decision.case.reports.exclude(reporter=None).select_related("reporter__user")
    for report in reports:
        _tell_reporter(
            report,
            decision,
            _("Hidden until somebody has looked: %(subject)s"),
            _("You reported it. A moderator looks at it now, and we will write to you."),
            key="hidden",
        )


def _tell_reporter(
    report: Report, decision: Decision, subject: Promise, body: Promise, **more: Any
) -> None:
    url = reverse("civic_moderation:report", args=[report.uuid])
    _tell([report.reporter], REPORTERS, decision, subject, body, url=url, **more)


def _tell_affected(case: Case, decision: Decision, subject: Promise, body: Promise) -> None:
    contribution = case.contribution
    if contribution is None:
        return
    reporters = case.reports.exclude(reporter=None).values_list("reporter", flat=True)
    author = author_of(case)
    told = {*reporters, author.pk if author else None}
    keys = {person.pk for person in contribution.kind_of.affected(contribution)} - told
    people = Participant.objects.filter(pk__in=keys).select_related("user").order_by("pk")
    url = contribution.kind_of.context(contribution).get("url") or ""
    _tell(
        people,
        AFFECTED,
        decision,
        subject,
        body,
        url=str(url),
        place=lambda: place_of(case),
    )


def _tell(
    people: Iterable[Participant | None],
    category: Category,
    decision: Decision,
    subject: Promise,
    body: Promise,
    *,
    url: str = "",
    key: str = "",
    **values: Sentence,
) -> int:
    def words(sentence: Promise) -> Callable[[Any], str]:
        written_in: dict[str | None, str] = {}

        def in_their_language(user: Any) -> str:
            language = get_language()
            if language not in written_in:
                said = {name: str(value() if callable(value) else value) for name, value in parts}
                written_in[language] = str(sentence) % said
            return written_in[language]

        return in_their_language

    to_author = category is AUTHORS
    parts: list[tuple[str, Sentence]] = [
        ("subject", lambda: named(decision.case, to_author=to_author))
    ]
    parts += values.items()
    return notify(
        [person.user for person in people if person is not None],
        category=category.key,
        subject=words(subject),
        body=words(body),
        url=url,
        about=decision.case.uuid,
        dedupe=f"{decision.uuid}:{key}" if key else None,
    )


def _rule(decision: Decision) -> str:
    return decision.rule.in_language(get_language()).title if decision.rule else ""


def _takes_from_sight(decision: Decision) -> bool:
    """Whether nobody reads the text after it; a matter for the service leaves its place too."""
    return decision.outcome in TAKES_FROM_SIGHT or bool(decision.details.get("service"))


def _corrects_the_same(decision: Decision) -> bool:
    """Whether those affected were told already of what it corrects."""
    return decision.corrects is not None and _takes_from_sight(decision.corrects)
