"""One voter filling in a ballot: what was sent is kept, and the page shows how it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic_sourcing.budgets.ballots import BallotType, Faulty, Scope, examine
from civic_sourcing.budgets.booth import looking
from civic_sourcing.budgets.booth.cards import Card, cards_of
from civic_sourcing.budgets.booth.comparing import Comparison
from civic_sourcing.budgets.booth.counters import counters, headline
from civic_sourcing.budgets.booth.draft import MOST_COMPARED, Draft, Looking
from civic_sourcing.budgets.booth.entrance import Visit, redirect_to
from civic_sourcing.budgets.booth.faults import COUNTED, Wrong, in_words, on_card
from civic_sourcing.budgets.booth.marking import HOW, Marking, numbers_in
from civic_sourcing.budgets.booth.order import shuffled
from civic_sourcing.budgets.booth.reordering import Ranked, moved, ranked
from civic_sourcing.budgets.booth.words import Words
from civic_sourcing.budgets.casting.sealing import SealBroken

FOR = "booth"
"""Name of the field, and place of the seal, that say for whom a form was made."""

LEADS_TO = {"find": "#projects", "all": "#projects", "compare": "#compare", "review": "#wrong"}
"""Where on the page each button leads."""


class Filling:
    """The page of one visit. Nothing is stored but on the voter's device."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.rulebook = visit.rulebook
        self.draft = Draft.load(visit.request, visit.run, visit.voter_key, keys=visit.keys)

    def open(self) -> HttpResponse:
        return self._show()

    def receive(self) -> HttpResponse:
        """Keep what was sent, then do what the button says."""
        if not self._was_made_for_this_voter():
            said = _("This form was opened by somebody else. Here is your own ballot.")
            return self._show(said=said, status=409)
        sent = self.visit.request.POST
        step = sent.get("step", "count")
        self._take(step)
        if is_htmx(self.visit.request):
            part = self.visit.show("counters", **self._standing(), is_update=True)
            part.headers["Civic-Part"] = "counters"
            return self._kept(part)
        if not self.draft.fits:
            return self._show(status=413)
        if step in ("review", "void") and self._may_go_on(step):
            return self._kept(redirect_to(self.visit.address("review")))
        leads_to = "#ranking" if ":" in step else LEADS_TO.get(step, "")
        return self._kept(redirect_to(self.visit.address("vote") + leads_to))

    def _take(self, step: str) -> None:
        sent, draft = self.visit.request.POST, self.draft
        draft.take((name, value) for name, values in sent.lists() for value in values)
        if self.is_ranking:
            draft.typed = moved(self.rulebook, draft.typed, step, self.cards)
        large = step == "large" or (draft.looking.large and step != "usual")
        if step == "all":
            draft.looking = Looking(order=draft.looking.order, large=large)
        else:
            draft.looking = looking.asked_for(sent.dict(), draft.looking, large=large)
        chosen = numbers_in(sent.getlist("compare"), self.rulebook)
        draft.compared = [] if step == "compare-none" else chosen[: MOST_COMPARED + 1]
        draft.checked = draft.checked or step == "review"

    def _may_go_on(self, step: str) -> bool:
        """Whether the ballot can be looked over: nothing is wrong, or it may be cast as void."""
        if self.rulebook.faulty == Faulty.VOID and step == "void":
            return not any(fault.is_unreadable for fault in self.reading.faults)
        return not self.reading.faults

    def _was_made_for_this_voter(self) -> bool:
        try:
            sealed = self.visit.request.POST.get(FOR, "")
            return self.visit.keys.unseal(sealed, place=FOR) == self.visit.voter_key
        except SealBroken:
            return False

    def _kept(self, response: HttpResponse) -> HttpResponse:
        self.draft.save(response)
        return response

    # What the page shows

    @property
    def is_ranking(self) -> bool:
        return self.rulebook.ballot_type == BallotType.RANKING

    @cached_property
    def reading(self) -> Any:
        visit = self.visit
        return examine(self.rulebook, visit.areas, self.draft.typed, withdrawn=visit.withdrawn)

    @cached_property
    def words(self) -> Words:
        return Words.of(self.visit.run.process, self.rulebook)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Cards of the projects on this voter's paper, in its order, by number."""
        visit = self.visit
        known = cards_of(visit.page, visit.run, self.rulebook, self.words, visit.request)
        paper = self.rulebook.paper(visit.areas, visit.withdrawn)
        return {project.number: known[project.number] for project in paper}

    @cached_property
    def wrong(self) -> list[Wrong]:
        """
        What to tell now: all that is wrong once the voter wanted to go on; before, only what nobody
        could read and what the counters do not tell.
        """
        checked = self.draft.checked
        told = [fault for fault in self.reading.faults if checked or fault.code not in COUNTED]
        return in_words(told, self.cards, self.words) if told else []

    def _standing(self) -> dict[str, Any]:
        """How the ballot stands: counters, and what is wrong."""
        visit = self.visit
        each = counters(
            self.rulebook, visit.areas, self.reading.choice, self.words, withdrawn=visit.withdrawn
        )
        return {
            "counter": headline(each),
            "counters": each if len(each) > 1 else [],
            "wrong": self.wrong,
            "is_ranking": self.is_ranking,
            "ranking": self._ranking(),
            "is_too_long": not self.draft.fits,
            "may_be_void": self._may_go_on("void") and bool(self.reading.faults),
        }

    def _ranking(self) -> list[tuple[str, list[Ranked]]]:
        """The ranking so far, each list with the name of its area."""
        if not self.is_ranking:
            return []
        orders = ranked(self.rulebook, self.draft.typed, self.cards)
        return [(self.words.area(area) if area else "", order) for area, order in orders]

    def _show(self, *, said: str = "", status: int = 200) -> HttpResponse:
        draft, marking = self.draft, Marking(self.rulebook, self.draft.typed)
        groups = list(self._groups(marking))
        shown = sum(group["shown"] for group in groups)
        context = {
            **self._standing(),
            "said": said,
            "rules_url": self.visit.address("rules"),
            "how": HOW[self.rulebook.ballot_type],
            "draft": draft,
            "looking": draft.looking,
            "orders": looking.ORDERS.items(),
            "areas": self._named(lambda card: (card.area, card.area_name)),
            "categories": self._named(lambda card: (card.category, card.category_name)),
            "comparison": Comparison.of(draft.compared, self.cards),
            "groups": groups,
            "is_one_question": marking.is_one_question,
            "offers_none": marking.offers_none,
            "none_chosen": not marking.marked,
            "none_shown": not shown,
            "shown": _shown(shown, len(self.cards)),
            "made_for": self.visit.keys.seal(self.visit.voter_key, place=FOR),
        }
        return self._kept(self.visit.show("vote", status=status, **context))

    def _groups(self, marking: Marking) -> Iterator[dict[str, Any]]:
        """The cards, area by area where limits hold by area; else all in one."""
        by_area: dict[str, list[Card]] = defaultdict(list)
        is_divided = self.rulebook.scope == Scope.AREA and len(self.visit.areas) > 1
        for card in self.cards.values():
            by_area[card.area if is_divided else ""].append(card)
        wrong: dict[str, list[Wrong]] = defaultdict(list)
        for each in self.wrong:
            wrong[each.number].append(each)
        for area in self.rulebook.areas if is_divided else [None]:
            code = area.code if area else ""
            if cards := by_area[code]:
                yield self._group(self.words.area(code) if code else "", cards, wrong, marking)

    def _group(
        self, name: str, cards: list[Card], wrong: dict[str, list[Wrong]], marking: Marking
    ) -> dict[str, Any]:
        draft, marked = self.draft, marking.marked
        fits = {c.number for c in cards if looking.fits(c, draft.looking, marked)}
        html = [
            card.filled(
                mark=marking.field(card, faulty=bool(wrong[card.number])),
                faults=card.of_field(on_card(wrong[card.number])),
                compared=card.number in draft.compared,
                hidden=card.number not in fits,
            )
            for card in looking.in_order(cards, draft.looking, self._shuffle)
        ]
        return {"name": name, "shown": len(fits), "cards": _joined(html)}

    def _shuffle(self, cards: list[Card]) -> list[Card]:
        return shuffled(cards, self.visit.keys, self.visit.voter_key)

    def _named(self, of: Callable[[Card], tuple[str, str]]) -> list[tuple[str, str]]:
        """Codes and names to choose from, in the order of the paper; none where there is one."""
        named = dict(of(card) for card in self.cards.values())
        named.pop("", None)
        return list(named.items()) if len(named) > 1 else []


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _joined(html: list[str]) -> SafeString:
    return mark_safe("".join(html))  # noqa: S308 - cards come from our own templates


def _shown(shown: int, all_of_them: int) -> str:
    if shown == all_of_them:
        return ngettext("%(count)d project", "%(count)d projects", shown) % {"count": shown}
    return _("%(shown)d of %(all)d projects") % {"shown": shown, "all": all_of_them}
