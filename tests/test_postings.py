"""Inverted files: what is looked up in arrays is what a dictionary would have said."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recsys.postings import Inverted, Postings, Terms, invert

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
DOCUMENTS = st.lists(st.lists(WORDS, max_size=6), max_size=8)


@given(st.sets(WORDS))
def test_terms_are_found_where_they_stand_and_nowhere_else(words):
    ordered = sorted(words, key=str.encode)
    terms = Terms(**Terms.pack(ordered))
    assert [terms[place] for place in range(len(terms))] == ordered
    assert [terms.find(word) for word in ordered] == list(range(len(ordered)))
    assert terms.find("longer than any") == -1


@given(DOCUMENTS, DOCUMENTS)
def test_a_term_stands_in_the_documents_that_say_it(first, second):
    found = Inverted([Postings.read(invert(part)) for part in (first, second)])
    documents = [*first, *second]
    assert found.lengths.tolist() == list(map(len, documents))
    for word in {"", *(word for own in documents for word in own)}:
        rows, counts = found.of(word)
        said = {row: Counter(own)[word] for row, own in enumerate(documents) if word in own}
        assert dict(zip(rows.tolist(), counts.tolist(), strict=True)) == said
        assert (np.diff(rows) > 0).all()
        asked = np.arange(len(documents))[::-1]
        assert found.has(word, asked).tolist() == [row in said for row in asked.tolist()]
