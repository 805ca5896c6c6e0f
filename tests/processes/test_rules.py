from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from civic_sourcing.core.exceptions import ActionRefused
from civic_sourcing.core.models import AuditEntry
from civic_sourcing.processes.actions import SetRules, check_windows
from civic_sourcing.processes.kinds import process_kind
from civic_sourcing.processes.models import Mandate, Phase, Process
from civic_sourcing.processes.rules import PhaseRule, Rules, RulesDraft
from tests.processes.conftest import DAY, set_phases

MAY = datetime(2031, 5, 1, tzinfo=UTC)


def day(number):
    return None if number is None else MAY + number * DAY


@pytest.mark.parametrize(
    ("windows", "code"),
    [
        pytest.param([(0, 5), (5, 9)], None, id="touching is not overlapping"),
        pytest.param([(5, 9), (0, 5)], None, id="order does not matter"),
        pytest.param([(0, 5), (7, None)], None, id="last one without end"),
        pytest.param([(0, 6), (5, 9)], "overlapping-phases", id="one day too long"),
        pytest.param([(0, None), (5, 9)], "overlapping-phases", id="first one without end"),
        pytest.param([(0, 5), (0, 5)], "overlapping-phases", id="same window twice"),
        pytest.param([(0, 9), (3, 4)], "overlapping-phases", id="one inside the other"),
        pytest.param([(5, 4)], "reversed-phase", id="closes before it opens"),
        pytest.param([(5, 5)], "reversed-phase", id="closes when it opens"),
        pytest.param([(None, 5)], "incomplete-phase", id="no opening"),
    ],
)
def test_windows_neither_overlap_nor_run_backwards(process, windows, code):
    phases = [PhaseRule("collect", day(opens), day(closes)) for opens, closes in windows]

    try:
        set_phases(process, *phases)
    except ActionRefused as refused:
        assert refused.code == code
        assert not process.phases.exists()
    else:
        assert code is None
        assert process.phases.count() == len(windows)


def test_overlap_is_refused_with_a_sentence_naming_both_phases(process):
    collect, vote = PhaseRule("collect", day(0), day(6)), PhaseRule("vote", day(5), day(9))

    with pytest.raises(ActionRefused, match="“Voting on notes” .* “Collecting notes”"):
        set_phases(process, collect, vote)


moments = st.integers(0, 40).map(day)
phase_rules = st.builds(
    PhaseRule,
    kind=st.sampled_from(["collect", "vote", "answer"]),
    opens_at=moments,
    closes_at=st.none() | moments,
)


@given(st.lists(phase_rules, max_size=6))
def test_accepted_windows_never_overlap(phases):
    try:
        check_windows(Rules(phases=tuple(phases)), kind=process_kind("plaza"))
    except ActionRefused:
        return

    for moment in map(day, range(41)):
        running = [
            phase
            for phase in phases
            if phase.opens_at <= moment and (phase.closes_at is None or moment < phase.closes_at)
        ]
        assert len(running) <= 1


@given(st.builds(Rules, st.sampled_from(Mandate.values), st.lists(phase_rules).map(tuple)))
def test_a_draft_survives_its_revision(rules):
    draft = RulesDraft("uuid", 3, rules)

    assert RulesDraft.from_json(draft.as_json()) == draft


@pytest.mark.parametrize(
    ("phase", "code"),
    [
        pytest.param(PhaseRule("dance", MAY), "unknown-phase", id="kind nobody registered"),
        pytest.param(PhaseRule("", MAY), "incomplete-phase", id="no kind"),
    ],
)
def test_a_phase_is_of_a_kind_its_process_knows(process, phase, code):
    with pytest.raises(ActionRefused) as refused:
        set_phases(process, phase)

    assert refused.value.code == code


def test_rows_stay_when_times_change(running):
    collect = running.process.phases.get(kind="collect")
    rules = Rules.of(running.process)
    longer = [
        PhaseRule("collect", p.opens_at, p.closes_at + DAY / 2, pk=p.pk) for p in rules.phases[:1]
    ]

    set_phases(running.process, *longer)

    assert running.process.phases.get().pk == collect.pk


def test_only_a_change_makes_a_new_version(running):
    rules = Rules.of(running.process)

    process = set_phases(running.process, *rules.phases, mandate=rules.mandate)

    assert process.rules_version == running.process.rules_version


