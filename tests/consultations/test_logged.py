"""What the public log is told of consultations, and erasing what may not be kept."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from django.test import Client

from mingtang.consultations import actions, published
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import Opinion, OpinionContact, OpinionFile
from mingtang.consultations.published import logged
from mingtang.engines.ledger.checking import check_receipt
from mingtang.engines.ledger.packing import unpack
from mingtang.engines.ledger.receipts import commitment, salt_of
from mingtang.platform.actor import Role, system
from mingtang.platform.audit.models import Act
from mingtang.platform.ledger.models import LedgerEntry
from mingtang.platform.ledger.published import kept
from mingtang.platform.ledger.sequencing import sequence_all
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import clerk_person, moderator, opened, opinion, withhold
from tests.factories.ledger import REASON, reported, told
from tests.factories.platform import NOW, person
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def receipts() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(kind="opinion.receive").order_by("id"))


def test_an_opinion_is_promised_in_the_transaction_of_its_row():
    row, clerk = opened()
    made = opinion(row, "补助太少了", clause_id=row.clauses.get(position=3).pk)
    (entry,) = receipts()
    facts = json.loads(entry.body)["facts"]
    content = {"text": "补助太少了", "stance": "change", "clause": str(made.clause_id)}
    assert (facts["about"], facts["channel"]) == (f"consultation:{row.pk}", "web")
    assert facts["content"] == commitment("sha256", salt_of(bytes.fromhex(entry.secret), "content"), content)
    assert "补助" not in entry.body
    assert made.receipt not in entry.body
    assert (entry.subject_type, entry.subject_id) == (logged.OPINION_ROW, made.pk)
    with refused("unknown"):
        opinion(row, by=clerk, channel="pigeon")
    assert len(receipts()) == 1


def test_what_an_opinion_says_besides_its_words_is_committed_to_as_well():
    row, _clerk = opened()
    made = opinion(row, "补助太少了", proposed="补助三千元", on_behalf="organisation", organisation="安和社区")
    (entry,) = receipts()
    held = kept(logged.OPINION_ROW, made.pk, "opinion.receive").held(made.receipt, logged.content_of(made))
    assert check_receipt(held, text=made.text).good
    assert set(logged.content_of(made)) == {"text", "stance", "clause", "besides"}
    assert "安和" not in entry.body
    made.proposed = "补助三万元"
    held = kept(logged.OPINION_ROW, made.pk, "opinion.receive").held(made.receipt, logged.content_of(made))
    assert not check_receipt(held, text=made.text).good


def test_a_withdrawal_by_the_author_is_logged_with_its_reason_and_keeps_the_secret():
    row, _clerk = opened()
    made = opinion(row)
    for _ in range(2):
        actions.withdraw_opinion(made.receipt, actor=system(row.government_id), now=NOW)
    assert told("opinion.withdraw") == [{"about": f"consultation:{row.pk}", "of": receipts()[0].leaf, "code": "deleted_by_author"}]
    assert receipts()[0].secret


def test_erasing_personal_data_keeps_the_words_and_the_receipt():
    row, _clerk = opened()
    made = opinion(row, email="wang@example.org")
    actions.erase_personal(made.receipt, actor=system(row.government_id), now=NOW)
    left = Opinion.objects.get(pk=made.pk)
    assert check_receipt(unpack(published.behind(row.government_id, made.receipt).line), text=left.text).good
    assert not told("opinion.erase")


def test_the_same_form_twice_is_promised_once():
    row, _clerk = opened()
    for _ in range(2):
        actions.receive_opinion(row.pk, OpinionIn("补助太少了"), actor=system(row.government_id), now=NOW, token="t")
    assert len(receipts()) == 1


def test_opinions_in_bulk_are_promised_each_and_withheld_ones_say_why():
    row, _clerk = opened()
    many = [OpinionIn(f"第{n}条", channel="import", outside_id=str(n), withheld="advertising" if n == 3 else "") for n in range(5)]
    for _ in range(2):
        actions.receive_many(row.pk, many, actor=system(row.government_id), now=NOW)
    facts = [json.loads(entry.body)["facts"] for entry in receipts()]
    assert [each.get("withheld") for each in facts] == [None, None, None, "advertising", None]
    assert [entry.subject_id for entry in receipts()] == list(Opinion.objects.order_by("pk").values_list("pk", flat=True))
    assert told("consultation.receive_many")[0] == {
        "about": f"consultation:{row.pk}",
        "matter": f"topic:{row.topic_id}",
        "taken": 5,
        "known": 0,
    }


def test_the_line_from_opening_to_the_report_is_logged_with_digests_and_counts():
    row, _clerk, rows = reported()
    about = f"consultation:{row.pk}"
    assert len(told("consultation.open")[0]["draft"]) == 64
    assert told("consultation.open")[0]["closes_on"] == str(row.closes_on)
    frozen, final = told("consultation.submit_report")[0], told("consultation.publish_report")[0]
    assert frozen == final
    assert {name: final[name] for name in ("received", "group", "single", "withheld")} == {
        "received": 6,
        "group": 4,
        "single": 1,
        "withheld": 1,
    }
    leaf = kept(logged.OPINION_ROW, rows[-1].pk, "opinion.receive").leaf
    assert told("opinion.withhold") == [{"about": about, "of": leaf, "code": "advertising"}]
    assert len(told("opinion.show")) == 6
    assert told("topic.approve")
    assert REASON not in json.dumps(list(LedgerEntry.objects.values_list("body", flat=True)), ensure_ascii=False)


def test_a_changed_verdict_changes_the_digest():
    row, _clerk, rows = reported()
    before = logged.reported(row, {})
    Opinion.objects.filter(pk=rows[-2].pk).update(verdict="partly")
    assert logged.reported(row, {})["placing"] != before["placing"]
    row.groups.update(reason="别的理由")
    assert logged.reported(row, {})["groups"] != before["groups"]


def test_cancelling_extending_and_restoring_are_logged():
    row, clerk = opened()
    made = opinion(row)
    withhold(row, [made.pk], code="off_topic", now=NOW)
    actions.restore_opinion(made.pk, actor=moderator(row), now=NOW, reason="看错了")
    actions.extend_consultation(row.pk, actor=clerk, now=NOW, closes_on=row.closes_on.replace(day=20), reason="多听几天")
    actions.cancel_consultation(row.pk, actor=clerk, now=NOW, reason="政策有变")
    assert told("opinion.restore")[0]["of"] == receipts()[0].leaf
    assert "code" not in told("opinion.restore")[0]
    assert told("consultation.extend")[0]["closes_on"].endswith("-20")
    assert told("consultation.cancel") == [{"about": f"consultation:{row.pk}", "matter": f"topic:{row.topic_id}"}]


def test_every_public_act_of_the_log_is_an_act_of_the_record():
    reported()
    acts = Counter(Act.objects.values_list("event", flat=True))
    entries = Counter(LedgerEntry.objects.values_list("kind", flat=True))
    assert all(acts[kind] == count for kind, count in entries.items())
    assert {"consultation.save", "consultation.group", "opinion.look_at_contact"}.isdisjoint(entries)


def erasable(code: str = "personal_data"):
    row, _clerk = opened()
    made = opinion(row, "他家的电话是……", name="王小明", email="wang@example.org", display_name="王")
    judge = moderator(row)
    withhold(row, [made.pk], code=code, now=NOW)
    return row, made, judge


def test_erasing_destroys_words_files_contact_and_secret_and_keeps_the_leaf():
    row, made, judge = erasable()
    sequence_all(NOW)
    leaf = receipts()[0].leaf
    erased = actions.erase_opinion(made.pk, actor=judge, now=NOW, reason="当事人请求")
    assert (erased.text, erased.display_name, erased.state) == ("", "", "withheld")
    assert not OpinionContact.objects.exists()
    assert not OpinionFile.objects.exists()
    assert (receipts()[0].secret, receipts()[0].leaf) == (None, leaf)
    assert told("opinion.erase") == [{"about": f"consultation:{row.pk}", "of": leaf, "code": "personal_data"}]
    assert Opinion.objects.filter(consultation=row).count() == 1
    assert published.fate(row.government_id, made.receipt, NOW).words == ""
    assert not Notice.objects.filter(about_id=made.pk, about_type="consultations.opinion").exists()
    assert not commitment_opens(made, leaf)


def commitment_opens(made: Opinion, leaf: str) -> bool:
    return bool(kept(logged.OPINION_ROW, made.pk, "opinion.receive").held(made.receipt, {})) and bool(leaf)


def test_the_receipt_comes_whole_by_e_mail():
    row, _clerk = opened()
    made = opinion(row, email="wang@example.org")
    body = Notice.objects.get(about_id=made.pk, about_type="consultations.opinion").body
    line = next(each for each in body.splitlines() if each.startswith("1~"))
    assert check_receipt(unpack(line), text=made.text).good


def test_a_moderator_erases_from_the_opinions_page_and_nobody_else():
    row, made, _judge = erasable()
    url = f"/workspace/consultations/{row.pk}/opinions/{made.pk}/"
    client = Client()
    client.force_login(person(row.government, Role.MODERATOR))
    assert f"{url}erase/" in client.get(url).content.decode()
    client.post(f"{url}erase/", {"reason": "  "})
    assert Opinion.objects.get(pk=made.pk).text
    clerk = Client()
    clerk.force_login(clerk_person(row))
    assert f"{url}erase/" not in clerk.get(url).content.decode()
    clerk.post(f"{url}erase/", {"reason": "想删"})
    assert Opinion.objects.get(pk=made.pk).text
    client.post(f"{url}erase/", {"reason": "当事人请求"})
    assert Opinion.objects.get(pk=made.pk).text == ""
    assert f"{url}erase/" not in client.get(url).content.decode()


def test_only_what_may_not_be_kept_is_erased_and_only_with_a_reason():
    _row, made, judge = erasable("off_topic")
    with refused("not_erasable"):
        actions.erase_opinion(made.pk, actor=judge, now=NOW, reason="不喜欢")
    _other, personal, judge = erasable()
    with refused("reason"):
        actions.erase_opinion(personal.pk, actor=judge, now=NOW, reason=" ")
    assert receipts()[-1].secret


def test_an_opinion_older_than_the_log_is_moderated_all_the_same():
    row, _clerk = opened()
    made = opinion(row)
    LedgerEntry.objects.filter(subject_id=made.pk, kind="opinion.receive").update(position=None)
    Opinion.objects.filter(pk=made.pk).update(receipt="QH-0000-0000-0001")
    elder = Opinion.objects.get(pk=made.pk)
    elder.pk = None
    elder.receipt = "QH-0000-0000-0002"
    elder.save()
    actions.show_opinions(row.pk, [elder.pk], actor=moderator(row), now=NOW)
    assert told("opinion.show")[-1]["of"] == ""
    assert [leaf for _row, leaf, _secret in logged.with_leaves(row.pk)][1] == ""
