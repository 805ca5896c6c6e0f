"""People of a small town: citizens, those who act for the city, a child and its guardian."""

from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.utils import timezone
from wagtail.models import Page, Site

from civic_sourcing.participants.actions import AnswerAgeQuestion, AskGuardian
from civic_sourcing.participants.codes.actions import MakeCodeBatch
from civic_sourcing.participants.codes.digests import entry_digest
from civic_sourcing.participants.eligibility.actions import (
    ImportRegister,
    MakeRegister,
    SetEligibility,
)
from civic_sourcing.participants.models import LegalText, LegalTextBody, Participant
from civic_sourcing.processes.models import RoleAssignment
from tests.processes.plaza.models import PlazaPage
from tests.scenes import maker, scene


@maker
def make_user(db):
    def make(name, **kwargs):
        kwargs = {"email": f"{name}@example.org", **kwargs}
        return get_user_model().objects.create_user(username=name, password="demo", **kwargs)

    return make


@scene
def mina(make_user):
    return make_user("mina", first_name="Mina", last_name="Han")


@scene
def person(mina):
    return Participant.objects.of(mina)


@scene
def neighbour(make_user):
    return make_user("neighbour")


@maker
def make_official(make_user):
    def make(name, role="official", **kwargs):
        group = Group.objects.create(name=f"{role} {name}")
        RoleAssignment.objects.create(group=group, page=Page.objects.get(depth=1), role=role)
        user = make_user(name, **kwargs)
        user.groups.add(group)
        return user

    return make


@scene
def official(make_official):
    return make_official("yuna", first_name="Yuna", last_name="Choi")


@scene
def clerk(make_user):
    """Somebody of the city who may look after participants and legal texts."""
    return make_clerk(make_user, "clerk", "view_participant", "change_participant")


@scene
def reader(make_user):
    """Somebody of the city who may look at participants only."""
    return make_clerk(make_user, "reader", "view_participant")


@scene
def lawyer(make_user):
    names = ("view_legaltext", "add_legaltext", "change_legaltext", "delete_legaltext")
    return make_clerk(make_user, "lawyer", *names)


def make_clerk(make_user, name, *codenames):
    user = make_user(name)
    found = Permission.objects.filter(codename__in=["access_admin", *codenames])
    user.user_permissions.add(*found)
    return user


@scene
def people(mina, neighbour, clerk, reader, make_user):
    """Everybody who may stand before somebody's records, by role."""
    return {
        "signed out": AnonymousUser(),
        "oneself": mina,
        "neighbour": neighbour,
        "clerk": clerk,
        "reader": reader,
        "superuser": make_user("root", is_superuser=True, is_staff=True),
    }


@scene
def child(make_user):
    """Somebody who said to be too young to take part alone."""
    user = make_user("jiho", first_name="Jiho", email="jiho@example.org")
    AnswerAgeQuestion(Participant.objects.of(user), by=user, of_age=False).execute()
    return user


@maker
def ask_guardian(child):
    def ask(address="parent@example.org"):
        return AskGuardian(Participant.objects.of(child), by=child, address=address).execute()

    return ask


@maker
def publish_text(db):
    """Put a version of a legal text into force, as if it had always been."""

    def publish(kind="terms", *, published=True, **bodies):
        text = LegalText.objects.create(kind=kind)
        for language, title in (bodies or {"en": "Terms"}).items():
            LegalTextBody.objects.create(
                legal_text=text, language=language, title=title, body=f"<p>{title}.</p>"
            )
        if published:
            LegalText.objects.filter(pk=text.pk).update(published_at=timezone.now())
        return LegalText.objects.get(pk=text.pk)

    return publish


@scene
def place(db):
    """A published page with a process, as visitors find it."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=Page(title="Neulbom", slug="neulbom"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home.add_child(instance=PlazaPage(title="River park", slug="river"))


@scene
def process(place):
    return place.process


@scene
def elsewhere(place):
    """Another process, beside the first one."""
    page = place.get_parent().add_child(instance=PlazaPage(title="Market square", slug="market"))
    return page.process


@maker
def give_role(make_user):
    """Somebody with a role on a page, and into the admin."""

    def give(name, role, page):
        group = Group.objects.create(name=f"{role} {name}")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        RoleAssignment.objects.create(group=group, page=page, role=role)
        user = make_user(name)
        user.groups.add(group)
        return user

    return give


@scene
def registrar(give_role, place):
    return give_role("registrar", "registrar", place)


@scene
def desk(give_role, place):
    return give_role("desk", "desk", place)


@scene
def other_registrar(give_role, elsewhere):
    page = PlazaPage.objects.get(process=elsewhere)
    return give_role("stranger", "registrar", page)


@maker
def ask(process, registrar):
    """Set conditions: ``ask(("email", {}), ("code", {"purpose": "voting"}))``."""

    def set_rules(*rules):
        SetEligibility(process, by=registrar, rules=list(rules)).execute()

    return set_rules


@maker
def make_codes(process, registrar):
    def make(count=3, *, process=process, by=registrar, **kwargs):
        kwargs = {"purpose": "voting", "count": count, **kwargs}
        return MakeCodeBatch(process, by=by, uuid=uuid4(), **kwargs).execute()

    return make


@scene
def residents(process, registrar):
    """A register with two people on it."""
    register = MakeRegister(
        process, by=registrar, title="Residents", columns=["Resident number", "Year of birth"]
    ).execute()
    rows = [["A-101", "1980"], ["A-102", "1955"]]
    digests = [entry_digest(register.uuid, row) for row in rows]
    ImportRegister(register, by=registrar, digests=digests).execute()
    return register
