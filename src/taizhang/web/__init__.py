"""The ledger on the web: a Django project. Nothing imports it but the command line, and that only on demand."""
