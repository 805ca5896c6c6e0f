"""The facts of each section: what is the same in every language."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.coreutils import get_content_languages

from civic_sourcing.answers.desk.fields import DepartmentChoice
from civic_sourcing.answers.models import Department
from civic_sourcing.challenges.desk.words import Words
from civic_sourcing.challenges.editorial.audiences import Audience
from civic_sourcing.challenges.editorial.sections import limit
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeType, LegalAuthority, TieRule
from civic_sourcing.challenges.roles import MANAGER
from civic_sourcing.core.forms import PlainTextField
from civic_sourcing.core.money import validate_currency
from civic_sourcing.core.money_fields import MoneyField, in_minor_units
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Mandate
from civic_sourcing.processes.roles import people_with_role

MOST_DAYS, MOST_YEARS, MOST_ROLES = 3650, 50, 10


def line(label: Any, length: int, help_text: Any = "") -> PlainTextField:
    return PlainTextField(
        label=label, required=False, max_length=length, single_line=True, help_text=help_text
    )


def lines(label: Any, length: int, help_text: Any = "") -> PlainTextField:
    return PlainTextField(
        label=label,
        required=False,
        max_length=length,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def number(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, help_text=help_text)


def tick(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


class FactsForm(forms.Form):
    """Facts by the name of their field; ``frozen`` are those that stay once it has opened."""

    def __init__(self, *args: Any, facts: ChallengeFacts, frozen: frozenset[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.prepare()
        for name in frozen & set(self.fields):
            self.fields[name].disabled = True

    def prepare(self) -> None:
        """Offer what there is to choose from."""

    def values(self) -> dict[str, Any]:
        """What ``SetFacts`` takes."""
        return dict(self.cleaned_data)

    @classmethod
    def initial_of(cls, facts: ChallengeFacts) -> dict[str, Any]:
        return {name: getattr(facts, name) for name in cls.base_fields}


class GeneralForm(FactsForm):
    primary_type = forms.ChoiceField(
        label=_("What kind of solution"),
        required=False,
        choices=[("", "—"), *ChallengeType.choices],
    )
    more_types = forms.MultipleChoiceField(
        label=_("Also"),
        required=False,
        choices=ChallengeType.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to three more."),
    )
    other_type = line(_("Another kind, in your words"), 100)
    audiences = forms.MultipleChoiceField(
        label=_("Whom it is for"),
        required=False,
        choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    department = DepartmentChoice()
    agency = line(pgettext_lazy("challenge", "Office"), 200)
    other_offices = lines(_("Other public bodies"), 2000)
    other_partners = lines(_("Other partners"), 2000)
    managers: Any = forms.ModelMultipleChoiceField(
        None,
        label=_("Managers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They look after this challenge and hear what concerns it."),
    )
    fiscal_years = line(_("Fiscal years"), 100, _("In which it is paid, such as FY27."))
    contact = lines(_("Contact"), 1000, _("As everybody may read it."))

    def prepare(self) -> None:
        managers = people_with_role(MANAGER, self.facts)
        here = [Participant.objects.of(user).pk for user in managers]
        people: Any = self.fields["managers"]
        named = self.facts.managers.values("pk") if self.facts.pk else Participant.objects.none()
        people.queryset = (
            Participant.objects.filter(pk__in=here) | Participant.objects.filter(pk__in=named)
        ).select_related("user")
        department: Any = self.fields["department"]
        shown = department_shown(self.facts)
        keys = [*DepartmentChoice.choosable().values_list("pk", flat=True), shown and shown.pk]
        offered = Department.objects.filter(pk__in=filter(None, keys))
        department.queryset = offered.order_by("position", "name", "pk")

    def clean_more_types(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["more_types"]
        if len(set(chosen) - {self.cleaned_data.get("primary_type")}) > limit("more_types"):
            raise forms.ValidationError(_("Choose up to three more."), code="too-many-types")
        return chosen

    @classmethod
    def initial_of(cls, facts: ChallengeFacts) -> dict[str, Any]:
        managers = list(facts.managers.values_list("pk", flat=True)) if facts.pk else []
        plain = {name: getattr(facts, name) for name in cls.base_fields if name != "managers"}
        shown = department_shown(facts)
        return {**plain, "department": shown and shown.pk, "managers": managers}


def department_shown(facts: ChallengeFacts) -> Department | None:
    """Its department in the language of whoever looks; itself where it is closed by now."""
    own = facts.department
    if own is None:
        return None
    offered: Department | None = DepartmentChoice.choosable().same_as(own).first()
    return offered or own


class PrizesForm(FactsForm):
    authority: Any = forms.ModelChoiceField(
        None, label=_("Legal basis"), required=False, empty_label="—"
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[validate_currency],
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
        help_text=_("Its code in three capital letters, such as KRW or EUR."),
    )
    prize_total = MoneyField(
        label=_("Prize money"), required=False, help_text=_("All of it. Empty: there is none.")
    )
    prize_up_to = tick(_("This is the most; it may be less"))
    has_other_prizes = tick(_("There is something to win beside money"))

    def prepare(self) -> None:
        offered = LegalAuthority.objects.filter(retired=False)
        chosen: Any = self.fields["authority"]
        own = LegalAuthority.objects.filter(pk=self.facts.authority_id)
        chosen.queryset = offered | own

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "currency" in cleaned:
            self.total = in_minor_units(self, "prize_total", cleaned["currency"])
        return cleaned


class RulesForm(FactsForm):
    """What entries do, who may enter together, and how long rights and entries are kept."""

    roles: ClassVar[Words] = Words(_("Roles a team must have (%(language)s)"), 1000, rows=3)

    mandate = forms.ChoiceField(
        label=_("Mandate"),
        choices=[(each, format_lazy("{}: {}", each.label, each.meaning)) for each in Mandate],
        widget=forms.RadioSelect,
        help_text=_(
            "What people’s entries do. It cannot be lowered once the challenge is announced, and "
            "stays as it is once it is open."
        ),
    )
    takes_teams = tick(_("Teams may enter"))
    rights_back_days = number(_("Days until rights go back if nothing was carried out"), MOST_DAYS)
    keep_days = number(_("Days entries that were not chosen are kept"), MOST_DAYS)

    def prepare(self) -> None:
        for code, language in get_content_languages().items():
            field = self.roles.field(code, language)
            field.help_text = _("One in each line, in the same order in every language.")
            written = [role.get("labels", {}).get(code, "") for role in self.facts.team_roles]
            field.initial = "\n".join(written).strip()
            self.fields[f"roles_{code}"] = field

    def values(self) -> dict[str, Any]:
        codes = list(get_content_languages())
        columns = [self.cleaned_data[f"roles_{code}"].splitlines() for code in codes]
        rows = [
            {code: text.strip() for code, text in zip(codes, texts, strict=True)}
            for texts in list(zip_longest(*columns, fillvalue=""))[:MOST_ROLES]
        ]
        known = {str(role.get("labels")): role.get("key") for role in self.facts.team_roles}
        roles = [
            {"key": known.get(str(labels)) or f"role-{at}", "labels": labels}
            for at, labels in enumerate(rows, start=1)
            if any(labels.values())
        ]
        plain = {name: self.cleaned_data[name] for name in self.base_fields if name != "mandate"}
        return {**plain, "team_roles": roles}

    @classmethod
    def initial_of(cls, facts: ChallengeFacts) -> dict[str, Any]:
        plain = {name: getattr(facts, name) for name in cls.base_fields if name != "mandate"}
        return {**plain, "mandate": facts.process.mandate}


class JudgingForm(FactsForm):
    """How it is judged; all of it stays once the challenge has opened."""

    sealed = tick(_("Sealed"), _("Nobody reads an entry before the deadline, staff included."))
    blind = tick(_("Blind"), _("Judges do not learn who made an entry."))
    judges_each = number(_("Judges for each entry"), 100, _("0: every judge reads every entry."))
    corrects_severity = tick(
        _("Balance harsh and mild judges"),
        _("The plain mean is shown beside it."),
    )
    public_percent = number(_("Share of the public vote, in percent"), 100)
    peer_percent = number(_("Share of other solvers’ scores, in percent"), 100)
    tie = forms.ChoiceField(
        label=_("Of equal scores"), choices=TieRule.choices, widget=forms.RadioSelect
    )
    verification_days = number(
        _("Days of public verification"),
        MOST_DAYS,
        _("In which somebody can say that a winner used their work."),
    )
    cancel_years = number(_("Years in which an award can be cancelled"), MOST_YEARS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (cleaned.get("public_percent") or 0) + (cleaned.get("peer_percent") or 0) > 100:
            self.add_error("peer_percent", _("The shares together are more than everything."))
        return cleaned


class EntryForm(FactsForm):
    """Where entries are taken."""

    external_url = forms.URLField(
        label=_("Address where entries are taken"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Only if people enter on another site. Empty: they enter here."),
    )
