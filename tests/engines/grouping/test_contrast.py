"""What the guard keeps apart, what it lets through, how numbers and points are read."""

import pytest

from mingtang.engines.grouping.contrast import NUMBER, PLACE, POLARITY, contrast
from mingtang.engines.grouping.folding import fold
from mingtang.engines.grouping.numbers import is_number, read_number, value_of
from mingtang.engines.grouping.points import points
from mingtang.engines.grouping.sketches import keys
from mingtang.engines.grouping.stances import only_stance


def shown(text: str) -> str:
    folded = fold([text]).text(0)
    return "".join(f"<{value_of(each)}>" if is_number(each) else each for each in folded)


def between(one: str, other: str) -> str:
    folded = fold([one, other])
    assert contrast(folded.text(0), folded.text(1)) == contrast(folded.text(1), folded.text(0))
    return contrast(folded.text(0), folded.text(1))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("尊敬的領導：第八條收３.5元不合理，謝謝！", "第<8>条收<3.5>元不合理"),
        ("罚款三百元", "罚款<300>元"),
        ("过渡期3-5年", "过渡期<3>至<5>年"),
        ("统一规定一定要一条一条写", "统一规定一定要<1>条<1>条写"),
        ("ＡＢc㎡", "abcm<2>"),
        ("支\u200b持\n上牌", "支持上牌"),
        ("谢谢", "谢谢"),
        ("……", ""),
    ],
)
def test_a_text_is_folded_to_what_it_says(text: str, folded: str) -> None:
    assert shown(text) == folded


@pytest.mark.parametrize(
    ("run", "value"),
    [
        *[("三百零五", "305"), ("1.5万", "15000"), ("一百五", "150"), ("一万二", "12000"), ("十八", "18"), ("二〇一九", "2019")],
        *[("3百", "300"), ("三千万", "30000000"), ("千万", ""), ("百", ""), ("十", "10"), ("007", "7"), ("一亿零五十", "100000050")],
    ],
)
def test_a_number_is_read_whether_chinese_or_arabic(run: str, value: str) -> None:
    assert read_number(run) == value


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("建议上牌收费", "不建议上牌收费", POLARITY),
        ("支持强制戴头盔", "反对强制戴头盔", POLARITY),
        ("同意第八条上牌收工本费", "不同意第八条上牌收工本费", POLARITY),
        ("夜间必须开灯", "夜间不必开灯", POLARITY),
        ("门槛应该降低", "门槛应该提高", POLARITY),
        ("建议改为五十元", "建议改为六十元", NUMBER),
        ("建议延长过渡期", "建议延长过渡期到三年", NUMBER),
        ("第八条不合理", "第九条不合理", NUMBER),
        ("A2区河东路很堵", "A3区河东路很堵", NUMBER),
        ("B2区河东路很堵", "A2区河东路很堵", PLACE),
        ("南门停车场太小", "北门停车场太小", PLACE),
        ("朝阳路夜里太吵", "建设路夜里太吵", PLACE),
        ("罚款五百元太重", "罚款500元太重", ""),
        ("请不要强制戴头盔，太热了", "请不要强制戴头盔，太热啦", ""),
        ("能不能多设一个站", "能不能多设一个站呢", ""),
        ("上牌收费我不能接受", "第八条上牌收费我不能接受", ""),
    ],
)
def test_the_guard_names_what_sets_two_texts_apart(one: str, other: str, kind: str) -> None:
    assert between(one, other) == kind


def test_a_slip_in_a_long_letter_is_no_contrast_and_another_number_is() -> None:
    letter = "我是小区业主，十二月起每天早上六点就有货车在楼下卸货，楼上住着老人和小学生，物业说管不了，城管说不归他们管，打了12345也没有下文，盼望有个说法"
    assert between(letter, letter.replace("12345", "1345")) == ""
    assert between(letter, letter.replace("六点", "四点")) == NUMBER


@pytest.mark.parametrize(
    ("text", "stance"), [("支持", "for"), ("我坚决反对！", "against"), ("不同意", "against"), ("", "none"), ("支持免费", ""), ("好臭", "")]
)
def test_a_text_that_only_takes_a_stance_is_told_from_one_that_asks(text: str, stance: str) -> None:
    assert only_stance(fold([text]).text(0)) == stance


@pytest.mark.parametrize(
    ("text", "how", "found"),
    [
        ("1. 头盔不要强制\n2. 充电桩要多建", "lists", ["头盔不要强制", "充电桩要多建"]),
        ("一、上牌应当免费；二、过渡期延长到五年", "lists", ["上牌应当免费；", "过渡期延长到五年"]),
        ("建议上牌免费\n希望多建充电桩", "lists", ["建议上牌免费", "希望多建充电桩"]),
        ("我住在三楼。\n每天很吵。", "lists", ["我住在三楼。\n每天很吵。"]),
        ("3.5元太贵", "lists", ["3.5元太贵"]),
        ("1. 头盔不要强制\n2. 充电桩要多建", "whole", ["1. 头盔不要强制\n2. 充电桩要多建"]),
        ("", "lists", [""]),
    ],
)
def test_a_submission_is_taken_apart_where_it_lists(text: str, how: str, found: list[str]) -> None:
    assert points(text, how) == found


def test_a_long_text_is_taken_apart_where_a_second_demand_begins_when_sentences_are_wanted() -> None:
    text = "我是住在附近二十多年的老居民，几乎每天都要经过这条路。建议把闭馆时间推迟到晚上十点。孩子放学以后没有地方去写作业。另外希望在南门增加一个还书箱，下雨天也能用。"
    assert points(text, "sentences") == [
        "我是住在附近二十多年的老居民，几乎每天都要经过这条路。建议把闭馆时间推迟到晚上十点。孩子放学以后没有地方去写作业。",
        "另外希望在南门增加一个还书箱，下雨天也能用。",
    ]


def test_equal_texts_have_equal_keys_beside_any_others() -> None:
    texts = ["建议上牌免费", "罚款" * 3000, "", "建议上牌收费", "建议上牌免费"]
    alone = [int(keys(fold([text]))[0]) for text in texts]
    assert keys(fold(texts)).tolist() == alone
    assert len(set(alone)) == 4


def test_no_two_small_numbers_are_one_character() -> None:
    made = fold([f"罚款{value}元" for value in range(20_000)])
    assert len({made.text(place) for place in range(len(made))}) == len(made)
    assert contrast(*(fold([text]).text(0) for text in ("罚款0元", "罚款63元"))) == "number"
