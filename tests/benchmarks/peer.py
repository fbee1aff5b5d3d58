"""One peer, run by ``peers`` in a Python of its own: JSON in (peer, texts, groups, vectors), a group for each text and the seconds of processor out."""

import importlib
import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def kmeans(told: dict[str, Any]) -> list[int]:
    """KMeans with the true number of groups."""
    from sklearn.cluster import KMeans

    return KMeans(told["groups"], n_init=3, random_state=0).fit_predict(_vectors(told)).tolist()


def topics(told: dict[str, Any]) -> list[int]:
    """What BERTopic does, on TF-IDF reduced to 100 dimensions: HDBSCAN; what it leaves out is alone."""
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    close = normalize(TruncatedSVD(min(100, len(told["texts"]) - 1), random_state=0).fit_transform(_vectors(told)))
    return _alone(HDBSCAN(min_cluster_size=2, copy=True).fit_predict(close).tolist())


def bertopic(told: dict[str, Any]) -> list[int]:
    """BERTopic itself on the vectors given, topics of two texts and more."""
    import numpy as np
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer
    from umap import UMAP

    model = BERTopic(
        min_topic_size=2,
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0),
        vectorizer_model=CountVectorizer(analyzer="char"),
    )
    return _alone([int(each) for each in model.fit_transform(told["texts"], np.array(told["vectors"], np.float32))[0]])


def datasketch(told: dict[str, Any]) -> list[int]:
    """MinHash of 128 numbers over pairs of characters, likeness from 0.5."""
    from datasketch import MinHash, MinHashLSH

    lsh, pairs = MinHashLSH(threshold=0.5, num_perm=128), []
    for at, text in enumerate(told["texts"]):
        made = MinHash(num_perm=128)
        made.update_batch([gram.encode() for gram in _grams(text)])
        pairs += [(at, other) for other in lsh.query(made)]
        lsh.insert(at, made)
    return joined(len(told["texts"]), pairs)


def rensa(told: dict[str, Any]) -> list[int]:
    """The same by rensa."""
    from rensa import RMinHash, RMinHashLSH

    lsh, made, pairs = RMinHashLSH(0.5, 128, 32), [], []
    for at, text in enumerate(told["texts"]):
        each = RMinHash(128, 42)
        each.update(list(_grams(text)))
        pairs += [(at, other) for other in lsh.query(each) if made[other].jaccard(each) >= 0.5]
        lsh.insert(at, each)
        made.append(each)
    return joined(len(told["texts"]), pairs)


def text_dedup(told: dict[str, Any]) -> list[int]:
    """The same by the command of text-dedup, which parts words at blanks: it gets characters between blanks."""
    with tempfile.TemporaryDirectory() as folder:
        table = "text\n" + "".join(" ".join(text) + "\n" for text in told["texts"])
        Path(folder, "in.csv").write_text(table, encoding="utf-8")
        command = [sys.executable, "-m", "text_dedup.minhash", "--path", "csv", "--data_files", f"{folder}/in.csv", "--split", "train"]
        command += ["--column", "text", "--ngram", "2", "--min_length", "1", "--threshold", "0.5", "--num_perm", "128", "--num_proc", "1"]
        command += ["--output", f"{folder}/out", "--cache_dir", f"{folder}/cache", "--debug"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HF_HOME": f"{folder}/home"})
        parent = pickle.loads(Path(folder, "out", "uf.pkl").read_bytes()).parent  # noqa: S301 - written a moment ago
    return joined(len(told["texts"]), list(parent.items()))


PEERS = {
    "KMeans": kmeans,
    "topics": topics,
    "BERTopic": bertopic,
    "datasketch": datasketch,
    "rensa": rensa,
    "text-dedup": text_dedup,
}


MODULES = {
    "KMeans": "sklearn",
    "topics": "sklearn",
    "BERTopic": "bertopic",
    "datasketch": "datasketch",
    "rensa": "rensa",
    "text-dedup": "text_dedup",
}
"""What each needs; it is imported before the clock starts."""


def joined(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """What chains of pairs connect."""
    up = list(range(count))

    def top(at: int) -> int:
        while up[at] != at:
            up[at] = up[up[at]]
            at = up[at]
        return at

    for one, other in pairs:
        up[top(one)] = top(other)
    return [top(at) for at in range(count)]


def _vectors(told: dict[str, Any]) -> Any:
    """Those given, or TF-IDF of characters and pairs of them."""
    if told["vectors"]:
        return told["vectors"]
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(told["texts"])


def _grams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(len(text) - 1, 1))}


def _alone(labels: list[int]) -> list[int]:
    """Texts in no group (-1) each in one of its own."""
    return [label if label >= 0 else -2 - at for at, label in enumerate(labels)]


def _idle() -> float:
    """What the command of text-dedup uses before it does anything."""
    before = _used()
    subprocess.run([sys.executable, "-m", "text_dedup.minhash", "--help"], check=True, capture_output=True)
    return _used() - before


def _used() -> float:
    """Seconds of processor, with those of children that ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    told = json.load(sys.stdin)
    importlib.import_module(MODULES[told["peer"]])
    start = _used()
    found = PEERS[told["peer"]](told)
    print(json.dumps([found, _used() - start - (_idle() if told["peer"] == "text-dedup" else 0)]))
