"""The verifier page from a file, without a network, against the Python verifier: the same findings on the same cases."""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.exporting import write_export
from mingtang.engines.ledger.checking import check_receipt
from mingtang.engines.ledger.drawn import check_draw_file
from mingtang.engines.ledger.findings import Findings
from mingtang.engines.ledger.hashing import digest
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.recount import check_export
from mingtang.engines.lottery.randomness import commitment
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.portal.trust import alone as alone_page
from mingtang.representatives.published import draw_file
from tests.consultations.test_exporting import edit, refreshed, signed_again
from tests.engines.ledger.test_drawn import DICE, FIGURES, OFFICES, bend, told
from tests.factories.calls import corrected_and_filled, drawn
from tests.factories.consultations import opened, opinion
from tests.factories.hearings import answered_too, corrected_seats
from tests.factories.ledger import AFTER, reported
from tests.journeys.conftest import FLAGS
from tests.portal.test_trust import line_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
SPELLED = '=公开,"引号"\n第二行 \U0001f3e0 ~#%'


def _cases(tmp_path: Path, algorithm: str) -> tuple[list[tuple[str, str | None]], list[Path]]:
    row, _clerk, rows = reported()
    sequence_all(AFTER)
    line = line_of(rows[0].receipt)
    receipts = [
        (line, None),
        (line, rows[0].text),
        (line, "别的话"),
        (line.replace("QH-", "QX-"), None),
        (line.replace("for", "against"), None),
    ]
    whole = tmp_path / "whole"
    write_export(row.pk, whole, now=AFTER)
    assert json.loads((whole / "manifest.json").read_text())["head"]["algorithm"] == algorithm
    return receipts, [whole, *_spoiled(tmp_path, whole, row), _spelled(tmp_path)]


def _spoiled(tmp_path: Path, whole: Path, row: Consultation) -> list[Path]:
    made = []

    def copy(name: str) -> Path:
        made.append(tmp_path / name)
        shutil.copytree(whole, made[-1])
        return made[-1]

    edit(copy("words"), "opinions.jsonl", 1, text="改了")
    folder = copy("signed words")
    edit(folder, "opinions.jsonl", 1, text="改了")
    refreshed(folder, row)
    folder = copy("points")
    edit(folder, "opinions.jsonl", 4, points="999:0-2")
    refreshed(folder, row)
    folder = copy("dropped")
    path = folder / "opinions.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    refreshed(folder, row)
    signed_again(copy("counts"), row, counts={"received": 1, "group": 1, "single": 0, "withheld": 0})
    folder = copy("reason")
    edit(folder, "groups.jsonl", 0, reason="另一个理由")
    refreshed(folder, row)
    (copy("missing") / "groups.csv").unlink()
    folder = copy("nodes")
    (folder / "nodes.csv").write_text("level,index,hash\r\n")
    return made


def _spelled(tmp_path: Path) -> Path:
    row, _clerk = opened()
    opinion(row, SPELLED, shown=True)
    opinion(row, "打13812345678", shown=True)
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    sequence_all(AFTER)
    write_export(row.pk, tmp_path / "spelled", now=AFTER)
    return tmp_path / "spelled"


def _kinds(found: Findings) -> list[str]:
    return [each.kind for each in found.all]


def _in_browser(page: Page, script: str, given: Any = None) -> Any:
    return page.evaluate(script, given)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_page_and_program_find_the_same(tmp_path, settings, algorithm):
    settings.MINGTANG_LEDGER_ALGORITHM = algorithm
    receipts, exports = _cases(tmp_path, algorithm)
    alone = tmp_path / "verify.html"
    alone.write_text(alone_page("zh"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(alone.as_uri())
        for length in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000):
            found = _in_browser(
                page,
                "n => [Mingtang.hex(Mingtang.sha256(Mingtang.utf8('a'.repeat(n)))), Mingtang.hex(Mingtang.sm3(Mingtang.utf8('a'.repeat(n))))]",
                length,
            )
            assert found == [hashlib.sha256(b"a" * length).hexdigest(), digest("sm3", b"a" * length).hex()]
        for line, text in receipts:
            found = _in_browser(
                page,
                "async ([line, text]) => (await Mingtang.checkReceipt(Mingtang.unpack(line), {text})).all.map(each => each[0])",
                [line, text],
            )
            assert found == _kinds(check_receipt(unpack(line), text=text)), line
        for folder in exports:
            page.set_input_files("#export-files", sorted(folder.iterdir()))
            page.click("#export-form button")
            page.wait_for_selector("#export-found .v-list")
            found = page.eval_on_selector_all("#export-found li", "all => all.map(each => each.className.slice(2))")
            assert found == _kinds(check_export(folder)), (folder, page.inner_text("#export-found"))
            page.evaluate("document.getElementById('export-found').replaceChildren()")
        page.fill("#receipt-line", receipts[1][0])
        page.fill("#receipt-words", receipts[1][1] or "")
        page.click("#receipt-form button")
        page.wait_for_selector("#receipt-found .v-list")
        assert "查过的都对" in page.inner_text("#receipt-found")
        assert "一字未改" in page.inner_text("#receipt-found")
        page.fill("#receipt-line", "不是回执")
        page.click("#receipt-form button")
        page.wait_for_function("document.getElementById('receipt-found').innerText.includes('这不是回执的内容')")
        assert all(url.startswith(("file:", "blob:")) for url in asked), asked
        browser.close()


def _with_draws(tmp_path: Path) -> list[Path]:
    """An export with a wrong draw, its correction and a reserve who moved up; and what an insider bends in it and signs again."""
    row, _clerk, _rows = reported(of=corrected_and_filled().of.topic)
    sequence_all(AFTER)
    made = [tmp_path / "draws"]
    write_export(row.pk, made[0], now=AFTER)
    acts: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda line: line["freeze"].update(title="另一次"),
        lambda line: line["reveal"]["panel"].reverse(),
        lambda line: line.update(replaced=[]),
        lambda line: line.update(annulled="作废"),
        lambda line: line.update(draw=99),
        lambda line: line["freeze"]["people"].append({**line["freeze"]["people"][0], "number": "0099"}),
    )
    for n, act in enumerate(acts):
        made.append(tmp_path / f"draws-{n}")
        shutil.copytree(made[0], made[-1])
        line = json.loads((made[-1] / "draws.jsonl").read_text().splitlines()[1])
        act(line)
        edit(made[-1], "draws.jsonl", 1, **line)
        refreshed(made[-1], row)
    heard = answered_too(corrected_seats())
    sequence_all(AFTER)
    made.append(tmp_path / "seats")
    write_export(heard.pk, made[-1], now=AFTER)
    return made


