"""A citizen looks for an opinion among those of a consultation: two characters are enough, in either script."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
FOUND, OTHER = "装电梯我不反对，但采光补偿要写进办法。", "请把困难家庭的补助提高到60%，让每位老人都能下楼。"
WAIT = 40  # seconds: the words of opinions are taken into the index in the background, every ten


@pytest.mark.parametrize("typed", ["采光", "採光"], ids=["simplified", "traditional"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_characters_of_either_script_find_an_opinion(visitors, language, typed):
    visitors.language = language
    citizen = visitors.citizen(width=390)
    citizen.open("/consultations/1/opinions/")
    citizen.sees(OTHER)
    _indexed(citizen.page)
    citizen.open("/consultations/1/opinions/")
    citizen.page.locator("#oq").fill(typed)
    citizen.press("筛选", "Filter")
    citizen.sees(FOUND)
    citizen.misses(OTHER)
    expect(citizen.page.locator("#oq")).to_have_value(typed)
    citizen.page.locator("#oq").fill("高铁站台")
    citizen.press("筛选", "Filter")
    citizen.sees("没有符合条件的意见。", "No opinion fits.")
    citizen.read("去掉筛选" if language == "zh" else "Remove the filters")
    citizen.sees(OTHER)


def _indexed(page) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        page.goto("/consultations/1/opinions/?q=采光")
        if page.locator("ul.ops").count():
            return
        time.sleep(1)
