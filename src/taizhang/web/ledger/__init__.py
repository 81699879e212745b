"""The ledger's tables, who may see them, the verbs that change them, and their history. Knows no page."""
