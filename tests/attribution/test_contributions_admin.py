"""The ledger in the admin: who sees which rows, what a page shows, revoking claim codes."""

import uuid

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from civic_sourcing.attribution.actions.claim_codes import RevokeClaimCode
from civic_sourcing.attribution.actions.credits import InviteCoAuthor
from civic_sourcing.attribution.actions.enter import ClaimByCode, EnterForSomebody
from civic_sourcing.attribution.contributions.places import READERS, processes_of
from civic_sourcing.attribution.entering.codes import find_code
from civic_sourcing.attribution.models import ClaimCode, State
from civic_sourcing.core.audit import AuditEntry
from civic_sourcing.core.exceptions import ActionForbidden, ActionRefused
from civic_sourcing.processes.models import Process, RoleAssignment
from civic_sourcing.processes.roles import roles_of
from tests.attribution.credit_people import *  # noqa: F403
from tests.attribution.credit_people import merge, participant
from tests.scenes import maker

INDEX = reverse("civic_contributions_admin:index")
RESULTS = reverse("civic_contributions_admin:index_results")
MOST_QUERIES = 20


def page_of(contribution):
    return reverse("civic_contributions_admin:contribution", args=[contribution.uuid])


def revoking(contribution, number=1):
    address = "civic_contributions_admin:revoke_claim_code"
    return reverse(address, args=[contribution.uuid, number])


@maker
def admit(make_person, place):
    """Somebody who may sign in to the admin, with a role on a page or without."""

    def make(role="", page=place):
        user = make_person(f"{role or 'editor'}-admin", email="secret@example.org")
        group = Group.objects.create(name=user.username)
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        if role:
            RoleAssignment.objects.create(group=group, page=page, role=role)
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def administrator(make_person):
    return make_person("root", is_superuser=True, is_staff=True)


@pytest.fixture
def other_process(db):
    return Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")


@pytest.fixture
def other_place(other_process):
    locale = Locale.objects.get_or_create(language_code="en")[0]
    key = other_process.translation_key
    page = Page(title="Other board", slug="other", locale=locale, translation_key=key)
    return Page.objects.get(depth=1).add_child(instance=page)


@pytest.fixture
def visit(client):
    def get(user, address, **query):
        client.force_login(user)
        answer = client.get(address, query)
        is_missing = answer.get("Location") == f"/en{address}"  # asks once more in a language
        return client.get(answer["Location"]) if is_missing else answer

    return get


@maker
def paper(notes, process, official):
    def enter(number=2):
        facts = {"title": "A card", "text": "Shade.", "language": "en", "channel": "paper"}
        action = EnterForSomebody(process, by=official, kind="note", number=number, **facts)
        return action.execute(), action.codes

    return enter


class TestRights:
    @pytest.mark.parametrize("role", ["official", "moderator", "steward"])
    def test_role_opens_list_and_page(self, contribution, admit, visit, role):
        user = admit(role)

        assert "A bench" in visit(user, INDEX).content.decode()
        assert visit(user, page_of(contribution)).status_code == 200

    @pytest.mark.parametrize("role", ["", "registrar", "desk"])
    def test_no_other_role_opens_them(self, contribution, admit, visit, role):
        user = admit(role)

        assert visit(user, INDEX)["Location"] == reverse("wagtailadmin_home")
        assert visit(user, page_of(contribution)).status_code == 404

    def test_script_without_a_role_is_forbidden(self, contribution, admit, client):
        client.force_login(admit())

        answer = client.get(RESULTS, headers={"x-requested-with": "XMLHttpRequest"})

        assert answer.status_code == 403

    def test_superuser_reads_everything(self, contribution, administrator, visit):
        assert "A bench" in visit(administrator, INDEX).content.decode()
        assert visit(administrator, page_of(contribution)).status_code == 200

    @pytest.mark.parametrize(("role", "is_there"), [("moderator", True), ("", False)])
    def test_menu_offers_the_list_to_those_who_may_read(self, admit, visit, role, is_there):
        home = visit(admit(role), reverse("wagtailadmin_home")).content.decode()

        assert ("civic-contributions" in home) is is_there

    def test_rows_of_other_processes_are_not_there(
        self, receive, admit, visit, other_process, other_place
    ):
        elsewhere = receive("Elsewhere", process=other_process)
        user = admit("official")

        assert "Elsewhere" not in visit(user, INDEX).content.decode()
        assert visit(user, page_of(elsewhere)).status_code == 404
        assert visit(user, revoking(elsewhere)).status_code == 404

    @pytest.mark.parametrize("where", ["root", "place", "other_place"])
    def test_processes_are_those_in_which_roles_hold(
        self, receive, admit, process, other_process, place, other_place, where
    ):
        pages = {"root": Page.objects.get(depth=1), "place": place, "other_place": other_place}
        rows = [receive(process=process), receive(process=other_process)]

        user = admit("official", page=pages[where])

        held = {row.process for row in rows if READERS & roles_of(user, row)}
        assert set(processes_of(user)) == held != set()


