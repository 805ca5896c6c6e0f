"""Who may propose and support, and when."""

from django.utils.translation import gettext_lazy as _

from civic_sourcing.attribution.models import State
from civic_sourcing.core.policies import Occasion, Policy, Refusal, SignedIn, System
from civic_sourcing.ideas.kinds import COLLECT, SUPPORT
from civic_sourcing.ideas.models import ForumRules, Stage
from civic_sourcing.participants.eligibility.policies import Eligible
from civic_sourcing.participants.policies import InGoodStanding
from civic_sourcing.processes.policies import HasRole, InPhase


class NotTheAuthor(Policy):
    """An author stands behind the idea anyway, so their support is not counted."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        author = occasion.subject.author
        if occasion.user is not None and author is not None and author.user_id == occasion.user.pk:
            return Refusal(
                _("This is your own: that you support it goes without saying."), "own-idea"
            )
        return None


class EligibleToSupport(Eligible):
    """As for proposing, unless the forum lets everybody support what others propose."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        process = occasion.extra.get("process") or occasion.subject.process
        if process is not None and ForumRules.objects.loaded(process).anyone_supports:
            return None
        return super().refusal(occasion)


class StillStands(Policy):
    """Its author has not withdrawn it, and it has not become part of another one."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        idea = occasion.subject
        if idea.contribution.state == State.WITHDRAWN:
            return Refusal(_("Its author has withdrawn this."), "withdrawn")
        if idea.stage == Stage.MERGED:
            return Refusal(
                _("This has become part of another one. Please support that one."), "merged"
            )
        return None


class WasAsked(Policy):
    """Who was asked whether they support another version, too, may say no at any time."""

    def refusal(self, occasion: Occasion) -> Refusal | None:
        idea, user = occasion.subject, occasion.user
        mine = idea.supports.filter(participant__user=user, version__lt=idea.material_version)
        if idea.material_version > 1 and mine.exists():
            return None
        return Refusal(_("You were not asked."), "not-asked")


while_ideas_are_collected = InPhase(COLLECT)
while_support_is_taken = InPhase(COLLECT, SUPPORT)

may_propose = SignedIn() & InGoodStanding() & while_ideas_are_collected & Eligible()
may_be_supported = while_support_is_taken & StillStands()
may_support = (
    SignedIn() & InGoodStanding() & may_be_supported & NotTheAuthor() & EligibleToSupport()
)
may_withdraw_support = SignedIn() & (while_support_is_taken | WasAsked())
may_change_stage = HasRole("official") | System()
