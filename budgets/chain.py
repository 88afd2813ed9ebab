"""What each column opens with: the result of the column that it opens from. Pure."""

from dataclasses import replace


def chained(sums):
    """Return the sums.ColumnSums, each with its opening taken from the column it opens from.

    From one that is empty, also of an opening of its own, nothing is known: no amount, not 0.
    Neither in a ring, or from a column that is not there; ``rules.chain`` tells it.
    """
    by_key = {column.column.key: column for column in sums}
    done = {}

    def resolve(key, waiting):
        if key in done:
            return done[key]
        own = by_key[key]
        source = own.column.opens_from
        if source in by_key and source not in waiting:
            before = resolve(source, waiting | {source})
            known = (before.filled or before.opening is not None) and not before.ringed
            own = replace(own, opening=before.result if known else None, ringed=before.ringed)
        elif source is not None:
            own = replace(own, opening=None, ringed=True)
        done[key] = own
        return own

    return [resolve(column.column.key, frozenset([column.column.key])) for column in sums]
