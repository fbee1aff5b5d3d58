"""What names a person in running text: numbers with their proofs, plates, mails, doors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mingtang.platform.guard.core.addresses import doors
from mingtang.platform.guard.core.kinds import KINDS, Level
from mingtang.platform.guard.core.numbers import is_bank_card, is_credit_code, is_identity, is_old_identity, shaped_as_identity


@dataclass(frozen=True, slots=True)
class Hit:
    """One value in a text, from `start` to before `end`."""

    kind: str
    start: int
    end: int
    level: Level


WIDE = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20, 0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2D, 0x2013: 0x2D, 0x2014: 0x2D}
UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
EDGE, END = r"(?<![0-9A-Za-z])(?<![0-9]\.)", r"(?![0-9A-Za-z]|\.[0-9])"
S = r"[ \-]?"

IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9][0-9]{{5}}{S}[0-9]{{4}}{S}[0-9]{{4}}{S}[0-9]{{3}}{S}?[0-9Xx]{END}")
GROUPED_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9][0-9]{{2}} [0-9]{{3}} [0-9]{{4}} [0-9]{{4}} [0-9]{{3}}[0-9Xx]{END}")
OLD = re.compile(rf"{EDGE}[1-9][0-9]{{5}}{S}[0-9]{{6}}{S}[0-9]{{3}}{END}")
CARD = re.compile(rf"{EDGE}[3-69][0-9]{{3}}(?:{S}[0-9]{{4}}){{3}}(?:{S}[0-9]{{1,3}})?{END}")
MOBILE = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9]\.)(?:\(?(?:\+|00)?86\)?{S})?"
    rf"(?:1[3-9][0-9][ \-.]?[0-9]{{4}}[ \-.]?[0-9]{{4}}|1[3-9][0-9]{{2}}[ \-][0-9]{{3}}[ \-][0-9]{{4}}|1[3-9][0-9][ \-][0-9]{{3}}[ \-][0-9]{{5}}){END}"
)
SPELT_SIGNS = "0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两"
SPELT = re.compile(
    rf"(?<![{SPELT_SIGNS}十百千万])[1一幺壹][ \-]?[3-9三四五六七八九叁肆伍陆柒捌玖](?:[ \-]?[{SPELT_SIGNS}]){{9}}(?![{SPELT_SIGNS}十百千万])"
)
LANDLINE = re.compile(
    rf"{EDGE}\(?0(?:10|2[0-9]|[3-9][0-9]{{2}})\)?[ \-]{{1,2}}[2-8][0-9]{{2,3}}{S}[0-9]{{4}}(?:[ ]?[\-转][ ]?[0-9]{{1,5}})?{END}"
)
BRACKETED = re.compile(rf"\(0(?:10|2[0-9]|[3-9][0-9]{{2}})\)[2-8][0-9]{{6,7}}{END}")
JOINED = re.compile(rf"{EDGE}0(?:10|2[0-9]|[3-9][0-9]{{2}})[2-8][0-9]{{6,7}}{END}")
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})\.){1,5}[A-Za-z]{2,12}(?![A-Za-z0-9])"
)
PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·•.\\-]?"
    "(?:[A-HJ-NP-Z][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJ-NP-Z]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Za-z0-9])"
)
PASSPORT = re.compile(rf"{EDGE}(?:[A-Z]{{1,2}}[0-9]{{7,8}}|[0-9]{{8}}|[0-9]{{9}}){END}")

SAYS_IDENTITY = re.compile(r"身份证|公民身份|证件号|身份号|身份证件|居留证|ID")
SAYS_CARD = re.compile(r"卡号|银行卡|账号|帐号|账户|帐户|收款")
SAYS_PHONE = re.compile(r"电话|热线|Tel|TEL|手机|联系方式|传真")
SAYS_HOME = re.compile(r"家庭电话|住宅电话|家里电话|宅电|家中电话|家属电话|本人电话|居民电话")
SAYS_PASSPORT = re.compile(r"护照|通行证|台胞证|回乡证|Passport|passport")
SAYS_CREDIT = re.compile(r"信用代码|组织机构代码|税号|纳税人识别号")
SAYS_SERIAL = re.compile(
    r"(?:编号|编码|代码|文号|案号|订单号|单号|合同号|备案号|序号|流水号|登记号|证书号|许可证号|批次|批号|型号|条码)[为是:：]?\s?$"
)
COUNTS = re.compile(r"\s?(?:元|万|亿|吨|平方|公里|米|千瓦|立方|人次|份|美元|股)")
GOVERNMENT_MAIL = re.compile(r"@(?:[a-z0-9\-]+\.)*gov\.cn$", re.IGNORECASE)
CONTEXT = 14
DIGITS = re.compile(r"[^0-9Xx]")

SEVEN_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,3}[0-9]){6}")
"""What every number that names a person has: most texts have no seven digits so close, and need not be searched for any."""


def folded(words: str) -> tuple[str, list[int] | None]:
    """Full-width signs made plain, unseen signs dropped; with them, where each sign stood (None: where it stands)."""
    plain = words.translate(WIDE)
    if not UNSEEN.search(plain):
        return plain, None
    kept = [place for place, sign in enumerate(plain) if not UNSEEN.match(sign)]
    return "".join(plain[place] for place in kept), [*kept, len(plain)]


def find(words: str, *, context: str = "", allowed: frozenset[str] = frozenset()) -> list[Hit]:
    """Everything in `words` that names a person, in order, none inside another.

    `context` is what stands before (the head of a table's column); `allowed` holds contacts the
    government itself publishes, as `contacts` gives them.
    """
    plain, places = folded(words)
    return placed(found_in(plain, context, allowed), places)


def found_in(plain: str, context: str = "", allowed: frozenset[str] = frozenset()) -> list[Hit]:
    """The same in words already folded, where they stand there."""
    hits: list[Hit] = []
    for finder in FINDERS if SEVEN_DIGITS.search(plain) else WITHOUT_NUMBERS:
        for hit in finder(plain, context):
            if not any(each.start < hit.end and hit.start < each.end for each in hits) and not _is_allowed(plain, hit, allowed):
                hits.append(hit)
    return sorted(hits, key=lambda each: each.start)


def placed(hits: list[Hit], places: list[int] | None) -> list[Hit]:
    """What was found in folded words, where it stands in the words as they came."""
    if places is None:
        return hits
    return [Hit(each.kind, places[each.start], places[each.end - 1] + 1, each.level) for each in hits]


def contacts(*texts: str) -> frozenset[str]:
    """Landlines and mails in the contacts a notice publishes on purpose; mobiles and cards never count as such."""
    found = set()
    for words in texts:
        plain, _ = folded(words)
        found |= {
            _bare(plain[each.start : each.end]) for each in (*_landlines(plain, ""), *_emails(plain, "")) if each.kind != "home_phone"
        }
    return frozenset(found)


def _bare(value: str) -> str:
    return re.sub(r"[ ()\-]", "", value).lower()


def _is_allowed(plain: str, hit: Hit, allowed: frozenset[str]) -> bool:
    return hit.kind in {"landline", "email"} and _bare(plain[hit.start : hit.end]) in allowed


def _hit(kind: str, match: re.Match[str], level: Level | None = None) -> Hit:
    return Hit(kind, match.start(), match.end(), level or KINDS[kind].level)


def _before(words: str, match: re.Match[str], context: str) -> str:
    return f"{context} {words[max(0, match.start() - CONTEXT) : match.start()]}"


def _identities(words: str, context: str) -> Iterator[Hit]:
    for match in (*IDENTITY.finditer(words), *GROUPED_IDENTITY.finditer(words)):
        number = DIGITS.sub("", match[0]).upper()
        before = _before(words, match, context)
        if SAYS_CREDIT.search(before):
            continue
        if is_identity(number) or (number[0] == "9" and SAYS_IDENTITY.search(before)):
            yield _hit("id_number", match)
        elif SAYS_IDENTITY.search(before):
            yield _hit("id_like", match, "block")
        elif shaped_as_identity(number) and not is_credit_code(number) and not is_bank_card(number):
            yield _hit("id_like", match)


def _old_identities(words: str, context: str) -> Iterator[Hit]:
    for match in OLD.finditer(words):
        number, before = DIGITS.sub("", match[0]), _before(words, match, context)
        if is_old_identity(number) and not SAYS_CREDIT.search(before) and not SAYS_SERIAL.search(before):
            yield _hit("id_old", match, "block" if SAYS_IDENTITY.search(before) else "warn")


def _cards(words: str, context: str) -> Iterator[Hit]:
    for match in CARD.finditer(words):
        number, before = DIGITS.sub("", match[0]), _before(words, match, context)
        if SAYS_CREDIT.search(before) or SAYS_SERIAL.search(before):
            continue
        if is_bank_card(number):
            yield _hit("bank_card", match)
        elif SAYS_CARD.search(before):
            yield _hit("account_like", match)


def _mobiles(words: str, context: str) -> Iterator[Hit]:
    for match in MOBILE.finditer(words):
        if not SAYS_SERIAL.search(words[max(0, match.start() - CONTEXT) : match.start()]) and not COUNTS.match(words, match.end()):
            yield _hit("mobile", match)
    del context


def _spelt(words: str, context: str) -> Iterator[Hit]:
    for match in SPELT.finditer(words):
        if re.search("[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]", match[0]):
            yield _hit("mobile_spelt", match)
    del context


def _landlines(words: str, context: str) -> Iterator[Hit]:
    spoken = [each for each in JOINED.finditer(words) if SAYS_PHONE.search(_before(words, each, context))]
    for match in (*BRACKETED.finditer(words), *LANDLINE.finditer(words), *spoken):
        home = SAYS_HOME.search(_before(words, match, context))
        yield _hit("home_phone" if home else "landline", match)


def _emails(words: str, context: str) -> Iterator[Hit]:
    for match in EMAIL.finditer(words) if "@" in words else ():
        if not GOVERNMENT_MAIL.search(match[0]):
            yield _hit("email", match)
    del context


def _plates(words: str, context: str) -> Iterator[Hit]:
    for match in PLATE.finditer(words):
        if sum(sign.isdecimal() for sign in match[0]) > 1:
            yield _hit("plate", match)
    del context


def _passports(words: str, context: str) -> Iterator[Hit]:
    for match in PASSPORT.finditer(words):
        if SAYS_PASSPORT.search(_before(words, match, context)):
            yield _hit("passport", match)


def _addresses(words: str, context: str) -> Iterator[Hit]:
    lead = f"{context}:" if context else ""
    for start, end in doors(lead + words):
        if end > len(lead):
            yield Hit("address", max(0, start - len(lead)), end - len(lead), "block")


Finder = Callable[[str, str], Iterator[Hit]]
FINDERS: tuple[Finder, ...] = (
    _identities,
    _cards,
    _old_identities,
    _mobiles,
    _spelt,
    _landlines,
    _emails,
    _plates,
    _passports,
    _addresses,
)
NUMBERS = frozenset({_identities, _cards, _old_identities, _mobiles, _landlines, _passports})
WITHOUT_NUMBERS = tuple(each for each in FINDERS if each not in NUMBERS)
