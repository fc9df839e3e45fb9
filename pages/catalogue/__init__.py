"""Catalogue: what is in here, and is the index sound?"""

TITLE = "Catalogue"
PLACE = 9
