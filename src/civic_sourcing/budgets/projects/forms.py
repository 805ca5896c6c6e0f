"""The part of a project page's form that holds its facts, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from civic_sourcing.budgets.keeping import is_on_paper
from civic_sourcing.budgets.models.areas import VoteArea, VoteCategory
from civic_sourcing.budgets.models.rules import BudgetRules
from civic_sourcing.budgets.projects.facts import Facts, FactsDraft, next_numbers
from civic_sourcing.budgets.projects.numbers import numbers_taken
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.money_fields import MoneyField, typed_money

PREFIX = "facts"
NUMBER_LENGTH = 64
AMOUNTS = ("cost", "cost_least", "running_cost")


class NumberField(PlainTextField):
    """What a project is called on ballots: short, without the comma that parts them in files."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=NUMBER_LENGTH, single_line=True, **kwargs)

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        if number and "," in number:
            raise ValidationError(_("A number holds no comma."), code="comma")
        return number


class ProjectFields(forms.Form):
    """The facts of one project of a vote; what is typed becomes ``Facts``."""

    number = NumberField(
        label=_("Number"),
        required=False,
        help_text=_("What ballots and results call the project. It can hold letters."),
    )
    cost = MoneyField(label=_("Cost"), required=False)
    cost_least = MoneyField(
        label=_("At least"),
        required=False,
        help_text=_("Only where the cost is a range. Voters’ ballots reckon with the highest."),
    )
    running_cost = MoneyField(label=_("Running costs a year"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    category = forms.ChoiceField(label=pgettext_lazy("budget vote", "Category"), required=False)

    def __init__(self, *args: Any, process: Any, currency: str, **kwargs: Any) -> None:
        self.process, self.currency = process, currency
        super().__init__(*args, **kwargs)
        for name, model in (("area", VoteArea), ("category", VoteCategory)):
            rows = model.objects.of(process) if process else ()
            choices = [(row.code, row.name) for row in rows]
            field: Any = self.fields[name]
            field.choices = [("", "—"), *choices]
            if not choices:
                del self.fields[name]
        for name in AMOUNTS:
            if currency and name in self.fields:
                label = _("%(label)s (%(currency)s)")
                words = {"label": self.fields[name].label, "currency": currency}
                self.fields[name].label = label % words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in AMOUNTS:
            amount, field = cleaned.get(name), self.fields.get(name)
            if amount is None or not isinstance(field, MoneyField):
                continue
            try:
                cleaned[name] = field.minor(amount, self.currency)
            except ValidationError as refused:
                self.add_error(name, refused)
        least, most = cleaned.get("cost_least"), cleaned.get("cost")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            self.add_error("cost_least", _("The least cost is above the highest."))
        return cleaned

    @property
    def facts(self) -> Facts:
        """What was typed; call after validation."""
        names = Facts.__dataclass_fields__
        typed: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        texts = {name: typed[name] or "" for name in ("number", "area", "category")}
        return Facts(**{**typed, **texts})

    def require_complete(self) -> None:
        """Ask for what a project on the ballot paper must have. Call after validation."""
        if not self.cleaned_data.get("number") and "number" not in self.errors:
            self.add_error("number", ValidationError(_("Give it a number."), "required"))
        if self.cleaned_data.get("cost") is None and "cost" not in self.errors:
            self.add_error("cost", ValidationError(_("Say what it costs."), "required"))

    def refuse_taken(self, project: Any = None) -> None:
        """Refuse the number of another project of this vote. Call after validation."""
        number = self.cleaned_data.get("number")
        others = self.process.projects.exclude(pk=project.pk if project else None)
        if number and others.filter(number=number).exists():
            sentence = _("Another project of this vote has this number.")
            self.add_error("number", ValidationError(sentence, "number-taken"))


def typed_facts(facts: Facts, currency: str) -> dict[str, Any]:
    """Facts as ``ProjectFields`` shows them."""
    amounts = {name: typed_money(getattr(facts, name), currency or "XXX") for name in AMOUNTS}
    return {**facts.as_json(), **amounts}


class FactsForm(ProjectFields):
    """
    The facts of a page's project: the page's draft of them, else those in force.

    ``base`` remembers which facts in force its author saw. Once the vote is prepared they are only
    shown.
    """

    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, page: Any, parent: Any) -> None:
        vote = parent or page.vote
        process = vote.specific.process
        rules = BudgetRules.objects.filter(process=process).first() if process else None
        self.page = page
        self.frozen = bool(process) and is_on_paper(process)
        self.lacks_money = rules is None
        self.in_force = Facts.of(page.project)
        self.draft = FactsDraft.from_json(page.facts_draft)
        self.shown = self.draft.facts if self.draft and self.is_current else self.in_force
        self.submitted, self.deferred = self.shown, False
        sent = data if data is not None and f"{PREFIX}-base" in data else None
        currency = rules.currency if rules else ""
        super().__init__(
            None if self.frozen else sent,
            prefix=PREFIX,
            process=process,
            currency=currency,
            initial={
                "base": self.in_force.digest(),
                **typed_facts(self.shown, currency),
                "number": self.shown.number or _next_number(process),
            },
        )
        if self.lacks_money:
            for name in AMOUNTS:
                self.fields[name].disabled = True

    @property
    def is_current(self) -> bool:
        return self.draft is not None and self.draft.is_current(self.in_force)

    @property
    def draft_is_pending(self) -> bool:
        """The page brings facts that will take effect when it is published."""
        return self.is_current and self.shown != self.in_force

    @property
    def draft_is_stale(self) -> bool:
        """The page brings facts made from older ones; they will never take effect."""
        return self.draft is not None and not self.is_current and self.draft.facts != self.in_force

    def is_valid(self) -> bool:
        """A form that was not sent along is valid and changes nothing."""
        return not self.is_bound or bool(super().is_valid())

    def has_changed(self) -> bool:
        return self.is_bound and self.submitted != self.shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not self.deferred:
            self.require_complete()
        self.refuse_taken(self.page.project)
        if not self.errors:
            self.submitted = self.facts
            self._refuse_stale(cleaned.get("base") or "")
        return cleaned

    def draft_for_revision(self) -> dict[str, Any] | None:
        """What the page keeps; ``None`` where nothing differs from the facts in force."""
        if not self.is_bound:
            kept: dict[str, Any] | None = self.page.facts_draft
            return kept
        if self.submitted == self.in_force:
            return None
        return FactsDraft(self.in_force.digest(), self.submitted).as_json()

    def _refuse_stale(self, base: str) -> None:
        """Let nothing through that was typed on top of facts no longer in force."""
        if base == self.in_force.digest():
            return
        if self.submitted.digest() == base:
            self.submitted = self.in_force
            return
        raise ValidationError(
            _(
                "Somebody changed the facts of this project while you were editing, so yours were "
                "not saved. Open this page again to see the facts in force, then make your change "
                "there."
            ),
            code="stale-facts",
        )


class ProjectPageForm(WagtailAdminPageForm):
    """A page form with ``facts``: kept in the revision, in force when the page is published."""

    class Media:
        css = {"all": ["civic_sourcing/budgets/projects.css"]}

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, files, *args, **kwargs)
        self.facts = FactsForm(data, page=self.instance, parent=self.parent_page)

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.facts.deferred = True

    def is_valid(self) -> bool:
        facts_are_valid = self.facts.is_valid()
        return bool(super().is_valid()) and facts_are_valid

    def has_changed(self) -> bool:
        return bool(super().has_changed()) or self.facts.has_changed()

    def save(self, commit: bool = True) -> Any:
        self.instance.facts_draft = self.facts.draft_for_revision()
        return super().save(commit=commit)


def _next_number(process: Any) -> str:
    if process is None:
        return ""
    return next_numbers(numbers_taken(process), 1)[0]
