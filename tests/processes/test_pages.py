"""Which process a page belongs to, by whatever door it came into the tree."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Page

from civic_sourcing.processes.models import Mandate, ParticipationPage, Process
from civic_sourcing.processes.rules import PhaseRule, Rules, RulesDraft
from tests.processes.conftest import DAY, set_phases
from tests.processes.plaza.models import PlazaPage
from tests.racing import Gathering


def fresh(page):
    return PlazaPage.objects.get(pk=page.pk)


def test_the_first_save_makes_the_process(home):
    page = home.add_child(instance=PlazaPage(title="Square"))

    assert page.process.translation_key == page.translation_key
    assert page.process.kind == "plaza"
    assert page.process.mandate == Mandate.ADVISORY


def test_a_page_that_is_not_saved_leaves_no_process(plaza, home):
    with pytest.raises(ValidationError):
        home.add_child(instance=PlazaPage(title="Twin", slug=plaza.slug))

    assert Process.objects.count() == 1


def test_a_page_made_by_code_without_cleaning_has_a_process(home):
    page = PlazaPage(title="Square", slug="square", draft_title="Square", locale=home.locale)
    parent = Page.objects.get(pk=home.pk)
    page.path, page.depth = f"{parent.path}0001", parent.depth + 1

    page.save(clean=False)

    assert fresh(page).process is not None


def test_a_translation_shares_the_process(plaza, korean_plaza):
    assert korean_plaza.process == plaza.process


def test_an_alias_in_another_language_shares_the_process(plaza, korean_home, korean):
    alias = plaza.copy_for_translation(korean, alias=True)

    assert alias.process == plaza.process


def test_a_translation_made_by_code_shares_the_process(plaza, korean_home):
    page = korean_home.add_child(
        instance=PlazaPage(
            title="광장", translation_key=plaza.translation_key, locale=korean_home.locale
        )
    )

    assert page.process == plaza.process


def test_an_alias_in_the_same_language_shows_the_original(running):
    alias = running.create_alias(update_slug="short-cut")

    assert alias.translation_key != running.translation_key
    assert fresh(alias).process == running.process


def test_an_alias_still_shows_the_original_after_it_was_published_anew(running):
    alias = running.create_alias(update_slug="short-cut")

    running.save_revision().publish()

    assert fresh(alias).process == running.process


def test_a_converted_alias_starts_a_process_of_its_own(running, admin, client):
    alias = running.create_alias(update_slug="short-cut")
    client.force_login(admin)

    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    converted = fresh(alias)
    assert converted.alias_of is None
    assert converted.process != running.process
    assert converted.process.translation_key == converted.translation_key


def test_a_converted_translation_alias_stays_with_its_process(
    plaza, korean_home, korean, admin, client
):
    alias = plaza.copy_for_translation(korean, alias=True)
    client.force_login(admin)

    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    assert fresh(alias).process == plaza.process


@pytest.mark.parametrize("keep_live", [True, False], ids=["kept live", "as a draft"])
def test_a_copy_starts_fresh_with_the_mandate_only(running, keep_live):
    copy = fresh(running.copy(update_attrs={"slug": "copy"}, keep_live=keep_live))

    assert copy.process != running.process
    assert copy.process.mandate == running.process.mandate
    assert copy.process.rules_version == 0
    assert not copy.process.phases.exists()
    assert running.process.phases.count() == 2


def test_a_recursive_copy_gives_each_page_its_own_process(hub):
    inner = hub.add_child(instance=PlazaPage(title="Square"))

    hub.copy(recursive=True, update_attrs={"slug": "again"})

    twin = PlazaPage.objects.exclude(pk=inner.pk).get()
    assert twin.process != inner.process


def test_a_draft_copied_along_never_takes_effect(running, now):
    rules = Rules(Mandate.BINDING, (PhaseRule("vote", now - DAY, now),))
    running.rules_draft = RulesDraft(str(running.process.uuid), 0, rules).as_json()
    running.save_revision()

    copy = running.copy(update_attrs={"slug": "copy"}, keep_live=False)
    copy.get_latest_revision().publish()

    assert fresh(copy).process.mandate == Mandate.CONDITIONAL
    assert not fresh(copy).process.phases.exists()


def test_restoring_a_revision_keeps_the_process(plaza, korean_plaza):
    old = plaza.save_revision()
    content = {**old.content, "process": 0}

    restored = plaza.with_content_json(content)

    assert restored.process == plaza.process


def test_deleting_an_empty_page_leaves_its_process(plaza):
    process = plaza.process

    plaza.delete()

    assert Process.objects.filter(pk=process.pk).exists()


def test_a_process_with_pages_is_not_deleted(plaza):
    with pytest.raises(ProtectedError):
        plaza.process.delete()


def test_one_process_per_translation_key(process, django_assert_num_queries):
    again, made = Process.objects.get_or_create(translation_key=process.translation_key)

    assert not made
    assert again == process


def test_a_participation_page_never_expires(running, now):
    running.expire_at = now - DAY

    running.save()

    assert fresh(running).expire_at is None


@pytest.mark.django_db(transaction=True)
def test_translations_saved_at_once_share_one_process(home, korean_home, run_in_parallel):
    key = uuid.uuid4()
    parents = [home, korean_home]

    def add(number):
        parent = Page.objects.get(pk=parents[number].pk)
        page = PlazaPage(title="Square", translation_key=key, locale=parent.locale)
        return parent.add_child(instance=page).process_id

    found = run_in_parallel(2, add)

    assert found[0] == found[1] == Process.objects.get(translation_key=key).pk


@pytest.mark.django_db(transaction=True)
def test_of_two_people_setting_rules_at_once_one_wins(process, now, run_in_parallel):
    def set_them(number):
        return set_phases(
            Process.objects.get(pk=process.pk),
            PhaseRule("collect", now, now + (number + 1) * DAY),
            based_on=0,
        )

    results = run_in_parallel(5, set_them)

    assert [getattr(result, "code", "set") for result in results].count("set") == 1
    assert process.phases.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_people_would_both_win(process, now, run_in_parallel):
    """The control of the test above: reading the version without a lock lets several through."""

    gathering = Gathering(5)

    def set_them(number):
        unlocked = Process.objects.get(pk=process.pk)
        gathering.wait()
        if unlocked.rules_version != 0:
            return "refused"
        Process.objects.filter(pk=process.pk).update(rules_version=1)
        return "set"

    results = run_in_parallel(5, set_them)

    assert results.count("set") > 1


def test_the_hub_is_an_ordinary_page_type():
    assert ParticipationPage.is_creatable
