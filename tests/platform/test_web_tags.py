"""The words and small shapes of every page."""

from datetime import date, datetime

import pytest
from django.template import Context, Template

from mingtang.kernel.decision import all_of, no
from mingtang.kernel.text import speaking, t
from mingtang.platform.clock import CHINA
from mingtang.platform.web.specimens import Counts, Specimen
from mingtang.platform.web.templatetags import mingtang as tags
from tests.factories.platform import NOW, TODAY

MOMENT = datetime(2026, 11, 24, 9, 5, tzinfo=CHINA)


def shown(source: str, **names: object) -> str:
    return " ".join(Template(source).render(Context(names)).split())


def test_a_sentence_is_given_in_the_language_being_spoken():
    source = '{% t "共 {n} 件" "{n} in all" n=3 %}'
    assert shown(source) == "共 3 件"
    with speaking("en"):
        assert shown(source) == "3 in all"


def test_what_people_typed_is_escaped_inside_a_sentence():
    assert shown('{% t "搜{w}" "find {w}" w=words %}', words="<b>") == "搜&lt;b&gt;"


@pytest.mark.parametrize(
    ("reference", "zh", "en"),
    [
        ("3.2a", "制度 3.2", "Regulation 3.2"),
        ("2.1", "制度 2.1", "Regulation 2.1"),
        ("713 Art.15", "《重大行政决策程序暂行条例》第十五条", "Interim Regulation on Major Administrative Decisions, Art. 15"),
        ("711 Art.20", "《政府信息公开条例》第二十条", "Regulation on Open Government Information, Art. 20"),
        ("713 Art.x", "713 Art.x", "713 Art.x"),
        ("区定期限", "区定期限", "区定期限"),
        ("", "", ""),
    ],
)
def test_a_clause_is_cited_as_people_cite_it(reference, zh, en):
    assert tags.clause(reference) == zh
    with speaking("en"):
        assert tags.clause(reference) == en


def test_a_narrow_column_names_the_law_briefly():
    assert tags.clause("713 Art.26", "short") == "条例第二十六条"
    with speaking("en"):
        assert tags.clause("711 Art.16", "short") == "Decree 711, Art. 16"


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (0, "零")])
def test_articles_are_counted_in_chinese(number, said):
    assert tags.article_number(number) == said


def test_days_and_instants_carry_their_machine_form():
    assert shown("{% day d %} {% day none %}", d=TODAY, none=None) == '<time datetime="2026-11-24">2026-11-24</time> —'
    assert shown("{% day d %}", d=MOMENT) == '<time datetime="2026-11-24">2026-11-24</time>'
    assert shown("{% at d %}", d=MOMENT) == '<time datetime="2026-11-24T09:05+08:00">2026-11-24 09:05</time>'
    assert shown('{% at none empty="未定" %}', none=None) == "未定"
    assert (
        shown("{% clock_time d %} {% clock_time none %}", d=MOMENT, none=None) == '<time datetime="2026-11-24T09:05+08:00">09:05</time> —'
    )
    assert (tags.weekday(TODAY), tags.weekday(MOMENT)) == ("周二", "周二")
    with speaking("en"):
        assert tags.weekday(TODAY) == "Tue"


def test_small_filters_speak_plainly():
    assert tags.hanzi_digits(2026) == "二〇二六"
    assert tags.breaks("加装电梯|补助（草案）") == "加装电梯<wbr>补助<wbr>（草案）"
    assert [tags.file_size(n) for n in (None, 10, 426_000, 1_258_291)] == ["", "1 KB", "416 KB", "1.2 MB"]
    assert [tags.percent(1, 3), tags.percent(0, 0)] == [33, 0]
    assert [tags.item({"a": 1}, "a"), tags.item({}, "a")] == [1, ""]
    assert [tags.sentence(True), tags.sentence(None), tags.sentence(t("待定", "open"))] == ["是", "否", "待定"]
    assert [tags.say(None), tags.say(t("好", "good"))] == ["", "好"]
    assert tags.unlocalized(12.5) == "12.5"


def test_plain_text_becomes_paragraphs_without_repeating_its_title():
    text = "# 加装电梯办法\n\n第一条　目的\n## 附则\n<b>粗</b>\n#\n"
    assert tags.prose(
        text, "加装|电梯办法"
    ) == '<p>第一条　目的</p><h2 class="h3 s-xs">附则</h2><p>&lt;b&gt;粗&lt;/b&gt;</p><p></p>'.replace("<p></p>", "")
    assert tags.prose(None) == ""


def test_a_state_is_told_by_word_and_shape():
    assert shown('{% state label "half" %}', label=t("部分采纳", "Partly")) == '<span class="st st--half">部分采纳</span>'
    assert shown("{% state label %}", label="草稿") == '<span class="st">草稿</span>'


def test_the_bar_of_verdicts_prints_every_figure_and_none_as_none():
    bar = shown("{% ratio counts %}", counts=Counts(1, 0, 0, 2, 0))
    assert 'role="img" aria-label="3 条：采纳 1，部分采纳 0，已涵盖 0，未采纳 2，其他 0"' in bar
    assert bar.count("<i ") == 2
    empty = shown("{% ratio counts %}", counts=Counts())
    assert "ratio--0" in empty
    assert "0 条意见" in empty


