"""Verified by an identity provider on the way: one comes back, finds what was typed, sends it, and is called verified."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.identity_provider import IdentityProvider
from tests.journeys.house import House
from tests.journeys.looks import shown_though_hidden, too_wide, violations
from tests.journeys.people import People, Visitor
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
SAY = "/consultations/3/say/"
WORDS = "路灯柱请贴反光条，夜里骑车看不见。"


@pytest.fixture(scope="module")
def idp() -> Iterator[IdentityProvider]:
    """A provider on this machine, at an address of another site than the house."""
    with IdentityProvider() as one:
        yield one


@pytest.fixture(scope="module")
def verifying(tmp_path_factory: pytest.TempPathFactory, empty: House, idp: IdentityProvider) -> Iterator[House]:
    """The demo with a provider, served."""
    house = House(tmp_path_factory.mktemp("verifying"), like=empty)
    house.more = {f"JOURNEY_{name}": value for name, value in idp.environment().items()}
    house.run("django", "demo")
    yield house.open()
    house.close()


@pytest.fixture
def strangers(chromium, verifying: House) -> Iterator[People]:
    with People(chromium, verifying) as them:
        yield them


def sound(who: Visitor) -> list[str]:
    """What is wrong with the page on a desk and on a phone."""
    found = violations(who.page) + shown_though_hidden(who.page)
    for width in (390, 1280):
        who.page.set_viewport_size({"width": width, "height": 900})
        found += too_wide(who.page, width)
    return found


def leave(who: Visitor, answer: str) -> None:
    """To the provider and back, saying yes or no there."""
    who.page.get_by_role("link", name=who.say("去核验", "Verify"), exact=True).click()
    who.page.get_by_role("button", name=answer).click()
    who.page.wait_for_url("**/say/**")


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_verified_while_writing_and_finds_the_words_again(strangers, language):
    strangers.language = language
    writer = strangers.citizen()
    writer.open("/consultations/3/")
    clause = writer.page.locator("article.clause").nth(1)
    clause.get_by_role("link", name=writer.say("对本条提意见", "Comment on this clause")).click()
    form = clause.locator("form.say")
    form.locator("[name=stance][value=change]").check()
    form.locator("[name=text]").fill(WORDS)
    form.get_by_text(writer.say("核验身份，署“已核验”（可不做）", "Be marked “verified” (optional)")).click()
    leave(writer, "同意")
    writer.sees("证明您是真实的一个人", "proves that you are one real person")
    back = writer.page.locator("form.say")
    expect(back.locator("[name=text]")).to_have_value(WORDS)
    expect(back.locator("[name=stance][value=change]")).to_be_checked()
    expect(back.locator("[name=as_verified]")).to_be_checked()
    assert sound(writer) == []
    assert [each["httpOnly"] for each in writer.page.context.cookies() if each["name"].startswith("mt_")] == [True]
    back.get_by_role("button", name=writer.say("提交，领回执", "Send and get a receipt")).click()
    writer.page.wait_for_url("**/r/**")
    writer.sees("收到了，请记下回执号", "Received. Please keep the receipt number")
    writer.sees("已核验", "Verified")
    writer.sees(WORDS)
    assert sound(writer) == []
    assert [each["name"] for each in writer.page.context.cookies() if each["name"].startswith("mt_")] == []
    writer.open(SAY)
    expect(writer.page.locator("[name=as_verified]")).to_have_count(0)


def test_who_says_no_there_finds_the_words_again_and_sends_without(strangers):
    writer = strangers.citizen(width=390, has_touch=True, is_mobile=True)
    writer.open(SAY)
    writer.main.locator("[name=stance][value=for]").check()
    writer.fill(text=WORDS)
    writer.unfold("核验身份", "Be marked")
    leave(writer, "拒绝")
    writer.sees("没有核验：您在身份认证页面取消了")
    expect(writer.page.locator("form.say [name=text]")).to_have_value(WORDS)
    assert sound(writer) == []
    writer.press("提交，领回执", "Send and get a receipt")
    writer.sees("收到了，请记下回执号")
    writer.misses("已核验")


def test_a_provider_that_is_down_costs_nobody_a_word(strangers, idp):
    writer = strangers.citizen()
    writer.open(SAY)
    writer.main.locator("[name=stance][value=for]").check()
    writer.fill(text=WORDS)
    idp.answers["/token"] = (503, b"{}")
    try:
        writer.unfold("核验身份", "Be marked")
        leave(writer, "同意")
    finally:
        idp.answers.clear()
    writer.sees("身份认证服务现在连不上")
    expect(writer.page.locator("form.say [name=text]")).to_have_value(WORDS)
