"""Whether every file kept is still there, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from django.conf import settings

from mingtang.kernel.text import Text, t
from mingtang.platform.files.models import StoredFile
from mingtang.platform.inspections import inspects


@inspects("files", t("文件都在，内容与指纹一致", "Every file is there and matches its fingerprint"))
def whole_files() -> Iterator[Text]:
    """Files that are missing or were changed on the disk."""
    seen: set[str] = set()
    for row in StoredFile.objects.order_by("id").iterator():
        if row.sha256 in seen:
            continue
        seen.add(row.sha256)
        path = Path(settings.MEDIA_ROOT) / row.place
        if not path.exists():
            yield t("文件 {id}“{name}”不在了。", "File {id} “{name}” is missing.", id=row.pk, name=row.name)
        elif _digest(path) != row.sha256:
            yield t("文件 {id}“{name}”的内容变了。", "File {id} “{name}” was changed.", id=row.pk, name=row.name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
