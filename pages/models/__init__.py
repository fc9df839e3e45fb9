"""Models: what did we train, and was it worth it?"""

TITLE = "Models"
PLACE = 8
