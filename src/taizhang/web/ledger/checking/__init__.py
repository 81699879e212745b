"""Checking uploaded reports: in a process of its own, against what the ledger has approved."""