def test_rules_based_on_older_ones_are_refused(running):
    with pytest.raises(ActionRefused) as refused:
        set_phases(running.process, based_on=running.process.rules_version - 1)

    assert refused.value.code == "stale-rules"
    assert running.process.phases.count() == 2


def test_the_log_has_the_rules_without_their_texts(process):
    set_phases(process, PhaseRule("collect", day(0), day(1), {"en": "Bring a pencil"}))

    entry = AuditEntry.objects.of_chain(process.uuid).last()
    assert entry.action == "civic_processes.set_rules"
    assert "collect" in str(entry.details)
    assert "pencil" not in str(entry.details)


LADDER = [Mandate.ADVISORY, Mandate.CONDITIONAL, Mandate.BINDING]


@pytest.mark.parametrize("before", LADDER)
@pytest.mark.parametrize("after", LADDER)
@pytest.mark.parametrize(
    ("opens", "is_open"),
    [pytest.param(-DAY, True, id="open"), pytest.param(DAY, False, id="not open")],
)
def test_mandate_is_not_lowered_once_the_first_phase_is_open(
    process, now, before, after, opens, is_open
):
    set_phases(process, PhaseRule("collect", now + opens, now + 5 * DAY), mandate=before)
    lower = LADDER.index(after) < LADDER.index(before)

    try:
        SetRules(process, by=None, mandate=after).execute()
    except ActionRefused as refused:
        assert refused.code == "mandate-lowered"
        assert (lower, is_open) == (True, True)
    else:
        assert not (lower and is_open)


def test_removing_the_open_phase_first_does_not_free_the_mandate(running):
    set_phases(running.process)

    with pytest.raises(ActionRefused, match="mandate cannot be lowered"):
        SetRules(running.process, by=None, mandate=Mandate.ADVISORY).execute()


def test_the_database_keeps_the_mandate_too(running):
    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.filter(pk=running.process.pk).update(mandate=Mandate.ADVISORY)

    running.process.refresh_from_db()
    assert running.process.mandate == Mandate.CONDITIONAL


def test_the_database_lets_a_mandate_be_raised(running):
    Process.objects.filter(pk=running.process.pk).update(mandate=Mandate.BINDING)

    running.process.refresh_from_db()
    assert running.process.mandate == Mandate.BINDING


def test_the_database_remembers_the_first_opening(running):
    set_phases(running.process)

    with pytest.raises(IntegrityError), transaction.atomic():
        Process.objects.filter(pk=running.process.pk).update(first_opened_at=None)


def test_the_database_refuses_a_phase_that_closes_before_it_opens(process):
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.create(process=process, kind="vote", opens_at=MAY, closes_at=MAY)


@pytest.mark.parametrize(
    ("hours", "kind"),
    [
        pytest.param(-1, None, id="before"),
        pytest.param(0, "collect", id="at the opening"),
        pytest.param(1, "collect", id="in between"),
        pytest.param(2, "vote", id="at the change"),
        pytest.param(4, None, id="at the close"),
    ],
)
def test_windows_are_half_open(process, hours, kind):
    hour = timedelta(hours=1)
    set_phases(
        process,
        PhaseRule("collect", MAY, MAY + 2 * hour),
        PhaseRule("vote", MAY + 2 * hour, MAY + 4 * hour),
    )

    phase = process.phase_at(MAY + hours * hour)

    assert (phase and phase.kind) == kind


@pytest.mark.parametrize(
    ("days", "state"),
    [
        pytest.param(-1, "coming", id="before the first"),
        pytest.param(0, "running", id="opening"),
        pytest.param(3, "running", id="between two"),
        pytest.param(5, "running", id="in the last"),
        pytest.param(6, "finished", id="after the last"),
    ],
)
def test_a_process_runs_from_its_first_opening_to_its_last_close(process, days, state):
    set_phases(process, PhaseRule("collect", day(0), day(2)), PhaseRule("vote", day(4), day(6)))

    found = {
        name
        for name in ("coming", "running", "finished")
        if getattr(Process.objects, name)(day(days)).exists()
    }

    assert found == {state}


def test_a_process_without_phases_is_nowhere(process, now):
    found = [getattr(Process.objects, name)(now) for name in ("coming", "running", "finished")]

    assert not any(queryset.exists() for queryset in found)
