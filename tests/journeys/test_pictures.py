"""The pictures of the README and the guide: made by the journeys when `MINGTANG_SHOTS=1` asks for them, small, none missing."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.journeys.house import ROOT
from tests.journeys.people import SHOTS, People, wants_shots
from tests.journeys.pictures import tighten

pytestmark = pytest.mark.journey
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
MATTER = ROOT / "docs" / "images" / "matter.png"
KB = 1000


def test_the_readme_shows_the_page_of_a_matter(chromium, demo):
    with People(chromium, demo) as visitors:
        reader = visitors.citizen()
        reader.open("/matters/1/")
        if wants_shots():
            MATTER.parent.mkdir(parents=True, exist_ok=True)
            reader.page.screenshot(path=MATTER, clip={"x": 0, "y": 0, "width": 1280, "height": 1000}, full_page=True)
            tighten(MATTER)
        reader.sees("全过程")
    assert MATTER.stat().st_size < 400 * KB


def test_the_guide_shows_the_letter_of_invitation(chromium, demo):
    with People(chromium, demo) as staff:
        clerk = staff("zhao")
        clerk.open("/workspace/meetings/1/invitations/1/")
        letter = clerk.main.get_by_role("link", name="邀请函", exact=False).first.get_attribute("href")
        file = clerk.page.request.get(letter).body()
    drawn = ["pdftoppm", "-png", "-r", "64", "-x", "0", "-y", "40", "-W", "530", "-H", "560", "-singlefile", "-"]
    picture = subprocess.run(drawn, input=file, capture_output=True, check=True).stdout
    assert picture.startswith(b"\x89PNG")
    if wants_shots():
        SHOTS.mkdir(parents=True, exist_ok=True)
        (SHOTS / "invitation-letter.png").write_bytes(picture)
        tighten(SHOTS / "invitation-letter.png")


def test_every_picture_is_there_small_and_used():
    named = {(page.parent / link).resolve() for page in PAGES for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))}
    made = set(SHOTS.glob("*.png"))
    assert named == made | {MATTER} or wants_shots()  # the walk that makes them may come later in that run
    assert [path.name for path in made if path.stat().st_size >= 200 * KB] == []
    assert sum(path.stat().st_size for path in made) < 1500 * KB
