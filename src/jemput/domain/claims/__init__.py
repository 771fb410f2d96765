"""Published figures: kept as they were printed, compared, never corrected.

`statement` holds the values, `typography` reads one printed number, `press` reads typed press text,
`relations` says what must hold between the figures of one statement, `readings` which misprint would
explain a failure, `verdict` puts them together (`check`) and sets a statement against our own count.
"""

from jemput.domain.claims.press import read_text
from jemput.domain.claims.statement import Claim, Finding, Verdict
from jemput.domain.claims.verdict import against_count, check

__all__ = ["Claim", "Finding", "Verdict", "against_count", "check", "read_text"]
