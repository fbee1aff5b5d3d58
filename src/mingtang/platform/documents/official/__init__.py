"""Official documents to the measures of GB/T 9704-2012, as DOCX and as PDF.

A capability fills a `Paper` with its facts and asks for bytes; nobody else knows about margins.
"""

from mingtang.platform.documents.official.letter import Letter, letter_pdf, require_stampable, stamped
from mingtang.platform.documents.official.papers import DOCX, NameList, Paper, Section, Table, numbered
from mingtang.platform.documents.official.pdf import to_pdf
from mingtang.platform.documents.official.poster import PaperSize, PlainCard, Poster, Sheet, plain_pdf, poster_pdf, sheet_pdf
from mingtang.platform.documents.official.slip import Slip, slip_pdf, slip_text
from mingtang.platform.documents.official.word import to_docx

__all__ = [
    "DOCX",
    "Letter",
    "NameList",
    "Paper",
    "PaperSize",
    "PlainCard",
    "Poster",
    "Section",
    "Sheet",
    "Slip",
    "Table",
    "letter_pdf",
    "numbered",
    "plain_pdf",
    "poster_pdf",
    "require_stampable",
    "sheet_pdf",
    "slip_pdf",
    "slip_text",
    "stamped",
    "to_docx",
    "to_pdf",
]
