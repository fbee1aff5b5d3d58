"""What the beginning of a line says: 第一章, 第三条之一, 一、 （一） 1. （1） ①; and lines that say what they are by their form."""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {each: n for n, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
HAN = "零〇○一二两三四五六七八九十百千"
ARABIC = "0-9０-９"
WIDE = str.maketrans("０１２３４５６７８９．（）：；", "0123456789.():;")
GAP = r"[\s\u3000]"

RANKS = {"编": 1, "篇": 1, "部分": 1, "章": 2, "节": 3}
DIVISION = re.compile(rf"^第{GAP}*([{HAN}{ARABIC}]{{1,6}}){GAP}*(编|篇|部分|章|节)(?:{GAP}+|[:：、]|(?=[^的内中里第].)|$)(.*)$", re.DOTALL)
ARTICLE = re.compile(rf"^第{GAP}*([{HAN}{ARABIC}]{{1,7}}){GAP}*条(?:之([一二三四五六七八九十]+))?(.*)$", re.DOTALL)
REFERS = re.compile(r"^(?:第|规定|所|款|项|、|和|至|到|及|或|的|中|以|与|，|,|修改|删除|增加)")
LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"^([{HAN}]{{1,4}}){GAP}*[、．](.*)$", re.DOTALL)),
    (2, re.compile(rf"^[（(]{GAP}*([{HAN}]{{1,4}}){GAP}*[）)](.*)$", re.DOTALL)),
    (3, re.compile(rf"^([{ARABIC}]{{1,3}}){GAP}*(?:[、．]|\.(?![{ARABIC}]))(.*)$", re.DOTALL)),
    (4, re.compile(rf"^[（(]{GAP}*([{ARABIC}]{{1,3}}){GAP}*[）)](.*)$", re.DOTALL)),
    (4, re.compile(rf"^([{ARABIC}]{{1,2}})[）)](.*)$", re.DOTALL)),
    (5, re.compile(rf"^([{CIRCLED}])(.*)$", re.DOTALL)),
)
DEEPEST = 5
MARKS = re.compile(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\S)|[-*+]\s+(?=第))+")

DATE = re.compile(
    rf"^(?:[（(])?(?:\d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|[二一][{HAN}○O0]{{3}}年[{HAN}]{{1,3}}月[{HAN}]{{1,3}}日|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}})(?:[）)])?$"
)
NUMBER = re.compile(
    r"^[\u4e00-\u9fff（）()]{1,20}[〔\[【（(]\s*\d{4}\s*[〕\]】）)]\s*(?:第)?\s*\d{1,5}\s*号$|^[\u4e00-\u9fff]{0,16}令?第?\d{1,5}号$"
)
VERSION = re.compile(
    r"^[（(](?:\d{4}年)?[^（）()年]{0,24}(?:稿|草案|试行|暂行|修订|修正)[^（）()]{0,12}[）)]$|^(?:征求意见稿|送审稿|修订草案|草案|公开征求意见稿)$"
)
NOTE = re.compile(
    r"^[（(](?:此件|此文|本文|本件|附件略|略去|联系人|联系电话|公开属性|信息公开).*[）)]$|^(?:抄送|主送|联系人|联系电话|印发机关|公开属性|信息公开选项|主办单位)[:：].*$"
)
CONTENTS = re.compile(rf"^[#*{GAP[1:-1]}]*目{GAP}*[录次]$")
DOTTED = re.compile(r"[.…·\s]{3,}\d{1,4}$")
PAGE = re.compile(r"^[-—－–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?[-—－–\s]*$")
FURNITURE = re.compile(
    r"^(?:扫一扫在手机打开当前页|【?打印(?:本页|此页)?】?|【?关闭(?:窗口)?】?|\[?字体[:：].*|分享到.*|责任编辑[:：].*|返回顶部|上一[篇条].*|下一[篇条].*|来源[:：].{0,30})$"
)
PROPERTY = re.compile(
    r"^(索引号|主题分类|发文机关|成文日期|标题|发文字号|发布日期|主题词|有效性|效力状态|废止日期|失效日期|公开类别|信息类别|文号|发布机构|生成日期|公文种类|体裁分类|服务对象)[:：](.*)$"
)
ATTACHMENT = re.compile(rf"^附(?:件|表|录|图){GAP}*([{ARABIC}{HAN}]{{0,3}}){GAP}*(?:[:：](.*))?$", re.DOTALL)
NOUNS = [
    "办法",
    "规定",
    "意见",
    "通知",
    "方案",
    "规划",
    "细则",
    "条例",
    "决定",
    "公告",
    "通告",
    "批复",
    "复函",
    "函",
    "答复",
    "报告",
    "规则",
    "章程",
    "制度",
    "标准",
    "指南",
    "计划",
    "要点",
    "清单",
    "纪要",
    "决议",
    "命令",
    "令",
    "议案",
    "说明",
    "预案",
    "导则",
    "准则",
    "规程",
    "措施",
    "政策",
    "公约",
    "纲要",
    "建议",
    "稿",
    "草案",
    "试行",
    "暂行",
    "工作",
    "规范",
    "目录",
    "名单",
    "指标",
    "协议",
    "若干规定",
    "指引",
    "倡议",
    "宣言",
    "表",
    "书",
]
TITLE_END = re.compile(rf"(?:{'|'.join(NOUNS)})(?:[（(《〈][^（）()]{{1,24}}[）)》〉]|[）)》”])*$")
SENTENCE_END = tuple("。；：！？”）】》.;:!?)…")
CLOSERS = tuple("，。；：、）)”』」》】,;:!?！？")
OPENERS = {"（": "）", "(": ")", "“": "”", "《": "》"}
HEADING_LIMIT = 40
LONGEST_DIVISION = 60


