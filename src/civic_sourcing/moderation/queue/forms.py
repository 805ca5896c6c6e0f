"""The forms of moderators. They check shape; whether a decision is possible, its action."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.moderation.deciding.conf import TEXT_COLUMN, conf
from civic_sourcing.moderation.deciding.outcomes import LIMITING, NEEDS_RULE
from civic_sourcing.moderation.models import Case, NetiquetteRule, Outcome
from civic_sourcing.moderation.queue.choices import (
    RuleChoice,
    deeds,
    key_of,
    rule_choices,
    targets_for,
)
from civic_sourcing.moderation.queue.masking import MarkedSpan, read_spans, spans_of_passages
from civic_sourcing.processes.models import Process

ASKED_FOR = "data-civic-ask"
"""The decision after which a script goes to this field first."""
FORUM, SITE = "forum", "site"
MOST_DAYS = 3650
NO_FACTS = _("A decision needs its reasons. Please give the facts.")
NO_RULE = _("Please choose the rule that was broken.")
ENDING = (Outcome.TEMPORARY, Outcome.SUSPEND)


def words_field(**kwargs: Any) -> PlainTextField:
    """A long text of a statement."""
    attrs = {"rows": kwargs.pop("rows", 4), **kwargs.pop("attrs", {})}
    widget = forms.Textarea(attrs=attrs)
    return PlainTextField(
        max_length=TEXT_COLUMN, max_graphemes=conf.STATEMENT_LENGTH, widget=widget, **kwargs
    )


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Let people choose among ``choices`` in a field of ``form``."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def choices_of(form: forms.Form, name: str) -> list[tuple[str, Any]]:
    """What people can choose among."""
    return list(form.fields[name].choices)  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    """Outcome, rule and facts: what every decision has."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        error_messages={"required": _("Please choose a decision.")},
    )
    rule = forms.ChoiceField(label=_("Rule"), required=False)

    def __init__(
        self, *args: Any, outcomes: Sequence[str], language: str = "", **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"request_key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.rules = rule_choices(language)
        offer(self, "outcome", deeds(outcomes))
        offer(self, "rule", [("", ""), *((row.value, row.title) for row in self.rules)])
        self.fields["facts"] = words_field(
            label=pgettext_lazy("decision", "Facts"),
            help_text=_(
                "What was said or done, and why it breaks the rule. The author reads this."
            ),
            required=False,
            attrs={"data-civic-facts": ""},
        )

    def clean(self) -> dict[str, Any]:
        """Whoever loses something reads why; a template about a breach is no reason for none."""
        cleaned: dict[str, Any] = super().clean() or {}
        limits = cleaned.get("outcome") in LIMITING
        facts = cleaned.get("facts") or ""
        if not limits and facts in {row.template for row in self.rules}:
            cleaned["facts"] = ""
        if limits and not facts.strip() and "facts" not in self.errors:
            self.add_error("facts", ValidationError(NO_FACTS, code="required"))
        if cleaned.get("outcome") in NEEDS_RULE and not cleaned.get("rule"):
            self.add_error("rule", ValidationError(NO_RULE, code="required"))
        return cleaned

    @property
    def chosen_rule(self) -> NetiquetteRule | None:
        """The rule, in the language of the statement; ``None`` where none was broken."""
        choice = self.choice(self.cleaned_data["rule"])
        return choice.rule if choice and self.cleaned_data["outcome"] in LIMITING else None

    def choice(self, value: str) -> RuleChoice | None:
        return next((row for row in self.rules if row.value == value), None)

    @property
    def outcome_choices(self) -> list[dict[str, Any]]:
        chosen = self["outcome"].value()
        return [
            {"value": value, "label": label, "key": key_of(value), "checked": value == chosen}
            for value, label in choices_of(self, "outcome")
        ]

    @property
    def rule_rows(self) -> list[dict[str, Any]]:
        chosen = str(self["rule"].value() or "")
        return [{"choice": row, "checked": row.value == chosen} for row in self.rules]


class DecisionForm(StatementForm):
    """
    The decision about one case, with the version of the text it looks at.

    ``moderated`` are the processes of whoever decides: where something can be moved to.
    """

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen_digest = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    days = forms.IntegerField(
        label=_("For how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("Hidden for now: at most 30."),
        widget=forms.NumberInput(attrs={ASKED_FOR: Outcome.SUSPEND}),
    )
    where = forms.ChoiceField(
        label=_("Suspended from"),
        choices=[(FORUM, _("this forum")), (SITE, _("the whole site"))],
        initial=FORUM,
        required=False,
    )
    target = forms.ChoiceField(label=_("Moved to"), required=False)
    spans = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def __init__(
        self,
        *args: Any,
        case: Case,
        texts: dict[str, str],
        moderated: Iterable[Process],
        **kwargs: Any,
    ) -> None:
        self.case, self.texts, self.moderated = case, texts, list(moderated)
        kwargs.setdefault("language", case.language)
        super().__init__(*args, **kwargs)
        offer(
            self,
            "target",
            [("", _("another office or service")), *targets_for(case, self.moderated)],
        )
        self.fields["passages"] = words_field(
            label=_("Passages to mask"),
            help_text=_("As they stand in the text, one on each line. Every place is masked."),
            required=False,
            rows=2,
            attrs={ASKED_FOR: Outcome.MASK},
        )
        self.fields["scope"] = words_field(
            label=_("What it covers"),
            help_text=_("Leave it empty for the usual words."),
            required=False,
            rows=2,
        )

    def clean_spans(self) -> list[MarkedSpan]:
        try:
            return read_spans(json.loads(self.cleaned_data["spans"] or "[]"), self.texts)
        except ValueError as error:
            raise ValidationError(
                _("The text has changed since you marked it. Please mark it again."),
                code="changed",
            ) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome == Outcome.SUSPEND and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", ValidationError(_("Please say for how long."), code="required"))
        if outcome == Outcome.MASK and "spans" in cleaned:
            self._clean_mask(cleaned)
        if outcome == Outcome.TEMPORARY and not cleaned.get("days") and "days" not in self.errors:
            cleaned["days"] = conf.TEMPORARY_DAYS
        return cleaned

    def _clean_mask(self, cleaned: dict[str, Any]) -> None:
        found, missing = spans_of_passages(cleaned.get("passages") or "", self.texts)
        for passage in missing:
            self.add_error(
                "passages",
                ValidationError(
                    _("“%(passage)s” is not in the text."),
                    code="not-found",
                    params={"passage": passage[:80]},
                ),
            )
        cleaned["spans"] = [*cleaned["spans"], *found]
        if not cleaned["spans"] and not missing:
            self.add_error(
                "passages", ValidationError(_("Please mark what is to be masked."), code="required")
            )

    def until(self, at: datetime) -> datetime | None:
        """When the measure ends by itself, counted from ``at``; only where it ends."""
        days = self.cleaned_data.get("days")
        if not days or self.cleaned_data["outcome"] not in ENDING:
            return None
        return at + timedelta(days=days)

    @property
    def target_process(self) -> Process | None:
        target = self.cleaned_data.get("target")
        return next((row for row in self.moderated if str(row.uuid) == target), None)
