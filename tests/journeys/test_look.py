"""Every kind of page in a real browser: no violation of the accessibility rules, nothing wider than the screen."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.looks import OF_LAYOUT, shown_though_hidden, too_wide, violations
from tests.journeys.people import PASSWORD

pytestmark = pytest.mark.journey
PUBLIC = (
    "/",
    "/consultations/",
    "/consultations/1/",
    "/consultations/3/",
    "/consultations/3/say/",
    "/consultations/1/report/",
    "/matters/",
    "/matters/1/",
    "/calendar/",
    "/meetings/1/",
    "/meetings/1/minutes/",
    "/meetings/1/room/",
    "/meetings/5/",
    "/meetings/5/recording/",
    "/invitation/lost/day/",
    "/results/",
    "/results/1/",
    "/house-rules/",
    "/house-rules/1/",
    "/pool/",
    "/pool/join/",
    "/pool/find/",
    "/calls/",
    "/calls/1/",
    "/calls/2/",
    "/calls/2/apply/",
    "/calls/2/form/",
    "/obligations/",
    "/r/",
    "/search/?q=%E7%94%B5%E6%A2%AF",
    "/accessibility/",
    "/privacy/",
    "/sitemap/",
    "/correction/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/consultations/1/opinions/",
    "/consultations/1/opinions/?q=%E7%94%B5%E6%A2%AF",
    "/consultations/1/versions/",
    "/consultations/1/analysis/",
    "/consultations/3/spread/",
    "/feeds/",
    "/follow/",
    "/follow/?kind=topic&key=1",
    "/follow/lost/",
    "/consultations/1/trace/",
    "/consultations/1/answers/",
    "/consultations/3/questions/",
    "/consultations/3/questions/ask/",
    "/hearings/",
    "/hearings/1/",
    "/hearings/1/draw/",
    "/matters/3/propose-hearing/",
    "/listening/2/",
    "/listening/3/",
    "/invitation/lost/",
    "/meetings/1/seats/",
    "/matters/1/seats/",
    "/r/QH-0000-0000-0000/",
    "/nothing-here/",
    "/fault/",
)
STAFF = {
    "zhao": (
        "/workspace/",
        "/workspace/topics/",
        "/workspace/topics/1/",
        "/workspace/topics/new/",
        "/workspace/topics/1/print/",
        "/workspace/topics/1/documents/add/",
        "/workspace/topics/1/steps/legality/",
        "/workspace/planner/",
        "/workspace/consultations/1/",
        "/workspace/consultations/1/grouping/",
        "/workspace/consultations/1/grouping/?home=any&q=%E7%94%B5%E6%A2%AF",
        "/workspace/consultations/1/grouping/steps/",
        "/workspace/consultations/1/grouping/numbers/",
        "/workspace/consultations/1/grouping/1/",
        "/workspace/consultations/1/report/",
        "/workspace/consultations/1/report/correct/?group=1",
        "/workspace/consultations/1/report/corrections/1/",
        "/workspace/consultations/1/opinions/1/",
        "/workspace/representatives/",
        "/workspace/representatives/?state=waiting",
        "/workspace/representatives/1/",
        "/workspace/representatives/import/",
        "/workspace/representatives/forgotten/",
        "/workspace/house-rules/",
        "/workspace/releases/",
        "/workspace/releases/1/",
        "/workspace/releases/new/",
        "/workspace/obligations/",
        "/workspace/figures/",
        "/workspace/me/",
        "/workspace/design/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/password/change/",
        "/accounts/logout/",
    ),
    "wu": (
        "/workspace/meetings/",
        "/workspace/meetings/1/",
        "/workspace/meetings/1/console/",
        "/workspace/meetings/1/members/",
        "/workspace/meetings/1/versions/",
        "/workspace/meetings/1/wordings/",
        "/workspace/meetings/1/record/",
        "/workspace/meetings/1/recording/",
        "/workspace/meetings/new/",
        "/workspace/meetings/1/invitations/",
        "/workspace/meetings/1/invitations/1/",
        "/workspace/meetings/1/checkin/",
        "/workspace/meetings/1/minutes/",
        "/workspace/meetings/1/minutes/text/",
        "/workspace/outbox/",
    ),
    "shi": (
        "/workspace/hearings/",
        "/workspace/hearings/1/",
        "/workspace/hearings/1/people/",
        "/workspace/hearings/1/people/1/",
        "/workspace/hearings/1/console/",
        "/workspace/hearings/1/record/",
        "/workspace/hearings/1/report/",
        "/workspace/hearings/1/checkin/",
        "/workspace/hearings/proposals/",
        "/workspace/activities/",
        "/workspace/activities/3/",
        "/workspace/topics/1/hearing-need/",
        "/workspace/consultations/4/draft/",
        "/workspace/consultations/4/draft/versions/",
        "/workspace/consultations/4/draft/v1/blocks/",
    ),
    "wang": ("/workspace/guard/consultation/3/",),
    "he": (
        "/workspace/consultations/3/opinions/key-in/",
        "/workspace/consultations/3/entry/",
        "/workspace/mails/",
        "/workspace/mails/?tray=waiting",
        "/workspace/mails/?tray=automatic",
        "/workspace/mails/1/",
        "/workspace/mails/2/",
        "/workspace/consultations/3/opinions/import/",
        "/workspace/consultations/3/grouping/",
        "/workspace/consultations/3/grouping/all/?home=any",
        "/workspace/calls/",
        "/workspace/calls/1/",
        "/workspace/calls/2/",
        "/workspace/calls/1/applications/",
        "/workspace/calls/1/applications/1/",
        "/workspace/calls/2/freeze/",
        "/workspace/calls/2/applications/",
    ),
    "zhou": (
        "/workspace/consultations/3/opinions/",
        "/workspace/consultations/3/opinions/?state=shown&q=%E8%B7%AF%E7%81%AF",
        "/workspace/consultations/3/opinions/?state=withheld",
        "/workspace/consultations/3/opinions/?state=proposed",
        "/workspace/consultations/3/opinions/?state=appeals",
        "/workspace/consultations/1/opinions/1/",
    ),
    "security": ("/workspace/people/",),
    "auditor": ("/workspace/audit/",),
    "system": ("/workspace/jobs/", "/workspace/topics/1/"),
}
ODD = {"/fault/": (500,), "/workspace/topics/1/": (409,)}  # our own fault; what a system administrator may not see
WAYS = {
    "desk": {"width": 1280},
    "phone": {"width": 390},
    "phone, large print": {"width": 390, "size": "large", "rules": OF_LAYOUT},
    "desk, high contrast, English": {"width": 1280, "contrast": "high", "prefix": "/en"},
}


def _context(chromium: Browser, site: str, way: dict[str, object]) -> BrowserContext:
    context = chromium.new_context(viewport={"width": int(str(way["width"])), "height": 900}, base_url=site)
    kept = {f"mingtang-{key}": way[key] for key in ("size", "contrast") if key in way}
    context.add_init_script("".join(f"localStorage.setItem('{key}', '{value}');" for key, value in kept.items()))
    return context


def _sign_in(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main .btn--go")
    page.wait_for_url("**/workspace/")


def _faults(page: Page, path: str, way: dict[str, object]) -> list[str]:
    """What is wrong with the page: wider than the screen, broken, or against an accessibility rule."""
    answer = page.goto(f"{way.get('prefix', '')}{path}")
    found = [] if answer and answer.status in {200, 404, *ODD.get(path, ())} else [f"{path}: status {answer.status if answer else 'none'}"]
    kept = {key: page.evaluate(f"document.documentElement.dataset.{key}") for key in ("size", "contrast") if key in way}
    found += [f"{path}: {key} is not kept" for key, value in kept.items() if value != way[key]]
    broken = violations(page, *([way["rules"]] if "rules" in way else []))
    found += [f"{path}: {each}" for each in (*too_wide(page, int(str(way["width"]))), *shown_though_hidden(page), *broken)]
    return found


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_public_pages_keep_every_accessibility_rule(chromium, site, way):
    with _context(chromium, site, way) as context:
        page = context.new_page()
        assert [fault for path in PUBLIC for fault in _faults(page, path, way)] == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_staff_pages_keep_every_accessibility_rule(chromium, site, way):
    faults: list[str] = []
    for name, paths in STAFF.items():
        with _context(chromium, site, way) as context:
            page = context.new_page()
            _sign_in(page, name)
            faults += [fault for path in paths for fault in _faults(page, path, way)]
    assert faults == []


def test_the_card_for_other_sites_keeps_every_accessibility_rule(chromium, site):
    with _context(chromium, site, {"width": 360}) as context:
        page = context.new_page()
        assert _faults(page, "/consultations/3/card/", {"width": 360}) == []


def test_an_invitation_and_a_form_without_its_token_keep_every_accessibility_rule(chromium, site, demo):
    with sqlite3.connect(demo.folder / "mingtang.sqlite3") as rows:
        token = rows.execute("select token from mt_invitation order by id limit 1").fetchone()[0]
    with _context(chromium, site, {"width": 390}) as context:
        page = context.new_page()
        assert _faults(page, f"/invitation/{token}/", {"width": 390}) == []
        page.goto("/consultations/3/say/")
        page.check("[name=stance][value=for]")
        page.fill("[name=text]", "放了一夜。")
        context.clear_cookies()
        with page.expect_navigation():
            page.click("form.say .btn--go")
        assert [*violations(page), *too_wide(page, 390)] == []


@pytest.mark.parametrize("path", ["/matters/1/", "/calls/1/", "/consultations/1/report/", "/meetings/1/minutes/", "/results/1/"])
def test_a_page_on_paper_keeps_the_rules_and_shows_no_navigation(chromium, site, path):
    with _context(chromium, site, {"width": 800}) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto(path)
        assert violations(page) == []
        assert not page.get_by_role("navigation").first.is_visible()


def test_the_display_a_visitor_chooses_is_kept_on_the_next_page_without_a_cookie(chromium, site):
    with _context(chromium, site, {"width": 1280}) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name="长者模式").click()
        page.get_by_role("link", name="征求意见", exact=True).first.click()
        assert page.evaluate("document.documentElement.dataset.size") == "large"
        assert context.cookies() == []
        page.get_by_role("button", name="长者模式").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.size ?? ''") == ""


def test_the_display_follows_its_link_where_no_script_runs(chromium, site):
    context = chromium.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto("/matters/1/")
    page.get_by_role("link", name="长者模式").click()
    assert page.locator("html").get_attribute("data-size") == "large"
    assert page.locator("details[data-phone]").first.get_attribute("open") is not None
    context.close()


def test_a_page_shows_no_error_to_the_browser(chromium, site):
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/", "/matters/1/", "/consultations/3/", "/consultations/3/say/", "/calendar/", "/obligations/"):
        page.goto(path)
    context.close()
    assert said == []


def test_what_was_typed_survives_a_reload(chromium, site):
    with _context(chromium, site, {"width": 1280}) as context:
        page = context.new_page()
        page.goto("/consultations/3/say/")
        page.fill("textarea[name=text]", "二十二点后减一半还是太亮。")
        page.reload()
        assert page.input_value("textarea[name=text]") == "二十二点后减一半还是太亮。"
        assert "13 / " in page.locator("p[id$=text_count]").inner_text()


def test_a_question_is_asked_before_an_act_and_no_means_no(chromium, site):
    with _context(chromium, site, {"width": 1280}) as context:
        page = context.new_page()
        _sign_in(page, "zhao")
        page.goto("/workspace/design/")
        assert page.evaluate("document.activeElement.className") == "errs"
        before = page.url
        page.get_by_role("button", name="先问一句再做").click()
        page.get_by_role("dialog").get_by_role("button", name="先不做").click()
        assert (page.url, page.get_by_role("dialog").count()) == (before, 0)
        page.get_by_role("button", name="先问一句再做").click()
        page.get_by_role("dialog").get_by_role("button", name="是，现在做").click()
        page.wait_for_url("**#h-btn")
        page.locator("h1").click()
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="快捷键").is_visible()


def test_paper_shows_what_a_phone_had_folded(chromium, site):
    with _context(chromium, site, {"width": 390}) as context:
        page = context.new_page()
        page.goto("/matters/1/")
        fold = page.locator("details[data-phone]").first
        assert fold.get_attribute("open") is None
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert fold.get_attribute("open") is not None
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert fold.get_attribute("open") is None
