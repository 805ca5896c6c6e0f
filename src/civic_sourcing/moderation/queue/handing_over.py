"""Give a colleague's cases to another one, when they are ill or leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from civic_sourcing.moderation.actions.assigning import hand_over_cases
from civic_sourcing.moderation.colleagues import all_moderators, name_of
from civic_sourcing.moderation.queue.forms import offer
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.moderation.queue.screens import Screen


class HandOverForm(forms.Form):
    """Whose cases, and to whom."""

    of = forms.ChoiceField(label=_("Cases of"))
    to = forms.ChoiceField(label=_("are handed over to"))

    def __init__(self, *args: Any, givers: list[Any], takers: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in [*givers, *takers]}
        offer(
            self, "of", [(str(user.pk), f"{name_of(user)} ({user.open_cases})") for user in givers]
        )
        offer(self, "to", [(str(user.pk), name_of(user)) for user in takers])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("of") and cleaned.get("of") == cleaned.get("to"):
            self.add_error("to", _("Please choose somebody else."))
        return cleaned


class HandOverView(Screen):
    """One form; what cannot be handed over is named."""

    template_name = "civic_sourcing/moderation/admin/hand_over.html"
    page_title = _("Hand over cases")
    tab = "hand_over"

    def form(self, data: Any = None) -> HandOverForm:
        return HandOverForm(data, givers=self.givers(), takers=all_moderators())

    def givers(self) -> list[Any]:
        """People with open cases that this moderator sees."""
        mine = seen_by(self.request.user).open().exclude(assigned_to=None)
        numbers = dict(mine.order_by().values_list("assigned_to").annotate(number=Count("pk")))
        users = get_user_model()._base_manager.filter(pk__in=numbers)
        people: list[Any] = list(users.select_related("civic_participant"))
        for user in people:
            user.open_cases = numbers[user.pk]
        return sorted(people, key=name_of)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        of, to = (form.people[form.cleaned_data[name]] for name in ("of", "to"))
        rows = seen_by(request.user).open().filter(Q(assigned_to=of)).order_by("pk")
        done, refused = hand_over_cases(list(rows), by=request.user, of=of, to=to)
        if done:
            sentence = ngettext(
                "%(number)s case is with %(name)s now.",
                "%(number)s cases are with %(name)s now.",
                len(done),
            )
            messages.success(request, sentence % {"number": len(done), "name": name_of(to)})
        for sentence in dict.fromkeys(error.message for _case, error in refused):
            number = sum(error.message == sentence for _case, error in refused)
            messages.warning(request, f"{sentence} ({number})")
        return redirect(f"{URL_NAME}:hand_over")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form()
        return {**super().get_context_data(**kwargs), "form": form}
