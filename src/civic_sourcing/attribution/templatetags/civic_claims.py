from django import template

from civic_sourcing.attribution.claims.display import PublicOutcome, public_outcomes
from civic_sourcing.attribution.models import Contribution

register = template.Library()


@register.simple_tag
def claim_outcomes(contribution: Contribution | None) -> list[PublicOutcome]:
    """What everybody may know about claims to ``contribution``; never an accusation alone."""
    return public_outcomes(contribution) if contribution and contribution.pk else []
