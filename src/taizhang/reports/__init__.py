"""Reports: written from a frozen snapshot of the ledger, with every figure bound to its place there."""
