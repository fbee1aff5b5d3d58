"""Addresses down to the door: a home is a finding, an office is not, as well as rules can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

N = r"(?:[0-9]{1,4}[A-Za-z甲乙丙丁]?|[A-Za-z][0-9]{0,3}|[一二三四五六七八九十百]{1,4})"
BUILDING = rf"(?:{N}\s?(?:号楼|幢|栋|座|号院|弄|号(?!楼)))"
UNIT = rf"(?:[,，\s]?{N}\s?(?:单元|门(?!牌|诊|口|前)))"
ROOM = r"(?:[,，\s\-－]?(?:[0-9]{3,4}|[0-9]{1,2}[层楼][0-9]{1,4}|[0-9]{1,2}-[0-9]{1,4})(?:\s?(?:室|房)(?!内|主|外)|(?![0-9]|\s?(?:米|元|户|人|号|年|平|m|㎡|%|台|部|件|条|套|个|万|页))))"
DOOR = re.compile(
    rf"{BUILDING}(?:{BUILDING})?{UNIT}{ROOM}|{BUILDING}(?:{BUILDING})?[,，\s]?[0-9]{{3,4}}\s?(?:室(?!内|主|外)|号(?!线|楼|令|文|院|地块))"
)
SHORT_DOOR = re.compile(r"(?<![0-9\-－])[0-9]{1,3}[-－][0-9]{1,2}[-－][0-9]{3,4}(?:室)?(?![0-9\-－])")
VILLAGE = re.compile(rf"[\u4e00-\u9fff]{{1,6}}(?:村|屯|庄)[\u4e00-\u9fff]{{0,6}}?{N}\s?(?:组|社|队|屯)\s?[0-9]{{1,4}}号(?!令|文|线|地块)")
STREET = re.compile(
    rf"[\u4e00-\u9fff]{{1,10}}(?:路|街|道|巷|胡同|里|弄|小区|花园|家园|苑|村|公寓|新城)[\u4e00-\u6708\u670a-\u9fff]{{0,6}}?{N}\s?(?:号楼|号|幢|栋|座)"
)
HOME = re.compile(
    r"(?:家住|住址|住所地?|住在|居住在|居住于|现住|家庭地址|家庭住址|户籍(?:地址|所在地)|(?:经常)?居住地址?|租住(?:在|于)?|收件地址|收货地址|本人住|我家在|我住)[是为在于:：\s]{0,3}"
)
OFFICE = re.compile(
    r"政府|行政|政务|机关|委员会|居委会|村委会|办公|大厦|写字楼|大楼|中心|大厅|窗口|法院|检察院|公司|事务所|学校|小学|中学|幼儿园|学院|医院|银行|园区|产业园|会议室|接待|[局厅委办科站所队](?:$|[^\u4e00-\u9fff])|[局厅]"
)
NUMBERED = re.compile("[号幢栋座弄]")
"""What a door, a village house and a street with its number all have."""
BEFORE, AFTER = 24, 10


def doors(words: str) -> Iterator[tuple[int, int]]:
    """Where home addresses stand: those with building, unit and room, village houses, and streets said to be a home."""
    yield from _numbered(words) if NUMBERED.search(words) else ()
    yield from _short_doors(words)


def _numbered(words: str) -> Iterator[tuple[int, int]]:
    for pattern in (DOOR, VILLAGE):
        for hit in pattern.finditer(words):
            start = _street_before(words, hit.start())
            if _home_before(words, start) or not _of_office(words, start, hit.end()):
                yield start, hit.end()
    for home in HOME.finditer(words):
        street = _soon(words, home.end())
        if street:
            yield street.start(), street.end()


def _soon(words: str, start: int) -> re.Match[str] | None:
    """A street within the same breath as the word that says it is a home."""
    end = start + BEFORE * 2
    stop = re.search(r"[。；;\n]", words[start:end])
    return STREET.search(words, start, start + stop.start() if stop else end)


def _short_doors(words: str) -> Iterator[tuple[int, int]]:
    """3-2-501, only where an estate is named just before it or a home is spoken of."""
    for hit in SHORT_DOOR.finditer(words) if "-" in words or "－" in words else ():
        before = words[max(0, hit.start() - BEFORE) : hit.start()]
        if re.search(r"(?:小区|花园|家园|苑|公寓|新村|新城)\s?$", before) or HOME.search(before):
            yield hit.start(), hit.end()


def _street_before(words: str, start: int) -> int:
    """Take the street or estate named right before the door into the finding."""
    named = re.search(r"[\u4e00-\u9fff]{1,12}(?:路|街|道|巷|胡同|里|小区|花园|家园|苑|村|公寓|新城)\s?$", words[max(0, start - 14) : start])
    return start - len(named[0]) if named else start


def _home_before(words: str, start: int) -> bool:
    return bool(HOME.search(words[max(0, start - BEFORE) : start + 4]))


def _of_office(words: str, start: int, end: int) -> bool:
    """Whether an office is named in the same breath before or right behind the address."""
    before = re.split(r"[。；;\n]", words[max(0, start - BEFORE) : start])[-1]
    behind = re.split(r"[。；;，,\n]", words[end : end + AFTER])[0]
    return bool(OFFICE.search(before) or OFFICE.search(words[start:end]) or OFFICE.search(behind))
