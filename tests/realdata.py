"""Where the real data are: beside the checkout (``../shared/data``), or where MINGTANG_REAL_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REAL = Path(os.environ.get("MINGTANG_REAL_DATA") or ROOT.parent / "shared" / "data")
PRESENT = (REAL / "join_tw_school_hours" / "comments.jsonl").is_file()
