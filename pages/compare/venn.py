"""A small Venn of two lists: two circles whose areas, and the area they share, are counts."""

from math import acos, pi, sqrt

HEIGHT = 26
"""Of the picture, in pixels: the diameter of the larger circle."""

STEPS = 40
"""Halvings of the interval in which the distance of the centres is looked for."""


def venn(first: int, second: int, shared: int) -> str:
    """HTML of two circles for two lists of so many items, of which they share so many.

    The colour is that of the text around it; the words beside it say the counts.
    """
    r1, r2 = sqrt(first / pi), sqrt(second / pi)
    apart = distance(r1, r2, shared)
    scale = HEIGHT / (2 * max(r1, r2))
    drawn = "".join(
        f'<div style="position:absolute;left:{scale * left:.1f}px;'
        f"top:{HEIGHT / 2 - scale * radius:.1f}px;width:{2 * scale * radius:.1f}px;"
        f"height:{2 * scale * radius:.1f}px;box-sizing:border-box;border-radius:50%;"
        'border:1.5px solid currentColor;background:rgba(128,136,144,.3)"></div>'
        for left, radius in ((0.0, r1), (r1 + apart - r2, r2))
    )
    width = scale * (r1 + apart + r2)
    return (
        f'<div style="position:relative;display:inline-block;width:{width:.1f}px;'
        f'height:{HEIGHT}px" aria-hidden="true">{drawn}</div>'
    )


def distance(r1: float, r2: float, shared: float) -> float:
    """How far apart two circles stand that have the area ``shared`` in common.

    >>> distance(1, 1, 0), round(distance(1, 1, pi), 6)
    (2.0, 0.0)
    """
    low, high = abs(r1 - r2), r1 + r2
    if shared <= 0:
        return float(high)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if lens(r1, r2, middle) > shared else (low, middle)
    return high


def lens(r1: float, r2: float, apart: float) -> float:
    """The area that two circles have in common whose centres are so far ``apart``.

    >>> round(lens(1, 1, 1), 3)
    1.228
    """
    if apart >= r1 + r2:
        return 0.0
    if apart <= abs(r1 - r2):
        return pi * min(r1, r2) ** 2
    near = (apart**2 + r1**2 - r2**2) / (2 * apart)  # from the first centre to the chord
    far = apart - near
    return _segment(r1, near) + _segment(r2, far)


def _segment(radius: float, chord: float) -> float:
    """The area beyond a chord that is so far from the centre."""
    cosine = max(-1.0, min(1.0, chord / radius))
    return radius**2 * acos(cosine) - chord * sqrt(max(radius**2 - chord**2, 0.0))
