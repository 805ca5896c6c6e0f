"""A budget vote that is over: imported from the town's own published file, and translated."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.html import format_html

from civic_sourcing.budgets.actions import ImportElection
from civic_sourcing.budgets.models import BudgetProjectPage, BudgetVotePage, Project
from civic_sourcing.budgets.published import PublishedElection

from .election import FILE, proposals
from .pages import locale
from .participation import hub
from .past import at

SLUG = "budget"
AFTER_THE_VOTE = datetime(2024, 9, 18, 12, tzinfo=UTC)

TEXTS = {
    "en": {
        "title": "Participatory budget 2025",
        "introduction": (
            "<p>Everybody who lives in Neulbom could choose up to five of sixteen projects for the "
            "five districts. The council has bound itself to the result.</p>"
        ),
        "source_note": "The town, its projects and its voters are made up.",
    },
    "ko": {
        "title": "2025년 참여예산 투표",
        "introduction": (
            "<p>늘봄시에 사는 누구나 다섯 개 동의 열여섯 개 사업 가운데 다섯 개까지 고를 수 "
            "있었습니다. 시의회는 투표 결과를 그대로 따르기로 약속했습니다.</p>"
        ),
        "source_note": "도시와 사업, 투표한 사람은 모두 지어낸 것입니다.",
    },
}


def load() -> None:
    vote = budget_vote()
    korean = locale("ko")
    if not vote.has_translation(korean):
        translated(vote, korean, **TEXTS["ko"])
    pages = {page.number: page for page in BudgetProjectPage.objects.child_of(vote)}
    for proposal in proposals():
        page = pages[proposal["number"]]
        if not page.has_translation(korean):
            describe(page, proposal["en"])
            translated(page, korean, **words(proposal["ko"]))


def budget_vote() -> BudgetVotePage:
    """Return the English page of the vote, imported if it is missing."""
    found = BudgetVotePage.objects.child_of(hub()).filter(slug=SLUG).first()
    if found is not None:
        return found
    published = PublishedElection.read(
        FILE,
        title_given=TEXTS["en"]["title"],
        slug=SLUG,
        source=TEXTS["en"]["source_note"],
    )
    with at(AFTER_THE_VOTE):
        vote: BudgetVotePage = ImportElection(hub(), by=None, published=published).execute()
    vote.introduction = TEXTS["en"]["introduction"]
    vote.save_revision().publish()
    return vote


def project(number: str) -> Project:
    """Return the project that has this number in the vote."""
    return Project.objects.get(process=budget_vote().process, number=number)


def describe(page: BudgetProjectPage, texts: dict[str, str]) -> None:
    page.description = words(texts)["description"]
    page.save_revision().publish()


def words(texts: dict[str, str]) -> dict[str, str]:
    """Return the fields of a project's page that differ by language."""
    return {
        "title": texts["title"],
        "description": format_html("<p>{}</p>", texts["text"]),
        "category": texts["category"],
        "target": texts["target"],
        "place": texts["place"],
    }


def translated(page: Any, language: Any, **texts: str) -> None:
    translation = page.copy_for_translation(language)
    for name, value in texts.items():
        setattr(translation, name, value)
    translation.save_revision().publish()
