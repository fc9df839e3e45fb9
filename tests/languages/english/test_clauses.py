"""A taste in plain words, in clauses: what is wanted, and what is turned down."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.languages.english.clauses import split_clauses

TASTES = [
    # one thing, or several, that are all wanted
    ("heist", ["heist"], []),
    ("slow sci-fi about memory", ["slow sci-fi about memory"], []),
    ("warm; funny: short", ["warm", "funny", "short"], []),
    ("love stories, space", ["love stories", "space"], []),
    ("I love heists 🎬", ["I love heists 🎬"], []),
    ("3.5 stars, or 1917", ["3.5 stars", "or 1917"], []),
    # something turned down, ahead
    ("nothing gory", [], ["gory"]),
    ("NOTHING GORY", [], ["GORY"]),
    ("not too long", [], ["too long"]),
    ("slow sci-fi about memory, nothing gory", ["slow sci-fi about memory"], ["gory"]),
    ("I can't stand musicals", [], ["musicals"]),
    ("I can’t stand musicals", [], ["musicals"]),
    ("I couldn't stand Titanic", [], ["Titanic"]),
    ("I don't really like slow films", [], ["slow films"]),
    ("I hate horror. I love comedies.", ["I love comedies"], ["horror"]),
    ("I'm not into sport", [], ["sport"]),
    ("westerns without any singing", ["westerns"], ["singing"]),
    ("I like crime but not gore, and no jump scares", ["I like crime"], ["gore", "jump scares"]),
    ("like Alien - no sequels", ["like Alien"], ["sequels"]),
    ("less violence, more talk", ["more talk"], ["violence"]),
    ("I'm tired of superheroes", [], ["superheroes"]),
    ("anything but romance", [], ["romance"]),
    ("don't like war? peace!", ["peace"], ["war"]),
    ("I love heists 🎬, no ghosts 👻", ["I love heists 🎬"], ["ghosts 👻"]),
    ("love, no ghosts", ["love"], ["ghosts"]),
    # something turned down, behind
    ("horror is not for me", [], ["horror"]),
    ("romance isn't my thing", [], ["romance"]),
    ("musicals don't work for me", [], ["musicals"]),
    ("superheroes bore me, robots are fun", ["robots are fun"], ["superheroes"]),
    # only refusals
    ("no horror, no musicals", [], ["horror", "musicals"]),
    ("not gory, not sad, not long", [], ["gory", "sad", "long"]),
    # it sounds like a refusal and is none
    ("no, I love war films", ["I love war films"], []),
    ("Notting Hill", ["Notting Hill"], []),
    ("knots, nobility and noise", ["knots", "nobility and noise"], []),
    ("not only funny", ["not only funny"], []),
    ("nothing beats a good heist", ["nothing beats a good heist"], []),
    ("I can't get enough of westerns", ["I can't get enough of westerns"], []),
    ("I don't mind violence", ["I don't mind violence"], []),
    ("without a doubt a western", ["without a doubt a western"], []),
    ("a no-nonsense detective", ["a no-nonsense detective"], []),
    ("films that don't bore me", ["films that don't bore me"], []),
    # too little to cut up
    ("no", ["no"], []),
    ("🎬🍿", ["🎬🍿"], []),
]


NEGATIONS = {
    # said twice, it is no refusal
    "not without": ("grim but not without humour", ["grim", "not without humour"], []),
    "don't hate": ("I don't hate musicals", ["I don't hate musicals"], []),
    "never not": ("never not in the mood for noir", ["never not in the mood for noir"], []),
    "can't say I dislike": ("can't say I dislike horror", ["can't say I dislike horror"], []),
    "can't live without": ("I can't live without noir", ["I can't live without noir"], []),
    "wouldn't say no to": ("I wouldn't say no to a heist", ["I wouldn't say no to a heist"], []),
    "not against": ("I'm not against gore", ["I'm not against gore"], []),
    "nothing against": ("nothing against war films", ["nothing against war films"], []),
    "nothing but": ("nothing but westerns", ["westerns"], []),
    "don't watch anything but": (
        "I don't watch anything but noir",
        ["I don't watch anything but noir"],
        [],
    ),
    "nothing more hated": ("there's nothing I hate more than gore", [], ["gore"]),
    # it answers or weighs, and turns down no film
    "an answer": ("no, I love heists", ["I love heists"], []),
    "an answer without a comma": ("no I love heists", ["no I love heists"], []),
    "not only": ("not only loud but clever", ["not only loud", "clever"], []),
    "no one": ("a mystery where no one dies", ["a mystery where no one dies"], []),
    "not picky": ("I'm not too picky, a comedy", ["I'm not too picky", "a comedy"], []),
    "not as good": ("it was not as good as Alien", ["it was not as good as Alien"], []),
    "may not have": ("one I may not have seen", ["one I may not have seen"], []),
    "a noun": ("about leaving hate behind", ["about leaving hate behind"], []),
    "less than": ("less than two hours", ["less than two hours"], []),
    "praise": ("slow is fine", ["slow is fine"], []),
    # what is turned down follows
    "a length": ("a western, not too long", ["a western"], ["too long"]),
    "a comparison": ("a war film but not as sad as Platoon", ["a war film"], ["sad"]),
    "neither nor": ("neither slow nor sad", [], ["slow", "sad"]),
    "enough of": ("I've had enough of superheroes", [], ["superheroes"]),
    "don't give me": ("don't give me musicals", [], ["musicals"]),
    "don't show me anything": ("please don't show me anything gory", [], ["gory"]),
    "shouted": ("DO NOT SHOW ME WAR", [], ["WAR"]),
    "no please": ("No Horror please", [], ["Horror"]),
    "live without": ("I can live without romance", [], ["romance"]),
    "do without": ("I could do without the singing", [], ["the singing"]),
    "rather than": ("funny rather than sad", ["funny"], ["sad"]),
    "instead of": ("comedy instead of horror", ["comedy"], ["horror"]),
    "skip": ("I skip anything with subtitles", [], ["anything with subtitles"]),
    "keep me away from": ("keep me away from gore", [], ["gore"]),
    "allergic": ("I'm allergic to musicals", [], ["musicals"]),
    "no longer": ("I no longer enjoy musicals", [], ["musicals"]),
    "care less": ("I couldn't care less about sport", [], ["sport"]),
    "no patience for": ("I have no patience for ghosts", [], ["ghosts"]),
    "not big on": ("noir, I'm not big on romance", ["noir"], ["romance"]),
    "what I can't take": (
        "What I can't take is cruelty (torture, dead dogs) or noise with nothing behind it",
        [],
        ["cruelty (torture, dead dogs) or noise with nothing behind it"],
    ),
    "and then a wish": ("I hate war and I love noir", ["I love noir"], ["war"]),
    "a wish without a stop": ("I hate war I love noir", ["I love noir"], ["war"]),
    "twice without a comma": ("no gore no ghosts", [], ["gore", "ghosts"]),
    # what is turned down stands before
    "not a fan": ("Ghosts? Not a fan.", [], ["Ghosts"]),
    "absolutely not": ("noir. Teen comedies, absolutely not", ["noir"], ["Teen comedies"]),
    "I can skip": ("the gory stuff I can skip", [], ["the gory stuff"]),
    "leaves me cold": ("stoner jokes leave me cold, noir", ["noir"], ["stoner jokes"]),
    "away from me": ("keep clowns far, far away from me", [], ["clowns"]),
    "after a wish": ("I love heists and musicals bore me", ["I love heists"], ["and musicals"]),
    "neither do": (
        "Ghosts and slow dread don't work for me, and neither do puppets",
        [],
        ["Ghosts and slow dread", "puppets"],
    ),
    # lists
    "hated, joined by and": (
        "I hate horror, gore and slasher films",
        [],
        ["horror", "gore and slasher films"],
    ),
    "no, joined by or": ("no horror, war or musicals", [], ["horror", "war or musicals"]),
    "no, joined by and": (
        "no horror, robots and horses",
        ["robots and horses"],
        ["horror"],
    ),
    "one no for two": ("no sequels or remakes", [], ["sequels or remakes"]),
    "not joined": ("I don't like war, robots", ["robots"], ["war"]),
    "a statement ends it": ("I hate war, robots are fun", ["robots are fun"], ["war"]),
    "after a colon": ("What I don't like: golf, courts. Noir!", ["Noir"], ["golf", "courts"]),
    "the same": ("I hate gore, same with ghosts", [], ["gore", "ghosts"]),
    "before the verb": ("Golf, courts and ghosts bore me", [], ["Golf", "courts and ghosts"]),
    # names
    "a name that is a no": ("No Country for Old Men", ["No Country for Old Men"], []),
    "a short name that is a no": ("No Time to Die", ["No Time to Die"], []),
    "a never": ("Never Let Me Go", ["Never Let Me Go"], []),
    "a nothing": ("Nothing But Trouble", ["Nothing But Trouble"], []),
    "inside a sentence": ("I liked No Way Out, no gore", ["I liked No Way Out"], ["gore"]),
    "a name with Not": (
        "The World Is Not Enough or Notting Hill",
        ["The World Is Not Enough or Notting Hill"],
        [],
    ),
    "a name with without": ("like Rebel Without a Cause", ["like Rebel Without a Cause"], []),
    "a name turned down": ("No Adam Sandler", [], ["Adam Sandler"]),
    "in quotes": ("like “no country for old men”", ["like “no country for old men”"], []),
    "a doctor": ("Dr. Strangelove, Dr. No", ["Dr. Strangelove", "Dr. No"], []),
    "initials": (
        "J.R.R. Tolkien. M. Night Shyamalan",
        ["J.R.R. Tolkien", "M. Night Shyamalan"],
        [],
    ),
}
SOUNDS = [
    "not ",
    "don't ",
    "no ",
    "No Aa ",
    "I love ",
    "no war I love ",
    "keep a away ",
    "so ",
    " ",
]
SOUNDS += ["I hate x, y, ", "(", '"', ".", "-", "\n", "nor ", "and ", "A.", "not as ", "bore me "]


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [*TASTES, *(pytest.param(*case, id=name) for name, case in NEGATIONS.items())],
)
def test_a_taste_is_cut_into_what_is_wanted_and_what_is_turned_down(text, wanted, unwanted):
    clauses = split_clauses(text)
    assert [clause.text for clause in clauses if clause.wanted] == wanted
    assert [clause.text for clause in clauses if not clause.wanted] == unwanted


def test_clauses_stand_in_the_order_of_the_text():
    texts = [clause.text for clause in split_clauses("no war, robots, no ghosts, and horses")]
    assert texts == ["war", "robots", "ghosts", "and horses"]


@pytest.mark.parametrize("sound", SOUNDS)
def test_a_long_text_is_cut_in_no_time(sound):
    started = time.process_time()
    assert split_clauses((sound * 10_000)[:10_000])
    assert time.process_time() - started < 0.5


words = st.sampled_from(
    "no not never love , . but horror films I don't like nothing – 🎬 …".split()
)


@given(st.lists(words, min_size=1, max_size=12).map(" ".join) | st.text(min_size=1, max_size=80))
def test_every_text_has_clauses_and_each_is_a_piece_of_it(text):
    clauses = split_clauses(text)
    assert clauses
    for clause in clauses:
        assert clause.text
        assert clause.text in text
