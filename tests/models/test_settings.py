"""The settings of models: their usual values, and what the code says of each."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from recsys.learning.loop import Schedule
from recsys.models import models, on_request
from recsys.models._settings import Setting, settings

FORMS = ("round", "square")


@dataclass(frozen=True)
class Config(Schedule):
    """How it is learned."""

    epochs: int = 7
    form: str = "round"
    """Round or
    square."""
    parts: tuple[int, ...] = (1, 2)
    """No number."""


def test_a_setting_is_said_by_what_stands_under_its_field_or_under_the_one_it_replaces():
    found = settings(SimpleNamespace(Config=Config, FORMS=FORMS))
    assert found["epochs"] == Setting("epochs", 7, "At most so many.")
    assert found["form"] == Setting("form", "round", "Round or square.", FORMS)
    assert found["rate"].about == "Learning rate of AdamW."
    assert "parts" not in found


@pytest.mark.parametrize("name", sorted(on_request()))
def test_every_setting_of_what_is_trained_on_request_says_what_it_is(name):
    found = settings(models()[name])
    assert found
    assert all(setting.about for setting in found.values())
    assert all(setting.usual in setting.choices for setting in found.values() if setting.choices)
