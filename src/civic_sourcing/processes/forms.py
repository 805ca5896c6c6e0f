"""The part of a participation page's form that holds the rules, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.formsets import BaseFormSetMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from civic_sourcing.core import clock
from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.forms import MomentField
from civic_sourcing.processes.actions import check_mandate, check_windows
from civic_sourcing.processes.freezing import refuse_frozen_rules
from civic_sourcing.processes.kinds import ProcessKind, kind_of, process_kind
from civic_sourcing.processes.process import Mandate
from civic_sourcing.processes.rules import PhaseRule, Rules, RulesDraft

PREFIX = "rules"
MOST_PHASES = 50


class PhaseForm(forms.Form):
    """One window. ``descriptions`` shows only the text in the page's language."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    opens_at = MomentField(label=_("Opens"), required=False, widget=AdminDateTimeInput)
    closes_at = MomentField(
        label=_("Closes"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Leave empty for a phase without end."),
    )
    description = forms.CharField(
        label=pgettext_lazy("phase", "Description"),
        required=False,
        max_length=1000,
        widget=AdminAutoHeightTextInput,
        help_text=_("In the language of this page. Translations have their own."),
    )

    def __init__(self, *args: Any, kind: ProcessKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *kind.choices]  # type: ignore[attr-defined]

    @property
    def heading(self) -> Any:
        """The kind that is chosen, for the head of the row."""
        chosen = self["kind"].value()
        return dict(self.fields["kind"].choices).get(chosen) if chosen else _("New phase")  # type: ignore[attr-defined]

    def require_complete(self) -> None:
        """Ask for what a phase that takes effect must have. Call after validation."""
        if not self.cleaned_data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", ValidationError(_("Choose a phase."), "required"))
        if not self.cleaned_data.get("opens_at") and "opens_at" not in self.errors:
            self.add_error("opens_at", ValidationError(_("Say when it opens."), "required"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            raise ValidationError(
                {"closes_at": ValidationError(_("It has to close after it opens."), "reversed")}
            )
        return cleaned


class BasePhaseFormSet(BaseFormSetMixin, forms.BaseFormSet):
    """Rows that Wagtail's ``w-formset`` controller adds and takes away."""

    default_error_messages = {
        "missing_management_form": _(
            "The phases did not arrive as a whole, so nothing was changed. Open this page again "
            "and make your change there."
        ),
        "too_many_forms": _("A process has %(num)d phases at most. Take some away."),
    }

    @property
    def management_form(self) -> Any:
        """How many rows there are. A number below zero is none, and no row is dropped for it."""
        form = super().management_form
        counts = form.cleaned_data.values() if self.is_bound and not form.errors else ()
        if any(count and count < 0 for count in counts):
            form.add_error(None, ValidationError("A count is below zero.", code="negative"))
        return form

    @property
    def filled_forms(self) -> list[PhaseForm]:
        """Forms that stand for a phase: one there is already, or a new one not left blank."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.has_changed() or not form.empty_permitted)
        ]

    def _construct_form(self, *args: Any, **kwargs: Any) -> Any:
        """A phase that is there already is never taken for a blank row, however it is counted."""
        form = super()._construct_form(*args, **kwargs)
        form.empty_permitted = form.empty_permitted and not form.initial
        return form


PhaseFormSet: Any = forms.formset_factory(
    PhaseForm,
    formset=BasePhaseFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_PHASES,
    absolute_max=MOST_PHASES + 1,
    validate_max=True,
)


class RulesForm(forms.Form):
    """
    Mandate and phases of a page's process.

    Shows the page's draft if it was made from the rules in force, else the rules in force. ``base``
    remembers which rules in force its author saw, as ``process:version:digest``.
    """

    mandate = forms.ChoiceField(
        label=_("Mandate"),
        choices=[
            (mandate, format_lazy("{}: {}", mandate.label, mandate.meaning)) for mandate in Mandate
        ],
        widget=forms.RadioSelect,
        help_text=_("What people’s input does. It cannot be lowered once the first phase is open."),
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None, *, page: Any) -> None:
        self.page = page
        self.process = page.process
        self.kind = kind_of(self.process) if self.process else process_kind(page.process_kind)
        self.in_force = Rules.of(self.process) if self.process else Rules()
        self.draft = RulesDraft.from_json(page.rules_draft)
        if self.draft and self.process and not self.draft.belongs_to(self.process):
            self.draft = None
        self.shown = self.draft.rules if self.draft and self.draft_is_pending else self.in_force
        self.submitted = self.shown
        self.deferred = False
        submitted = data if data is not None and f"{PREFIX}-base" in data else None
        super().__init__(submitted, prefix=PREFIX, initial=self._initial())
        self.phases = PhaseFormSet(
            submitted,
            prefix=f"{PREFIX}-phases",
            initial=[self._phase_initial(phase) for phase in self.shown.phases],
            form_kwargs={"kind": self.kind},
        )

    @property
    def draft_is_pending(self) -> bool:
        """The page brings rules that will take the place of those in force when it is published."""
        return self._draft_differs and self._draft_is_current

    @property
    def draft_is_stale(self) -> bool:
        """The page brings rules made from older ones; they will never be put into force."""
        return self._draft_differs and not self._draft_is_current

    def is_valid(self) -> bool:
        """A form that was not sent along is valid and changes nothing."""
        return not self.is_bound or bool(super().is_valid() and self.phases.is_valid())

    def has_changed(self) -> bool:
        return self.submitted.digest() != self.shown.digest()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.phases.is_valid() or "mandate" not in cleaned:
            return cleaned
        filled = self.phases.filled_forms
        if not self.deferred:
            for form in filled:
                form.require_complete()
            if not self.phases.is_valid():
                return cleaned
        self.submitted = Rules(cleaned["mandate"], tuple(self._rule(form) for form in filled))
        self._refuse_stale(cleaned.get("base") or "")
        self._refuse_broken()
        return cleaned

    def draft_for_revision(self) -> dict[str, Any] | None:
        """What the page keeps; ``None`` where nothing differs from the rules in force."""
        if not self.is_bound:
            kept: dict[str, Any] | None = self.page.rules_draft
            return kept
        if self.submitted.digest() == self.in_force.digest():
            return None
        uuid, version = self._present()
        return RulesDraft(uuid, version, self.submitted).as_json()

    def _refuse_stale(self, base: str) -> None:
        """Let nothing through that was typed on top of rules no longer in force."""
        uuid, version, digest = (*base.split(":"), "", "", "")[:3]
        if version == str(self._present()[1]) and uuid in {"", self._present()[0]}:
            return
        if self.submitted.digest() == digest:
            self.submitted = self.in_force
            return
        raise ValidationError(
            _(
                "Somebody changed the rules while you were editing, so yours were not saved. "
                "Open this page again to see the rules in force, then make your change there."
            ),
            code="stale-rules",
        )

    def _refuse_broken(self) -> None:
        try:
            check_windows(self.submitted, kind=self.kind)
            if self.process:
                check_mandate(self.process, self.submitted.mandate, at=clock.now())
                refuse_frozen_rules(self.process, Rules.of(self.process), self.submitted)
        except ActionRefused as refused:
            raise ValidationError(refused.message, code=refused.code) from refused

    def _rule(self, form: PhaseForm) -> PhaseRule:
        typed = form.cleaned_data
        known = {phase.pk: phase for phase in self.shown.phases if phase.pk}.get(typed["pk"])
        descriptions = dict(known.descriptions) if known else {}
        descriptions[self._language] = typed["description"]
        return PhaseRule(
            kind=typed["kind"],
            opens_at=_exact(typed["opens_at"], known.opens_at if known else None),
            closes_at=_exact(typed["closes_at"], known.closes_at if known else None),
            descriptions={code: text for code, text in descriptions.items() if text},
            pk=known.pk if known else None,
        )

    def _initial(self) -> dict[str, Any]:
        uuid, version = self._present()
        base = f"{uuid}:{version}:{self.in_force.digest()}"
        return {"mandate": self.shown.mandate, "base": base}

    def _phase_initial(self, phase: PhaseRule) -> dict[str, Any]:
        return {
            "pk": phase.pk,
            "kind": phase.kind,
            "opens_at": phase.opens_at,
            "closes_at": phase.closes_at,
            "description": phase.descriptions.get(self._language, ""),
        }

    def _present(self) -> tuple[str, int]:
        """Number and version of the rules in force; empty for a page never saved."""
        return (str(self.process.uuid), self.process.rules_version) if self.process else ("", 0)

    @property
    def _language(self) -> str:
        code: str = self.page.locale.language_code
        return code

    @property
    def _draft_differs(self) -> bool:
        return self.draft is not None and self.draft.rules.digest() != self.in_force.digest()

    @property
    def _draft_is_current(self) -> bool:
        return (
            self.draft is not None and (self.draft.process, self.draft.version) == self._present()
        )


class ProcessPageForm(WagtailAdminPageForm):
    """
    A page form with ``rules``: kept in the revision, in force when the page is published.

    Participation pages do not expire: what people handed in has to stay visible.
    """

    class Media:
        css = {"all": ["civic_sourcing/processes/admin.css"]}

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, files, *args, **kwargs)
        self.rules = RulesForm(data, page=self.instance)

    def defer_required_fields(self) -> None:
        super().defer_required_fields()
        self.rules.deferred = True

    def is_valid(self) -> bool:
        rules_are_valid = self.rules.is_valid()
        return bool(super().is_valid()) and rules_are_valid

    def has_changed(self) -> bool:
        return bool(super().has_changed()) or self.rules.has_changed()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("expire_at"):
            sentence = _("A participation page does not expire. Close its last phase instead.")
            self.add_error("expire_at", ValidationError(sentence, code="expires"))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.rules_draft = self.rules.draft_for_revision()
        return super().save(commit=commit)


def _exact(typed: datetime | None, known: datetime | None) -> datetime | None:
    """The field shows whole minutes: a time left as it was keeps its seconds."""
    unchanged = typed and known and typed == known.replace(second=0, microsecond=0)
    return known if unchanged else typed
