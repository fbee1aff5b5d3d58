"""Grouping beside what a user would pick instead: ``python -m tests.benchmarks.peers --peers PYTHON [--shared DIR] [--postgresql] [--lines 20000]``.

``--peers`` names a Python that has datasketch, rensa and scikit-learn (none of them ours; an environment of its own). Each peer gets the same
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

from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.measures import b_cubed
from mingtang.engines.grouping.model import Config, Row
from mingtang.engines.grouping.training import LABELLED

UNSEEN = ("parks", "schools", "waste")
OTHERS = ("policy_ebike", "teddy_dev", "lcqmc_dev")
COPIES = "neardup"
EDITED = 0.4
"""The share of made texts that are edited copies of one of the last thousand."""
CHILD = """
import json, sys, time
told = json.load(sys.stdin)
texts, name = told["texts"], told["peer"]
grams = lambda text: {text[at:at + 2] for at in range(max(len(text) - 1, 1))}
def joined(pairs):
    up = list(range(len(texts)))
    def top(at):
        while up[at] != at:
            up[at] = up[up[at]]
            at = up[at]
        return at
    for one, other in pairs:
        up[top(one)] = top(other)
    return [top(at) for at in range(len(texts))]
if name in ("KMeans", "topics"):
    from sklearn.cluster import HDBSCAN, KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize
elif name == "datasketch":
    from datasketch import MinHash, MinHashLSH
else:
    from rensa import RMinHash, RMinHashLSH
start = time.process_time()
if name in ("KMeans", "topics"):
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    if name == "KMeans":
        found = KMeans(told["groups"], n_init=3, random_state=0).fit_predict(vectors).tolist()
    else:
        close = normalize(TruncatedSVD(min(100, len(texts) - 1), random_state=0).fit_transform(vectors))
        labels = HDBSCAN(min_cluster_size=2, copy=True).fit_predict(close).tolist()
        found = [label if label >= 0 else -2 - at for at, label in enumerate(labels)]
elif name == "datasketch":
    lsh, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
    for at, text in enumerate(texts):
        made = MinHash(num_perm=128)
        made.update_batch([gram.encode() for gram in grams(text)])
        pairs += [(at, other) for other in lsh.query(made)]
        lsh.insert(at, made)
    found = joined(pairs)
else:
    lsh, made, pairs = RMinHashLSH(0.5, 128, 32), [], []
    for at, text in enumerate(texts):
        each = RMinHash(128, 42)
        each.update(list(grams(text)))
        pairs += [(at, other) for other in lsh.query(each) if made[other].jaccard(each) >= 0.5]
        lsh.insert(at, each)
        made.append(each)
    found = joined(pairs)
print(json.dumps([found, time.process_time() - start]))
"""


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
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", default="")
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--postgresql", action="store_true", help="pg_trgm on a throw-away cluster; it needs the contrib modules")
    parser.add_argument("--lines", type=int, default=20_000, help="made texts for the speed of near copies")
    options = parser.parse_args()
    for line in report(options.peers, options.shared, options.lines, postgresql=options.postgresql):
        print(line, flush=True)


def report(python: str, shared: Path | None, lines: int, *, postgresql: bool) -> Iterator[str]:
    """The lines of both tables, and what was left out."""
    there = {peer: _has(python, module) for peer, module in MODULES.items()}
    yield from (f"Left out: {peer} ({MODULES[peer]} is not installed there)." for peer, is_there in there.items() if not is_there)
    names = [*(LABELLED / f"{name}.csv" for name in UNSEEN), *((shared / f"{name}.csv" for name in OTHERS) if shared else ())]
    peers = [peer for peer in ("KMeans", "topics") if there[peer]]
    yield from _meanings([_set(path) for path in names], peers, python, postgresql=postgresql)
    peers = [peer for peer in ("datasketch", "rensa") if there[peer]]
    sets = [_set(shared / f"{COPIES}.csv")] if shared else []
    yield from _copies([*sets, made(lines)], peers, python)


MODULES = {"KMeans": "sklearn", "topics": "sklearn", "datasketch": "datasketch", "rensa": "rensa"}


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


def theirs(of: Set, peer: str, python: str) -> Found:
    """The groups of a peer, which gets the texts in lower case without punctuation, and KMeans the true number of groups."""
    texts = ["".join(sign for sign in text.lower() if sign.isalnum()) or "-" for text in of.texts]
    told = json.dumps({"peer": peer, "texts": texts, "groups": len(set(of.labels))})
    answer = subprocess.run([python, "-c", CHILD], input=told, stdout=subprocess.PIPE, text=True, check=True)
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
            found[each.name] = list(_joined(len(each.texts), pairs))
    return found


def _joined(count: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    up = list(range(count))

    def top(at: int) -> int:
        while up[at] != at:
            up[at] = up[up[at]]
            at = up[at]
        return at

    for one, other in pairs:
        up[top(one)] = top(other)
    return [top(at) for at in range(count)]


if __name__ == "__main__":
    main()
