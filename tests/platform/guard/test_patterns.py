"""What is found in sentences, and what is let alone: floors over the corpus, and the single rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.platform.guard.core.kinds import KINDS, PLACES, Place, found, restored
from mingtang.platform.guard.core.masking import excerpt, hidden, masked, named, shortened
from mingtang.platform.guard.core.patterns import contacts, find
from mingtang.platform.guard.core.scan import scan_words
from tests.platform.guard.corpus import unseen
from tests.platform.guard.corpus.harmless import NEGATIVE
from tests.platform.guard.corpus.measure import alarms, file_table, recall, table
from tests.platform.guard.corpus.words import POSITIVE, A, K

FLOORS = {
    "id_number": 0.96,
    "id_like": 1,
    "id_old": 1,
    "mobile": 0.93,
    "mobile_spelt": 1,
    "bank_card": 0.94,
    "email": 0.9,
    "plate": 0.93,
    "address": 0.91,
    "home_phone": 1,
    "passport": 1,
}


def kinds(words: str, **more) -> list[tuple[str, str]]:
    return [(hit.kind, words[hit.start : hit.end]) for hit in find(words, **more)]


def test_the_corpus_is_large_enough_to_say_something():
    assert len(POSITIVE) >= 150
    assert len(NEGATIVE) >= 150
    assert len(set(NEGATIVE)) == len(NEGATIVE)


def test_recall_stays_above_its_floor_for_every_kind():
    measured = recall(POSITIVE)
    assert set(measured) == set(FLOORS)
    assert {kind: done / every >= FLOORS[kind] for kind, (done, every) in measured.items()} == dict.fromkeys(FLOORS, True)


def test_nothing_harmless_is_stopped():
    assert alarms(NEGATIVE) == []


def test_the_second_set_nobody_tuned_to_stays_where_it_was():
    measured = recall(unseen.POSITIVE).values()
    assert sum(done for done, _ in measured) >= 24
    assert alarms(unseen.NEGATIVE) == []


def test_every_kind_says_what_why_and_what_to_do_in_both_languages():
    for kind in KINDS.values():
        assert all(words.zh and words.en for words in (kind.label, kind.why, kind.remedy))
        assert kind.clause.startswith("711 Art.")
    assert {code for code, words in PLACES.items() if not words.en} == set()


def test_a_finding_comes_back_from_its_stored_values():
    finding = found("mobile", Place("page", 3), "138████5678")
    assert restored(finding.stored()) == finding
    assert finding.place.label.within("zh") == "第 3 页"
    assert finding.label.within("en") == "Mobile number"


def test_the_contacts_a_notice_gives_are_let_alone_but_never_its_mobiles():
    allowed = contacts("电话 0551-62345678，邮箱 zjj@126.com，手机 13805510001", "（010）65432109")
    assert kinds("请致电（0551）6234 5678 或 ZJJ@126.com", allowed=allowed) == []
    assert kinds("（010）65432109、010-65432108", allowed=allowed) == [("landline", "010-65432108")]
    assert kinds("13805510001", allowed=allowed) == [("mobile", "13805510001")]


def test_the_head_of_a_column_is_context():
    assert kinds("H12345678") == []
    assert kinds("H12345678", context="通行证号") == [("passport", "H12345678")]
    assert kinds("055162345678", context="电话") == [("landline", "055162345678")]
    assert kinds("和平路88号", context="家庭住址") == [("address", "和平路88号")]


def test_the_permanent_residence_permit_of_a_foreigner_counts_where_it_is_named():
    assert kinds("居留证 911101198501010019") == [("id_number", "911101198501010019")]


def test_unseen_signs_inside_a_number_hide_nothing_and_places_stay_right():
    words = "号码\u200b是138\u200b0551\u200b0001。"
    assert kinds(words) == [("mobile", "138\u200b0551\u200b0001")]


def test_an_excerpt_never_shows_a_value_nor_half_of_its_neighbour():
    words = f"张某13805510001、{A}，卡{K}"
    hits = find(words)
    for hit in hits:
        shown = excerpt(words, hit, hits)
        assert "13805510001" not in shown
        assert A[6:] not in shown
        assert K[4:-4] not in shown
    assert excerpt(words, hits[0], hits) == "张某138████0001、"
    assert excerpt(words, hits[1], hits) == "138████0001、340104████████████，卡"


@given(st.text("0123456789Xx 身份证号卡电话-+京A路单元室@.com", max_size=60))
def test_masking_twice_changes_nothing_more_and_no_excerpt_repeats_a_value(words):
    once = masked(words)
    assert masked(once) == once
    hits = find(words)
    assert all(len(hit.kind) and words[hit.start : hit.end] not in excerpt(words, hit, hits) for hit in hits)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("mobile", "+86 138-0551-0001", "138████0001"),
        ("id_number", A, "340104████████████"),
        ("id_old", "340104870512031", "340104█████████"),
        ("bank_card", K, f"6222████████{K[-4:]}"),
        ("email", "laowang@163.com", "l███@163.com"),
        ("email", "nobody", "n███"),
        ("address", "3栋2单元501室", "█栋█单元███室"),
        ("plate", "皖A12345", "皖A█████"),
        ("home_phone", "0551-62345678", "05████████"),
    ],
)
def test_a_value_keeps_only_what_helps_to_find_it(kind, value, shown):
    assert hidden(kind, value) == shown


def test_hidden_words_are_shortened_and_masked_and_names_keep_one_sign():
    assert shortened("内部  意见\n请打13805510001") == "内部 意见 请打138████0001"
    assert shortened("长" * 80) == "长" * 60 + "…"
    assert [named(each) for each in ("王", "王小明", " Smith Jones ")] == ["王█", "王██", "S████"]


def test_what_an_opinion_shows_is_masked_beyond_numbers():
    words = "我住锦绣花园3栋2单元501室，车皖A12345，邮箱laowang@163.com，单位0551-62345678"
    assert masked(words) == "我住锦绣花园█栋█单元███室，车皖A█████，邮箱l███@163.com，单位0551-62345678"
    assert masked("卡号6222020200112233445 与 \u200b无关") == "卡号6222████████3445 与 \u200b无关"


def test_titles_of_closed_matters_are_found_whatever_stands_between_their_signs():
    titles = ["关于某重大案件|处置的请示", "短题"]
    words = "第一段\n会议还听取了《关于某重大案件　处置的请示》。\n短题"
    assert [(each.kind, each.place, each.excerpt) for each in scan_words(words, titles=titles)] == [
        ("closed_title", Place("paragraph", 2), "关于███请示")
    ]


def test_a_text_with_a_thousand_numbers_is_cut_off():
    words = "\n".join(f"1380551{n:04d}" for n in range(1000))
    assert len(scan_words(words)) == 500


def test_the_figures_in_the_docs_are_those_measured():
    docs = (Path(__file__).parents[3] / "docs" / "guard.md").read_text(encoding="utf-8").splitlines()
    assert [row for row in (*table(), *file_table()) if row not in docs] == []
