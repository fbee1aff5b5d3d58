"""What every journey stands on: a served house and Debian's Chromium without a window."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.house import House
from tests.journeys.people import People

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)
FIRST_DAY = "2026-03-02"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each person gets a context of their own."""
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=os.environ.get("MINGTANG_CHROMIUM", "/usr/bin/chromium"), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A migrated house with nobody in it, to be copied."""
    house = House(tmp_path_factory.mktemp("empty"))
    house.run("django", "migrate", "-v0")
    return house


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, empty: House) -> Iterator[House]:
    """The demo, played and served as the first command of the README does it."""
    house = House(tmp_path_factory.mktemp("demo"), like=empty)
    yield house.open("demo", "--serve")
    house.close()


@pytest.fixture(scope="session")
def site(demo: House) -> str:
    """The address of the demo."""
    return demo.address


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, empty: House) -> House:
    """A fresh government with the demo's people and no matter, to be copied."""
    house = House(tmp_path_factory.mktemp("settled"), like=empty)
    house.run("tests.journeys.settle", FIRST_DAY)
    return house


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, settled: House) -> Iterator[House]:
    """A fresh government of one's own, served; its clock stands at nine in the morning of the first day."""
    house = House(tmp_path_factory.mktemp("fresh"), like=settled)
    house.at(f"{FIRST_DAY} 09:00")
    yield house.open()
    house.close()


@pytest.fixture
def people(chromium: Browser, fresh: House) -> Iterator[People]:
    """The people of the fresh government, who read Chinese at a desk; `people.language` changes that."""
    with People(chromium, fresh) as them:
        yield them


@pytest.fixture
def visitors(chromium: Browser, demo: House) -> Iterator[People]:
    """People who visit the demo, which others visit too."""
    with People(chromium, demo) as them:
        yield them