class TestList:
    def test_queries_do_not_grow_with_rows_and_processes(
        self, receive, admit, client, other_process, other_place
    ):
        user = admit("official", page=Page.objects.get(depth=1))
        client.force_login(user)
        receive("First")
        client.get(INDEX)
        with CaptureQueriesContext(connection) as few:
            client.get(INDEX)
        for number in range(3):
            merge([receive(f"One {number}"), receive(f"Two {number}")], by=user)
            receive(f"Three {number}", process=other_process)

        with CaptureQueriesContext(connection) as many:
            client.get(INDEX)

        assert len(many) <= len(few) <= MOST_QUERIES

    def test_row_names_kind_process_state_channel_and_author(self, contribution, admit, visit):
        html = visit(admit("moderator"), INDEX).content.decode()

        for words in ("Note", "Notice board", "Published", "Online", "mina"):
            assert words in html

    def test_author_counts_as_a_credit_and_so_does_who_else_is_named(
        self, contribution, shade, merged, admit, visit
    ):
        rows = visit(admit("moderator"), INDEX).context["object_list"]

        assert {row.title: row.named for row in rows} == {
            "A bench": 1,
            "Shade": 1,
            "Benches and shade": 1,
        }

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param({"q": "benc"}, {"A bench"}, id="words of the title"),
            pytest.param({"q": "river"}, set(), id="words of the text are not searched"),
            pytest.param({"state": ["hidden"]}, {"Shade"}, id="state"),
            pytest.param({"channel": ["online"]}, {"A bench", "Shade"}, id="channel"),
            pytest.param({"channel": ["import"]}, set(), id="other channel"),
            pytest.param({"kind": ["note"]}, {"A bench", "Shade"}, id="kind"),
        ],
    )
    def test_list_is_searched_and_filtered(self, contribution, shade, admit, visit, query, found):
        type(shade).objects.filter(pk=shade.pk).update(state=State.HIDDEN)

        rows = visit(admit("official"), RESULTS, **query).context["object_list"]

        assert {row.title for row in rows} == found

    def test_list_is_turned_page_by_page(self, receive, admit, visit):
        for number in range(51):
            receive(f"Note {number}")

        rows = visit(admit("official"), INDEX, p=2).context["object_list"]

        assert [row.title for row in rows] == ["Note 0"]


class TestPage:
    def test_whole_family_is_drawn_and_listed_with_ways_into_the_admin(
        self, contribution, shade, merged, admit, visit
    ):
        html = visit(admit("steward"), page_of(merged)).content.decode()

        assert "<svg" in html
        assert all(f'href="{page_of(each)}"' in html for each in (contribution, shade))

    def test_versions_come_with_their_fingerprints(self, contribution, admit, visit):
        html = visit(admit("steward"), page_of(contribution)).content.decode()

        assert contribution.versions.get().fingerprint in html

    def test_open_invitation_is_shown_without_its_address(self, contribution, author, admit, visit):
        InviteCoAuthor(contribution, by=author, invitee="guest@example.org").execute()

        html = visit(admit("moderator"), page_of(contribution)).content.decode()

        assert "somebody asked by mail" in html
        assert "guest" not in html

    @pytest.mark.parametrize("address", [lambda row: INDEX, page_of], ids=["list", "page"])
    def test_no_e_mail_address_is_shown(self, receive, neighbour, admit, visit, address):
        html = visit(admit("moderator"), address(receive(by=neighbour))).content.decode()

        assert "neighbour" in html
        assert "@example.org" not in html

    @pytest.mark.parametrize(("role", "may"), [("official", True), ("moderator", False)])
    def test_only_officials_are_led_to_merge_and_split(self, contribution, admit, visit, role, may):
        html = visit(admit(role), page_of(contribution)).content.decode()

        merging = reverse("civic_attribution_admin:merge")
        splitting = reverse("civic_attribution_admin:split", args=[contribution.uuid])
        assert (f"{merging}?contribution={contribution.uuid}" in html) is may
        assert (splitting in html) is may

    def test_ways_on_lead_somewhere(self, contribution, admit, visit):
        user = admit("official")
        ways = visit(user, page_of(contribution)).context["links"]

        own = [url for url, _label in ways if not url.startswith("/notes/")]

        assert [visit(user, url).status_code for url in own] == [200] * 4

    def test_family_does_not_change_the_number_of_queries(self, receive, admit, client):
        user = admit("official")
        client.force_login(user)
        small = merge([receive("One"), receive("Two")], by=user)
        large = merge([receive(f"Number {number}") for number in range(8)], by=user)
        client.get(page_of(small))

        with CaptureQueriesContext(connection) as few:
            client.get(page_of(small))
        with CaptureQueriesContext(connection) as many:
            client.get(page_of(large))

        assert len(many) == len(few)


