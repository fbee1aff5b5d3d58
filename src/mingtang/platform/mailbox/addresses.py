"""To which addresses the public of a site may write, and which boxes are whose."""

from __future__ import annotations

from django.conf import settings

from mingtang.platform.accounts.models import Government
from mingtang.platform.mailbox.boxes import Box


def boxes_with_governments() -> list[tuple[Box, int]]:
    """Every box with the government it belongs to; one that names no host belongs to the first, one that names a strange host to nobody."""
    hosts = dict(Government.objects.order_by("-id").values_list("host", "pk"))
    first = min(hosts.values(), default=0)
    found = [(box, hosts.get(box.host_name, 0) if box.host_name else first) for box in settings.MINGTANG_MAILBOXES]
    return [(box, government) for box, government in found if government]


def addresses_of(host: str) -> list[str]:
    """The addresses of a government's boxes, by its host; none when no box is configured."""
    boxes: tuple[Box, ...] = settings.MINGTANG_MAILBOXES
    if not boxes:
        return []
    first = Government.objects.order_by("id").values_list("host", flat=True).first()
    return [box.address for box in boxes if box.address and (box.host_name or first) == host]
