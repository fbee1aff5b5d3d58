"""Grouping beside what a user would pick instead: ``python -m tests.benchmarks.peers --peers PYTHON [--shared DIR] [--postgresql] [--lines 20000] [--semantic]``.

``--peers`` names a Python that has datasketch, rensa, text-dedup, scikit-learn and BERTopic (none of them ours; an environment of its own). Each peer gets the same
texts in the same run, its seconds are its processor's. ``DIR`` holds the labelled sets that are not ours to ship; the labelled drafts that the
shipped scorer never saw stand in the package. What is missing is said and left out.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mingtang.engines.grouping.evaluate import left_out
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.measures import b_cubed
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.taught import Taught
from mingtang.engines.grouping.training import LABELLED, UNSEEN, drafts, labelled
from mingtang.engines.grouping.tuning import Tuning
from mingtang.engines.grouping.vectors import encoded
from tests.benchmarks.peer import MODULES, joined

OTHERS = ("policy_ebike", "teddy_dev", "lcqmc_dev")
COPIES = "neardup"
EDITED = 0.4
"""The share of made texts that are edited copies of one of the last thousand."""


@dataclass(frozen=True)
class Set:
    """Texts with the group each was labelled with."""

    name: str
    texts: Sequence[str]
    labels: Sequence[str]


@dataclass(frozen=True)
class Found:
    """A group for each text, and the seconds of processor it took."""

    groups: Sequence[object]
    seconds: float


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="")
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--postgresql", action="store_true", help="pg_trgm on a throw-away cluster; it needs the contrib modules")
    parser.add_argument("--lines", type=int, default=20_000, help="made texts for the speed of near copies")
    parser.add_argument("--semantic", action="store_true", help="the drafts with sentence vectors too, each left out in turn; takes hours")
    parser.add_argument("--work", type=Path, help="a folder for what the encoder has learned for each draft left out, as of `evaluate`")
    options = parser.parse_args()
    for line in report(
        options.peers, options.shared, options.lines, postgresql=options.postgresql, semantic=options.semantic, work=options.work
    ):
        print(line, flush=True)


def report(python: str, shared: Path | None, lines: int, *, postgresql: bool, semantic: bool, work: Path | None) -> Iterator[str]:
    """The lines of all tables, and what was left out."""
    there = {peer: _has(python, module) for peer, module in MODULES.items()}
    yield from (f"Left out: {peer} ({MODULES[peer]} is not installed there)." for peer, is_there in there.items() if not is_there)
    names = [*(LABELLED / f"{name}.csv" for name in UNSEEN), *((shared / f"{name}.csv" for name in OTHERS) if shared else ())]
    peers = [peer for peer in ("KMeans", "topics") if there[peer]]
    yield from _meanings([_set(path) for path in names], peers, python, postgresql=postgresql)
    if semantic:
        paths = [*drafts(), *([shared / "policy_ebike.csv"] if shared else [])]
        yield from _heard(paths, [peer for peer in ("KMeans", "BERTopic") if there[peer]], python, work)
    peers = [peer for peer in ("datasketch", "rensa", "text-dedup") if there[peer]]
    sets = [_set(shared / f"{COPIES}.csv")] if shared else []
    yield from _copies([*sets, made(lines)], peers, python)


def _has(python: str, module: str) -> bool:
    try:
        return bool(python) and subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _set(path: Path) -> Set:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Set(path.stem, [row["text"] for row in rows], [row["group"] for row in rows])


def made(lines: int) -> Set:
    """Texts of two or three pieces of the labelled ones, some of them copies with one character exchanged, lost or added; unlabelled."""
    dice = random.Random(lines)  # noqa: S311 - made texts are no secret
    pieces = sorted(
        {piece for name in UNSEEN for text in _set(LABELLED / f"{name}.csv").texts for piece in text.split("，") if len(piece) > 3}
    )
    texts: list[str] = []
    while len(texts) < lines:
        if texts and dice.random() < EDITED:
            old = dice.choice(texts[-1000:])
            at = dice.randrange(len(old))
            texts.append(old[:at] + dice.choice("的了吧呢很都") + old[at + dice.randrange(2) :])
        else:
            texts.append("，".join(dice.choices(pieces, k=dice.randint(2, 3))))
    return Set(f"{lines:,} made texts", texts, ())


def ours(of: Set, meaning: Literal["off", "lexical"]) -> Found:
    """The groups of this project's engine, in the one configuration it ships with."""
    start = time.process_time()
    result = group([Row(str(at), text) for at, text in enumerate(of.texts)], Config(points="whole", meaning=meaning))
    return Found([point.group for point in result.points], time.process_time() - start)


