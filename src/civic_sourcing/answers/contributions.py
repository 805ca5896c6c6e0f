"""What the city makes of a contribution is one too: where credits and derivations end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic_sourcing.answers.models import ADOPTION, Adoption
from civic_sourcing.attribution.family.neighbours import origin_at_hand
from civic_sourcing.attribution.family.visibility import addresses, translated_titles
from civic_sourcing.attribution.kinds import ContributionKind
from civic_sourcing.attribution.models import Contribution, Derivation, DerivationKind
from civic_sourcing.core.exceptions import ActionRefused

if TYPE_CHECKING:
    from civic_sourcing.processes.models import Process


class AdoptionContribution(ContributionKind):
    """
    The city's own words and plan, told on the page of what it was adopted from.

    They are neither hidden nor masked nor moved: what is wrong in them is corrected.
    """

    key = ADOPTION
    label = gettext_lazy("Adoption")
    is_compared = False

    def contents(self, contributions: Iterable[Contribution]) -> Mapping[int, Adoption]:
        keys = [contribution.pk for contribution in contributions]
        adoptions = Adoption.objects.filter(contribution__in=keys)
        return {adoption.contribution_id: adoption for adoption in adoptions}

    def url(self, contribution: Contribution) -> str:
        """The page of what it was adopted from, at the adoption."""
        source = source_of(contribution)
        url = source.kind_of.url(source) if source else ""
        return f"{url}#adoption-{contribution.uuid}" if url else ""

    def urls(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        near = [each for each in contributions if origin_at_hand(each)]
        found = {each.pk: self.url(each) for each in near}
        return found | self._looked_up([each for each in contributions if each.pk not in found])

    def translated(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """What has the title of what it was made of is called like that in every language."""
        first = _first_sources(contributions)
        titles = translated_titles(set(first.values()))
        return {
            each.pk: titles[first[each.pk].pk]
            for each in contributions
            if each.pk in first
            and first[each.pk].pk in titles
            and first[each.pk].title == each.title
        }

    def _looked_up(self, contributions: Sequence[Contribution]) -> Mapping[int, str]:
        """The addresses of many, with one question for what they were made of."""
        first = _first_sources(contributions)
        found = addresses(set(first.values()))
        return {
            contribution.pk: f"{url}#adoption-{contribution.uuid}"
            for contribution in contributions
            if contribution.pk in first and (url := found.get(first[contribution.pk].pk, ""))
        }

    def context(self, contribution: Contribution) -> Mapping[str, Any]:
        source = source_of(contribution)
        return dict(source.kind_of.context(source)) if source else {}

    def canonical(self, contribution: Contribution) -> tuple[str, str]:
        version = contribution.versions.order_by("number").last()
        return (version.title, version.text) if version else (contribution.title, "")

    def show(self, contribution: Contribution) -> None:
        """It is shown with what it was adopted from."""

    def hide(self, contribution: Contribution) -> None:
        raise refused()

    def withdraw(self, contribution: Contribution) -> None:
        raise refused()

    def restore(self, contribution: Contribution) -> None:
        """Nothing was hidden."""

    def mask(self, contribution: Contribution, title: str, text: str) -> None:
        raise refused()

    def move(self, contribution: Contribution, process: Process) -> None:
        raise refused()

    def blank(self, contribution: Contribution) -> None:
        """Its words are the city's."""

    def visible(self, contributions: Iterable[Contribution]) -> Collection[int]:
        """All: an adoption is made with its entry, and the database lets none be deleted."""
        return {contribution.pk for contribution in contributions}


def _first_sources(contributions: Sequence[Contribution]) -> dict[int, Contribution]:
    """What each was adopted from, the first where it was several, by its key."""
    if not contributions:
        return {}
    ties = Derivation.objects.filter(
        target__in=[contribution.pk for contribution in contributions],
        kind=DerivationKind.ADOPTED,
    )
    first: dict[int, Contribution] = {}
    for tie in ties.select_related("source__process").order_by("pk"):
        first.setdefault(tie.target_id, tie.source)
    return first


def source_of(contribution: Contribution) -> Contribution | None:
    """What an adoption was made of, the first where it was several; at hand on a page of one."""
    if at_hand := origin_at_hand(contribution):
        return at_hand
    sources = Contribution.objects.filter(derived__target=contribution)
    return sources.select_related("process").order_by("derived__pk").first()


def refused() -> ActionRefused:
    return ActionRefused(
        _("What the city has adopted is its own word: change its plan or cancel it instead."),
        code="adoption",
    )
