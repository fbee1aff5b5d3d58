"""``python -m mingtang.engines.ledger``: the verifier, without the platform."""

import sys

from mingtang.engines.ledger.verifying import verify

raise SystemExit(verify(sys.argv[1:]))
