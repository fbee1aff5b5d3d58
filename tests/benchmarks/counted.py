"""What a consultation holds after a load: ``python -m tests.benchmarks.counted /consultations/1/say/`` prints it as JSON."""

from __future__ import annotations

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()

from mingtang.consultations.models import Opinion
from mingtang.platform.inspections import INSPECTIONS


def counted(consultation_id: int) -> dict[str, list[str]]:
    """The receipts there are, and each promise of `mingtang check` that is not kept."""
    receipts = Opinion.objects.filter(consultation_id=consultation_id).order_by("pk").values_list("receipt", flat=True)
    faults = [f"{name}: {words}" for name, each in INSPECTIONS.items() for words in each.look()]
    return {"receipts": list(receipts), "faults": faults}


if __name__ == "__main__":
    print(json.dumps(counted(int(sys.argv[1].split("/")[2]))))
