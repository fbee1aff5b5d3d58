"""The verifier as one file that runs anywhere with Python 3.11 and the package `cryptography`."""

from __future__ import annotations

import ast
from functools import cache
from importlib.resources import files

PARTS = (
    "canonical",
    "hashing",
    "keys",
    "receipts",
    "tree",
    "proofs",
    "covering",
    "findings",
    "packing",
    "checking",
    "export",
    "drawn",
    "exported_draws",
    "spool",
    "recount",
    "archive",
    "fetching",
    "mirror",
    "verifying",
)
HEAD = '''#!/usr/bin/env python3
"""明堂查验程序 · the Mingtang verifier: one file, made of the very modules the platform runs.

It needs Python 3.11 or newer and the package "cryptography" (pip install cryptography), and nothing of ours.

    python3 mingtang_verify.py receipt 'LINE FROM THE QR CODE' [--text words.txt] [--keys keys.json] [--log https://...]
    python3 mingtang_verify.py export FOLDER [--keys keys.json]
    python3 mingtang_verify.py archive meeting.zip [--keys keys.json]
    python3 mingtang_verify.py draw draw-1-1.json
    python3 mingtang_verify.py mirror https://... FOLDER
    python3 mingtang_verify.py compare FOLDER FOLDER
    python3 mingtang_verify.py printed FOLDER SIZE ROOT

Exit code 0: everything holds; 1: something is broken; 2: it could not be checked. Licence: AGPL-3.0-or-later.
"""

from __future__ import annotations

'''
TAIL = """

if __name__ == "__main__":
    raise SystemExit(verify(sys.argv[1:]))
"""


@cache
def bundle() -> str:
    """The text of ``mingtang_verify.py``."""
    whole: set[str] = set()
    names: dict[str, set[str]] = {}
    bodies = []
    for name in PARTS:
        source = files("mingtang.engines.ledger").joinpath(f"{name}.py").read_text(encoding="utf-8")
        bodies.append(f"\n\n# ── {name} ──\n\n{_without_imports(source, whole, names)}")
    imports = sorted(f"import {name}" for name in whole)
    imports += [f"from {module} import {', '.join(sorted(names[module]))}" for module in sorted(names)]
    return HEAD + "\n".join(imports) + "\n" + "".join(bodies) + TAIL


def _without_imports(source: str, whole: set[str], names: dict[str, set[str]]) -> str:
    """A module's text, its first words as a comment, without imports; those of others are collected."""
    tree, lines = ast.parse(source), source.splitlines()
    words = ast.get_docstring(tree) or ""
    for node in tree.body:
        if isinstance(node, ast.Import):
            whole.update(each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not _ours(node):
            names.setdefault(str(node.module), set()).update(each.name for each in node.names)
        if isinstance(node, ast.Import | ast.ImportFrom) or node is tree.body[0]:
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    said = "\n".join(f"# {line}".rstrip() for line in words.splitlines())
    return f"{said}\n\n\n" + "\n".join(lines).strip() + "\n"


def _ours(node: ast.ImportFrom) -> bool:
    return str(node.module).startswith("mingtang.") or node.module == "__future__"
