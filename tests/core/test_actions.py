import logging
from contextlib import suppress

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from civic_sourcing.core.actions import Action
from civic_sourcing.core.audit import AuditEntry, Reason
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.core.policies import Always, Policy, Refusal
from tests.core.steps import CHAIN, CloseGroup, OpenGroup, RenameGroup, TouchPage, group_renamed
from town.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_actor")]


@pytest.fixture
def heard():
    """What ``group_renamed`` announced."""
    calls = []

    def listen(**news):
        calls.append(news)

    group_renamed.connect(listen)
    yield calls
    group_renamed.disconnect(listen)


def rename(group, by, name="new", **arguments):
    return RenameGroup(group, by=by, new_name=name, **arguments)


def test_a_step_is_taken_and_returns_what_it_made(group, resident):
    result = rename(group, resident).execute()

    assert result == group
    assert Group.objects.get(pk=group.pk).name == "new"


def test_a_step_works_on_the_row_as_it_is_now(group, resident):
    Group.objects.filter(pk=group.pk).update(name="closed")

    with pytest.raises(ActionRefused, match="“closed” stays") as refused:
        rename(group, resident).execute()

    assert refused.value.code == "closed"


def test_a_refused_step_leaves_nothing(group, resident, heard, django_capture_on_commit_callbacks):
    Group.objects.filter(pk=group.pk).update(name="closed")

    with django_capture_on_commit_callbacks() as callbacks, pytest.raises(ActionRefused):
        rename(group, resident).execute()

    assert (callbacks, heard, AuditEntry.objects.count()) == ([], [], 0)


def test_a_visitor_is_forbidden_what_needs_an_account(group):
    with pytest.raises(ActionForbidden) as forbidden:
        rename(group, AnonymousUser()).execute()

    assert forbidden.value.code == "sign-in"


def test_the_policy_sees_person_fresh_subject_time_and_arguments(group, resident):
    class Curious(Policy):
        def refusal(self, occasion):
            self.occasion = occasion
            return Refusal("Not now.", "later")

    curious = Curious()

    class CuriousRename(RenameGroup):
        policy = curious

    Group.objects.filter(pk=group.pk).update(name="fresh")
    step = CuriousRename(group, by=resident, new_name="new")
    with pytest.raises(ActionRefused, match="Not now"):
        step.execute()

    seen = curious.occasion
    assert (seen.user, seen.subject.name, seen.at) == (resident, "fresh", step.at)
    assert seen.extra == {"new_name": "new"}


def test_the_step_is_logged_under_label_and_verb(group, resident, known_actor):
    step = rename(group, resident)

    step.execute()

    entry = AuditEntry.objects.get()
    assert (entry.chain, entry.action, entry.actor) == (CHAIN, "tests.rename", known_actor)
    assert (entry.subject_kind, entry.subject_id) == ("auth.group", str(group.pk))
    assert (entry.details, entry.at) == ({"length": 3}, step.at)


def test_a_step_of_a_room_is_named_after_its_label():
    class Publish(OpenGroup):
        verb = "publish"

    Publish.__module__ = "civic_sourcing.core.actions"

    assert Publish.name() == "civic_core.publish"


def test_a_deleted_subject_is_logged_as_it_was_called(group):
    key = str(group.pk)

    CloseGroup(group, by=None).execute()

    assert AuditEntry.objects.get().subject_id == key


def test_the_system_acts_without_a_uuid(group):
    OpenGroup(group, by=None).execute()

    assert AuditEntry.objects.get().actor is None


def test_a_reason_is_logged_as_reference_and_digest(group):
    class Reasoned(OpenGroup):
        def audit_reason(self):
            return Reason.of("tests.reason:7", "Too loud", salt=b"s" * 16)

    Reasoned(group, by=None).execute()

    entry = AuditEntry.objects.get()
    assert entry.reason_reference == "tests.reason:7"
    assert Reason(entry.reason_reference, entry.reason_digest).matches("Too loud", salt=b"s" * 16)


def test_personal_text_in_the_details_fails_the_step(group, resident):
    class Talkative(RenameGroup):
        def audit_details(self):
            return {"name": "Jane Doe"}

    with pytest.raises(ValueError, match="Jane Doe"):
        Talkative(group, by=resident, new_name="new").execute()

    assert Group.objects.get(pk=group.pk).name == "open"


def test_the_step_is_announced_after_commit(
    group, resident, heard, django_capture_on_commit_callbacks
):
    step = rename(group, resident)

    with django_capture_on_commit_callbacks(execute=True):
        step.execute()
        assert heard == []

    news = heard[0]
    assert (news["sender"], news["action"]) == (RenameGroup, step)
    assert (news["subject"], news["result"]) == (group, group)


def test_a_failing_receiver_is_logged_and_does_not_disturb_the_step(
    group, resident, heard, caplog, django_capture_on_commit_callbacks
):
    def stumble(**news):
        raise RuntimeError("no mail today")

    group_renamed.connect(stumble)
    try:
        with django_capture_on_commit_callbacks(execute=True), caplog.at_level(logging.ERROR):
            rename(group, resident).execute()
    finally:
        group_renamed.disconnect(stumble)

    assert len(heard) == 1
    assert "no mail today" in caplog.text


