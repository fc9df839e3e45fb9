"""Graph: what ties these together?"""

TITLE = "Graph"
PLACE = 4
