"""Opinions written through the product's action against a bare insert of the same row; run as a child of the benchmark.

``python -m tests.benchmarks.writes 7 100`` takes 7 rounds of 100 and prints seconds for each of them as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
    django.setup()

from django.db import transaction
from django.utils.timezone import now as instant

from mingtang.consultations import actions
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.models import Consultation, Opinion
from mingtang.platform.actor import stranger

GIVEN = OpinionIn("补助标准能不能按楼层分，一楼不用电梯的住户怎样补偿，请写清楚。", stance="change")


def rounds(number: int, size: int) -> list[dict[str, float]]:
    """Seconds of wall clock for one write of either kind, round after round: action, bare, action, bare."""
    row = Consultation.objects.get(state="open")
    _through_the_action(row, 5)
    found = []
    for _ in range(number):
        made, whole = _through_the_action(row, size)
        found.append({"action": whole / size, "bare": _bare(made) / size})
    return found


def _through_the_action(row: Consultation, size: int) -> tuple[list[Opinion], float]:
    began = time.perf_counter()
    made = [actions.receive_opinion(row.pk, GIVEN, actor=stranger(row.government_id), now=instant()) for _ in range(size)]
    return made, time.perf_counter() - began


def _bare(made: list[Opinion]) -> float:
    """The same rows once more, each one INSERT in a transaction of its own; gone again afterwards."""
    for each in made:
        each.pk, each.receipt = None, f"bare-{each.receipt}"
    began = time.perf_counter()
    for each in made:
        with transaction.atomic():
            each.save(force_insert=True)
    took = time.perf_counter() - began
    Opinion.objects.filter(pk__in=[each.pk for each in made]).delete()
    return took


if __name__ == "__main__":
    sys.stdout.write(json.dumps(rounds(int(sys.argv[1]), int(sys.argv[2]))))
