"""Discussing in a real browser: in place, without JavaScript, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from civic_sourcing.comments.actions import CloseThread
from civic_sourcing.comments.models import Comment
from tests.comments.conftest import set_rules
from tests.keyboard import press_until_focused


@pytest.fixture
def scene(transactional_db, idea, post, citizen, neighbour, official, forum):
    """A small discussion with a bit of everything."""
    set_rules(forum.process, positions=True)
    first = post(
        citizen, "Armrests, please. See https://www.neulbom.example/benches", position="for"
    )
    second = post(neighbour, "And backrests.", parent=first)
    third = post(citizen, "Both, @Lena Berg.", parent=second)
    post(neighbour, "Agreed.", parent=third, quoted=third)
    post(official, "Eight benches come this year.", role="official")
    post(neighbour, "벤치는 남쪽에 먼저 놓으면 좋겠습니다.", position="neutral", language="ko")
    return idea


def anchor(comment):
    return f"#comment-{comment.uuid}"


def test_comment_is_posted_in_place_and_gets_the_focus(new_page, scene, make_citizen):
    page = new_page(user=make_citizen("guest", first_name="Ada", last_name="Kim"))
    page.goto(scene.url)

    page.locator(".civic-compose textarea").first.fill("Trees beside them would help.")
    page.get_by_label("For", exact=True).check()
    page.get_by_role("button", name="Post comment").click()

    page.wait_for_selector("#civic-comments > li:first-child :text('Trees beside them')")
    mine = Comment.objects.get(text__startswith="Trees")
    page.wait_for_selector(f"{anchor(mine)}:focus")
    expect(page.locator("[data-civic-said]")).to_have_text("Your comment is published.")
    expect(page.locator(".civic-compose textarea").first).to_have_value("")
    expect(page.locator("#civic-comments-number")).to_have_text("7")
    page.reload()
    expect(page.locator(".civic-compose textarea").first).to_have_value("")


def test_reply_opens_below_its_comment_and_the_answer_gets_the_focus(new_page, scene, official):
    page = new_page(user=official)
    page.goto(scene.url)
    first = Comment.objects.get(text__startswith="Armrests")

    page.get_by_role("link", name="Reply to Joon Seo’s comment").first.click()
    form = page.locator(f"li:has(> {anchor(first)}) > [data-civic-place] form")
    form.locator("textarea").wait_for()
    page.wait_for_selector(".civic-place textarea:focus")
    page.keyboard.type("Noted.")
    form.get_by_role("button", name="Post reply").click()

    page.wait_for_selector(f"#replies-{first.uuid} > li:last-child :text('Noted.')")
    reply = Comment.objects.get(text="Noted.")
    page.wait_for_selector(f"{anchor(reply)}:focus")
    expect(form).to_have_count(0)


def test_closed_form_gives_the_focus_back_and_keeps_the_words(new_page, scene, official):
    page = new_page(user=official)
    page.goto(scene.url)
    link = page.get_by_role("link", name="Reply to Joon Seo’s comment").first

    link.click()
    page.wait_for_selector(".civic-place textarea:focus")
    page.keyboard.type("Half a thought")
    page.get_by_role("link", name="Cancel").click()
    expect(link).to_be_focused()

    link.click()
    page.wait_for_selector("[data-civic-restored]:visible")
    restored = page.locator(".civic-place textarea")
    expect(restored).to_have_value("Half a thought")


def test_everything_works_without_javascript_on_a_phone(new_page, scene, make_citizen):
    guest = make_citizen("guest", first_name="Ada", last_name="Kim")
    page = new_page(user=guest, width=360, height=740, javascript=False)
    page.goto(scene.url)

    page.locator(".civic-compose textarea").fill("Shade matters more.")
    page.get_by_role("button", name="Post comment").click()
    mine = Comment.objects.get(text="Shade matters more.")
    page.wait_for_url(f"**?comment={mine.uuid}#comment-{mine.uuid}")
    expect(page.locator(f"{anchor(mine)}:target")).to_be_visible()

    page.get_by_role("button", name="Helpful", exact=False).first.click()
    page.wait_for_selector("[aria-pressed=true]")
    page.get_by_role("link", name="Reply to Lena Berg’s comment").first.click()
    page.wait_for_selector("h1:has-text('Reply to Lena Berg')")
    page.locator("textarea").fill("Well said.")
    type(guest.civic_participant).objects.filter(pk=guest.civic_participant.pk).update(
        created_at="2020-01-01T00:00Z"
    )
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_selector(".civic-notice, .civic-comment:target")


def test_keyboard_alone_reads_answers_and_rates(new_page, scene, official):
    page = new_page(user=official)
    page.goto(scene.url)

    press_until_focused(page, "#civic-comments [data-civic-rating] button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#civic-comments [aria-pressed=true]")
    page.wait_for_selector("[aria-pressed=true]:focus")
    press_until_focused(page, "#civic-comments a[data-civic-reply]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".civic-place textarea:focus")
    page.keyboard.type("From the keyboard.")
    press_until_focused(page, ".civic-place button[type=submit]:not([data-civic-discard])")
    page.keyboard.press("Enter")

    page.wait_for_selector(".civic-comment:focus :text('From the keyboard.')")


def test_rating_in_place_sends_once_and_can_be_taken_back(new_page, scene, official):
    page = new_page(user=official)
    page.goto(scene.url)
    button = page.locator("#civic-comments [data-civic-rating] button").first

    button.click()
    page.wait_for_selector("#civic-comments [aria-pressed=true]")
    assert page.url.endswith(scene.url)
    button.click()
    page.wait_for_selector("#civic-comments [aria-pressed=true]", state="detached")


def test_new_comments_are_announced_and_do_not_move_what_is_read(
    new_page, scene, citizen, post, neighbour
):
    page = new_page(user=citizen)
    page.goto(scene.url)
    page.evaluate("window.scrollTo(0, 500)")
    before = page.evaluate("scrollY")
    reply_to = Comment.objects.get(text__startswith="Armrests")
    post(neighbour, "Something new.")
    post(neighbour, "An answer meanwhile.", parent=reply_to)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    button = page.get_by_role("button", name="2 new comments: show")
    button.wait_for()
    expect(page.locator("[data-civic-said]")).to_have_text("2 new comments")
    assert page.evaluate("scrollY") == before

    button.click()
    page.wait_for_selector(f"#replies-{reply_to.uuid} :text('An answer meanwhile.')")
    page.wait_for_selector("#civic-comments > li:first-child :text('Something new.')")
    page.wait_for_selector(".civic-comment:focus :text('Something new.')")
    page.get_by_role("button", name="Back to where I was").click()
    page.wait_for_selector("#civic-comments-title:focus")


def test_words_survive_a_session_that_was_lost(new_page, scene, citizen):
    page = new_page(user=citizen)
    page.goto(scene.url)
    page.locator(".civic-compose textarea").fill("Thought about for an hour.")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Post comment").click()
    page.wait_for_url("**/login/**")
    page.fill("[name=login]", "citizen")
    page.fill("[name=password]", "demo")
    page.keyboard.press("Enter")

    page.wait_for_url("**/civic/comments/on/**")
    expect(page.locator("main textarea")).to_have_value("Thought about for an hour.")


def test_words_survive_a_token_that_has_expired(new_page, scene, citizen):
    page = new_page(user=citizen)
    page.goto(scene.url)
    page.locator(".civic-compose textarea").fill("Thought about for an hour.")
    page.evaluate("document.querySelector('.civic-compose [name=csrfmiddlewaretoken]').value = 'x'")

    page.get_by_role("button", name="Post comment").click()
    page.wait_for_selector(".civic-compose :text('open for so long')")
    expect(page.locator(".civic-compose textarea")).to_have_value("Thought about for an hour.")
    page.get_by_role("button", name="Post comment").click()
    page.wait_for_selector("#civic-comments > li:first-child :text('Thought about')")


def test_more_comments_come_in_place_and_the_first_gets_the_focus(
    new_page, scene, post, citizen, settings
):
    settings.CIVIC_SOURCING = {**settings.CIVIC_SOURCING, "COMMENTS_PER_SLICE": 2}
    for number in range(4):
        post(citizen, f"One more thought, {number}.")
    page = new_page()
    page.goto(scene.url)

    page.get_by_role("link", name="Show more comments").click()
    page.wait_for_selector(".civic-comment:focus :text('One more thought, 1.')")
    page.get_by_role("link", name="Show more comments").click()
    page.wait_for_selector(".civic-comment:focus :text('벤치는')")


def test_people_are_suggested_after_an_at_and_taken_by_keyboard(new_page, scene, citizen):
    page = new_page(user=citizen)
    page.goto(scene.url)
    area = page.locator(".civic-compose textarea")

    area.focus()
    page.keyboard.type("Thanks @Len")
    page.wait_for_selector("[role=option]:has-text('Lena Berg')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(area).to_have_value("Thanks @Lena Berg ")


@pytest.mark.parametrize("width", [320, 1280])
def test_threads_are_accessible_and_fit(
    width, new_page, scene, citizen, thread, assert_accessible, assert_no_sideways_scroll
):
    page = new_page(user=citizen, width=width)
    page.goto(scene.url)
    page.locator(".civic-comment-more summary").first.click()
    page.get_by_role("link", name="Reply to Lena Berg’s comment").first.click()
    page.wait_for_selector(".civic-place form")
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    comment = Comment.objects.get(text__startswith="Armrests")
    base = f"/en/civic/comments/{comment.uuid}/"
    for address in ("reply/?quote=1", "edit/", "withdraw/", "versions/", "replies/"):
        page.goto(base.replace("/en/civic", page.evaluate("'/civic'")) + address)
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_closed_thread_is_accessible(new_page, scene, official, thread, assert_accessible):
    thread.refresh_from_db()
    CloseThread(thread, by=official, conclusion="Eight benches, in spring.").execute()
    page = new_page(width=320)
    page.goto(scene.url)

    expect(page.get_by_role("heading", name="Conclusion of this discussion")).to_be_visible()
    assert_accessible(page)


def test_colours_chosen_by_the_reader_keep_what_is_pressed_visible(new_page, scene, official):
    page = new_page(user=official, forced_colors="active", reduced_motion="reduce")
    page.goto(scene.url)
    button = page.locator("#civic-comments [data-civic-rating] button").first
    plain = button.evaluate("it => getComputedStyle(it).backgroundColor")

    button.click()
    page.wait_for_selector("#civic-comments [aria-pressed=true]")

    assert button.evaluate("it => getComputedStyle(it).backgroundColor") != plain


def test_right_to_left_turns_the_thread_around(new_page, scene):
    page = new_page()
    page.goto(scene.url)
    page.evaluate("document.documentElement.dir = 'rtl'")

    outer, inner = (
        page.locator(f".civic-comments {'.civic-comments ' * depth}> li").first.bounding_box()
        for depth in (0, 1)
    )
    assert inner["x"] + inner["width"] < outer["x"] + outer["width"]
