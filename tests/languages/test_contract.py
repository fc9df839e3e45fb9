"""Every language has what the house asks of one, in a form that it can use."""

import pytest

from recsys.datatypes import Clause
from recsys.errors import QueryError
from recsys.languages import language, languages


@pytest.fixture(params=list(languages()))
def spoken(request):
    """Each folder of the room in turn."""
    return languages()[request.param]


def test_texts_are_read(spoken):
    text = "Paris 1972, Solaris. Akira!"
    assert spoken.TITLE
    clauses = spoken.split_clauses(text)
    assert clauses
    assert {type(clause) for clause in clauses} == {Clause}
    assert [word for _, word in spoken.tokens(text)] == ["Paris", "1972", "Solaris", "Akira"]
    assert [stem for stem, _ in spoken.tokens(text)] == list(spoken.stems(text))


def test_nothing_said_is_nothing_read(spoken):
    assert list(spoken.tokens("")) == []
    assert list(spoken.stems("")) == []


def test_words_that_say_nothing_have_no_stem(spoken):
    for word in spoken.FILLERS:
        assert list(spoken.stems(word)) == [] or "'" in word


def test_aliases_are_small_letters(spoken):
    for names, words in spoken.ALIASES.items():
        assert names == names.lower()
        assert words == words.lower()
    assert spoken.ARTICLES
    assert spoken.SILENT


def test_a_language_that_is_not_spoken_is_refused():
    assert language("english").TITLE == "English"
    with pytest.raises(QueryError, match=r"no language called 'klingon'\. There are: english"):
        language("klingon")
