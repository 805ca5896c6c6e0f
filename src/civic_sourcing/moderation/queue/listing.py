"""The list of cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from civic_sourcing.moderation.colleagues import name_of
from civic_sourcing.moderation.models import Case, SavedView
from civic_sourcing.moderation.queue.columns import WIDE_ONLY, AgeColumn, CaseColumn, ChooseColumn
from civic_sourcing.moderation.queue.filters import STANDING_VIEWS, CaseFilterSet, searched
from civic_sourcing.moderation.queue.keys import keys_are_on
from civic_sourcing.moderation.queue.names import URL_NAME
from civic_sourcing.moderation.queue.reach import moderates, seen_by
from civic_sourcing.moderation.queue.screens import forbidden
from civic_sourcing.moderation.queue.tabs import tabs_for
from civic_sourcing.moderation.queue.titles import kind_label, titles_of_cases
from civic_sourcing.moderation.queue.waiting import ORDER

READ = (
    "contribution",
    "participant__user",
    "rule",
    "assigned_to__civic_participant",
    "lease__holder__civic_participant",
)
NO_FILTERS = ("p", "_w_filter_fragment", "case")


class QueueView(IndexView):
    """Open cases where the user is moderator, emergencies first, then as they are due."""

    model = Case
    template_name = "civic_sourcing/moderation/admin/queue.html"
    results_template_name = "civic_sourcing/moderation/admin/queue_results.html"
    page_title = _("Cases")
    header_icon = "warning"
    index_url_name = f"{URL_NAME}:index"
    index_results_url_name = f"{URL_NAME}:index_results"
    filterset_class = CaseFilterSet
    search_fields = ["contribution__title"]
    search_backend_name = None
    default_ordering = ORDER
    paginate_by = 30
    add_url_name = edit_url_name = inspect_url_name = delete_url_name = None
    any_permission_required: list[str] = []
    permission_policy = None
    table_classname = "listing civic-cases"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not moderates(request.user):
            return forbidden(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[Case]:
        return seen_by(self.request.user)

    def order_queryset(self, queryset: Any) -> Any:
        """Equals keep one order, so that no case stands on two pages or on none."""
        ordered = super().order_queryset(queryset)
        names = ordered.query.order_by
        return ordered if "pk" in names else ordered.order_by(*names, "pk")

    def search_queryset(self, queryset: Any) -> Any:
        return searched(queryset, self.search_query)

    @cached_property
    def at(self) -> datetime:
        return timezone.now()

    @cached_property
    def query(self) -> str:
        """The filters and words of this view, without the page of it."""
        given: QueryDict = self.request.GET.copy()
        for name in NO_FILTERS:
            given.pop(name, None)
        return given.urlencode()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse(f"{URL_NAME}:next")
        return [
            HeaderButton(
                _("Next case"),
                url=f"{url}?{self.query}" if self.query else url,
                icon_name="arrow-right",
                attrs={"data-civic-key": "n"},
            )
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            ChooseColumn("choose", label="", view=self, width="3rem"),
            CaseColumn("case", label=_("Case"), view=self),
            Column("forum", label=_("Forum"), accessor=self.forum_of, classname=WIDE_ONLY),
            Column("kind", label=_("Kind"), accessor=self.kind_of, classname=WIDE_ONLY),
            Column("rule", label=_("Rule"), accessor=self.rule_of, classname=WIDE_ONLY),
            AgeColumn("age", label=_("Age and target"), view=self, sort_key="due_at"),
            Column("reporters", label=_("Reporters"), sort_key="reporters", classname=WIDE_ONLY),
            Column("language", label=_("Language"), accessor=language_of, classname=WIDE_ONLY),
            Column("assigned", label=_("Assigned to"), accessor=assigned, classname=WIDE_ONLY),
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        saved = SavedView.objects.filter(user=self.request.user)
        views: list[Any] = [*STANDING_VIEWS, *saved]
        return {
            **context,
            "tabs": tabs_for(self.request.user, "cases"),
            "standing_views": [(view, view.query == self.query) for view in STANDING_VIEWS],
            "saved_views": [(view, view.query == self.query) for view in saved],
            "is_new_view": all(view.query != self.query for view in views),
            "query": self.query,
            "keys_on": keys_are_on(self.request.user),
        }

    @cached_property
    def _titles(self) -> dict[int, str]:
        return titles_of_cases(self.shown)

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        """Keys alone are sorted and skipped; only the cases of the page itself are read whole."""
        keys = queryset.values("pk")
        paginator, page, chosen, has_others = super().paginate_queryset(keys, page_size)
        rows = Case.objects.filter(pk__in=chosen).order_by(*queryset.query.order_by)
        self.shown = page.object_list = list(rows.select_related(*READ))
        return paginator, page, self.shown, has_others

    def title_of(self, case: Case) -> str:
        return self._titles[case.pk]

    def url_of(self, case: Case) -> str:
        url = reverse(f"{URL_NAME}:case", args=[case.uuid])
        return f"{url}?{self.query}" if self.query else url

    def kind_of(self, case: Case) -> str:
        return kind_label(case)

    def forum_of(self, case: Case) -> str:
        return self.filters.forum_titles.get(case.process_id, "–")

    def rule_of(self, case: Case) -> str:
        return (
            self.filters.rule_titles.get(str(case.rule.translation_key), "") if case.rule else "–"
        )


def language_of(case: Case) -> str:
    """The language by its own name."""
    if not case.language:
        return "–"
    try:
        return str(get_language_info(case.language)["name_local"])
    except KeyError:
        return case.language


def assigned(case: Case) -> str:
    return name_of(case.assigned_to) if case.assigned_to else "–"
