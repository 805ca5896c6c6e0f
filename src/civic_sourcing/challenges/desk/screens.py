"""What the screens about one challenge share: who may see them, and the ways between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property

from civic_sourcing.challenges.desk.names import address
from civic_sourcing.challenges.editorial.draft import Draft
from civic_sourcing.challenges.editorial.people import may_review, may_write
from civic_sourcing.challenges.editorial.points import Completeness, completeness
from civic_sourcing.challenges.editorial.sections import Section
from civic_sourcing.challenges.freezing import is_frozen
from civic_sourcing.challenges.models import ChallengeFacts, ChallengeMixin
from civic_sourcing.core import clock
from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.process_screens import ProcessScreen


@dataclass(frozen=True)
class Tab:
    """A way to a section, with how much of it is there."""

    label: Any
    url: str
    is_current: bool
    completeness: Completeness


class DeskScreen(ProcessScreen):
    """A screen about the challenge of the address, for whoever may write it."""

    section: ClassVar[Section]
    header_icon = "pick"

    def may_settle(self) -> bool:
        return may_write.allows(self.occasion)

    @cached_property
    def occasion(self) -> Occasion:
        return Occasion(self.request.user, self.process, self.at)

    @cached_property
    def at(self) -> datetime:
        return clock.now()

    @cached_property
    def process(self) -> Process:
        process: Process = super().process
        if process.kind != ChallengeMixin.process_kind:
            raise Http404
        return process

    @cached_property
    def draft(self) -> Draft:
        """The challenge as it stands; read anew after a step."""
        return Draft.of(self.process, timezone.localdate(self.at))

    @property
    def facts(self) -> ChallengeFacts:
        return self.draft.facts

    @cached_property
    def text_page(self) -> Any:
        """The draft of the page in the language of ``?language=``, else of the first one."""
        wanted = self.request.GET.get("language", "")
        spoken = {page.locale.language_code: page for page in self.draft.pages}
        return spoken.get(wanted) or self.draft.page

    @property
    def language(self) -> str:
        code: str = self.text_page.locale.language_code
        return code

    def way(self, section: str) -> str:
        """The address of another section, in the same language."""
        language = "" if self.text_page is self.draft.page else self.language
        return address(Section(section).value, self.process, language=language)

    @property
    def back_url(self) -> str:
        return self.way(Section.GENERAL)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        whole = completeness(self.draft)
        return {
            **context,
            "media": context["form"].media,
            "process": self.process,
            "facts": self.facts,
            "preview_url": address("preview", self.process, language=self.language),
            "partners_url": address("partners", self.process),
            "section": self.section,
            "text_page": self.text_page,
            "languages": self._languages(),
            "tabs": [
                Tab(each.label, self.way(each), each == self.section, whole[each])
                for each in Section
            ],
            "is_frozen": is_frozen(self.process, self.at),
            "may_review": may_review.allows(self.occasion),
        }

    def _languages(self) -> list[dict[str, Any]]:
        """The ways to the same screen with the texts in another language."""
        if len(self.draft.pages) < 2:
            return []
        return [
            {
                "label": page.locale.get_display_name(),
                "url": address(self.section, self.process, language=page.locale.language_code),
                "is_current": page is self.text_page,
            }
            for page in self.draft.pages
        ]


class PreviewView(DeskScreen):
    """The page as everybody will see it, with the latest draft of its texts."""

    section = Section.GENERAL
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.text_page
        response: HttpResponse = page.make_preview_request(self.request, page.default_preview_mode)
        return response
