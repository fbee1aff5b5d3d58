"""Size budgets and file names: files of at most 300 lines, functions of at most 60, one README a capability."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src" / "mingtang"
MOST_LINES, MOST_FUNCTION = 300, 60
CAPABILITIES = ("topics", "consultations", "hearings", "meetings", "representatives", "minutes", "publishing", "oversight")
PARTS = {
    "rules",
    "models",
    "policy",
    "queries",
    "published",
    "actions",
    "forms",
    "portal",
    "workspace",
    "api",
    "jobs",
    "apps",
    "migrations",
    "templates",
    "__init__",
    "__pycache__",
}


def of_file(path: Path, name: str) -> list[str]:
    """What one file spends too much of."""
    source = path.read_text(encoding="utf-8")
    lines = source.count("\n")
    found = [f"{name}: {lines} lines, at most {MOST_LINES}"] if lines > MOST_LINES else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > MOST_FUNCTION:
                found.append(f"{name}:{node.lineno}: {node.name} has {size} lines, at most {MOST_FUNCTION}")
    return found


def of_capability(folder: Path) -> list[str]:
    """Unknown file names, a missing README."""
    found = [] if (folder / "README.md").exists() else [f"{folder.name}: no README.md"]
    found += [
        f"{folder.name}/{each.name}: not one of the file names of a capability"
        for each in folder.iterdir()
        if each.name != "README.md" and each.stem not in PARTS
    ]
    return found


def main() -> int:
    """Print every offence; 1 when there is one."""
    bad = [
        line
        for path in sorted(ROOT.rglob("*.py"))
        if "/migrations/" not in path.as_posix()
        for line in of_file(path, path.relative_to(ROOT).as_posix())
    ]
    bad += [line for name in CAPABILITIES for line in of_capability(ROOT / name)]
    print("\n".join(bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
