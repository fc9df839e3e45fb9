"""What is asked, what is promised, and what an answer does."""

import numpy as np
import pytest

from recsys.datatypes import Query, Strategy
from recsys.dialogue.belief import facet_gains
from recsys.dialogue.questions import Answer, changed
from recsys.dialogue.simulated import Simulated


def asked_after(asker, query, asked=()):
    result = asker.engine.recommend(query)
    believed = asker.believed(result.ranking, ())
    return result, asker.best(result.ranking, believed, asked)


def test_facets_are_what_many_have_and_words_can_say(asker):
    """ "Tense" is of 36 of 40 items: too many."""
    names = {facet.name for facet in asker.facets}
    assert {"stars", "haunting", "Norland", "Sudland"} <= names
    assert "tense" not in names
    stars = next(facet for facet in asker.facets if facet.name == "stars")
    assert np.flatnonzero(stars.fit == 1).tolist() == list(range(10))


def test_what_is_said_already_is_not_asked(asker):
    understood = asker.engine.understand(Query("haunting, nothing of Norland"))
    assert set(asker.stated(understood)) == {"haunting", "Norland"}


def test_no_question_is_asked_twice(asker):
    asked = []
    for _ in range(5):
        question = asked_after(asker, Query("space"), asked)[1]
        assert question.about not in asked
        asked.append(question.about)


def test_it_asks_what_tells_most(asker):
    result, best = asked_after(asker, Query("space"))
    believed = asker.believed(result.ranking, ())
    fits = np.stack([facet.fit for facet in asker.facets])
    assert best.bits >= facet_gains(believed, fits).max() - 1e-9


def test_what_is_promised_is_what_the_answer_does(asker):
    query = Query("space", k=5)
    result, question = asked_after(asker, query)
    promise = asker.promise(query, result.shown, question, Strategy())
    for answer, promised in zip(question.answers, promise.by_answer, strict=True):
        if not (answer.said or answer.liked):
            assert promised == 0
            continue
        after = asker.engine.recommend(answer.added(query))
        assert promised == changed(result.shown.index, after.shown.index)
    chances = [answer.chance for answer in question.answers]
    assert sum(chances) == pytest.approx(1)
    assert promise.expected == pytest.approx(np.dot(chances, promise.by_answer))


def test_an_answer_adds_words_or_a_like_and_nothing_else():
    query = Query("space.", liked=(3,), seen=(7,), k=4)
    assert Answer("More of it", 0.5, said="horror").added(query).text == "space. horror"
    liked = Answer("Star Harbour", 0.5, liked=(0,)).added(query)
    assert (liked.text, liked.liked, liked.seen, liked.k) == ("space.", (3, 0), (7,), 4)
    assert Answer("Either way", 0.0).added(query) == query


def test_what_was_answered_makes_it_more_certain(asker):
    result = asker.engine.recommend(Query("space or ghosts"))
    before = asker.believed(result.ranking, ())
    after = asker.believed(result.ranking, ("haunting",))
    assert after[10:20].sum() > before[10:20].sum()


def test_somebody_simulated_answers_by_their_likes(asker):
    """Of space they like all, of Norland half as everybody does, of ghosts nothing."""
    likes, nearness = np.ones(40), np.arange(40.0)
    somebody = Simulated(range(10), likes, nearness)
    facets = {facet.name: facet for facet in asker.facets}
    wants = [somebody.wants(facets[name]) for name in ("stars", "Norland", "haunting")]
    assert wants == [True, None, False]
    assert somebody.prefers(3, 8) == 8
    assert Simulated([], likes, nearness).wants(facets["stars"]) is None


def test_questions_at_random_are_drawn_by_their_seed(asker):
    ranking = asker.engine.recommend(Query("space")).ranking
    drawn = [asker.at_random(ranking, (), np.random.default_rng(3)).about for _ in range(2)]
    assert drawn[0] == drawn[1]
    many = {asker.at_random(ranking, (), np.random.default_rng(n)).about for n in range(20)}
    assert len(many) > 5
