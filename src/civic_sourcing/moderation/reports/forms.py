"""The form on which something is reported. It checks shape; whether it is possible, its action."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.forms import PlainTextField, RequestKeyField
from civic_sourcing.moderation.conf import REPORT_COLUMN, conf
from civic_sourcing.moderation.models import NetiquetteRule


class RuleField(forms.ModelChoiceField):
    """One of the rules in force, in the reader's language, each with what it means."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        rules = NetiquetteRule.objects.in_force(get_language())
        super().__init__(queryset=rules, empty_label=None, **kwargs)

    def label_from_instance(self, obj: Any) -> SafeString:
        words = '<strong>{}</strong><br><span class="civic-hint">{}</span>'
        return format_html(words, obj, obj.meaning)


class ReportForm(forms.Form):
    """Which rule is broken, what is wrong, and whether it concerns the reporter."""

    request_key = RequestKeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"request_key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["rule"] = RuleField(
            label=_("Which rule is broken?"),
            error_messages={
                "required": _("Please choose a rule."),
                "invalid_choice": _("This rule is not in force any more. Please choose another."),
            },
        )
        self.fields["text"] = PlainTextField(
            label=_("What is wrong?"),
            help_text=_("Moderators read this. The author does not see who reported."),
            required=False,
            max_length=REPORT_COLUMN,
            max_graphemes=conf.REPORT_TEXT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["affected"] = forms.BooleanField(
            label=_("I am personally affected"),
            help_text=_(
                "For example because it shows my telephone number or says something untrue about "
                "me. Such reports are looked at first, and the text can be hidden in the meantime."
            ),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        rule = cleaned.get("rule")
        if rule and rule.needs_text and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Under this rule, please say in a few words what is wrong."))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("rule", "text", "affected")}
