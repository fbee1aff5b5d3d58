"""The public export of a matter: it verifies, and one changed character, line or count makes it fail and say where."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from mingtang.consultations import actions
from mingtang.consultations.actions.packing import build_archive
from mingtang.consultations.models import Consultation, Opinion
from mingtang.consultations.published.exporting import of_matter, write_export
from mingtang.engines.ledger.keys import SigningKey
from mingtang.engines.ledger.recount import check_export
from mingtang.engines.ledger.verifying import keys_in, verify
from mingtang.platform.actor import system
from mingtang.platform.jobs.models import Job
from mingtang.platform.jobs.runner import run_due
from mingtang.platform.ledger import published as ledger
from mingtang.platform.ledger.keys import signing
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.platform.ledger.sequencing import sequence_all
from tests.factories.consultations import moderator, opened, opinion, withhold
from tests.factories.ledger import AFTER, finished, reported
from tests.factories.refusing import refused
from tests.platform.test_ledger import promised

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def exported(folder: Path, row: Consultation | None = None) -> Consultation:
    row = row or reported()[0]
    sequence_all(AFTER)
    write_export(row.pk, folder, now=AFTER)
    return row


def broken(folder: Path, **options) -> str:
    return "\n".join(each.en for each in check_export(folder, **options).all if each.kind == "broken")


def signed_again(folder: Path, row: Consultation, **changes) -> None:
    """What an insider with the key could do: sign a changed manifest."""
    manifest = json.loads((folder / "manifest.json").read_text())
    body = {name: value for name, value in manifest.items() if name not in {"key", "signature"}}
    _ledger, key = signing(row.government_id, AFTER)
    (folder / "manifest.json").write_text(json.dumps(key.sign({**body, **changes})))


def refreshed(folder: Path, row: Consultation, **changes) -> None:
    """The manifest signed again with the hashes of the files as they are now."""
    from hashlib import sha256

    files = json.loads((folder / "manifest.json").read_text())["files"]
    for name in files:
        data = (folder / name).read_bytes()
        files[name] = {"sha256": sha256(data).hexdigest(), "lines": data.count(b"\n")}
    signed_again(folder, row, files=files, **changes)


def edit(folder: Path, name: str, line: int, **changes) -> None:
    lines = (folder / name).read_text().splitlines(keepends=True)
    lines[line] = json.dumps({**json.loads(lines[line]), **changes}, ensure_ascii=False) + "\n"
    (folder / name).write_text("".join(lines))


def test_an_export_holds_and_says_what_it_proved(folder, capsys):
    row = exported(folder)
    found = check_export(folder, keys_in(ledger.keys(row.government_id)))
    assert found.good, found.lines()
    said = "\n".join(each.en for each in found.all)
    assert "Received = grouped + answered singly + withheld: 6 = 4 + 1 + 1." in said
    assert "6 opinions match the log one by one; the words of 5 are those handed in." in said
    assert verify(["export", str(folder)]) == 0
    assert "收到 = 归组 + 单独答复 + 依法不显示" in capsys.readouterr().out
    assert {each.name for each in folder.iterdir()} == {
        *("LICENCE.txt", "README.md", "groups.csv", "groups.jsonl", "keys.json"),
        *("draws.csv", "draws.jsonl", "log.jsonl", "manifest.json", "nodes.csv", "opinions.csv", "opinions.jsonl"),
    }


def test_among_the_entries_of_other_matters_the_fewest_nodes_prove_it(folder):
    row, _clerk, rows = reported()
    promised(row.government, 700, begin=2_000_000_000)
    Opinion.objects.filter(pk=rows[0].pk).update(publish_consent=True)
    exported(folder, row)
    nodes = (folder / "nodes.csv").read_text().splitlines()
    assert 1 < len(nodes) < 30
    assert broken(folder) == ""
    (folder / "nodes.csv").write_text("\n".join(nodes[:-1]))
    assert "log.jsonl: does not fit the signed log" in broken(folder)


def test_nothing_personal_and_no_receipt_code_is_exported(folder):
    row, clerk, _rows = reported(opinions=3)
    exported(folder, row)
    whole = "".join(each.read_text() for each in folder.iterdir())
    assert not any(code in whole for code in Opinion.objects.values_list("receipt", flat=True))
    assert not any(secret in whole for secret in LedgerEntry.objects.exclude(secret=None).values_list("secret", flat=True))
    assert clerk.name not in whole or not clerk.name


def test_masked_words_and_words_without_consent_are_not_opened(folder):
    row, _clerk = opened()
    opinion(row, "打13812345678找我", shown=True)
    opinion(row, "不要公开", shown=True, publish_consent=False)
    opinion(row, '=公开,"引号"\n换行', shown=True)
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    sequence_all(AFTER)
    write_export(row.pk, folder, now=AFTER)
    first, second, third = (json.loads(line) for line in (folder / "opinions.jsonl").read_text().splitlines())
    assert (first["masked"], first["salt"], "13812345678" in first["text"]) == (1, "", False)
    assert (second["text"], second["salt"], second["masked"]) == ("", "", 0)
    assert third["text"].startswith("=公开")
    assert "'=公开" in (folder / "opinions.csv").read_text()
    said = broken(folder)
    assert said == "The log does not record the publication of the adoption report."


@pytest.mark.parametrize("name", ["opinions.jsonl", "opinions.csv", "groups.jsonl", "groups.csv", "log.jsonl", "nodes.csv", "README.md"])
def test_one_changed_character_anywhere_is_found(folder, name):
    exported(folder)
    data = (folder / name).read_bytes()
    at = len(data) // 2
    (folder / name).write_bytes(data[:at] + (b"7" if data[at : at + 1] != b"7" else b"8") + data[at + 1 :])
    assert name in broken(folder) or "cannot be read" in broken(folder)


@pytest.mark.parametrize("name", ["opinions.jsonl", "opinions.csv", "groups.jsonl", "log.jsonl", "nodes.csv"])
def test_one_missing_line_is_found(folder, name):
    exported(folder)
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    (folder / name).write_bytes(b"".join(lines[:-1]))
    assert f"{name}: {len(lines) - 1} lines, should be {len(lines)}." in broken(folder)


@pytest.mark.parametrize("name", ["manifest.json", "opinions.jsonl", "nodes.csv", "keys.json"])
def test_a_missing_file_is_found(folder, name):
    exported(folder)
    (folder / name).unlink()
    assert name in broken(folder)


def test_altered_words_are_found_even_when_the_insider_signs_again(folder):
    row = exported(folder)
    edit(folder, "opinions.jsonl", 1, text="我完全赞成")
    refreshed(folder, row)
    assert "opinions.jsonl:2: the words are not those handed in." in broken(folder)
    assert "opinions.csv:3: differs from opinions.jsonl." in broken(folder)


def test_a_dropped_opinion_is_found_even_when_the_insider_signs_again(folder):
    row = exported(folder)
    lines = (folder / "opinions.jsonl").read_text().splitlines(keepends=True)
    (folder / "opinions.jsonl").write_text("".join(lines[:-1]))
    refreshed(folder, row, counts={"received": 5, "group": 4, "single": 1, "withheld": 0})
    said = broken(folder)
    assert "is missing in opinions.jsonl." in said
    assert "is not as the report in the log says" in said


def test_an_invented_and_a_doubled_opinion_are_found(folder):
    row = exported(folder)
    path = folder / "opinions.jsonl"
    first = json.loads(path.read_text().splitlines()[0])
    path.write_text(path.read_text() + json.dumps(first) + "\n" + json.dumps({**first, "leaf": "00" * 32, "no": 8}) + "\n")
    refreshed(folder, row)
    said = broken(folder)
    assert "opinions.jsonl:7: the log has no receipt of this opinion, or it stands twice." in said
    assert "opinions.jsonl:8: the log has no receipt" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"channel": "phone"}, "opinions.jsonl:1: the channel differs from the log."),
        ({"state": "withheld", "withheld": "abuse", "place": "withheld", "group": 0, "verdict": ""}, "the log names no such reason"),
        ({"verdict": "adopted"}, "opinions.jsonl:1: its verdict differs from its group's."),
        ({"group": 999}, "Opinions are in groups that are not there."),
        ({"place": "lost"}, "The recount differs from the published counts"),
    ],
)
def test_a_changed_place_answer_or_source_is_found(folder, changes, said):
    row = exported(folder)
    edit(folder, "opinions.jsonl", 0, **changes)
    refreshed(folder, row)
    assert said in broken(folder)


def test_a_changed_reason_is_found(folder):
    row = exported(folder)
    edit(folder, "groups.jsonl", 0, reason="事后补的理由")
    refreshed(folder, row)
    assert "is not as the report in the log says" in broken(folder)


def test_an_altered_count_is_found(folder):
    row = exported(folder)
    counts = {"received": 5, "group": 4, "single": 0, "withheld": 1}
    signed_again(folder, row, counts=counts)
    assert "The recount differs from the published counts" in broken(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "counts": {}}))
    assert "manifest.json: the signature is wrong" in broken(folder)


def test_an_export_signed_by_somebody_else_is_found(folder):
    row = exported(folder)
    stranger = SigningKey.new()
    assert "none of the published keys" in broken(folder, trusted={stranger.id: stranger.public})
    assert broken(folder, trusted=keys_in(ledger.keys(row.government_id))) == ""


def test_an_opinion_changed_in_the_database_after_its_report_is_found(folder):
    row, _clerk, rows = reported()
    Opinion.objects.filter(pk=rows[0].pk).update(text="改过的话")
    Opinion.objects.filter(pk=rows[-2].pk).update(verdict="partly", reason="改过的理由")
    exported(folder, row)
    said = broken(folder)
    assert "opinions.jsonl:1: the words are not those handed in." in said
    assert "is not as the report in the log says" in said


def test_what_was_withheld_and_erased_keeps_its_line(folder):
    row, _clerk = opened()
    made = opinion(row, "张三的身份证号是……")
    judge = moderator(row)
    withhold(row, [made.pk], code="personal_data", now=AFTER)
    actions.erase_opinion(made.pk, actor=judge, now=AFTER, reason="应请求")
    Consultation.objects.filter(pk=row.pk).update(state="reported")
    exported(folder, row)
    (line,) = (json.loads(each) for each in (folder / "opinions.jsonl").read_text().splitlines())
    assert (line["state"], line["withheld"], line["text"], line["salt"]) == ("withheld", "personal_data", "", "")
    assert "does not record the publication" in broken(folder)


def test_only_a_matter_with_a_published_report_is_exported(folder):
    row, _clerk = opened()
    with refused("not_reported"):
        of_matter(row.government_id, row.topic_id)
    done, _clerk, _rows = reported()
    assert of_matter(done.government_id, done.topic_id) == done.pk
    with pytest.raises(LookupError):
        write_export(done.pk, folder, now=AFTER)


def test_the_archive_is_packed_after_publication_and_offered_on_the_report(folder):
    row, _clerk, _rows = reported()
    page = f"/consultations/{row.pk}/report/"
    assert Client().get(f"{page}export.zip").status_code == 404
    assert "export.zip" not in Client().get(page).content.decode()
    matter = f"/matters/{row.topic_id}/"
    before = Client().get(matter)
    assert "export.zip" not in before.content.decode()
    assert "公开数据正在打包" in before.content.decode()
    for _ in range(2):
        assert build_archive(row.pk, now=AFTER).startswith(f"{row.pk}.zip")
    assert "export.zip" in Client().get(page).content.decode()
    after = Client().get(matter, headers={"if-none-match": before["ETag"]})
    assert f'href="/consultations/{row.pk}/report/export.zip"' in after.content.decode()
    assert "Public data with proofs (ZIP)" in Client().get(f"/en{matter}").content.decode()
    answer = Client().get(f"{page}export.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as whole:
        whole.extractall(folder)
    assert broken(folder / f"mingtang-{row.pk}") == ""


def test_publishing_queues_the_archive_once():
    row, _clerk, _rows = reported()
    (queued,) = Job.objects.filter(name="consultations.archive")
    assert queued.arguments == {"consultation_id": row.pk}
    run_due(AFTER)
    queued.refresh_from_db()
    assert queued.status == "done", queued.outcome


def test_wording_proposed_and_a_withdrawal_are_proved_too_and_a_changed_word_is_found(folder):
    row, clerk = opened()
    besides = {"proposed": "补助三千元", "on_behalf": "organisation", "organisation": "安和社区"}
    first, second = (opinion(row, shown=True, **besides) for _ in range(2))
    actions.withdraw_opinion(first.receipt, actor=system(row.government_id), now=AFTER)
    actions.close_consultation(row.pk, actor=clerk, now=AFTER)
    actions.answer_opinions(row.pk, [second.pk], actor=clerk, now=AFTER, verdict="adopted", reason="", landed_in="第三条")
    exported(folder, finished(row, clerk))
    lines = [json.loads(each) for each in (folder / "opinions.jsonl").read_text().splitlines()]
    assert (lines[0]["withheld"], lines[0]["proposed"]) == ("deleted_by_author", "")
    assert (lines[1]["proposed"], lines[1]["on_behalf"], lines[1]["organisation"]) == ("补助三千元", "organisation", "安和社区")
    found = check_export(folder, keys_in(ledger.keys(row.government_id)))
    assert found.good, found.lines()
    edit(folder, "opinions.jsonl", 1, proposed="补助三万元")
    assert "opinions.jsonl:2: the words are not those handed in." in broken(folder)
