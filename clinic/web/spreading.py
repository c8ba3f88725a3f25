"""Keeps labels in a column from covering one another, each near where it wants to be."""

from collections.abc import Sequence


def spread(
    wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Move label centres apart by the least squares of movement, in their wanted order.

    Labels stay between top and bottom when they fit there at all; when they do not, they start at
    the top and go past the bottom without covering one another.

    >>> spread([50, 50], [20, 20], 0, 100)
    [40.0, 60.0]
    >>> spread([95, 5], [20, 20], 0, 100)
    [90.0, 10.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    gaps = packed([heights[place] for place in order])
    slack = [wanted[place] - gap for place, gap in zip(order, gaps, strict=True)]
    room = bottom - top - sum(heights)
    centres = [0.0] * len(wanted)
    for place, gap, free in zip(order, gaps, rising(slack), strict=True):
        centres[place] = max(top, min(free, top + room)) + gap
    return centres


def packed(heights: Sequence[float]) -> list[float]:
    """Give the centres of labels stacked without gaps from zero."""
    centres, end = [], 0.0
    for height in heights:
        centres.append(end + height / 2)
        end += height
    return centres


def rising(values: Sequence[float]) -> list[float]:
    """Replace runs that fall by their mean, until nothing falls (pool adjacent violators).

    >>> rising([1, 5, 3, 4])
    [1.0, 4.0, 4.0, 4.0]
    """
    pools: list[tuple[float, int]] = []
    for value in values:
        mean, count = float(value), 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean = (mean * count + before * many) / (count + many)
            count += many
        pools.append((mean, count))
    return [mean for mean, count in pools for _ in range(count)]
