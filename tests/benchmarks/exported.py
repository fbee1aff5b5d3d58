"""What verifying an export takes, by time and memory, with `mingtang verify-export` and with the verifier of one file: docs/trust.md.

The export is made here without a database: true entries, commitments that open, a tree whose root is signed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

OWN = """
import atexit, re, runpy, sys
atexit.register(lambda: print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]))
"""  # the kernel's figure for a child holds what its parent held when it was started, so each program says its own
COMMAND = OWN + "from mingtang.config.cli import main; sys.argv = ['mingtang', 'verify-export', *sys.argv[1:]]; main()"
SINGLE = OWN + "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
KIB = 1024


class Took(NamedTuple):
    """Seconds of the processor and by the clock, the most memory held at once in MiB."""

    processor: float
    clock: float
    memory: float


def export(largest: int, folder: Path) -> Iterator[str]:
    """One line for each size, a hundredth, a tenth, the whole, and each program; exits when a check does not hold."""
    from mingtang.engines.ledger.bundle import bundle

    folder.mkdir()
    single = folder / "mingtang_verify.py"
    single.write_text(bundle())
    programs = {"mingtang verify-export": [COMMAND], "mingtang_verify.py export": [SINGLE, str(single), "export"]}
    for count in (largest // 100, largest // 10, largest):
        written(folder / str(count), count)
        for name, program in programs.items():
            took = ran([sys.executable, "-c", *program, str(folder / str(count))])
            yield (
                f"{count:>10} opinions, {name:26}: {took.processor:.1f} s of the processor ({took.processor / count * 1e6:.0f} µs an opinion), "
                f"{took.clock:.1f} s by the clock, {took.memory:.0f} MiB at most"
            )


def ran(words: list[str]) -> Took:
    """Run a program and wait for it; exits with its words unless it says that everything holds."""
    began = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(said)
    return Took(used.ru_utime + used.ru_stime, time.perf_counter() - began, int(said.split()[-1]) / KIB)


def written(folder: Path, count: int) -> None:
    """An export of so many opinions in one group, each with its receipt in the log."""
    from mingtang.engines.ledger.covering import covered_root
    from mingtang.engines.ledger.export import (
        FORM,
        GROUP_COLUMNS,
        OPINION_COLUMNS,
        RECEIVED,
        REPORTED,
        csv_lines,
        groups_digest,
        placing_digest,
    )
    from mingtang.engines.ledger.keys import SigningKey
    from mingtang.engines.ledger.receipts import committed, entry, head, leaf_of, salt_of
    from tests.factories.platform import NOW

    folder.mkdir(parents=True)
    key, about, leaves = SigningKey.new(), "consultation:1", {}
    group = dict.fromkeys(GROUP_COLUMNS, "") | {"id": 1, "title": "补助", "verdict": "adopted", "opinions": count, "people": count}

    def write(name: str, lines: Iterator[str]) -> dict[str, Any]:
        whole, number = sha256(), 0
        with (folder / name).open("wb") as stream:
            for line in lines:
                whole.update(line.encode())
                stream.write(line.encode())
                number += line.count("\n")
        return {"sha256": whole.hexdigest(), "lines": number}

    with (folder / "log.jsonl").open("w") as log_file, (folder / "opinions.jsonl").open("w") as opinion_file:
        for n in range(count):
            secret, content = random.randbytes(16), {"text": f"第{n}条意见，补助太少了。", "stance": "change", "clause": "3"}
            given = entry(
                "log", RECEIVED, NOW, "sha256", {"about": about, "channel": "web", **committed("sha256", secret, str(n), content)}
            )
            leaves[n] = leaf_of(given)
            log_file.write(json.dumps({"index": n, "entry": given}) + "\n")
            row = dict.fromkeys(OPINION_COLUMNS, "") | {"no": n + 1, "channel": "web", "stance": "change", "state": "shown", "masked": 0}
            row |= {"text": content["text"], "place": "group", "group": 1, "verdict": "adopted", "clause_id": 3}
            row |= {"leaf": leaves[n].hex(), "salt": salt_of(secret, "content").hex()}
            opinion_file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def rows() -> Iterator[dict[str, Any]]:
        with (folder / "opinions.jsonl").open() as stream:
            yield from map(json.loads, stream)

    counts = {"received": count, "group": count, "single": 0, "withheld": 0}
    facts = {"about": about, **counts, "placing": placing_digest("sha256", rows()), "groups": groups_digest("sha256", [group])}
    given = entry("log", REPORTED[0], NOW, "sha256", facts)
    leaves[count] = leaf_of(given)
    with (folder / "log.jsonl").open("a") as log_file:
        log_file.write(json.dumps({"index": count, "entry": given}) + "\n")
    files = {
        "groups.jsonl": write("groups.jsonl", iter([json.dumps(group, ensure_ascii=False) + "\n"])),
        "groups.csv": write("groups.csv", csv_lines(GROUP_COLUMNS, [group])),
        "opinions.csv": write("opinions.csv", csv_lines(OPINION_COLUMNS, rows())),
        "nodes.csv": write("nodes.csv", iter(["level,index,hash\r\n"])),
    }
    (folder / "keys.json").write_text(json.dumps([{"public": key.public.hex()}]))
    top = head(key, "log", "sha256", count + 1, covered_root("sha256", leaves, {}, count + 1), NOW)
    body = {"form": FORM, "log": "log", "about": about, "head": top, "counts": counts, "files": files}
    (folder / "manifest.json").write_text(json.dumps(key.sign(body)))
