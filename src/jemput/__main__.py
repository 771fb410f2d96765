"""`python -m jemput` is the program `jemput`."""

from jemput.cli import main

main()
