"""Heavy computing on plain values; nothing here reads or writes the store."""
