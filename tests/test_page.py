"""The new-user page, run without a browser: what a visitor types, and what would break it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.text import escape
from recsys.workspace import build
from tests.conftest import real_encoder
from tests.worlds import ITEMS, FakeEncoder, tables


@pytest.fixture
def page(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    app = AppTest.from_file("../app.py", default_timeout=60).run()
    assert not app.exception
    return app


def cards(app):
    return [
        line.value for line in app.markdown if line.value.startswith("**") and "(" in line.value
    ]


def test_it_opens_with_an_example_already_ranked_and_says_so(page):
    assert len(cards(page)) == 10
    assert "Solaris" in cards(page)[0]
    assert any("example" in caption.value for caption in page.caption)


def test_a_taste_ranks_and_an_example_can_be_clicked(page):
    page.text_area(key="taste").set_value("a shark terrorises a beach town").run()
    assert "Jaws" in cards(page)[0]
    page.get("button_group")[0].set_value("samurai and honour").run()
    assert page.text_area(key="taste").value == "samurai and honour"
    assert "Jaws" not in cards(page)[0]


def test_weights_k_and_filters_change_the_list(page):
    before = cards(page)
    page.slider(key="w_content").set_value(0.0).run()
    assert cards(page) != before
    page.slider(key="k").set_value(5).run()
    assert len(cards(page)) == 5
    page.slider(key="years").set_value((1950, 1959)).run()
    assert all("(195" in card for card in cards(page))


def test_another_strategy_ranks_anew_and_goes_into_the_address(page):
    before = cards(page)
    page.selectbox(key="fusion").set_value("reciprocal_rank").run()
    assert cards(page) != before
    assert page.query_params["fusion"] == "reciprocal_rank"


def test_a_like_leaves_the_list_and_stands_among_the_likes(page):
    page.button(key="liked_solaris-1972").click().run()
    assert page.multiselect(key="liked").value == ["solaris-1972"]
    assert not any("Solaris" in card for card in cards(page))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("   ", "no words"),
        ("😀🎬", "no words"),
        ("\x00\x07", "no words"),
        ("x" * 100_000, "100,000 characters"),
    ],
)
def test_what_cannot_be_read_gets_a_message_and_the_next_taste_works(page, text, words):
    page.text_area(key="taste").set_value(text).run()
    assert not page.exception
    assert words in page.warning[0].value
    page.text_area(key="taste").set_value("a shark terrorises a beach town").run()
    assert not page.warning
    assert "Jaws" in cards(page)[0]


def test_every_weight_at_zero_is_a_message(page):
    for slider in [slider for slider in page.slider if slider.key.startswith("w_")]:
        slider.set_value(0.0)
    page.run()
    assert "Every weight is 0" in page.warning[0].value


def opened() -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=60).run()
    assert not app.exception
    return app


def test_a_catalogue_smaller_than_the_list_is_shown_whole(root):
    build("demo", tables(), real_encoder()).close()
    assert len(opened().get("plotly_chart")) == len(ITEMS)


def test_another_workspace_keeps_what_was_typed_but_not_an_example(root):
    other = replace(tables(), about={"examples": ["love"]})
    for name, world in (("demo", tables()), ("other", other)):
        build(name, world, real_encoder()).close()
    app = opened()
    assert app.text_area(key="taste").value == "space"
    app.selectbox(key="workspace").set_value("other").run()
    assert app.text_area(key="taste").value == "love"
    app.text_area(key="taste").set_value("a ghost").run()
    app.selectbox(key="workspace").set_value("demo").run()
    assert app.text_area(key="taste").value == "a ghost"
    assert not app.exception


def test_a_missing_workspace_says_how_to_build_it(root):
    app = AppTest.from_file("../app.py", default_timeout=60).run()
    assert not app.exception
    assert "python -m recsys build" in app.error[0].value


def test_a_damaged_workspace_says_how_to_build_it_again(root):
    build("demo", tables(), FakeEncoder()).close()
    next(root.glob("demo/*/catalogue.duckdb")).write_bytes(b"not a catalogue")
    app = opened()
    assert "--workspace demo --force" in app.error[0].value


def test_words_from_an_import_are_never_markup(root):
    hostile = "![x](http://example.com/x.png)"
    about = dict.fromkeys(("noun", "nouns", "category", "source"), hostile)
    world = replace(tables(), about=about | {"examples": [hostile]})
    build("demo", world, real_encoder()).close()
    app = opened()
    shown = [line.value for kind in ("title", "markdown", "caption") for line in app.get(kind)]
    assert any("example" in value for value in shown)
    assert not any(hostile in value for value in shown)


@pytest.mark.parametrize(
    "text", ["*bold*", "<b>x</b>", ":red[x]", "$x$", "[a](http://b)", "a_b", "`c`"]
)
def test_escaped_text_keeps_its_letters_and_loses_its_markup(text):
    escaped = escape(text)
    assert escaped.replace("\\", "") == text
    for sign in "*<:$[_`":
        assert escaped.count(sign) == escaped.count("\\" + sign)
