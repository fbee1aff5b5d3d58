"""The bars, measured: ``python -m mingtang.engines.grouping.evaluate --shared DIR [--meaning lexical|semantic] [--million FILE]``.

Prints a Markdown table. `DIR` holds the labelled sets that are not ours to ship (policy_ebike, teddy_dev, lcqmc_dev, neardup, contrast_pairs);
for every draft of policy the scorer is trained on the others alone. ``--million``: a text file, one text a line, for the speed of the copies.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from mingtang.engines.grouping import meaning
from mingtang.engines.grouping.grouping import group, peak_mb
from mingtang.engines.grouping.measures import accepted, b_cubed, recovered
from mingtang.engines.grouping.model import Config, Result, Row
from mingtang.engines.grouping.training import LABELLED, recipe_of, samples, trained

Line = tuple[str, str]
