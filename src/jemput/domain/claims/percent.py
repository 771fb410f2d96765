"""Percentages as offices print them: exact integers in, half up at the printed decimals out.

Never floats and never the engine's own rounding: round(2.5) is 3 or 2 by engine.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

HUNDRED = 100


def decimals_of(printed: Decimal) -> int:
    """Return how many decimals a percentage was printed with (96.65 → 2, 86 → 0)."""
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded half up (away from zero) at `decimals` decimals."""
    scaled = abs(value) * 10**decimals
    return _signed(value, (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), decimals)


def truncated(value: Fraction, decimals: int) -> Decimal:
    """Return `value` with everything after `decimals` decimals cut off."""
    return _signed(value, int(abs(value) * 10**decimals), decimals)


def rounded_up(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded to the next higher number of `decimals` decimals."""
    scaled = value * 10**decimals
    return Decimal(-((-scaled.numerator) // scaled.denominator)).scaleb(-decimals)


def share(part: int, whole: int) -> Fraction:
    """Return `part` of `whole` in percent, exactly; refuses (ZeroDivisionError) a whole of 0."""
    return Fraction(part * HUNDRED, whole)


def _signed(value: Fraction, units: int, decimals: int) -> Decimal:
    return Decimal(-units if value < 0 else units).scaleb(-decimals)
