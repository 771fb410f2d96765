"""Writing: one verb is one transaction; the only callers of the ledger."""
