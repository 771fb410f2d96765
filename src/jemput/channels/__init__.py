"""Ways out of the office: links a person opens and sends, e-mail, a gateway. None opens a transaction or the database."""
