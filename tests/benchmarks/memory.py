"""The most memory an export takes, in a process of its own: ``python -m tests.benchmarks.memory csv`` prints bytes as JSON.

It reads the reported consultation of a site built by `site`. The peak holds the interpreter and the product too, which is what
a server needs; an export that streams adds the same to it at a thousand and at a million opinions.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()

from django.test import Client
from django.utils.timezone import now as instant

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.exporting import archive, write_export

UNIT = 1 if sys.platform == "darwin" else 1024


def _download(path: str) -> Callable[[int], int]:
    def drain(consultation_id: int) -> int:
        answer = Client(headers={"host": "127.0.0.1"}).get(f"/consultations/{consultation_id}/{path}")
        return sum(len(piece) for piece in answer.streaming_content)

    return drain


def _export(consultation_id: int) -> int:
    with tempfile.TemporaryDirectory() as room:
        write_export(consultation_id, Path(room), now=instant())
        return sum(each.stat().st_size for each in Path(room).iterdir())


def _archive(consultation_id: int) -> int:
    return archive(consultation_id, now=instant()).stat().st_size


EXPORTS: dict[str, Callable[[int], int]] = {
    "csv": _download("report/opinions.csv"),
    "jsonl": _download("report/opinions.jsonl"),
    "report": _download("report.json"),
    "export": _export,
    "archive": _archive,
}


def peak(name: str) -> dict[str, int]:
    """Bytes written by an export of the reported consultation, and the most memory this process ever held."""
    row = Consultation.objects.get(state="reported")
    written = EXPORTS[name](row.pk)
    return {"written": written, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT}


if __name__ == "__main__":
    print(json.dumps(peak(sys.argv[1])))
