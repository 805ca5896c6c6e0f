import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Locale, Page, Site

from civic_sourcing.processes.roles import roles_of
from town.demo import information, participation, people, places
from town.models import HomePage

PAGES = [
    "",
    "participate/",
    "services/",
    "services/moving/",
    "contact/",
    "accessibility/",
    "privacy/",
    "accounts/login/",
    "accounts/signup/",
    "accounts/password/reset/",
]


def soup_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_page_is_there_in_both_languages(client, town, language):
    for page in PAGES:
        soup = soup_of(client, f"/{language}/{page}")

        assert soup.html["lang"] == language, page
        assert len(soup.find_all("h1")) == 1, page
        assert soup.find("main", id="main"), page


def test_language_switch_leads_to_the_same_page(client, town):
    switches = {
        page: soup_of(client, f"/en/{page}").select_one(".tools a[lang=ko]")["href"]
        for page in PAGES
    }

    assert switches == {page: f"/ko/{page}" for page in PAGES}


def test_page_without_translation_switches_to_the_nearest_above(client, town):
    services = Page.objects.get(locale__language_code="en", slug="services").specific
    only_english = services.copy(update_attrs={"slug": "market", "title": "Market"})
    only_english.move(services, pos="last-child")

    soup = soup_of(client, "/en/services/market/")

    assert soup.select_one(".tools a[lang=ko]")["href"] == "/ko/services/"


@pytest.fixture
def home_without_site(town):
    """A home page that stands before the town's in the tree, and that no site leads to."""
    before = Page.get_first_root_node().add_child(
        instance=HomePage(title="Fair", slug="fair", headline="Come to the fair")
    )
    before.add_child(instance=Page(title="Tickets", slug="tickets"))
    before.move(Page.get_first_root_node(), pos="first-child")
    return Page.objects.get(pk=before.pk)


def test_home_page_that_no_site_leads_to_is_not_taken_for_the_towns(client, home_without_site):
    soup = soup_of(client, "/en/services/")

    links = {link["href"]: link.text.strip() for link in soup.select("header a, footer a")}
    assert "/en/contact/" in links
    assert "Tickets" not in links.values()


def test_translation_that_no_site_leads_to_is_no_link(client, home_without_site):
    services = Page.objects.get(locale__language_code="en", slug="services")
    korean = services.get_translation(Locale.objects.get(language_code="ko"))
    korean.move(home_without_site, pos="last-child")

    soup = soup_of(client, "/en/services/")

    assert soup.select_one(".tools a[lang=ko]")["href"] == "/ko/"


def test_no_page_needs_anything_inline(client, town):
    responses = [client.get(f"/en/{page}") for page in PAGES]

    for response in responses:
        html = response.content.decode()
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]
        assert re.findall(r"<script>|<style|\sstyle=|\son[a-z]+=", html) == []


def test_admin_keeps_its_own_rules_of_content(admin_client, town):
    response = admin_client.get("/admin/")

    assert response.status_code == 200
    assert "Content-Security-Policy" not in response


def test_missing_page_says_so_in_the_frame_of_the_town(client, town):
    response = client.get("/ko/nowhere/")

    assert response.status_code == 404
    assert "존재하지 않는 페이지입니다" in response.content.decode()


def test_people_sign_in_by_name_or_address(client, town):
    for login in ("citizen", "citizen@neulbom.example"):
        response = client.post("/en/accounts/login/", {"login": login, "password": "demo"})

        assert response.status_code == 302, login
        client.logout()


def test_wrong_password_is_explained_beside_the_form(client, town):
    response = client.post("/en/accounts/login/", {"login": "citizen", "password": "wrong"})

    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.select_one("[role=alert]")
    assert soup.find(id="id_login")["value"] == "citizen"


def test_somebody_new_gets_an_account(client, town, mailoutbox, django_user_model):
    client.post(
        "/en/accounts/signup/",
        {
            "username": "newcomer",
            "email": "newcomer@example.org",
            "password1": "a-long-way-home",
            "password2": "a-long-way-home",
        },
    )

    assert django_user_model.objects.filter(username="newcomer").exists()
    assert [mail.to for mail in mailoutbox] == [["newcomer@example.org"]]


def test_signing_out_asks_first_and_forgets_drafts(client, citizen):
    client.force_login(citizen)

    soup = soup_of(client, "/en/accounts/logout/")

    assert soup.select_one("main form").has_attr("data-civic-forget")


def test_sign_in_leads_back_to_where_somebody_was(client, town):
    soup = soup_of(client, "/en/contact/")

    assert soup.select_one(".tool-strong")["href"] == "/en/accounts/login/?next=/en/contact/"


def test_menu_marks_where_somebody_is(client, town):
    soup = soup_of(client, "/en/services/moving/")

    assert [link.text for link in soup.select(".menu [aria-current]")] == ["Services"]


def test_search_engines_get_every_public_page(client, town):
    listed = client.get("/sitemap.xml").content.decode()

    assert "/en/contact/" in listed
    assert "/ko/contact/" in listed


def test_loading_the_demo_again_changes_nothing(town, django_user_model):
    HomePage.objects.filter(pk=town.pk).update(headline="Changed by an editor")
    before = Page.objects.count(), django_user_model.objects.count(), Group.objects.count()

    for room in (places, people, participation, information):
        room.load()

    assert (
        Page.objects.count(),
        django_user_model.objects.count(),
        Group.objects.count(),
    ) == before
    assert HomePage.objects.get(pk=town.pk).headline == "Changed by an editor"


def test_demo_site_stands_alone(town):
    assert Site.objects.get().root_page == town.page_ptr
    assert {page.specific_class for page in Page.objects.filter(depth=2)} == {HomePage}


def test_editors_publish_below_the_home_pages_and_nowhere_else(town):
    editors = Group.objects.get(name="Editors")

    places_of_editors = {
        given.page.specific_class for given in GroupPagePermission.objects.filter(group=editors)
    }

    assert places_of_editors == {HomePage}


def test_every_demo_login_works(client, town):
    usernames = """
        editor moderator moderator2 official judge1 judge2 judge3 citizen neighbour admin
    """

    for username in usernames.split():
        assert client.login(username=username, password="demo"), username


def test_only_staff_reach_the_admin(client, town, citizen, django_user_model):
    client.force_login(django_user_model.objects.get(username="editor"))
    assert client.get("/admin/").status_code == 200

    client.force_login(citizen)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("username", "roles"),
    [
        ("moderator", {"moderator"}),
        ("official", {"official", "registrar", "steward"}),
        ("citizen", set()),
    ],
    ids=["moderator", "official", "citizen"],
)
def test_people_of_the_demo_have_their_roles_on_the_hub(town, django_user_model, username, roles):
    somebody = django_user_model.objects.get(username=username)

    assert roles_of(somebody, participation.hub()) == roles
