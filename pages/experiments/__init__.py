"""Experiments: which strategy is better in use?"""

TITLE = "Experiments"
PLACE = 9
