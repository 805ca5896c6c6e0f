"""The checks that come with the package, and what they need of other rooms."""

from __future__ import annotations

from civic_sourcing.attribution import gate
from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.core.tick import register_tick
from civic_sourcing.moderation import keeper
from civic_sourcing.moderation.checks import learning, repetition
from civic_sourcing.moderation.checks.capitals import CapitalsCheck
from civic_sourcing.moderation.checks.links import LinkCheck
from civic_sourcing.moderation.checks.masked import MaskedCheck
from civic_sourcing.moderation.checks.officials import OfficialsCheck
from civic_sourcing.moderation.checks.personal import PersonalDataCheck
from civic_sourcing.moderation.checks.personal_records import CheckRecords
from civic_sourcing.moderation.checks.registry import register_check
from civic_sourcing.moderation.checks.words import WordCheck
from civic_sourcing.moderation.signals import appeal_decided, case_decided

CHECKS = (
    learning.AdvertisingCheck,
    CapitalsCheck,
    LinkCheck,
    MaskedCheck,
    OfficialsCheck,
    PersonalDataCheck,
    repetition.FloodCheck,
    repetition.SameTextCheck,
    WordCheck,
)


def register_checks() -> None:
    for check in CHECKS:
        register_check(check())
    gate.register_keeper(keeper.KEEPER, keeper.keep)
    gate.register_forgetter(repetition.forget)
    gate.register_forgetter(learning.forget)
    case_decided.connect(learning.follow_decision)
    appeal_decided.connect(learning.follow_appeal)
    register_personal_records(CheckRecords())
    register_tick("civic_moderation.known_texts", repetition.forget_old)
