"""The page Talk, without a browser; in the world of forty items."""

import pytest

from recsys.store.events import EventLog
from tests.pages.conftest import act, drawn, visited


@pytest.fixture
def app(shelf_world):
    return visited("talk", taste="space")


def answers(app):
    return [each for each in app.button if (each.key or "").startswith("talk_answer_")]


def taste(app) -> str:
    return app.session_state["visit_taste"]


def shown(app) -> list[str]:
    return [row["id"] for row in drawn(app, "talk_list")["rows"]]


def speak(app, words):
    app.chat_input(key="talk_words").set_value(words).run()
    assert not app.exception
    return app


def test_an_answer_changes_the_list_as_it_was_promised(app):
    before, question = shown(app), answers(app)
    assert len(question) == 3
    promised = next(line.value for line in app.markdown if "Would bring about" in line.value)
    answers(app)[1].click().run()
    others = len(set(before) - set(shown(app)))
    assert f": {others}" in promised.split("(")[1]
    said = " ".join(line.value for line in app.markdown)
    assert "promised about" in said
    assert app.session_state["visit_taste"] != "space" or app.session_state["visit_here_liked"]


def test_turns_are_taken_back_one_by_one(app):
    before = shown(app)
    answers(app)[0].click().run()
    speak(app, "nothing in the desert")
    assert taste(app).endswith("nothing in the desert")
    app.button(key="talk_take_back").click().run()
    app.button(key="talk_take_back").click().run()
    assert (taste(app), shown(app)) == ("space", before)
    assert app.button(key="talk_take_back").disabled


def test_a_remark_is_about_the_first_of_the_list(app):
    first = drawn(app, "talk_list")["rows"][0]
    speak(app, "like this but less tense")
    assert taste(app) == f"space. like {first['title']} but less tense"
    assert first["id"] not in shown(app)


def test_a_like_is_a_turn_and_counts_on_other_pages(app):
    liked = shown(app)[2]
    act(app, "liked", liked, key="talk_list")
    assert app.session_state["visit_here_liked"] == [liked]
    assert any(line.value.startswith("Likes\\: ") for line in app.markdown)
    app.button(key="talk_take_back").click().run()
    assert app.session_state["visit_here_liked"] == []


def test_what_is_changed_elsewhere_begins_anew(app):
    answers(app)[0].click().run()
    app.session_state["visit_taste"] = "ghosts"
    app.run()
    assert app.button(key="talk_take_back").disabled
    assert shown(app)[0].startswith("ghost")


def test_start_again_takes_the_next_words_for_the_first(app):
    answers(app)[0].click().run()
    app.button(key="talk_start_again").click().run()
    assert taste(app) == "space"
    speak(app, "a ghost story")
    assert taste(app) == "a ghost story"


def test_a_question_can_be_passed_over(app):
    before, list_ = [each.label for each in answers(app)], shown(app)
    answers(app)[2].click().run()
    assert shown(app) == list_
    assert [each.label for each in answers(app)] != before or taste(app) == "space"


def test_what_is_done_here_is_kept_where_the_visitor_says_so(app):
    app.session_state["visit_keeps"] = True
    app.run()
    liked = shown(app)[1]
    act(app, "liked", liked, key="talk_list")
    kept = EventLog("demo").table()
    assert liked in kept[kept["kind"] == "impression"]["item"].tolist()
    assert kept[kept["kind"] == "like"]["item"].tolist() == [liked]
