"""``mingtang figures load FILE --place ID``: take the figures of a place from a settings file."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from mingtang.kernel.decision import Refused
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import system
from mingtang.platform.clock import day_of
from mingtang.platform.figures.actions import load_figures


class Command(BaseCommand):
    """Load figures, or list the places of a file."""

    help = "Load the figures of a place: load FILE --place ID (--since DAY, --host HOST); without --place the places are listed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["load"])
        parser.add_argument("file", type=Path, help="TOML: [[place]] with id, name and settings (key = value)")
        parser.add_argument("--place", default="", help="id of the place")
        parser.add_argument("--since", type=date.fromisoformat, default=None, help="from which day on (today)")
        parser.add_argument("--host", default="", help="host of the government (the first)")

    def handle(self, *_args: Any, **options: Any) -> None:
        places = _places(options["file"])
        if not options["place"]:
            for place in places.values():
                self.stdout.write(f"{place['id']}  {place['name']}  {len(place.get('settings', {}))}")
            return
        if options["place"] not in places:
            msg = f"no place {options['place']} in {options['file']}; there are: {', '.join(places)}"
            raise CommandError(msg)
        self._load(places[options["place"]], options)

    def _load(self, place: dict[str, Any], options: dict[str, Any]) -> None:
        rows = Government.objects.order_by("pk")
        home = (rows.filter(host=options["host"]) if options["host"] else rows).first()
        if home is None:
            msg = "there is no such government; run `mingtang demo` or create one first"
            raise CommandError(msg)
        moment = now()
        since_on, source, values = options["since"] or day_of(moment), str(place["name"])[:200], place.get("settings", {})
        try:
            loaded = load_figures(values, actor=system(home.pk), now=moment, since_on=since_on, source=source, reason=f"比照{source}")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for key in loaded.done:
            self.stdout.write(f"{key} = {place['settings'][key]}")
        for key, decision in loaded.refused:
            self.stdout.write(f"{key} = {place['settings'][key]}: {decision.reason}")


def _places(file: Path) -> dict[str, dict[str, Any]]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))["place"]
    except (OSError, ValueError, KeyError) as problem:
        msg = f"{file} holds no places: {problem}"
        raise CommandError(msg) from problem
    return {str(each["id"]): each for each in found}
