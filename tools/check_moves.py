"""Only `platform.moves.move` (and the outbox, which has no actor) writes a workflow state."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src" / "mingtang"
ALLOWED = ("platform/moves.py", "platform/outbox/deliver.py")


def offences(source: str) -> list[tuple[int, str]]:
    """Lines that assign ``x.state``, call ``.update(state=…)`` or ``setattr(x, "state", …)``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [each for target in targets for each in ast.walk(target)]
            if any(isinstance(each, ast.Attribute) and each.attr == "state" for each in flat):
                found.append((node.lineno, "assigns .state"))
        if isinstance(node, ast.Call) and _writes(node):
            found.append((node.lineno, "writes state"))
    return found


def _writes(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr in {"update", "bulk_update"}:
        return any(each.arg == "state" for each in call.keywords)
    if isinstance(call.func, ast.Name) and call.func.id == "setattr" and len(call.args) > 1:
        return isinstance(call.args[1], ast.Constant) and call.args[1].value == "state"
    return False


def main() -> int:
    """Print every offence; 1 when there is one."""
    bad = 0
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name in ALLOWED or "/migrations/" in name:
            continue
        for line, what in offences(path.read_text(encoding="utf-8")):
            print(f"{name}:{line}: {what}; use platform.moves.move")
            bad += 1
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
