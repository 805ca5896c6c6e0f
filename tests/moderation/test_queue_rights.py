"""Who sees which cases in the admin, and what of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from civic_sourcing.moderation.actions import TakeCase
from civic_sourcing.moderation.models import Case, CaseLease
from civic_sourcing.moderation.places import cases_for
from civic_sourcing.moderation.queue.reach import seen_by
from civic_sourcing.participants.models import Participant

from .queue_desk import (  # noqa: F401
    FACTS,
    INDEX,
    again,
    cases_scene,
    demote_scene,
    page_of,
    visit_scene,
)


class TestRights:
    def test_moderator_of_the_place_sees_the_case(self, case, moderator, visit):
        assert "Benches by the river" in visit(moderator, INDEX).content.decode()
        assert visit(moderator, page_of(case)).status_code == 200

    def test_moderator_of_another_forum_gets_404(self, case, foreign_moderator, visit, client):
        assert "Benches by the river" not in visit(foreign_moderator, INDEX).content.decode()
        assert visit(foreign_moderator, page_of(case)).status_code == 404
        for step in ("take", "release", "assign", "lease", "take_lease"):
            answer = client.post(page_of(case, step))
            assert answer.status_code in (302, 404)
            assert answer.get("Location", "/en/").startswith("/en/")
        assert not CaseLease.objects.exists()

    def test_demoted_moderator_gets_403_at_once_and_keeps_the_words(
        self, case, moderator, visit, client, demote
    ):
        visit(moderator, page_of(case))
        demote(moderator)

        answer = client.post(page_of(case), {"outcome": "hide", "facts": FACTS})

        assert answer.status_code == 403
        assert FACTS in answer.content.decode()
        assert again(case).is_open

    @pytest.mark.parametrize(
        "role", ["moderator", "foreign_moderator", "administrator", "reporter"]
    )
    def test_queue_sees_exactly_what_the_door_to_cases_lets_through(
        self, case, report, author, role, request
    ):
        report(Participant.objects.of(author))
        user = request.getfixturevalue(role)

        assert set(seen_by(user)) == set(cases_for(user))

    @pytest.mark.parametrize("name", ["appeals", "opinions", "hand_over", "bulk", "next"])
    def test_no_screen_opens_for_others(self, name, moderator, visit, demote):
        demote(moderator)

        answer = visit(moderator, reverse(f"civic_moderation_admin:{name}"))

        assert answer.status_code == 403

    @pytest.mark.parametrize("is_demoted", [False, True])
    def test_menu_shows_what_waits_to_moderators_only(
        self, case, moderator, visit, demote, is_demoted
    ):
        if is_demoted:
            demote(moderator)

        home = visit(moderator, reverse("wagtailadmin_home")).content.decode()

        assert ("Cases (1)" in home) is not is_demoted

    def test_overdue_cases_show_in_the_menu(self, case, moderator, visit):
        Case.objects.update(due_at=timezone.now() - timedelta(hours=1))

        home = visit(moderator, reverse("wagtailadmin_home")).content.decode()

        assert "Cases (1, 1 late)" in home

    def test_own_text_is_read_and_not_decided(self, case, author, moderator, visit, client):
        author.groups.add(moderator.groups.get())

        answer = visit(author, page_of(case))

        assert answer.context["form"] is None
        assert "something of yours" in answer.content.decode()
        assert client.post(page_of(case), {"outcome": "hide"}).status_code == 403

    @pytest.mark.parametrize("has_right", [True, False])
    def test_names_of_reporters_need_the_right(self, case, reporter, moderator, visit, has_right):
        if has_right:
            right = Permission.objects.get(codename="view_reporters")
            moderator.user_permissions.add(right)

        html = visit(moderator, page_of(case)).content.decode()

        name = Participant.objects.of(reporter).public_name
        assert (f"{name} ·" in html) is has_right

    @pytest.mark.parametrize("address", [lambda case: INDEX, page_of], ids=["list", "page"])
    def test_no_e_mail_address_is_shown(self, case, moderator, second_moderator, visit, address):
        TakeCase(case, by=second_moderator).execute()

        assert "@example.org" not in visit(moderator, address(case)).content.decode()
