"""Reviews in place of items, and from which value on something is a like."""

from recsys.store.workspace import Workspace
from tests.pages.catalogue.test_page import opened

REVIEWS = b"""asin,reviewerID,overall,reviewText
k1,ann,5,Whistles in tune every morning
k1,bo,2,Leaks
k2,ann,4,A pan for life
k2,cy,3,Heavy
"""
SHOP = b"sku,name\nk1,Kettle\nk2,Pan\n"
PLAYS = b"user,item,plays\nann,k1,1\nbo,k1,310\nbo,k2,2\n"


def given(kind: str, name: str, content: bytes, app=None):
    app = app or opened("upload")
    app.file_uploader(key=f"catalogue_file_{kind}").upload(name, content).run()
    assert not app.exception
    return app


def built(app, name: str):
    app.text_input(key="catalogue_new_name").set_value(name)
    next(button for button in app.button if button.label == "Build").click().run()
    assert not app.exception
    assert not app.error
    return Workspace.open(name)


def test_reviews_become_items_and_likes(small_world, fake_encoder):
    app = given("items", "reviews.csv", REVIEWS)
    assert "several rows with the same asin" in app.info[0].value
    assert app.selectbox(key="catalogue_column_items_id").value == "asin"
    assert app.select_slider(key="catalogue_like_from_overall_explicit").value == 4
    app.select_slider(key="catalogue_like_from_overall_explicit").set_value(3.0).run()
    workspace = built(app, "kitchen")
    assert workspace.catalogue.items["id"].tolist() == ["k1", "k2"]
    assert workspace.catalogue.items["text"][0] == "Whistles in tune every morning Leaks"
    assert workspace.catalogue.about["like_from"] == 3


def test_the_reading_as_reviews_can_be_switched_off(small_world, fake_encoder):
    app = given("items", "reviews.csv", REVIEWS)
    app.toggle(key="catalogue_events").set_value(False).run()
    assert not app.exception
    assert not app.select_slider
    assert "reviews" not in app.multiselect(key="catalogue_column_items_text").options
    app.toggle(key="catalogue_events").set_value(True).run()
    assert app.multiselect(key="catalogue_column_items_text").value == ["reviews"]


def test_plays_are_counts_until_somebody_says_otherwise(small_world, fake_encoder):
    app = given("interactions", "plays.csv", PLAYS, given("items", "shop.csv", SHOP))
    assert not app.info or "These are" not in str(app.info[0].value)
    assert app.segmented_control(key="catalogue_feedback_plays").value == "implicit"
    assert app.select_slider(key="catalogue_like_from_plays_implicit").value == 1
    app.segmented_control(key="catalogue_feedback_plays").set_value("explicit").run()
    assert not app.exception
    assert built(app, "music").catalogue.about["like_from"] == 310