class TestRevoking:
    def test_revoked_code_makes_nobody_an_author(self, paper, official, neighbour):
        contribution, (code, _other) = paper()

        RevokeClaimCode(contribution.claim_codes.order_by("pk")[0], by=official).execute()

        with pytest.raises(ActionRefused, match="revoked"):
            ClaimByCode(
                find_code(code, person=neighbour.pk, address="198.51.100.7"), by=neighbour
            ).execute()

    def test_log_says_who_revoked_which_code(self, paper, official):
        contribution, _codes = paper()
        code = contribution.claim_codes.first()

        RevokeClaimCode(code, by=official).execute()

        entry = AuditEntry.objects.get(action="civic_attribution.revoke_claim_code")
        assert (entry.actor, entry.details) == (participant(official).uuid, {"code": code.pk})
        assert entry.subject_id == str(contribution.uuid)

    def test_used_code_is_not_revoked(self, paper, official, neighbour):
        _contribution, (code, _other) = paper()
        found = find_code(code, person=neighbour.pk, address="198.51.100.7")
        ClaimByCode(found, by=neighbour).execute()

        with pytest.raises(ActionRefused, match="used already"):
            RevokeClaimCode(found, by=official).execute()

    def test_code_is_revoked_once(self, paper, official):
        code = paper()[0].claim_codes.first()
        RevokeClaimCode(code, by=official).execute()

        with pytest.raises(ActionRefused, match="revoked already"):
            RevokeClaimCode(code, by=official).execute()

    @pytest.mark.parametrize("role", ["steward", "registrar"])
    def test_only_officials_and_moderators_revoke(self, paper, admit, role):
        code = paper()[0].claim_codes.first()

        with pytest.raises(ActionForbidden):
            RevokeClaimCode(code, by=admit(role)).execute()

    def test_page_asks_before_it_revokes(self, paper, admit, visit, client):
        contribution, _codes = paper()

        asked = visit(admit("moderator"), revoking(contribution, 2))
        assert asked.status_code == 200
        assert not ClaimCode.objects.exclude(revoked_at=None).exists()
        done = client.post(revoking(contribution, 2))

        assert done["Location"] == page_of(contribution)
        states = contribution.claim_codes.order_by("pk").values_list("revoked_at", flat=True)
        assert [at is not None for at in states] == [False, True]

    def test_second_request_is_answered_with_a_sentence(self, paper, admit, client):
        contribution, _codes = paper()
        client.force_login(admit("official"))
        client.post(revoking(contribution))

        html = client.post(revoking(contribution), follow=True).content.decode()

        assert "This code is revoked already." in html

    @pytest.mark.parametrize(("role", "may"), [("moderator", True), ("steward", False)])
    def test_button_is_there_for_those_who_may(self, paper, admit, visit, role, may):
        contribution, _codes = paper()

        html = visit(admit(role), page_of(contribution)).content.decode()

        assert (revoking(contribution) in html) is may

    def test_steward_is_sent_away_from_the_question(self, paper, admit, visit):
        contribution, _codes = paper()

        answer = visit(admit("steward"), revoking(contribution))

        assert answer["Location"] == reverse("wagtailadmin_home")

    @pytest.mark.parametrize("number", [0, 3])
    def test_number_that_is_on_no_slip_is_not_found(self, paper, admit, visit, number):
        contribution, _codes = paper()

        assert visit(admit("official"), revoking(contribution, number)).status_code == 404
