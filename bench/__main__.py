"""Run every benchmark on one full demo, and print its ratios: `make bench`, or `python -m bench NAME…`."""

from __future__ import annotations

import sys

from bench import (
    append,
    backup,
    counting,
    crowd,
    demo,
    engines,
    figures,
    letters,
    loading,
    pages,
    reports,
    searching,
    sweeping,
)

ALL = {
    "demo": demo,
    "counting": counting,
    "append": append,
    "loading": loading,
    "engines": engines,
    "reports": reports,
    "letters": letters,
    "searching": searching,
    "sweeping": sweeping,
    "figures": figures,
    "backup": backup,
    "pages": pages,
    "crowd": crowd,
}


def main() -> None:
    """Run the benchmarks named, or all of them."""
    for name in sys.argv[1:] or ALL:
        print(f"\n== {name}: {(ALL[name].__doc__ or '').splitlines()[0]}")
        ALL[name].main()


main()
