"""Compare: what does the strategy do to the list?"""

TITLE = "Compare"
PLACE = 3
