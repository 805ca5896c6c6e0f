"""The town's word lists in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from civic_sourcing.moderation.models import NetiquetteRule, WordList


class WordListForm(WagtailAdminModelForm):
    """A list with a choice of the site's languages, and of the rules in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.language
        choices = [("", _("All languages")), *_languages()]
        if known and known not in dict(choices):
            choices.append((known, known))
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=choices,
            help_text=_("Texts in another language are not looked at with this list."),
        )
        rules = NetiquetteRule.objects.in_force()
        if self.instance.rule_id:
            rules = rules | NetiquetteRule.objects.filter(pk=self.instance.rule_id)
        self.fields["rule"].queryset = rules


def language_of(words: WordList) -> Any:
    """The language by its name in the reader's own."""
    return dict(_languages()).get(words.language, words.language) or _("All languages")


def effect_of(words: WordList) -> Any:
    """What happens to a text with one of the words in it."""
    return _("not in use") if words.retired else words.get_verdict_display()


class WordListViewSet(SnippetViewSet):
    """Lists of words that are marked, held or refused."""

    model = WordList
    icon = "list-ul"
    menu_label = _("Word lists")
    add_to_settings_menu = True
    list_display = [
        "title",
        Column("language", label=_("Language"), accessor=language_of, sort_key="language"),
        Column("verdict", label=_("What happens"), accessor=effect_of, sort_key="verdict"),
    ]
    list_filter = ["language", "verdict", "retired"]
    search_fields = ["title"]
    search_backend_name = None
    panels = [
        FieldPanel("title"),
        FieldPanel("language"),
        FieldPanel("words"),
        FieldPanel("exceptions"),
        MultiFieldPanel(
            [
                FieldPanel("verdict"),
                FieldPanel("sentence"),
                FieldPanel("rule"),
                FieldPanel("retired"),
            ],
            heading=_("What happens"),
        ),
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=WordListForm).bind_to_model(self.model)


def register_word_lists() -> None:
    """Give the lists their screens; called where Wagtail looks for hooks."""
    register_snippet(WordListViewSet)


def _languages() -> list[tuple[str, str]]:
    given = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", None) or settings.LANGUAGES
    return [(code, get_language_info(code)["name_translated"]) for code, _name in given]
