"""A synthetic Musi Rawas, seeded and the same on every run: real places and published totals, nobody real.

Every NIK and family card number has a serial of 9000 or more, which no office reaches. Villages, points
and census counts are facts (see `musi_rawas`); people, households and events are made up here.
"""
