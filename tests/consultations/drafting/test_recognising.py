"""What the blocks of a draft are taken for. Nothing is dropped, whatever the file says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules.drafting import Block, Kind, Part, as_data, assemble, gaps, recognise, whole
from mingtang.consultations.rules.drafting.shapes import article, division, item, number_of, plain

ROOT = Path(__file__).resolve().parents[3]


def kinds(words: str) -> list[str]:
    return [each.kind.value for each in recognise(words).parts]


def clauses(words: str) -> list[tuple[str, str, str, str]]:
    return [(each.label, each.heading, each.text, each.chapter) for each in recognise(words).clauses]


ARTICLES = """清河区老旧小区加装电梯补助实施办法
（征求意见稿）
清住建〔2026〕5号

第一章　总则
第一条　为了方便居民上下楼，制定本办法。
第二条　适用范围　本办法适用于本区四层以上的老旧小区。
下列情形除外：
（一）已列入拆迁的；
（二）平房。
第二章 补助
第三条 【标准】每台补助二十万元。
第四条 附则
本办法自公布之日起施行。
第五条 由区住建局解释
"""


def test_a_draft_by_articles_gives_its_title_number_chapters_clauses_and_headings():
    found = recognise(ARTICLES)
    assert (found.title, found.number, found.scheme) == (
        "清河区老旧小区加装电梯补助实施办法（征求意见稿）",
        "清住建〔2026〕5号",
        "articles",
    )
    assert [(each.id, each.label, each.heading, each.text, each.chapter) for each in found.clauses] == [
        ("第一条", "第一条", "", "为了方便居民上下楼，制定本办法。", "第一章　总则"),
        (
            "第二条",
            "第二条",
            "适用范围",
            "本办法适用于本区四层以上的老旧小区。\n下列情形除外：\n（一）已列入拆迁的；\n（二）平房。",
            "第一章　总则",
        ),
        ("第三条", "第三条", "标准", "每台补助二十万元。", "第二章　补助"),
        ("第四条", "第四条", "附则", "本办法自公布之日起施行。", "第二章　补助"),
        ("第五条", "第五条", "", "由区住建局解释", "第二章　补助"),
    ]
    assert found.clauses[1].items == ["（一）", "（二）"]
    assert found.unrecognised == ()
    assert found.counts == {
        "blocks": 14,
        "chapters": 2,
        "clauses": 5,
        "attachments": 0,
        "unrecognised": 0,
        "characters": 155,
        "characters_recognised": 155,
    }


def test_a_decree_with_its_contents_and_an_enclosed_regulation_is_read_whole():
    words = """某某政府令
第707号
《某某条例》已经会议通过，现予公布。
区长　李某某
2018年12月22日
某某条例
（1994年1月28日发布　2018年12月18日修订）
目　录
第一章　总则 ……… 1
第二章　申报 ……… 2
第一章　总则
第一条　根据法律，制定本条例。
第二条规定的情形除外。
第二条　本条例第一条所称：
第一节　一般规定
第三条之一　某。
第三条　重号的。
第五条自公布之日起施行。
第 六 条：完成后归档。
附则
附件1
某某表
（试行）
序号
名称
"""
    found = recognise(words)
    assert kinds(words) == [
        "title", "number", "preamble", "signature", "signature", "division", "preamble", "contents", "contents", "contents",
        "chapter", "clause", "text", "clause", "section", "clause", "unrecognised", "text", "clause", "unrecognised",
        "attachment", "attachment", "attachment", "attached", "attached",
    ]  # fmt: skip
    assert [(each.label, each.part, each.section) for each in found.clauses] == [
        ("第一条", "某某条例", ""),
        ("第二条", "某某条例", ""),
        ("第三条之一", "某某条例", "第一节　一般规定"),
        ("第六条", "某某条例", "第一节　一般规定"),
    ]
    assert [str(each) for each in found.warnings] == ["第三条之一之前缺号。", "第六条之前缺号。"]
    assert [(each.label, each.title, each.text) for each in found.attachments] == [("附件1", "某某表（试行）", "序号\n名称")]
    assert [each.why for each in found.unrecognised] == ["sequence", "alone"]


def test_a_notice_that_encloses_the_draft_gives_the_draft_and_keeps_the_notice():
    words = """关于公开征求《某区管理办法（征求意见稿）》意见的公告
