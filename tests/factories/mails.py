"""Mails of many kinds, as bytes: what people and machines really send."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from typing import Any

from mingtang.consultations.actions import store_mail
from mingtang.consultations.models import Consultation, Mail
from mingtang.platform.actor import system
from mingtang.platform.mailbox.reading import read_letter
from tests.factories.platform import NOW

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def mail(
    text: str = "我觉得每台二十万元不够。",
    subject: str = "意见",
    *,
    sender: str = "李四 <li@example.org>",
    message_id: str = "<1@example.org>",
    charset: str = "utf-8",
    files: tuple[tuple[str, bytes], ...] = (),
    html: str = "",
    **heads: str,
) -> bytes:
    """A mail as bytes; ``heads`` with _ for -, e.g. ``Auto_Submitted="auto-replied"``."""
    made = EmailMessage()
    made["Subject"] = subject
    if sender:
        made["From"] = sender
    if message_id:
        made["Message-ID"] = message_id
    for name, value in {"To": "box@qinghe.example.org", **{name.replace("_", "-"): value for name, value in heads.items()}}.items():
        made[name] = value
    if text or not html:
        made.set_content(text, charset=charset, cte="base64" if charset != "utf-8" else None)
    if html:
        (made.add_alternative if text else made.set_content)(html, subtype="html", charset=charset)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def arrived(raw: bytes, of: Consultation, *, at: datetime | None = None, now: datetime = NOW) -> Mail:
    """A mail in the government of a consultation, as the job stores it."""
    return store_mail(read_letter(raw), received_at=at or now, actor=system(of.government_id), now=now)


def assigned(
    of: Consultation, text: str = "我觉得每台二十万元不够。", *, at: datetime | None = None, now: datetime = NOW, **fields: Any
) -> Mail:
    """A mail that names its consultation by the code."""
    return arrived(mail(text, f"[{of.government.code_prefix}-B{of.pk}] 意见", **fields), of, at=at, now=now)
