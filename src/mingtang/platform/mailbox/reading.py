"""What a mail says: its heads, its words, what hangs on it. Reads anything; what is broken is read as far as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256

from mingtang.platform.mailbox.cutting import own_words_end
from mingtang.platform.mailbox.words import decoded, plain, said_by

MOST_PARTS = 200
MOST_CHARACTERS = 200_000
MOST_HTML = 1_000_000
LONGEST_HEAD = 10_000  # what reads heads and HTML takes the square of their length at worst
ARRIVED_AT = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
OURS = "x-mingtang-notice"
BARE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
MACHINES = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?(?:[+-].*)?)@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attached:
    """One thing that hangs on a mail."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as read. `own_end` is the index in `text` where its own words end; `automatic` says why nobody wrote it ("": somebody did)."""

    message_id: str = ""
    subject: str = ""
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    text: str = ""
    own_end: int = 0
    attached: tuple[Attached, ...] = ()
    automatic: str = ""
    faults: tuple[str, ...] = ()
    raw_sha256: str = ""
    content_sha256: str = ""
    size: int = 0


def read_letter(raw: bytes, *, whole_size: int = 0) -> Letter:
    """A mail from its bytes; `whole_size` is how large it is in the box, when only its beginning was fetched.

    Faults: ``cut`` (only the beginning was fetched), ``long`` (words beyond the limit left in the box), ``parts`` (too many parts),
    ``broken`` (against the rules of MIME, read as far as it goes), ``encrypted``, ``unread`` (nothing could be read).
    """
    try:
        return _read(raw, whole_size)
    except Exception:  # noqa: BLE001 - whatever a stranger sent: a mail that cannot be read must not stop those behind it
        digest = sha256(raw).hexdigest()
        return Letter(faults=("unread",), raw_sha256=digest, content_sha256=digest, size=max(whole_size, len(raw)))


def _read(raw: bytes, whole_size: int) -> Letter:
    message = message_from_bytes(raw, policy=policy.compat32)
    heads, senders = _heads(message), _addresses(message, "from")
    faults = ["cut"] if whole_size > len(raw) else []
    parts = _parts(message, faults)
    text = _text(parts, faults)
    attached = tuple(_attached(parts))
    if any(part.defects for part in parts):  # some are found only when a part is decoded
        faults.append("broken")
    sender_name, sender = senders[0] if senders else ("", "")
    subject = _one_line(heads.get("subject", [""])[0])[:500]
    named = _one_line(heads.get("message-id", [""])[0])[:300]
    told = (sender, subject, text, *(sha256(each.content).hexdigest() for each in attached))
    return Letter(
        message_id=named,
        subject=subject,
        sender=sender[:254],
        sender_name=sender_name[:100],
        recipients=tuple(address for name in ARRIVED_AT for _said, address in _addresses(message, name)),
        text=text,
        own_end=own_words_end(text),
        attached=attached,
        automatic=_automatic(message, heads, sender),
        faults=tuple(dict.fromkeys(faults)),
        raw_sha256=sha256(raw).hexdigest(),
        content_sha256=sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest(),
        size=max(whole_size, len(raw)),
    )


