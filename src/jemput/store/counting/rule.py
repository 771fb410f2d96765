"""The counting rule: facts in, signed movements out, as one SQL text that every engine runs unchanged.

Only integers are compared, counted and added (engines differ in all else); held row for row to the plain
fold in `domain.coverage`. A movement is what one person adds to one village on a day, as learnt with a
batch; any figure is a sum of movements. Its cause is what was told that day: of a recording where the
recording changed, of all else where anything else did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jemput.domain.coverage import FIGURES, Rule

MOVEMENT_COLUMNS = ("person", "on_day", "batch", "village", "cause", *FIGURES)

_SUMS = ", ".join(f"sum({figure}) AS {figure}" for figure in FIGURES)
_NONZERO = " OR ".join(f"sum({figure}) <> 0" for figure in FIGURES)
_NEGATED = ", ".join(f"-{figure}" for figure in FIGURES)

EVERY_MOMENT = """
    SELECT person, batch, lead(batch) OVER (PARTITION BY person ORDER BY batch) AS next_batch
    FROM (SELECT DISTINCT person, batch FROM fact WHERE person {scope}) AS learnt
"""
"""Each batch that taught the office something of a person: the office's view changes at these only."""

ONE_MOMENT = """
    SELECT DISTINCT person, {batch} AS batch, NULL AS next_batch FROM fact WHERE person {scope} AND batch <= {batch}
"""
"""The view as known with one batch."""

_TIMELINE = """
moment AS ({moments}),
known AS (
    SELECT m.person, m.batch, m.next_batch, f.place, f.on_day, f.kind, f.home, f.adult_on, f.citizen, f.married,
           f.dead, f.blocked, f.status, f.recorded_at
    FROM moment AS m
    JOIN fact AS f ON f.person = m.person AND f.batch <= m.batch
    LEFT JOIN fact AS r ON r.reverses = f.place
    WHERE f.kind <> 'reversed' AND (r.batch IS NULL OR r.batch > m.batch)
),
seen AS (
    SELECT known.*, CASE WHEN kind = 'rekam' THEN 0 ELSE 1 END AS recording_first FROM known
    UNION ALL
    SELECT person, batch, next_batch, 0, adult_on, 'birthday', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1
    FROM known WHERE adult_on > on_day
),
ranked AS (
    SELECT seen.*,
           row_number() OVER (PARTITION BY person, batch ORDER BY on_day, recording_first, place) AS n,
           lead(on_day) OVER (PARTITION BY person, batch ORDER BY on_day, recording_first, place) AS next_day
    FROM seen
),
folded AS (
    SELECT person, batch, next_batch, on_day, kind, next_day,
           (max(n * 100000000000 + home) OVER upto) % 100000000000 AS home,
           (max(n * 10000000 + adult_on) OVER upto) % 10000000 AS adult_on,
           (max(n * 10 + citizen) OVER upto) % 10 AS citizen,
           (max(n * 10 + married) OVER upto) % 10 AS married,
           max(dead) OVER upto AS dead,
           max(CASE WHEN kind = 'rekam' THEN on_day END) OVER upto AS recording_told,
           (max(n * 10 + blocked) OVER upto) % 10 AS blocked,
           (max(n * 100 + status) OVER upto) % 100 AS status,
           max(CASE WHEN status IN ({accepted}) THEN 1 ELSE 0 END) OVER upto AS accepted,
           (max(CASE WHEN status IN ({counted}) THEN n * 100000000000 + recorded_at END) OVER upto)
               % 100000000000 AS recorded_at
    FROM ranked
    WINDOW upto AS (PARTITION BY person, batch ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
standing AS (
    SELECT person, batch, next_batch, on_day, kind,
           CASE WHEN recording_told = on_day THEN 'rekam' ELSE kind END AS recording_kind,
           CASE WHEN dead IS NULL AND home > 9 THEN home ELSE 0 END AS village,
           CASE WHEN coalesce(citizen, 1) >= 1 THEN 1 ELSE 0 END AS holder,
           CASE WHEN coalesce(citizen, 1) >= 1 AND (coalesce(adult_on, 9999999) <= on_day OR coalesce(married, 0) = 1)
                THEN 1 ELSE 0 END AS duty,
           CASE WHEN citizen = 2 THEN 1 ELSE 0 END AS foreign_holder,
           coalesce(blocked, 0) AS blocked,
           CASE WHEN accepted = 1 OR coalesce(status, -1) IN ({counted}) THEN 1 ELSE 0 END AS done,
           CASE WHEN dead IS NULL AND coalesce(home, 0) <> 2 THEN 1 ELSE 0 END AS known_alive,
           coalesce(recorded_at, CASE WHEN home > 9 THEN home ELSE 0 END) AS recorded_at
    FROM folded WHERE next_day IS NULL OR next_day > on_day
),
figured AS (
    SELECT person, batch, next_batch, on_day, kind, recording_kind, village,
           CASE WHEN village > 0 THEN 1 ELSE 0 END AS population,
           CASE WHEN village > 0 AND duty = 1 AND (blocked = 0 OR done = 1 OR {count_blocked} = 1)
                THEN 1 ELSE 0 END AS id_obligated,
           CASE WHEN village > 0 AND duty = 1 AND done = 1 THEN 1 ELSE 0 END AS recorded,
           CASE WHEN village > 0 AND duty = 0 AND holder = 1 AND done = 1 THEN 1 ELSE 0 END AS pemula,
           CASE WHEN village > 0 AND duty = 1 AND done = 0 AND blocked = 1 THEN 1 ELSE 0 END AS blocked,
           CASE WHEN village > 0 AND duty = 1 AND foreign_holder = 1 AND (blocked = 0 OR done = 1 OR {count_blocked} = 1)
                THEN 1 ELSE 0 END AS itap,
           CASE WHEN done = 1 AND known_alive = 1 AND recorded_at > 9 THEN recorded_at ELSE 0 END AS here_village,
           CASE WHEN done = 1 AND known_alive = 1 AND recorded_at > 9 THEN 1 ELSE 0 END AS recorded_here
    FROM standing
),
paired AS (
    SELECT figured.*,
           coalesce(lag(village) OVER before, 0) AS old_village,
           coalesce(lag(population) OVER before, 0) AS old_population,
           coalesce(lag(id_obligated) OVER before, 0) AS old_id_obligated,
           coalesce(lag(recorded) OVER before, 0) AS old_recorded,
           coalesce(lag(pemula) OVER before, 0) AS old_pemula,
           coalesce(lag(blocked) OVER before, 0) AS old_blocked,
           coalesce(lag(itap) OVER before, 0) AS old_itap,
           coalesce(lag(here_village) OVER before, 0) AS old_here_village,
           coalesce(lag(recorded_here) OVER before, 0) AS old_recorded_here
    FROM figured WINDOW before AS (PARTITION BY person, batch ORDER BY on_day)
),
step AS (
    SELECT person, batch, next_batch, on_day, kind, village, population, id_obligated, recorded, pemula, blocked, itap,
           0 AS recorded_here
    FROM paired WHERE village > 0 AND village <> old_village
    UNION ALL
    SELECT person, batch, next_batch, on_day, kind, old_village, -old_population, -old_id_obligated, -old_recorded,
           -old_pemula, -old_blocked, -old_itap, 0
    FROM paired WHERE old_village > 0 AND village <> old_village
    UNION ALL
    SELECT person, batch, next_batch, on_day, kind, village, 0, id_obligated - old_id_obligated,
           0, 0, 0, itap - old_itap, 0
    FROM paired WHERE village > 0 AND village = old_village AND (id_obligated <> old_id_obligated OR itap <> old_itap)
    UNION ALL
    SELECT person, batch, next_batch, on_day, recording_kind, village, 0, 0,
           recorded - old_recorded, pemula - old_pemula, blocked - old_blocked, 0, 0
    FROM paired WHERE village > 0 AND village = old_village
        AND (recorded <> old_recorded OR pemula <> old_pemula OR blocked <> old_blocked)
    UNION ALL
    SELECT person, batch, next_batch, on_day, recording_kind, here_village, 0, 0, 0, 0, 0, 0, recorded_here
    FROM paired WHERE here_village > 0 AND here_village <> old_here_village
    UNION ALL
    SELECT person, batch, next_batch, on_day, recording_kind, old_here_village, 0, 0, 0, 0, 0, 0, -old_recorded_here
    FROM paired WHERE old_here_village > 0 AND here_village <> old_here_village
)
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which persons a statement of the rule covers: an SQL condition on `person`."""

    condition: str

    @classmethod
    def everyone(cls) -> Scope:
        """Cover every person."""
        return cls("IS NOT NULL")

    @classmethod
    def persons(cls, persons: Iterable[int]) -> Scope:
        """Cover the persons named by number."""
        return cls(f"IN ({', '.join(str(int(person)) for person in persons)})")

    @classmethod
    def touched_by(cls, batch: int | str) -> Scope:
        """Cover whoever a batch (a number, or the mark of a parameter) speaks of."""
        return cls(f"IN (SELECT person FROM fact WHERE batch = {batch} AND person IS NOT NULL)")