@dataclass(frozen=True, slots=True)
class Marker:
    """The number a line begins with: its level, its number, the label as printed, what follows."""

    level: int
    number: int
    label: str
    rest: str
    sub: int = 0
    sure: bool = True


def number_of(words: str) -> int:
    """The value of a Chinese or Arabic number: 二十一, 一百零三, ２１; 0 when it is none."""
    words = re.sub(GAP, "", words).translate(WIDE)
    if words.isdecimal():
        return int(words)
    if words and words in CIRCLED:
        return CIRCLED.index(words) + 1
    if not words or any(each not in DIGITS and each not in UNITS for each in words):
        return 0
    if not any(each in UNITS for each in words):
        return int("".join(str(DIGITS[each]) for each in words))
    total, digit = 0, 0
    for each in words:
        if each in UNITS:
            total += (digit or 1) * UNITS[each]
            digit = 0
        else:
            digit = DIGITS[each]
    return total + digit


def plain(words: str) -> str:
    """A line without its white space and without the signs of Markdown around its words."""
    stripped = words.strip().strip("\ufeff")
    found = MARKS.sub("", stripped)
    if found != stripped:
        found = re.sub(r"(?<=\S)(?:\*{1,3}|_{2,3})(?=\s|$|[\u3000-\u9fff])", "", found)
    return found.strip()


def division(words: str) -> Marker | None:
    """第一编, 第二章, 第三节 with its heading."""
    found = DIVISION.match(words)
    if found is None or len(words) > LONGEST_DIVISION or found[3].rstrip().endswith(tuple("。；，")):
        return None
    label = re.sub(GAP, "", words[: found.start(3)]).rstrip("：:、")
    return Marker(RANKS[found[2]], number_of(found[1]), label, found[3].strip())


def article(words: str) -> Marker | None:
    """第三条, 第三条之一; not sure when only the sequence can tell it from a reference to that article."""
    found = ARTICLE.match(words)
    if found is None or not number_of(found[1]):
        return None
    rest = found[3]
    sure = not rest or rest[0] in " \t\u3000\r\n【（(:：*" or rest.startswith("**")
    if not sure and REFERS.match(rest):
        return None
    label = re.sub(GAP, "", words[: found.start(3)])
    return Marker(0, number_of(found[1]), label, rest.strip().strip("*").lstrip("：:").strip(), number_of(found[2] or ""), sure)


def item(words: str) -> Marker | None:
    """一、 （一） 1. （1） ① with what follows."""
    for level, pattern in LEVELS:
        found = pattern.match(words)
        if found is not None and number_of(found[1]):
            return Marker(level, number_of(found[1]), words[: found.start(2)].strip(), found[2].strip().removeprefix("**").strip())
    return None


def ends(words: str) -> bool:
    """Whether a line ends as a sentence does."""
    return words.endswith(SENTENCE_END)


def open_bracket(words: str) -> bool:
    """Whether a bracket or quotation mark is opened and not closed: the sentence goes on in the next line."""
    return any(words.count(left) > words.count(right) for left, right in OPENERS.items())


def titled(words: str) -> bool:
    """Whether a line ends as titles of documents do: …办法, …的通知, …（征求意见稿）."""
    return bool(TITLE_END.search(words))
