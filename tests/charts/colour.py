"""How colours differ, and how they are seen: CIEDE2000, dichromacy, contrast."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

SIGHTS = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What dichromats see of linear RGB (Machado, Oliveira & Fernandes 2009, severity 1)."""

TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
"""Linear sRGB to CIE XYZ, whose white is D65."""


def closest(colours: Sequence[str], sight: str = "none") -> float:
    """The smallest difference between any two of ``colours``, "#rrggbb", as ``sight`` sees it."""
    return min(difference(one, other, sight) for one, other in combinations(colours, 2))


def difference(one: str, other: str, sight: str = "none") -> float:
    """CIEDE2000 between two colours, as ``sight`` sees them."""
    return ciede2000(_lab(one, SIGHTS[sight]), _lab(other, SIGHTS[sight]))


def contrast(one: str, other: str) -> float:
    """Contrast of WCAG 2: from 1 to 21."""
    darker, lighter = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(over: str, under: str, opacity: float) -> str:
    """What is seen of ``over`` at an opacity on ``under``.

    >>> mixed("#000000", "#ffffff", 0.6)
    '#666666'
    """
    pairs = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]), strict=True)
    return "#" + bytes(round(opacity * a + (1 - opacity) * b) for a, b in pairs).hex()


def linear(colour: str) -> np.ndarray:
    """(3,) light of red, green and blue, from 0 to 1."""
    value = np.array(list(bytes.fromhex(colour.removeprefix("#")))) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, seen: np.ndarray) -> np.ndarray:
    """(3,) L*, a*, b*."""
    xyz = TO_XYZ @ np.clip(seen @ linear(colour), 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: Sequence[float], other: Sequence[float]) -> float:
    """The difference of two (L*, a*, b*); the symbols are those of Sharma, Wu & Dalal (2005)."""
    mean_chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    more_red = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    (light_1, chroma_1, hue_1), (light_2, chroma_2, hue_2) = (
        _polar(lab, more_red) for lab in (one, other)
    )
    turn = (hue_2 - hue_1 + 180) % 360 - 180 if chroma_1 * chroma_2 else 0.0
    hue = hue_1 + turn / 2 if chroma_1 * chroma_2 else hue_1 + hue_2
    chroma, light = (chroma_1 + chroma_2) / 2, (light_1 + light_2) / 2
    by_hue = 1 + sum(
        size * np.cos(np.radians(times * hue + start))
        for size, times, start in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    d_light = (light_2 - light_1) / s_light
    d_chroma = (chroma_2 - chroma_1) / (1 + 0.045 * chroma)
    d_hue = 2 * np.sqrt(chroma_1 * chroma_2) * np.sin(np.radians(turn / 2))
    d_hue /= 1 + 0.015 * chroma * by_hue
    angle = 60 * np.exp(-((((hue % 360) - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7)) * np.sin(np.radians(angle))
    return float(np.sqrt(d_light**2 + d_chroma**2 + d_hue**2 + rotation * d_chroma * d_hue))


def _polar(lab: Sequence[float], more_red: float) -> tuple[float, float, float]:
    """Lightness, chroma, and hue in degrees."""
    light, a, b = lab
    return light, np.hypot(a * more_red, b), np.degrees(np.arctan2(b, a * more_red)) % 360
