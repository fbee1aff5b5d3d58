"""Keeping an upload, and handing it out."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from mingtang.platform.files.models import StoredFile
from mingtang.platform.files.rules import DOCUMENTS, may_keep, sniff

INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "text/plain"})


def keep(
    upload: Any,
    name: str = "",
    *,
    government_id: int,
    person_id: int | None,
    now: datetime,
    allowed: frozenset[str] = DOCUMENTS,
) -> StoredFile:
    """Keep an uploaded file (bytes or anything with ``read``); `Refused` when its content may not be kept."""
    content = upload if isinstance(upload, bytes) else upload.read()
    name = _plain_name(name or getattr(upload, "name", ""))
    may_keep(content, name, allowed, settings.MINGTANG_MAX_UPLOAD_BYTES).require()
    stored = StoredFile(
        government_id=government_id,
        sha256=sha256(content).hexdigest(),
        name=name,
        media_type=sniff(content, name).media_type,
        byte_count=len(content),
        kept_by_id=person_id,
        kept_at=now,
    )
    _write(_path(stored), content)
    stored.save()
    return stored


def _plain_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    cleaned = "".join(each for each in base if each.isprintable() and each not in '<>:"|?*').strip(". ")
    return (cleaned or "file")[-200:]


def _path(stored: StoredFile) -> Path:
    return Path(settings.MEDIA_ROOT) / stored.place


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(6)}.part")
    part.write_bytes(content)
    part.chmod(0o640)
    part.replace(path)


def content_of(stored: StoredFile) -> bytes:
    """The bytes as they were kept."""
    return _path(stored).read_bytes()


def response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """A download that no browser will execute; `inline` shows PDF, pictures and text in place."""
    show = inline and stored.media_type in INLINE
    answer = FileResponse(_path(stored).open("rb"), as_attachment=not show, filename=stored.name, content_type=stored.media_type)
    _harmless(answer)
    answer["ETag"] = f'"{stored.sha256[:32]}"'
    return answer


def own_response(content: bytes, name: str, media_type: str = "application/pdf") -> HttpResponse:
    """The same for bytes made for one person at this moment: shown in place where a browser can, kept by nobody else."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(media_type not in INLINE, name) or "attachment"
    _harmless(answer)
    return answer


def _harmless(answer: HttpResponseBase) -> None:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
