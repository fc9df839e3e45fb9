"""New item: where would this land?"""

TITLE = "New item"
PLACE = 2
