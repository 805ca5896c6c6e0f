"""What figures are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.moderation.models import Automation

FIGURES = {
    "decision": _("Decisions"),
    "appeal": _("Appeals"),
    "opinion": _("Second opinions"),
}
HEADS = {
    "forum": _("Forum"),
    "rule": _("Rule"),
    "outcome": _("Outcome"),
    "automation": _("Automation"),
    "result": _("Result of the appeal"),
    "agreement": _("Second opinion"),
}
AUTOMATION = {
    Automation.NONE: _("None"),
    Automation.DETECTED: _("Pointed out"),
    Automation.HELD: _("Held back"),
    Automation.HIDDEN: _("Hidden until review"),
}