def test_page_and_program_find_the_same_in_an_export_with_draws_and_the_page_seals_for_offices(tmp_path):
    folders, alone = _with_draws(tmp_path), tmp_path / "verify.html"
    alone.write_text(alone_page("en"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page()
        page.goto(alone.as_uri())
        for folder in folders:
            page.set_input_files("#export-files", sorted(folder.iterdir()))
            page.click("#export-form button")
            page.wait_for_selector("#export-found .v-list")
            found = page.eval_on_selector_all("#export-found li", "all => all.map(each => [each.className, each.textContent])")
            draws = [(kind.removeprefix("v-"), words.partition(" ")[2]) for kind, words in found if "draws." in words]
            assert draws == [(each.kind, each.en) for each in check_export(folder).all if "draws." in each.en], folder
            page.evaluate("document.getElementById('export-found').replaceChildren()")
        page.fill("#seal-name", "司法局")
        page.click("#seal-form button")
        sealed, secret = page.locator("#seal-found dd").all_inner_texts()
        assert sealed == commitment("司法局", secret)
        browser.close()


def _drawn() -> list[dict[str, Any]]:
    """A draw of every kind of randomness, one without outcome, and what was bent."""
    whole = [told(each) for each in (FIGURES, DICE, OFFICES)]
    cases = [*whole, {"freeze": whole[0]["freeze"]}]
    for act in (
        bend("freeze", "title", to="改名"),
        bend("freeze", "total", to=7),
        bend("freeze", "classes", 0, "chance", to=[1, 1]),
        bend("freeze", "panels", 0, "take", to=[[99, 4]]),
        bend("reveal", "reserves", to={}),
        bend("reveal", "values", to=[["8", "22", "x"], ["3051.28"]]),
        bend("reveal", "values", to=[["8", "22", "4"], ["3051.28"]]),
    ):
        cases.append(copy.deepcopy(whole[0]))
        act(cases[-1])
    called, draw = drawn()
    file = draw_file(called.of.home.pk, called.row.pk, draw.number)
    assert file is not None
    early = copy.deepcopy(file)
    early["log"][0]["leaf"] = "0" * 64
    return [*cases, file, early]


def test_page_and_program_find_the_same_of_a_draw(tmp_path):
    alone, cases = tmp_path / "verify.html", _drawn()
    alone.write_text(alone_page("en"))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page()
        page.goto(alone.as_uri())
        for n, case in enumerate(cases):
            path = tmp_path / f"draw-{n}.json"
            path.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
            page.set_input_files("#draw-file", path)
            page.click("#draw-form button")
            page.wait_for_selector("#draw-found .v-list")
            found = [
                (kind.removeprefix("v-"), words.partition(" ")[2])
                for kind, words in page.eval_on_selector_all("#draw-found li", "all => all.map(each => [each.className, each.textContent])")
            ]
            assert found == [(each.kind, each.en) for each in check_draw_file(case).all], n
            page.evaluate("document.getElementById('draw-found').replaceChildren()")
        for words in ("{}", "null", "not JSON"):
            path.write_text(words)
            page.set_input_files("#draw-file", path)
            page.click("#draw-form button")
            page.wait_for_function("document.getElementById('draw-found').innerText.includes('It could not be checked')")
            assert page.inner_text("#draw-found") == "It could not be checked: this is not the file from the page of a draw."
            page.evaluate("document.getElementById('draw-found').replaceChildren()")
        browser.close()
