"""Brevity: how far a text is a request rather than the portrait of a person, without a cliff."""

from math import tanh

from recsys.datatypes import EncodedQuery

HALF_WORDS = 9.0
"""A text of so many words is half a description of what is wanted."""
REQUEST_WORDS = 7.0
"""And of so many it is half of a person, for whom it counts what others like."""
STEEPNESS = 1.5
"""Words more or less after which the odds change by a factor of e."""


def brevity(query: EncodedQuery) -> float:
    """From 1 for a few words to 0 for many, by a logistic function of how many are wanted."""
    return _few(query, HALF_WORDS)


def request(query: EncodedQuery) -> float:
    """From 0 to 1: how far a query asks for items, by few words or by likes, rather than tells of
    a person."""
    portrait = (1 - _few(query, REQUEST_WORDS)) / (1 + len(query.liked))
    return 1 - portrait


def _few(query: EncodedQuery, half: float) -> float:
    words = len(query.wanted_text.split())
    # The logistic function, said so that it cannot overflow.
    return 0.5 + 0.5 * tanh((half - words) / STEEPNESS / 2)
