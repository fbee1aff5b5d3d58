"""People at their browsers: they press, follow, fill and read, in Chinese or in English."""

from __future__ import annotations

import os
import re
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.house import ROOT, House
from tests.journeys.looks import too_wide, violations
from tests.journeys.pictures import tighten

PASSWORD = "Mingtang-2026"
SHOTS = ROOT / "docs" / "guide" / "shots"


def wants_shots() -> bool:
    """Whether this run may write the guide's pictures (`MINGTANG_SHOTS=1`)."""
    return os.environ.get("MINGTANG_SHOTS") == "1"


class Visitor:
    """Somebody with one page open, who reads one language."""

    def __init__(self, page: Page, language: str = "zh", eye: Eye | None = None) -> None:
        self.page, self.language, self.eye = page, language, eye
        self.main = page.locator("main:not(:has(.rail)), main .work > div")

    def say(self, zh: str, en: str) -> str:
        """The words this person reads."""
        return en if self.language == "en" else zh

    def open(self, path: str) -> None:
        """Go to an address of the site; it has to answer."""
        answer = self.page.goto(path if self.language == "zh" else f"/en{path}")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        self._look()

    def press(self, zh: str, en: str, at: str = "") -> None:
        """Press a button of the page (the one `at` somebody's name, where there are several) and wait for what comes."""
        self._go(self._named("button", self.say(zh, en), at))

    def follow(self, zh: str, en: str, at: str = "") -> None:
        """Follow a link of the page."""
        self._go(self._named("link", self.say(zh, en), at))

    def read(self, words: str) -> None:
        """Follow the link with these very words."""
        self._go(self.main.get_by_role("link", name=words).first)

    def turn_to(self, zh: str, en: str) -> None:
        """Follow a link of the navigation."""
        self._go(self.page.get_by_role("navigation").get_by_role("link", name=re.compile(re.escape(self.say(zh, en)))).first)

    def unfold(self, zh: str, en: str) -> None:
        """Open a fold that is closed."""
        summary = self.main.locator("summary").filter(has_text=self.say(zh, en)).first
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()

    def fill(self, **fields: Any) -> None:
        """Fill fields by name: text, a choice, several choices, a tick, files."""
        for name, value in fields.items():
            field = self.main.locator("form:not(.filters)").locator(f"[name='{name}']:not([type=hidden]):visible")
            expect(field.first).to_be_visible()
            self._fill(field, field.first.evaluate("field => field.type ?? field.localName"), value)

    def choose(self, name: str, words: str) -> None:
        """Choose the option that holds these words."""
        field = self.main.locator(f"select[name='{name}']:visible").last
        field.select_option(value=field.locator("option").filter(has_text=words).first.get_attribute("value") or "")

    def sees(self, *both: str) -> None:
        """The words stand on the page; two arguments are the Chinese and the English ones."""
        expect(self.main).to_contain_text(self.say(*both) if len(both) == 2 else both[0])

    def misses(self, *both: str) -> None:
        """The words do not stand on the page."""
        expect(self.main).not_to_contain_text(self.say(*both) if len(both) == 2 else both[0])

    def refused(self, zh: str, en: str) -> None:
        """The page refuses, with these words among its reasons."""
        expect(self.main.locator(".refuse").first).to_be_visible()
        expect(self.main.locator(".refuse").first).to_contain_text(self.say(zh, en))

    def shot(self, name: str, *, of: str = "", height: int = 560) -> None:
        """A picture for the guide, in Chinese and only when asked for: the page's own part, from the top or from `of` on."""
        if not wants_shots() or self.language != "zh":
            return
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("document.activeElement?.blur(); window.scrollTo(0, 0)")
        box = self.main.bounding_box()
        assert box is not None
        top = self.main.locator(of).first.evaluate("place => place.getBoundingClientRect().top") - 12 if of else box["y"]
        clip = {"x": box["x"] - 8, "y": top, "width": box["width"] + 16, "height": min(height, box["y"] + box["height"] - top)}
        self.page.screenshot(path=SHOTS / f"{name}.png", clip=clip, full_page=True)
        tighten(SHOTS / f"{name}.png")

    def _named(self, role: Any, words: str, at: str) -> Locator:
        if not at:
            return self.main.get_by_role(role, name=words, exact=True).first
        return self.main.get_by_role(role, name=re.compile(rf"^{re.escape(words)}\s*{re.escape(at)}$")).first

    def _go(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()
        self._look()

    def _look(self) -> None:
        if self.eye is not None:
            self.eye.look(self.page)

    def _fill(self, field: Locator, kind: str, value: Any) -> None:
        if kind == "file":
            field.set_input_files(value)
        elif kind == "radio":
            field.locator(f"xpath=self::*[@value='{value}']").check()
        elif kind == "checkbox" and isinstance(value, bool):
            field.set_checked(value)
        elif kind == "checkbox":
            for each in value:
                field.locator(f"xpath=self::*[@value='{each}']").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.first.fill(str(value))


class Eye:
    """Looks once at every kind of page met on the way: accessibility rules, and the width on a desk and a phone."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, int, int]] = set()
        self.faults: list[str] = []

    def look(self, page: Page) -> None:
        """Look, unless a page of this kind, as refused and as full of errors, was looked at before."""
        path = urlsplit(page.url).path
        kind = (re.sub(r"\d+", "n", path), page.locator(".refuse").count(), page.locator(".errs").count())
        if kind in self.seen:
            return
        self.seen.add(kind)
        size = page.viewport_size
        assert size is not None
        found = violations(page)
        for width in (390, size["width"]):
            page.set_viewport_size({"width": width, "height": size["height"]})
            found += too_wide(page, width)
        self.faults += [f"{path}: {each}" for each in found]


class People:
    """Everybody of one house; each signs in once and keeps a browser of their own."""

    def __init__(self, chromium: Browser, house: House, language: str = "zh") -> None:
        self.chromium, self.house, self.language = chromium, house, language
        self.contexts: list[BrowserContext] = []
        self.staff: dict[str, Visitor] = {}
        self.eye: Eye | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _why: BaseException | None, _where: TracebackType | None) -> None:
        for each in self.contexts:
            each.close()

    def citizen(self, *, width: int = 1280, **how: Any) -> Visitor:
        """Somebody without an account."""
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, base_url=self.house.address, locale="zh-CN", **how)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return Visitor(context.new_page(), self.language, self.eye)

    def __call__(self, name: str) -> Visitor:
        """A member of staff, signed in."""
        if name not in self.staff:
            who = self.citizen()
            sign_in(who, name)
            self.staff[name] = who
        return self.staff[name]

    def trace(self, path: str, *marks: tuple[str, str]) -> None:
        """A public page shows these marks to somebody who just came."""
        reader = self.citizen()
        reader.open(path)
        for mark in marks:
            reader.sees(*mark)
        reader.page.context.close()
        self.contexts.remove(reader.page.context)

    def citizen_finds_nothing(self, path: str) -> None:
        """Nothing public stands at this address."""
        answer = self.citizen().page.goto(path)
        assert answer is not None
        assert answer.status == 404


def sign_in(who: Visitor, name: str, password: str = PASSWORD) -> None:
    """Sign in with name and password."""
    who.open("/accounts/login/")
    who.fill(login=name, password=password)
    who.press("登录", "Sign in")