def test_a_subject_that_vanished_is_refused_with_a_sentence(group, resident):
    Group.objects.all().delete()

    with pytest.raises(ActionRefused, match="no longer exists") as refused:
        rename(group, resident).execute()

    assert refused.value.code == "gone"


def test_a_step_needs_a_saved_subject(resident):
    with pytest.raises(ValueError, match="needs a saved subject"):
        rename(Group(name="unsaved"), resident)


@pytest.mark.parametrize("name", ["at", "subject", "perform", "chain", "result", "policy"])
def test_an_argument_cannot_hide_a_part_of_the_action(group, name):
    with pytest.raises(TypeError, match=repr(name)):
        OpenGroup(group, by=None, **{name: 1})


@pytest.mark.parametrize("policy", [Always, None], ids=["a class", "nothing"])
def test_an_action_needs_a_policy(policy):
    with pytest.raises(TypeError, match=r"Unruly\.policy must be a Policy"):
        type("Unruly", (Action,), {"verb": "riot", "policy": policy})


def test_a_step_on_what_has_no_process_needs_its_own_chain(group):
    class Chainless(OpenGroup):
        chain = Action.chain

    with pytest.raises(TypeError, match=r"Chainless needs chain\(\)"):
        Chainless(group, by=None).execute()


def test_the_time_is_read_after_the_lock_in_a_statement_of_its_own(group, resident):
    with CaptureQueriesContext(connection) as queries:
        rename(group, resident).execute()

    statements = [query["sql"] for query in queries]
    read = next(i for i, sql in enumerate(statements) if 'FROM "auth_group"' in sql)
    clock = next(i for i, sql in enumerate(statements) if "clock_timestamp" in sql or "now" in sql)
    write = next(i for i, sql in enumerate(statements) if sql.startswith('UPDATE "auth_group"'))
    head = next(i for i, sql in enumerate(statements) if "civic_core_auditchain" in sql)
    assert read < clock < write < head


@pytest.mark.postgres
def test_the_subject_is_locked_against_writers_but_not_against_references(group, resident):
    with CaptureQueriesContext(connection) as queries:
        rename(group, resident).execute()

    locks = [query["sql"] for query in queries if " FOR " in query["sql"]]
    assert locks[0].endswith("FOR NO KEY UPDATE")
    assert "civic_core_auditchain" in locks[-1]


class OpenTwo(OpenGroup):
    """Take two steps in one."""

    verb = "open_two"

    def perform(self):
        OpenGroup(self.subject, by=self.by, name_of_new="first").execute()
        OpenGroup(self.subject, by=self.by, name_of_new="second").execute()


def test_steps_within_a_step_are_logged_before_it(group):
    OpenTwo(group, by=None).execute()

    actions = AuditEntry.objects.of_chain(CHAIN).values_list("sequence", "action")
    assert list(actions) == [(1, "tests.open"), (2, "tests.open"), (3, "tests.open_two")]


def test_the_log_is_written_when_the_outermost_step_is_done(group):
    with CaptureQueriesContext(connection) as queries:
        OpenTwo(group, by=None).execute()

    statements = [query["sql"] for query in queries]
    log = [i for i, sql in enumerate(statements) if "civic_core_audit" in sql]
    work = [i for i, sql in enumerate(statements) if "auth_group" in sql]
    assert min(log) > max(work)


def test_a_refused_step_within_a_step_is_not_logged(group):
    class Stubborn(OpenGroup):
        def perform(self):
            OpenGroup(self.subject, by=self.by, name_of_new="first").execute()
            with suppress(ActionRefused):
                Refusing(self.subject, by=self.by).execute()

    class Refusing(OpenGroup):
        def perform(self):
            OpenGroup(self.subject, by=self.by, name_of_new="undone").execute()
            raise ActionRefused("No.", code="no")

    Stubborn(group, by=None).execute()

    assert AuditEntry.objects.count() == 2
    assert not Group.objects.filter(name="undone").exists()


@pytest.fixture
def page():
    """A page of the site's own class: its row lies in two tables."""
    home = HomePage(title="Home", slug="town-home", headline="Welcome")
    return Page.objects.get(depth=1).add_child(instance=home)


@pytest.mark.parametrize("known_as", ["a plain page", "its own class"])
def test_a_page_is_fresh_and_of_its_own_class(page, known_as):
    subject = Page.objects.get(pk=page.pk) if known_as == "a plain page" else page
    Page.objects.filter(pk=page.pk).update(title="Park")

    fresh = TouchPage(subject, by=None).execute()

    assert type(fresh) is HomePage
    assert fresh.title == "Park"


@pytest.mark.postgres
@pytest.mark.parametrize("known_as", ["a plain page", "its own class"])
def test_a_page_is_locked_by_the_row_all_its_classes_share(page, known_as):
    subject = Page.objects.get(pk=page.pk) if known_as == "a plain page" else page

    with CaptureQueriesContext(connection) as queries:
        TouchPage(subject, by=None).execute()

    lock = next(query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"])
    assert 'FROM "wagtailcore_page"' in lock
    assert "JOIN" not in lock


def test_a_deleted_page_is_gone():
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Square", slug="square"))
    Page.objects.get(pk=page.pk).delete()

    with pytest.raises(ActionRefused) as refused:
        TouchPage(page, by=None).execute()

    assert refused.value.code == "gone"
