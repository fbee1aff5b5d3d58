"""The papers and words of the matter that the journeys walk."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import Workbook

TITLE = "河湾公园夜间开放管理办法"
TITLE_EN = "Rules on the night opening of Riverbend Park"
CLAUSES = (
    ("第一条", "河湾公园每日开放到二十三时，冬季到二十二时。"),
    ("第二条", "二十二时以后关闭广场音响，路灯减半。"),
    ("第三条", "遛狗须牵绳，二十一时以后不得进入儿童活动区。"),
    ("第四条", "夜间值守由城管队员和志愿者共同承担，值守电话在各入口公布。"),
)


@dataclass
class Matter:
    """Where the matter stands on the site."""

    topic: int = 0
    consultation: int = 0
    meeting: int = 0
    receipt: str = ""

    @property
    def page(self) -> str:
        """The public page."""
        return f"/matters/{self.topic}/"


def note(folder: Path, name: str, words: str) -> Path:
    """A text file."""
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return path


def draft_docx(folder: Path) -> Path:
    """The draft as a DOCX, with a preamble and its articles."""
    document = Document()
    document.add_heading(TITLE, 0)
    for label, words in CLAUSES:
        document.add_paragraph(f"{label}　{words}")
    kept = BytesIO()
    document.save(kept)
    path = folder / "draft.docx"
    path.write_bytes(kept.getvalue())
    return path


HEAD = ("编号", "提出人", "条号", "态度", "意见")


def opinions_csv(folder: Path) -> Path:
    """Opinions from the street office: three good rows, one without words, one on a clause that is not there."""
    rows = (
        HEAD,
        ("1", "甲", "第一条", "赞成", "夜里十点以后还想散步，支持延长。"),
        ("2", "乙", "第二条", "建议修改", "二十二时以后路灯减半太暗，老人看不清台阶。"),
        ("3", "丙", "第二条", "建议修改", "路灯减半要留下台阶边的灯。"),
        ("4", "丁", "第一条", "赞成", ""),
        ("5", "戊", "第九条", "赞成", "第九条写得好。"),
    )
    return note(folder, "street.csv", "\n".join(",".join(row) for row in rows))


def opinions_xlsx(folder: Path) -> Path:
    """Opinions of a symposium."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(("s1", "己", "第三条", "反对", "九点以后狗不能进，下夜班的人怎么遛狗。"))
    path = folder / "symposium.xlsx"
    book.save(path)
    return path


def opinions_jsonl(folder: Path) -> Path:
    """Opinions of a hotline."""
    return note(folder, "hotline.jsonl", '{"编号": "h1", "提出人": "庚", "条号": "第四条", "态度": "赞成", "意见": "值守电话要有人接。"}\n')
