from __future__ import annotations

from wagtail import hooks

from civic_sourcing.answers.desk.departments import register_departments
from civic_sourcing.answers.desk.viewset import AnswersViewSet

register_departments()


@hooks.register("register_admin_viewset")
def offer_answers() -> AnswersViewSet:
    return AnswersViewSet()
