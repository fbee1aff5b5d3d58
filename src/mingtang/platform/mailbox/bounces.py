"""A mail that says another one did not arrive (RFC 3464): which one, and why. Reads anything a stranger sends."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

LONGEST = 200
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


@dataclass(frozen=True, slots=True)
class Bounce:
    """The Message-ID of the mail that came back, and the words of the server that would not take it."""

    message_id: str
    words: str


def read_bounce(raw: bytes) -> Bounce | None:
    """What a delivery report says failed for good; None for anything else: a delay, a success, a mail from a person, a broken report."""
    try:
        return _read(message_from_bytes(raw, policy=policy.compat32))
    except Exception:  # noqa: BLE001 - whatever a stranger sent: it must not stop the mails behind it
        return None


def _read(message: Message) -> Bounce | None:
    if message.get_content_type() != "multipart/report":
        return None
    words = message_id = ""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            words = words or _failure(part)
        elif part.get_content_type() in RETURNED:
            message_id = message_id or _original(part)
    return Bounce(message_id, words) if message_id and words else None


def _failure(part: Message) -> str:
    """The status and the diagnostic words of the first recipient whose delivery failed; empty when none did."""
    fields = part.get_payload()
    for each in fields if isinstance(fields, list) else ():
        if isinstance(each, Message) and str(each.get("action", "")).strip().lower() == "failed":
            said = f"{each.get('status', '')} {str(each.get('diagnostic-code', '')).partition(';')[2]}"
            return " ".join(said.split())[:LONGEST] or "failed"
    return ""


def _original(part: Message) -> str:
    inside = part.get_payload()
    if isinstance(inside, list):
        return str(inside[0].get("message-id", "")).strip() if inside and isinstance(inside[0], Message) else ""
    content = part.get_payload(decode=True)
    return str(message_from_bytes(content).get("message-id", "")).strip() if isinstance(content, bytes) else ""
