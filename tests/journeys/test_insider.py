"""A citizen comments and keeps the code; an administrator with the database deletes the opinion and its leaf; everybody finds out."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.house import House
from tests.journeys.people import People, Visitor

pytestmark = pytest.mark.journey
DATABASE = "mingtang.sqlite3"
WORDS = "夜里路口看不清，请先装灯再划线。"


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory, demo: House, chromium: Browser) -> Iterator[tuple[House, People]]:
    """A copy of the demo that nobody else visits: what is destroyed here stays here."""
    house = House(tmp_path_factory.mktemp("insider"), like=demo)
    for each in house.folder.glob(f"{DATABASE}*"):
        each.unlink()
    with sqlite3.connect(demo.folder / DATABASE) as source, sqlite3.connect(house.folder / DATABASE) as target:
        source.backup(target)
    house.open()
    with People(chromium, house) as them:
        yield house, them
    house.close()


def _verifier(citizen: Visitor, folder: Path) -> Path:
    program = folder / "mingtang_verify.py"
    program.write_bytes(citizen.page.request.get("/trust/mingtang_verify.py").body())
    return program


def _run(program: Path, *words: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-I", program, *words], capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def _delete(house: House, receipt: str) -> None:
    """What somebody with the whole database can do: take the guards away, then the opinion and its leaf."""
    with sqlite3.connect(house.folder / DATABASE, timeout=30) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        (number,) = database.execute("SELECT id FROM mt_opinion WHERE receipt = ?", [receipt]).fetchone()
        database.execute("DELETE FROM mt_ledger_entry WHERE kind = 'opinion.receive' AND subject_id = ?", [number])
        database.execute("DELETE FROM mt_opinion WHERE id = ?", [number])


def test_an_administrator_who_deletes_an_opinion_and_its_leaf_is_found_out_by_verifier_and_mirror(own, tmp_path):
    house, people = own
    citizen = people.citizen()
    citizen.open("/consultations/3/say/")
    citizen.main.locator("[name=stance][value=change]").check()
    citizen.fill(text=WORDS)
    citizen.press("提交，领回执", "Send and get a receipt")
    receipt = citizen.page.locator(".rno b").inner_text()
    expect(citizen.page.locator(".qrs svg")).to_be_visible()
    kept = (citizen.page.get_by_role("link", name="查验这张回执").get_attribute("href") or "").partition("#")[2]
    citizen.page.goto(f"/trust/verify/#{kept}")
    expect(citizen.page.locator("#receipt-found")).to_contain_text("查过的都对")  # at once: whether or not the log has it yet
    for _ in range(60):
        citizen.open(f"/r/{receipt}/")
        if "已记入总账第" in citizen.main.inner_text():
            break
        citizen.page.wait_for_timeout(1000)
    program, copy = _verifier(citizen, tmp_path), tmp_path / "copy"
    assert _run(program, "mirror", house.address, str(copy))[0] == 0
    assert _run(program, "receipt", kept, "--log", house.address)[0] == 0
    citizen.page.goto(f"/trust/verify/#{kept}")
    expect(citizen.page.locator("#receipt-found")).to_contain_text("查过的都对")

    _delete(house, receipt)

    answer = citizen.page.goto(f"/r/{receipt}/")
    assert answer is not None
    assert answer.status == 404
    # the log may answer "not yet" for a minute, and no longer
    given = datetime.fromisoformat(kept.split("~")[4])
    citizen.page.wait_for_timeout(max(0, (given + timedelta(seconds=61) - datetime.now(UTC)).total_seconds()) * 1000)
    citizen.page.goto("/trust/")
    citizen.page.goto(f"/trust/verify/#{kept}")
    expect(citizen.page.locator("#receipt-found")).to_contain_text("总账里没有这张回执")
    code, said = _run(program, "receipt", kept, "--log", house.address)
    assert (code, "The log does not hold this receipt" in said, "is signed by key" in said) == (1, True, True)
    code, said = _run(program, "mirror", house.address, str(copy))
    assert (code, "of the log is gone." in said) == (1, True)
    assert "of the log is gone." in (copy / "ALARM.txt").read_text(encoding="utf-8")
    (tmp_path / "words.txt").write_text(WORDS, encoding="utf-8")
    code, said = _run(program, "receipt", kept, "--text", str(tmp_path / "words.txt"))
    assert (code, "The words are those of the receipt, to the letter." in said) == (0, True)
