"""Papers as files: DOCX in the office's template where there is one, PDF to the measures of the standard."""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.platform.documents.official import DOCX, Paper, to_docx, to_pdf
from mingtang.platform.documents.official.merging import KINDS, fill
from mingtang.platform.files.keep import content_of
from mingtang.platform.papers.models import PaperTemplate

MEDIA = {"docx": DOCX, "pdf": "application/pdf"}


def as_docx(government_id: int, kind: str, paper: Paper) -> bytes:
    """The paper in the template in use; English papers, and those without a template, in the standard form."""
    own = template_in_use(government_id, kind) if paper.language == "zh" else None
    return fill(content_of(own.file), paper) if own and own.file else to_docx(paper)


def as_file(government_id: int, kind: str, paper: Paper, form: str) -> bytes:
    """The paper as "docx" or "pdf"."""
    return as_docx(government_id, kind, paper) if form == "docx" else to_pdf(paper)


def template_in_use(government_id: int, kind: str) -> PaperTemplate | None:
    """The newest version of a template; None before there was one."""
    rows = PaperTemplate.objects.filter(government_id=government_id, kind=kind).select_related("file")
    return rows.order_by("-version").first()


def templates(government_id: int, kinds: Iterable[str] = tuple(KINDS)) -> dict[str, list[PaperTemplate]]:
    """Every version of every kind, the newest first."""
    found: dict[str, list[PaperTemplate]] = {kind: [] for kind in kinds}
    rows = PaperTemplate.objects.filter(government_id=government_id, kind__in=found).select_related("file", "put_by")
    for row in rows.order_by("kind", "-version"):
        found[row.kind].append(row)
    return found