我局起草了《办法》，现公开征求意见。
一、时间：2026年1月1日至1月31日。
附件：1.某区管理办法（征求意见稿）
2.起草说明
某区住建局
2026年1月1日
附件1
某区管理办法
（征求意见稿）
第一条 为了，制定。
第二条 完。
附件2：起草说明
一、必要性
很必要。
"""
    found = recognise(words)
    assert [(each.label, each.part) for each in found.clauses] == [
        ("第一条", "附件1　某区管理办法（征求意见稿）"),
        ("第二条", "附件1　某区管理办法（征求意见稿）"),
    ]
    assert [(each.label, each.title, each.text) for each in found.attachments] == [
        ("附件1", "某区管理办法（征求意见稿）", ""),
        ("附件2", "起草说明", "一、必要性\n很必要。"),
    ]
    assert kinds(words)[3:7] == ["list", "list", "signature", "signature"]


OUTLINE = """区政府办关于路灯的
实施意见
区政办发〔2026〕12号
各街道办事处，各部门：
为了节能，提出如下意见。
一、总体要求
坚持节约。
二、主要任务
（一）换灯。
三年换完。（
每年三分之一
），不得拖延。
1.先换主干道。
（区住建局负责）
（二）减半。
半夜减半。
三、保障
（三）钱。
由区里出。
某区政府办
2026年1月1日
（此件公开发布）
抄送：区委办。
扫一扫在手机打开当前页
"""


def test_an_outline_with_second_items_gives_chapters_and_clauses():
    assert clauses(OUTLINE) == [
        ("一、", "", "坚持节约。", "一、　总体要求"),
        ("（一）", "换灯", "三年换完。（每年三分之一），不得拖延。\n1.先换主干道。\n（区住建局负责）", "二、　主要任务"),
        ("（二）", "减半", "半夜减半。", "二、　主要任务"),
        ("（三）", "钱", "由区里出。", "三、　保障"),
    ]
    assert kinds(OUTLINE)[:5] == ["title", "title", "number", "addressee", "preamble"]
    assert kinds(OUTLINE)[-5:] == ["signature", "signature", "note", "note", "page"]


def test_labels_that_begin_anew_are_told_apart_by_their_chapter():
    words = "某方案\n一、甲\n1.子。\n子文。\n2.丑。\n丑文。\n二、乙\n先说一句。\n1.寅。\n寅文。\n2.卯。\n卯文。\n三、丙\n丙文。\n四、很长的一句话作为一项，没有别的，而且写到了四十个字以上所以不是标题，只是一句完整的话。"
    assert [(each.label, each.heading) for each in recognise(words).clauses] == [
        ("一、1.", "子"),
        ("一、2.", "丑"),
        ("二、", ""),
        ("二、1.", "寅"),
        ("二、2.", "卯"),
        ("三、", ""),
        ("四、", ""),
    ]


def test_a_paper_of_top_items_alone_has_one_clause_each():
    assert clauses("路灯方案\n一、目标\n三年换完。\n二、钱从哪来\n3.5 万元由区里出。\n3. 每年公布一次结果。\n2026.11.24 起算。") == [
        ("一、", "目标", "三年换完。", ""),
        ("二、", "钱从哪来", "3.5 万元由区里出。\n3. 每年公布一次结果。\n2026.11.24 起算。", ""),
    ]


def test_missing_numbers_are_warned_of_and_far_ones_are_words():
    found = recognise("某方案\n一、甲。\n三、乙，这一项比较长，是一句完整的话。所以不是标题。\n九、丙。")
    assert [each.label for each in found.clauses] == ["一、", "三、"]
    assert found.clauses[1].text == "乙，这一项比较长，是一句完整的话。所以不是标题。\n九、丙。"
    assert [str(each) for each in found.warnings] == ["三、之前缺号。"]


def test_two_papers_in_one_file_are_two_parts():
    words = "关于印发两个规定的通知\n现印发给你们。\n某办\n2026年1月1日\n甲规定\n为了甲，规定：\n一、甲一。\n二、甲二。\n完。\n乙规定\n一、乙一。\n二、乙二。"
    assert [(each.part, each.id) for each in recognise(words).clauses] == [
        ("甲规定", "一、"),
        ("甲规定", "二、"),
        ("乙规定", "一、#2"),
        ("乙规定", "二、#2"),
    ]


def test_a_letter_whose_attachment_is_the_outline_takes_it_as_the_draft():
    words = "关于某事的复函\n区住建局：\n你局请示收悉，函复如下。\n某办\n二〇二六年一月一日\n附件\n某方案\n一、甲\n甲文。\n二、乙\n乙文。\n附件2\n乙表\n一格"
    found = recognise(words)
    assert [(each.label, each.part) for each in found.clauses] == [("一、", "附件　某方案"), ("二、", "附件　某方案")]
    assert [each.title for each in found.attachments] == ["某方案", "乙表"]


def test_a_letter_without_numbers_has_no_clauses_and_nothing_is_left_over():
    words = "关于某事的答复\n某某委员：\n您的提案收悉（见\n附表\n一）。\n感谢。\n某办\n2026年1月1日"
    found = recognise("关于某事的答复\n某某委员：\n您的提案收悉。\n感谢。\n某办\n2026年1月1日")
    assert (found.scheme, found.clauses, found.unrecognised) == ("none", (), ())
    assert whole(recognise(words).parts) == words


def test_properties_of_a_web_page_are_set_aside():
    words = "索 引 号：\n0001/2026\n发文机关：某办\n主 题 词：\n路灯　节能　通知\n标　　题：\n主 题 词：\n关于路灯的通知\n某办发〔2026〕1号\n第一条　甲。"
    assert kinds(words) == ["property"] * 7 + ["title", "number", "clause"]


def test_loose_lines_are_listed_with_their_place_and_reason():
    words = "某办法\n起草人名单\n张三\n为了某事，制定本办法。\n第一章　总则\n说明：本章。\n第一条　甲。\n某办\n2026年1月1日\n第七页后的残句"
    found = recognise(words)
    assert [(each.n, each.words, each.why) for each in found.unrecognised] == [
        (3, "张三", "front"),
        (6, "说明：本章。", "between"),
        (10, "第七页后的残句", "after"),
    ]


def test_notes_boxes_and_pictures_are_for_a_person_to_place_and_page_furniture_is_not():
    blocks = (
        Block("某办法\n"),
        Block("某局\n", aside="page"),
        Block("框里的话\n", aside="box"),
        Block("第一条　甲。\n"),
        Block("层数 | 金额\n", table=True),
        Block("注一\n", aside="note"),
        Block("— 3 —\n"),
        Block("附件\n"),
        Block("甲 | 乙\n", table=True),
    )
    found = recognise(blocks)
    assert [each.kind for each in found.parts] == [
        Kind.TITLE,
        Kind.PAGE,
        Kind.UNRECOGNISED,
        Kind.CLAUSE,
        Kind.TABLE,
        Kind.UNRECOGNISED,
        Kind.PAGE,
        Kind.ATTACHMENT,
        Kind.ATTACHED,
    ]
    assert found.clauses[0].text == "甲。\n层数 | 金额"


def test_markdown_signs_are_no_words():
    found = recognise("# 某办法\r\n## 第一章 总则\r\n**第一条** 为了居民，制定本办法。\r\n### 第二条 （适用） 适用本区。\r\n- 第三条 好。")
    assert found.title == "某办法"
    assert [(each.label, each.heading, each.text, each.chapter) for each in found.clauses] == [
        ("第一条", "", "为了居民，制定本办法。", "第一章　总则"),
        ("第二条", "适用", "适用本区。", "第一章　总则"),
        ("第三条", "", "好。", "第一章　总则"),
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [("二十一", 21), ("十", 10), ("一百零三", 103), ("１２", 12), ("二〇", 20), ("③", 3), ("两千", 2000), ("几", 0), ("", 0)],
)
def test_numbers_are_read_however_they_are_written(words, value):
    assert number_of(words) == value


@pytest.mark.parametrize(
    "words",
    [
        "第三条规定的情形",
        "第三条第二款",
        "第3章内容",
        "第二节课",
        "第一章这一章的规定，自公布起施行。",
        "（略）",
        "3.5 万元",
        "（税务总局负责）",
    ],
)
def test_references_are_not_structure(words):
    assert (article(words), division(words), item(words)) == (None, None, None)


def test_a_time_or_a_figure_before_a_space_is_no_heading():
    assert clauses("某办法\n第一条　22:30 以后减半。\n第二条　适用范围　本区。") == [
        ("第一条", "", "22:30 以后减半。", ""),
        ("第二条", "适用范围", "本区。", ""),
    ]
    assert clauses("某办法\n第一条　本区 2000 年以前建成的住宅。\n第二条　期限 本办法自公布起施行。") == [
        ("第一条", "", "本区 2000 年以前建成的住宅。", ""),
        ("第二条", "期限", "本办法自公布起施行。", ""),
    ]


def test_gaps_between_articles_are_named():
    assert [str(each) for each in gaps(["第一条", "第二条", "第二条之一", "附", "第四条", "第一条", "第二条"])] == [
        "第四条之前缺号或顺序不对。"
    ]


def test_signs_of_emphasis_inside_words_stay():
    assert plain("  **第一条** a*b ") == "第一条 a*b"
    assert plain("a*b*") == "a*b*"


def test_corrected_blocks_make_the_draft_the_clerk_said():
    parts = [
        Part(7, Kind.CHAPTER, "", "第一章", "总则"),
        Part(9, Kind.CLAUSE, "", "第一条", body="甲。"),
        Part(4, Kind.TEXT, "乙。\n"),
        Part(5, Kind.IGNORED, "页眉"),
        Part(6, Kind.ATTACHED, "没有标题的附件"),
    ]
    found = assemble(parts)
    assert [(each.label, each.text, each.blocks) for each in found.clauses] == [("第一条", "甲。\n乙。", [9, 4])]
    assert [(each.title, each.text) for each in found.attachments] == [("", "没有标题的附件")]


def test_the_plain_values_of_a_draft_name_every_block():
    data = as_data(recognise("某办法\n张三\n第一条　甲。\n"))
    assert data["blocks"] == [
        {"n": 1, "kind": "title", "label": "", "text": "某办法\n"},
        {"n": 2, "kind": "unrecognised", "label": "", "text": "张三\n"},
        {"n": 3, "kind": "clause", "label": "第一条", "text": "第一条　甲。\n"},
    ]
    assert data["unrecognised"] == [{"n": 2, "text": "张三", "why": "开头的短行，不是标题、文号、主送机关或引言"}]
    assert data["clauses"][0]["text"] == "甲。"
    json.dumps(data)


LINES = [
    "第一章 总则", "第二章 附则", "第一节 甲", "第一条 目的", "第二条　甲。", "第三条之一 乙", "一、目标", "二、任务", "（一）分项", "（二）分项。",
    "1. 事项", "2.事项。", "（1）子", "① 圈", "没有编号的话", "一句完整的话。", "— 3 —", "某某办法", "（征求意见稿）", "各部门：", "附件", "附件1：表",
    "附件：1.甲", "目录", "某办", "2026年1月1日", "（此件公开发布）", "索引号：", "〔2026〕", "某办发〔2026〕1号", "", "　", "\ufeff", "（没有合上", "。开头",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=12)), max_size=25), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_character_of_the_input_stands_in_exactly_one_block(lines, between):
    words = between.join(lines)
    found = recognise(words)
    assert whole(found.parts) == words
    assert [each.n for each in found.parts] == list(range(1, len(found.parts) + 1))
    placed = [n for each in found.clauses for n in each.blocks]
    assert len(placed) == len(set(placed)) or found.scheme == "outline"


@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_the_words_of_a_clause_are_words_of_its_blocks(lines):
    found = recognise("\n".join(lines))
    by_place = {each.n: each.text for each in found.parts}
    for each in found.clauses:
        said = "".join("".join(by_place[n] for n in each.blocks).split())
        rest = iter(said)
        assert all(letter in rest for letter in "".join(each.text.split()))


def real() -> list[dict[str, str]]:
    place = next(each / "shared" / "data" / "cn_policies" for each in ROOT.parents if (each / "shared" / "data" / "cn_policies").is_dir())
    return [json.loads(line) for line in (place / "state_council_2018.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.data
def test_the_structure_of_state_council_documents_is_recognised():
    documents = real()
    drafts = [recognise(each["text"]) for each in documents]
    assert [whole(each.parts) for each in drafts] == [each["text"] for each in documents]
    counts = [each.counts for each in drafts]
    share = sum(each["characters_recognised"] for each in counts) / sum(each["characters"] for each in counts)
    assert share >= 0.995
    assert sum(each.title == row["title"] for each, row in zip(drafts, documents, strict=True)) == len(documents)
    assert sum(each.number == row["doc_no"] for each, row in zip(drafts, documents, strict=True)) == len(documents)
    assert sum(each.scheme == "outline" for each in drafts) >= 23
    assert sum(not each.warnings for each in drafts) == len(documents)
    assert sum(each["clauses"] for each in counts) >= 345


def test_page_furniture_between_an_enclosed_title_and_its_first_number_is_known():
    blocks = [
        *(Block(f"{each}\n") for each in ["关于印发某方案的通知", "现印发给你们。", "某办", "2026 年 1 月 1 日", "某方案"]),
        Block("某办文件\n", aside="page"),
        *(Block(f"{each}\n") for each in ["— 2 —", "为了某事，制定本方案。", "孤行", "一、甲。", "二、乙。"]),
    ]
    assert [each.kind.value for each in recognise(blocks).parts] == [
        "title",
        "preamble",
        "signature",
        "signature",
        "division",
        "page",
        "page",
        "preamble",
        "unrecognised",
        "clause",
        "clause",
    ]
