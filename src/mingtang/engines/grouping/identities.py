"""Ids of groups that stay what they were when groups are built anew."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from mingtang.engines.grouping.model import Ref


def identified(
    clusters: Sequence[int],
    refs: Sequence[Ref],
    founders: Mapping[int, str],
    previous: Mapping[Ref, str],
    confirmed: Mapping[int, str],
) -> dict[int, str]:
    """An id for each cluster: the confirmed one, else that of the earlier group it shares most points with, else one made from its words.

    `founders`: words of each cluster, unlike those of any other. An earlier id is given once, to the larger overlap, ties to smaller words.
    """
    found = dict(confirmed)
    used = set(confirmed.values())
    overlaps = Counter((cluster, previous[ref]) for cluster, ref in zip(clusters, refs, strict=True) if ref in previous) if previous else {}
    for (cluster, group), _ in sorted(overlaps.items(), key=lambda each: (-each[1], founders[each[0][0]], each[0][1])):
        if cluster not in found and group not in used:
            found[cluster] = group
            used.add(group)
    taken = used | set(previous.values())
    for cluster in sorted(founders, key=founders.__getitem__):
        if cluster not in found:
            found[cluster] = _made(founders[cluster], taken)
            taken.add(found[cluster])
    return found


def _made(words: str, taken: set[str]) -> str:
    for attempt in range(1 << 16):
        digest = hashlib.blake2b(f"{words}\0{attempt}".encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        if f"g{digest}" not in taken:
            return f"g{digest}"
    raise OverflowError(words)
