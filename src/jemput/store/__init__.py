"""What is kept: the ledger, what is derived from it, and the working papers. The only SQL lives here."""