def theirs(of: Set, peer: str, python: str, vectors: Sequence[Sequence[float]] = ()) -> Found:
    """The groups of a peer, which gets the texts in lower case without punctuation, and KMeans the true number of groups. `vectors`: to go by."""
    texts = ["".join(sign for sign in text.lower() if sign.isalnum()) or "-" for text in of.texts]
    told = json.dumps({"peer": peer, "texts": texts, "groups": len(set(of.labels)), "vectors": vectors})
    answer = subprocess.run([python, Path(__file__).with_name("peer.py")], input=told, stdout=subprocess.PIPE, text=True, check=True)
    return Found(*json.loads(answer.stdout.splitlines()[-1]))


def _meanings(sets: Sequence[Set], peers: Sequence[str], python: str, *, postgresql: bool) -> Iterator[str]:
    columns = ["ours, lexical", *peers, *(["pg_trgm"] if postgresql else [])]
    yield f"| B³ precision / recall / F1 | {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    similar = _trigrams(sets) if postgresql else {}
    for each in sets:
        found = [ours(each, "lexical"), *(theirs(each, peer, python) for peer in peers)]
        groups = [*(one.groups for one in found), *([similar[each.name]] if postgresql else [])]
        yield f"| {each.name} | {' | '.join(_agreement(each.labels, one) for one in groups)} |"
    yield ""


def _heard(paths: Sequence[Path], peers: Sequence[str], python: str, work: Path | None) -> Iterator[str]:
    """With sentence vectors, every draft left out in turn: peers by the vectors as they come and by those of an encoder that learned from the others."""
    columns = ["ours, semantic", *(f"{peer}, {how}" for how in ("plain vectors", "learned vectors") for peer in peers)]
    yield f"| B³ precision / recall / F1 | {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    taught = Taught(Tuning(), work)
    means: list[list[float]] = []
    for path, scorer in left_out(paths, "semantic", taught):
        of, draft = _set(path), labelled(path).draft
        said = [Row(str(at), text) for at, text in enumerate(of.texts)]
        found = [[point.group for point in group(said, Config(points="whole", meaning="semantic"), scorer=scorer).points]]
        learned = taught.vectors(draft, scorer.change)[: draft.own] if scorer.change else encoded(list(of.texts))
        found += [theirs(of, peer, python, vectors.tolist()).groups for vectors in (encoded(list(of.texts)), learned) for peer in peers]
        means.append([b_cubed(of.labels, [str(each) for each in groups]).f1 for groups in found])
        yield f"| {of.name} | {' | '.join(_agreement(of.labels, one) for one in found)} |"
    yield f"| mean F1 | {' | '.join(f'{sum(each) / len(each):.3f}' for each in zip(*means, strict=True))} |"
    yield ""


def _copies(sets: Sequence[Set], peers: Sequence[str], python: str) -> Iterator[str]:
    yield f"| near copies: agreement, texts per second of processor | ours | {' | '.join(peers)} |"
    yield f"| --- | ---: |{' ---: |' * len(peers)}"
    for each in sets:
        found = [ours(each, "off"), *(theirs(each, peer, python) for peer in peers)]
        cells = [
            f"{_agreement(each.labels, one.groups) if each.labels else ''} {len(each.texts) / one.seconds:,.0f}/s".strip() for one in found
        ]
        yield f"| {each.name} | {' | '.join(cells)} |"


def _agreement(true: Sequence[str], found: Sequence[object]) -> str:
    measured = b_cubed(true, [str(each) for each in found])
    return f"{measured.precision:.3f} / {measured.recall:.3f} / {measured.f1:.3f}"


def _trigrams(sets: Sequence[Set]) -> dict[str, list[object]]:
    """Groups joined by PostgreSQL's similarity of trigrams at its default of 0.3, for each set."""
    import psycopg
    from run import Postgres

    found: dict[str, list[object]] = {}
    with Postgres() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create extension pg_trgm")
        for each in sets:
            connection.execute("create temporary table said (id int primary key, words text)")
            with connection.cursor() as cursor:
                cursor.executemany("insert into said values (%s, %s)", list(enumerate(each.texts)))
            pairs = connection.execute("select a.id, b.id from said a join said b on a.id < b.id and a.words % b.words").fetchall()
            connection.execute("drop table said")
            found[each.name] = list(joined(len(each.texts), pairs))
    return found


if __name__ == "__main__":
    main()
