"""Metrics: how sure are we, and for whom?"""

TITLE = "Metrics"
PLACE = 6
