"""The verbs: every change of the ledger, one function for each thing a user would say.

Each checks that the person may and that it is the time for it, writes the rows and the history in one transaction, and
returns what it changed. Only these modules (and `history` and `evidence` for them) save or delete.
"""