def _heads(message: Message) -> dict[str, list[str]]:
    """The heads by their name in small letters, decoded; raw bytes that were put where only ASCII may stand are read too."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(_head(str(value)[:LONGEST_HEAD]))
    return found


def _head(value: str) -> str:
    line = re.sub(r"[\r\n]+[ \t]*", " ", value)
    raw = line.encode("ascii", "surrogateescape") if all(ord(each) < 0x80 or 0xDC80 <= ord(each) <= 0xDCFF for each in line) else b""  # noqa: PLR2004 - the bounds of ASCII and of escaped bytes
    if raw and not raw.isascii():
        line = decoded(raw, "")
    if "=?" not in line:
        return plain(line).strip()
    line = re.sub(r"(\?=)[ \t]*(=\?)", r"\1 \2", line)
    try:
        pieces = decode_header(line)
    except (HeaderParseError, ValueError):  # base64 that is none
        return plain(line).strip()
    return "".join(piece if isinstance(piece, str) else decoded(piece, coding or "") for piece, coding in pieces).strip()


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    """Names and addresses in a head; read before names are decoded, as a decoded name may hold a comma. Without @ it is none."""
    values = [re.sub(r"[\r\n]+[ \t]*", " ", str(value)[:LONGEST_HEAD]) for key, value in message.raw_items() if key.lower() == name]
    found = [(_one_line(_head(said)), plain(address).strip()) for said, address in getaddresses(values) if "@" in address]
    return found or [("", each) for value in values for each in BARE.findall(value)]


def _parts(message: Message, faults: list[str]) -> list[Message]:
    leaves: list[Message] = []
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop(0)
        if part.defects:
            faults.append("broken")
        if len(leaves) >= MOST_PARTS:
            faults.append("parts")
            break
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            if part.get_content_type() == "multipart/encrypted":
                faults.append("encrypted")
            waiting[:0] = _chosen(part, [each for each in inside if isinstance(each, Message)])
        else:
            leaves.append(part)
    return leaves


def _chosen(part: Message, inside: list[Message]) -> list[Message]:
    """Of alternatives that say the same the plain one, if it says anything; all parts of anything else."""
    if part.get_content_type() != "multipart/alternative":
        return inside
    spoken = [each for each in inside if each.get_content_type() == "text/plain" and _words(each).strip()]
    others = [each for each in inside if each.get_content_maintype() != "text" and each.get_content_type() != "text/calendar"]
    if spoken:
        return [spoken[0], *(each for each in others if _carries_more(each))]
    return inside


def _carries_more(part: Message) -> bool:
    """A related part beside plain words holds the same words as HTML; what hangs on it still counts."""
    if part.get_content_maintype() == "multipart":
        for each in part.walk():
            if each.get_content_type() == "text/html" and not _is_attached(each):
                each["X-Mingtang-Said"] = "1"
    return True


def _is_attached(part: Message) -> bool:
    disposition = str(part.get("content-disposition", "")).strip().lower()
    return disposition.startswith("attachment") or bool(_name(part)) or part.get_content_maintype() != "text"


def _text(parts: list[Message], faults: list[str]) -> str:
    said = []
    for part in parts:
        if _is_attached(part) or part["X-Mingtang-Said"]:
            continue
        words = _words(part).strip("\n")
        if part.get_content_type() == "text/html":
            faults.extend(["long"] if len(words) > MOST_HTML else [])
            words = said_by(words[:MOST_HTML])
        said.append(words)
    whole = "\n\n".join(each.strip() for each in said if each.strip())
    if len(whole) > MOST_CHARACTERS:
        faults.append("long")
    return whole[:MOST_CHARACTERS]


def _words(part: Message) -> str:
    named = part.get_param("charset", "")
    return decoded(_bytes(part), named if isinstance(named, str) else "")


def _bytes(part: Message) -> bytes:
    content = None
    with suppress(ValueError, LookupError):  # an encoding nobody knows
        content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _attached(parts: list[Message]) -> Iterator[Attached]:
    for n, part in enumerate(parts, 1):
        if not _is_attached(part):
            continue
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            content = inside[0].as_bytes() if isinstance(inside, list) and inside and isinstance(inside[0], Message) else b""
            yield Attached(_name(part) or f"mail-{n}.eml", content)
        else:
            yield Attached(_name(part) or f"part-{n}.{part.get_content_subtype()}", _bytes(part))


def _name(part: Message) -> str:
    found = ""
    with suppress(ValueError, LookupError, TypeError):  # RFC 2231 in a coding nobody knows
        found = part.get_filename() or ""
    return _one_line(_head(found))[-200:]


def _automatic(message: Message, heads: dict[str, list[str]], sender: str) -> str:
    """Why no person wrote this, or not to us: such mail is kept, listed apart and never answered (RFC 3834)."""
    if heads.get(OURS):
        return "own"
    if message.get_content_type() == "multipart/report" or heads.get("x-failed-recipients"):
        return "bounce"
    path = heads.get("return-path", [""])[0].replace(" ", "")
    if path == "<>" or not sender or sender.lower().startswith(("mailer-daemon@", "postmaster@")):
        return "bounce"
    submitted = heads.get("auto-submitted", ["no"])[0].partition(";")[0].strip().lower()
    if submitted not in {"no", ""} or heads.get("x-autoreply") or heads.get("x-autorespond"):
        return "reply"
    listed = heads.get("list-id") or heads.get("list-unsubscribe") or heads.get("list-post")
    if listed or heads.get("precedence", [""])[0].strip().lower() in BULK:
        return "list"
    return "machine" if MACHINES.match(sender) else ""
