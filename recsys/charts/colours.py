"""The hues of the charts: told apart by the colour-blind too, on both backgrounds.

Each list of hues was found by a search, and tests/charts/test_colours.py measures it: 3:1 against
both backgrounds, and a smallest CIEDE2000 difference of 12 between any two, as they are seen with
three kinds of cones or with any two of them (Machado, Oliveira & Fernandes 2009).
"""

COLOURS = {
    "red": "#be432b",
    "green": "#1e9e96",
    "orange": "#d67404",
    "yellow": "#998d67",
    "gray": "#696d6d",
    "blue": "#0c66f4",
    "violet": "#a04d9b",
}
"""Of the parts of a score."""

NEAR = tuple(
    map(
        frozenset,
        (
            ("red", "orange"),
            ("red", "yellow"),
            ("red", "violet"),
            ("orange", "yellow"),
            ("green", "gray"),
            ("green", "blue"),
            ("green", "violet"),
            ("blue", "violet"),
        ),
    )
)
"""Of these, pairs that differ less than others, and do not stand side by side if that can be."""

RELATIONS = ("#7569f8", "#ba8412", "#c63987", "#4e96b7", "#5d7436", "#8e736c")
"""Of what ties one node of the knowledge graph to another; none is the hue of a part of a score."""

NODES = {"item": "#a68c02", "said": "#e8019d", "liked": "#557559", "neighbour": "#2887fd"}
"""Of the nodes of the knowledge graph, by their role; each has a shape of its own, too."""

TOPICS = ("#688cb6", "#be5775", "#6b7e04", "#8159da", "#ae865f")
"""Of the genres on a map; none is the hue of a part of a score."""

GOOD = "#0d8f6a"
"""What rises, gains or earns; a sign, a side or a kind of line says the same."""

BAD = "#cf3f3a"
"""What falls, loses or costs; a sign, a side or a kind of line says the same."""
