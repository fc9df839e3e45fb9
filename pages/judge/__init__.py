"""Judge: how good is each of these for this taste?"""

TITLE = "Judge"
PLACE = 7
