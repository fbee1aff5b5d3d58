"""Every visible word stands in both languages: no bare Chinese in templates, none outside t() in Python."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src" / "mingtang"
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
PAIR = re.compile(r'\{%\s*t\s+"([^"]*)"\s+"([^"]*)"')
SINGLE = re.compile(r'\{%\s*t\s+"[^"]*"\s*(?!\s*")[^"]*%\}')
CJK = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"\{(\w+)[^}]*\}")


def of_template(words: str) -> list[tuple[int, str]]:
    """Bare Chinese, and pairs whose halves disagree."""
    found = []
    stripped = TAG.sub(lambda each: "\n" * each[0].count("\n"), words).replace("中文", "")
    for number, line in enumerate(stripped.splitlines(), 1):
        if CJK.search(line):
            found.append((number, "Chinese outside {% t %}"))
    for each in PAIR.finditer(words):
        line = words.count("\n", 0, each.start()) + 1
        if CJK.search(each[2]):
            found.append((line, f"the English half holds Chinese: {each[2][:40]}"))
        if set(PLACE.findall(each[1])) != set(PLACE.findall(each[2])):
            found.append((line, f"the halves name different places: {each[1][:40]}"))
    return found


def main() -> int:
    """Print every offence; 1 when there is one."""
    bad = 0
    for path in sorted(ROOT.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            for line, what in of_template(path.read_text(encoding="utf-8")):
                print(f"{path.relative_to(ROOT).as_posix()}:{line}: {what}")
                bad += 1
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