def _timeline(rule: Rule, scope: Scope, moments: str) -> str:
    return _TIMELINE.format(
        scope=scope.condition,
        moments=moments,
        counted=_orders(rule.counted),
        accepted=_orders(rule.accepted),
        count_blocked=int(rule.count_blocked),
    )


def _orders(orders: frozenset[int]) -> str:
    """Return status orders as an IN list; a list of none holds an order no status has."""
    return ", ".join(str(order) for order in sorted(orders)) or "-2"


def movements_sql(rule: Rule, scope: Scope, *, batch: int | str | None = None) -> str:
    """Return the query that yields movements (columns MOVEMENT_COLUMNS) of the persons in `scope`.

    With `batch` only what that batch changed: the exact increment an append brings.
    """
    only = f"WHERE batch = {batch}" if batch is not None else ""
    moments = EVERY_MOMENT.format(scope=scope.condition)
    return f"""WITH {_timeline(rule, scope, moments)}
SELECT person, on_day, batch, village, kind AS cause, {_SUMS}
FROM (
    SELECT person, on_day, batch, village, kind, {", ".join(FIGURES)} FROM step
    UNION ALL
    SELECT person, on_day, next_batch, village, kind, {_NEGATED} FROM step WHERE next_batch IS NOT NULL
) AS signed {only}
GROUP BY person, on_day, batch, village, kind
HAVING {_NONZERO}"""


def recount_sql(rule: Rule, *, on_day: int, batch: int, scope: Scope | None = None) -> str:
    """Return the query that counts villages from the ledger alone: (village, *FIGURES) at `on_day` as known with `batch`."""
    scope = scope or Scope.everyone()
    moments = ONE_MOMENT.format(batch=int(batch), scope=scope.condition)
    return f"""WITH {_timeline(rule, scope, moments)}
SELECT village, {_SUMS} FROM step WHERE on_day <= {int(on_day)}
GROUP BY village HAVING {_NONZERO} ORDER BY village"""
