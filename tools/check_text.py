"""No registry hosts, no paths of one machine, no unfinished places, no addresses in lock files, nothing over 1.5 MB."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOSTS = re.compile(r"//[a-z.]*(py" + r"pi|pythonhos" + r"ted|npm" + r"js|deb" + r"ian)\.[a-z]+")
PATHS = re.compile(r"(^|[^A-Za-z0-9_.])/(wo" + r"rk|fa" + r"rm|ro" + r"ot)/")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|NotImplemented" + r"Error|coming" + r" soon")
MOST_BYTES = 1_500_000


def problems(root: Path) -> list[str]:
    """Every offence in the tracked files of `root`, as file:line: what."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    found: list[str] = []
    for name in filter(None, listed.split("\0")):
        path = root / name
        if path.is_file():
            found.extend(of_file(path, name))
    return found


def of_file(path: Path, name: str) -> list[str]:
    """The offences of one file."""
    found = [f"{name}: larger than 1.5 MB"] if path.stat().st_size > MOST_BYTES else []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return found
    lock = name.startswith("requirements/") or name == "package-lock.json"
    for number, line in enumerate(lines, 1):
        if HOSTS.search(line):
            found.append(f"{name}:{number}: a registry's host")
        if PATHS.search(line):
            found.append(f"{name}:{number}: a path of one machine")
        if UNFINISHED.search(line) and not name.endswith((".lock", ".json")):
            found.append(f"{name}:{number}: an unfinished place")
        if lock and ('"resolved"' in line or (name.endswith(".lock") and "://" in line)):
            found.append(f"{name}:{number}: an address in a lock file")
    return found


if __name__ == "__main__":
    bad = problems(ROOT)
    print("\n".join(bad))
    sys.exit(bool(bad))