@pytest.mark.parametrize(
    ("due", "said", "cells"),
    [
        (date(2026, 12, 3), "剩 9 日", 10),
        (date(2026, 11, 24), "今天到期", 10),
        (date(2026, 11, 18), "逾期 6 日", 6),
    ],
)
def test_a_deadline_says_its_days_in_words(due, said, cells):
    html = shown("{% deadline due began today %}", due=due, began=date(2026, 11, 12), today=TODAY)
    assert said in html
    assert html.count("<i") == cells


def test_what_has_no_deadline_says_so():
    assert "无期限" in shown("{% deadline none none today %}", none=None, today=TODAY)
    assert "<i" not in shown("{% deadline due none today %}", due=TODAY, none=None, today=TODAY)


def test_a_refusal_says_what_stands_in_the_way_on_what_basis_and_what_to_do():
    single = no(t("差 3 条。", "3 missing."), "2.1e", t("归组。", "Group them."), url="/rows/")
    html = shown("{% refusal decision %}", decision=single)
    assert [word for word in ("差 3 条。", "制度 2.1", "归组。", 'href="/rows/"') if word not in html] == []
    both = shown("{% refusal decision %}", decision=all_of(single, no(t("太早。", "Too early."))))
    assert "有 2 处挡住" in both
    assert both.count("<dl>") == 2


def test_a_field_ties_its_hint_and_error_to_its_input():
    wrong = Specimen({"closes_on": "2026-13-40"})
    wrong.is_valid()
    html = shown("{% field f %}", f=wrong["closes_on"])
    assert 'aria-describedby="id_closes_on_helptext id_closes_on_error"' in html
    assert 'id="id_closes_on_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="2026-13-40"' in html
    assert 'type="text"' in html


def test_a_group_of_boxes_is_a_fieldset_that_can_be_jumped_to():
    wrong = Specimen({"stance": "loud"})
    wrong.is_valid()
    html = shown("{% field f %}", f=wrong["stance"])
    assert '<fieldset class="f f--err" id="id_stance"' in html
    assert "<legend>您的态度</legend>" in html
    assert "请从列出的选项里选。" in html
    assert 'href="#id_stance"' in shown('{% include "web/parts/errors.html" %}', form=wrong)


def test_a_field_takes_other_words_than_the_forms_own():
    fresh = Specimen()
    html = shown('{% field f label="标题" hint="写短些" rows=9 %}', f=fresh["text"])
    assert "标题" in html
    assert "写短些" in html
    assert 'rows="9"' in html
    assert "_count" in html
    given = shown('{% field f hint="手机上的六位数" %}', f=fresh["starts_at"])
    assert 'id="id_starts_at_helptext">手机上的六位数' in given


def test_a_hidden_field_and_a_single_box_need_no_frame():
    fresh = Specimen()
    assert '<label class="opt" for="id_shown">' in shown("{% field f %}", f=fresh["shown"])


def test_an_error_summary_stands_only_where_something_is_wrong():
    fresh = Specimen()
    assert shown('{% include "web/parts/errors.html" %}', form=fresh) == ""


def test_limits_and_kinds_are_refused_in_our_words():
    from django import forms

    from mingtang.platform.web.fields import Form, words

    class Small(Form):
        title = words(t("名称", "Title"), limit=3)
        seats = forms.IntegerField(min_value=1, max_value=9)
        email = forms.EmailField()

    wrong = Small({"title": "四个字呢", "seats": "x", "email": "nobody"})
    assert not wrong.is_valid()
    assert {name: str(errors[0]) for name, errors in wrong.errors.items()} == {
        "title": "最多 3 字，现有 4 字。",
        "seats": "请写一个整数，如 12。",
        "email": "邮箱写得不对，应像 name@example.org。",
    }
    assert str(Small({"title": "好", "seats": "0", "email": "a@example.org"}).errors["seats"][0]) == "不能小于 1。"
    with speaking("en"):
        assert str(Small({"title": "好", "seats": "12", "email": "a@example.org"}).errors["seats"][0]) == "At most 9."


def test_a_chain_is_folded_after_the_entries_asked_for():
    from mingtang.platform.web.chain import ChainEntry

    entries = [ChainEntry(NOW, t(f"第{n}步", f"Step {n}")) for n in range(8)]
    html = shown("{% chain entries 6 %}", entries=entries)
    assert html.count("<li>") == 8
    assert "再看较早的 2 步" in html
    assert "接着看 3 步" in html
    assert "再看" not in shown("{% chain entries 6 %}", entries=entries[:2])
    assert "尚无记录" in shown("{% chain entries %}", entries=[])


def test_formats_units_and_labels_are_written_for_people():
    assert [tags.format_name(each) for each in ("md", "TXT", "pdf")] == ["文本", "文本", "PDF"]
    assert tags.spaced("区住房和城乡建设局 钱国良") == '<span class="nb">区住房和城乡建设局</span> <span class="nb">钱国良</span>'
    assert tags.labelled("电话：0000 <1>") == "<b>电话</b><br>0000 &lt;1&gt;"
    assert tags.labelled("到场") == "到场"
