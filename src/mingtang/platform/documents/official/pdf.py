"""A `Paper` as PDF: PDF/A-2b for the archive and PDF/UA-1 for screen readers, set by Typst.

Open fonts come with the package ``pylopdf_fonts_zh_cn`` (宋 and 黑). Where the machine has 仿宋, 楷体 and
小标宋 those are taken; without them 宋 stands in. The text reaches Typst as data, never as source.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from unicodedata import category

import pylopdf_fonts_zh_cn
import typst

from mingtang.platform.clock import CHINA
from mingtang.platform.documents.official import papers
from mingtang.platform.documents.official.papers import Paper, complete, day_words, names_in_line, title_lines

FONTS = {
    "mark": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "STZhongsong", "FandolSong", "Noto Serif SC"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R", "Noto Serif SC"),
    "head": ("SimHei", "STHeiti", "FandolHei", "Noto Sans SC"),
    "second": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", "Noto Serif SC"),
    "folio": ("SimSun", "STSong", "FandolSong", "Noto Serif SC"),
}
MISSING = re.compile(r'the text `"(?P<sign>[^`]*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
STAND_IN = "〓"
MOST_MISSING = 200
JOINED, SKIN = {"Mn", "Mc", "Me", "Cf"}, {chr(code) for code in range(0x1F3FB, 0x1F400)}  # marks, joiners, tones of skin


def to_pdf(paper: Paper) -> bytes:
    """The PDF of `paper`; the same paper gives the same bytes.

    A sign that no installed font has is printed as 〓 and named by its code point in a note at the end, so
    that a rare name never keeps the minutes from going out. Raises `typst.TypstError` when Typst fails otherwise.
    """
    return typeset("official.typ", _data(complete(paper)), issued_on=paper.issued_on, language=paper.language)


def typeset(name: str, data: dict[str, object], *, issued_on: date, language: str) -> bytes:
    """The PDF of one of our Typst sources that reads `data` as ``sys.inputs.paper``; missing signs are replaced as `to_pdf` says."""
    words = json.dumps(data, ensure_ascii=False)
    missing: list[str] = []
    while True:
        try:
            return _compiled(_source(name), words, issued_on)
        except typst.TypstError as error:
            sign = _missing_sign(str(error))
            if not sign or sign not in words or len(missing) >= MOST_MISSING:
                raise
            missing.append(sign)
            words = _without(words, missing, language)


def _compiled(source: bytes, words: str, issued_on: date) -> bytes:
    noon = datetime.combine(issued_on, time(12), tzinfo=CHINA)
    made: bytes = typst.compile(
        source,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"paper": words},
        pdf_standards=["a-2b", "ua-1"],
        timestamp=int(noon.timestamp()),
    )
    return made


@cache
def _source(name: str) -> bytes:
    return files("mingtang.platform.documents.official").joinpath(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(folder)])


def _missing_sign(error: str) -> str:
    found = MISSING.search(error)
    if found is None:
        return ""
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), found["sign"])


def _unjoined(words: str) -> str:
    """The words without what would join or mark a stand-in: no font can set 〓 with a joiner or an accent of another script."""
    kept: list[str] = []
    for each in words:
        if kept and kept[-1] == STAND_IN and (category(each) in JOINED or each in SKIN):
            continue
        kept.append(each)
    return "".join(kept)


def _without(words: str, missing: list[str], language: str) -> str:
    data = json.loads(_unjoined(words.replace(missing[-1], STAND_IN)))
    named = "、".join(f"U+{ord(each):04X}" for sign in missing for each in sign)
    data["note"] = (
        f"Note: {STAND_IN} stands for signs missing from the installed fonts: {named}. The text document has them."
        if language == "en"
        else f"注：“{STAND_IN}”代替本机字库没有的字（{named}），以文字版为准。"
    )
    return json.dumps(data, ensure_ascii=False)


def _data(paper: Paper) -> dict[str, object]:
    chinese = paper.language == "zh"
    return {
        **asdict(paper),
        "issued_on": "",
        "title": list(title_lines(paper.title)),
        "plain_title": paper.title.replace("|", ""),
        "day": day_words(paper.issued_on, paper.language),
        "lists": [{"heading": each.heading, "names": names_in_line(each.names, paper.language)} for each in paper.lists],
        "fonts": families(),
        "colon": "：" if chinese else ":",
        "words": _fixed_words(paper),
        "note": "",
        "measures": {
            "line": papers.LINE_PT,
            "sign": papers.SIGN_PT,
            "top": papers.TOP_MM,
            "left": papers.LEFT_MM,
            "right": papers.RIGHT_MM,
            "bottom": papers.BOTTOM_MM,
            "mark": papers.MARK_BELOW_BODY_TOP_MM,
            "rule": papers.RULE_BELOW_NUMBER_MM,
            "folio": papers.FOLIO_BELOW_BODY_MM,
        },
    }


@cache
def families() -> dict[str, list[str]]:
    """Of the wished fonts those this machine has; Typst would complain about the others."""
    known = {each.casefold() for each in _fonts().families()}
    return {use: [each for each in wished if each.casefold() in known] for use, wished in FONTS.items()}


def _fixed_words(paper: Paper) -> dict[str, str]:
    if paper.language == "en":
        return {"attachments": "Attachments", "copies": "Copies to", "printed": "Issued"}
    return {"attachments": "附件", "copies": "抄送", "printed": "印发"}
