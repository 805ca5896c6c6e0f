from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from civic_sourcing.core.policies import Occasion
from civic_sourcing.processes.models import Process
from civic_sourcing.processes.policies import InPhase, first_day, last_day
from civic_sourcing.processes.rules import PhaseRule
from tests.processes.conftest import DAY, set_phases

PHASES = [("collect", -2, -1), ("vote", 1, 2)]


def occasion(page, at):
    return Occasion(None, page, at)


@pytest.mark.parametrize(
    ("kinds", "days", "code"),
    [
        pytest.param(["collect"], -3, "not-open-yet", id="collecting, too early"),
        pytest.param(["collect"], -2, None, id="collecting, at the opening"),
        pytest.param(["collect"], -1, "closed", id="collecting, at the close"),
        pytest.param(["vote"], -2, "not-open-yet", id="voting, while collecting"),
        pytest.param(["vote"], 0, "not-open-yet", id="voting, in the break"),
        pytest.param(["vote"], 1, None, id="voting, open"),
        pytest.param(["vote"], 9, "closed", id="voting, over"),
        pytest.param(["collect", "vote"], 1, None, id="either, in the second"),
        pytest.param(["collect", "vote"], 0, "not-open-yet", id="either, in the break"),
        pytest.param(["answer"], 0, "not-planned", id="a phase nobody planned"),
    ],
)
def test_what_is_possible_when(plaza, now, kinds, days, code):
    set_phases(plaza.process, *(PhaseRule(k, now + a * DAY, now + b * DAY) for k, a, b in PHASES))

    refusal = InPhase(*kinds).refusal(occasion(plaza, now + days * DAY))

    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("language", "days", "expected"),
    [
        ("en", 0, "“Voting on notes” opens on"),
        ("en", 9, "“Voting on notes” closed on"),
        ("ko", 0, "“Voting on notes” 단계는"),
    ],
)
def test_the_refusal_names_phase_and_date_in_the_readers_language(
    plaza, now, language, days, expected
):
    set_phases(plaza.process, PhaseRule("vote", now + DAY, now + 2 * DAY))

    with translation.override(language), timezone.override("Asia/Seoul"):
        message = InPhase("vote").refusal(occasion(plaza, now + days * DAY)).message

    local = timezone.localtime(now + (2 if days else 1) * DAY, timezone.get_default_timezone())
    assert expected in message
    assert str(local.day) in message
    assert ("년" in message) == (language == "ko")


@pytest.mark.parametrize(
    ("at", "opens", "closes"),
    [
        pytest.param("2026-12-28T00:00", "28 December 2026", "27 December 2026", id="at midnight"),
        pytest.param("2027-01-01T00:00", "1 January 2027", "31 December 2026", id="at new year"),
        pytest.param("2026-12-28T18:00", "28 December 2026, 18:00", "28 December 2026, 18:00",
                     id="in the evening"),
    ],
)  # fmt: skip
def test_what_ends_at_midnight_is_told_by_its_last_day(at, opens, closes):
    seoul = ZoneInfo("Asia/Seoul")
    moment = datetime.fromisoformat(at).replace(tzinfo=seoul)

    with translation.override("en"), timezone.override(seoul):
        told = first_day(moment), last_day(moment)

    assert told == (opens, closes)


def test_a_phase_counts_only_for_its_own_process(plaza, now):
    other = Process.objects.create(translation_key=plaza.process.uuid, kind="plaza")
    set_phases(other, PhaseRule("vote", now - timedelta(hours=1)))

    assert not InPhase("vote").allows(occasion(plaza, now))
    assert InPhase("vote").allows(Occasion(None, plaza, now, {"process": other}))
