"""Chat shorthand, joined words and frequent slips, as people type them."""

SHORTHAND = {
    "smth": "something",
    "smthing": "something",
    "sumthing": "something",
    "sth": "something",
    "u": "you",
    "ur": "your",
    "r": "are",
    "n": "and",
    "luv": "love",
    "luvd": "loved",
    "pls": "please",
    "plz": "please",
    "plss": "please",
    "thx": "thanks",
    "thnx": "thanks",
    "ty": "thanks",
    "tho": "though",
    "thru": "through",
    "cuz": "because",
    "coz": "because",
    "bc": "because",
    "b4": "before",
    "gr8": "great",
    "w/": "with",
    "w": "with",
    "w/o": "without",
    "lyk": "like",
    "gf": "girlfriend",
    "bf": "boyfriend",
    "wo": "without",
    "wanna": "want to",
    "gonna": "going to",
    "gimme": "give me",
    "lemme": "let me",
    "dunno": "do not know",
    "kinda": "kind of",
    "sorta": "sort of",
    "bday": "birthday",
    "fam": "family",
    "flick": "film",
    "flicks": "films",
    "vid": "film",
    "mins": "minutes",
    "hrs": "hours",
    "yrs": "years",
    "yo": "year old",
    "abt": "about",
    "rn": "right now",
    "tonite": "tonight",
    "2nite": "tonight",
    "2night": "tonight",
    "nite": "night",
    "wat": "what",
    "wut": "what",
    "dat": "that",
    "da": "the",
    "teh": "the",
    "ppl": "people",
    "b&w": "black and white",
    "scifi": "sci-fi",
    "abit": "a bit",
    "alot": "a lot",
    "aswell": "as well",
    "grandkid": "grandchild",
}
"""What is typed -> what is meant; all of it small letters."""

FAMILIAR = frozenset("flick flicks vid mins hrs abit alot aswell tho scifi".split())
"""Of these, what need not be shown as read in another way."""

CONTRACTIONS = {
    "arent": "aren't",
    "isnt": "isn't",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "cant": "can't",
    "cannot": "can't",
    "couldnt": "couldn't",
    "wont": "won't",
    "wouldnt": "wouldn't",
    "wasnt": "wasn't",
    "werent": "weren't",
    "havent": "haven't",
    "hasnt": "hasn't",
    "ive": "I've",
    "im": "I'm",
    "thats": "that's",
    "whats": "what's",
    "theres": "there's",
}
"""Without its apostrophe -> with it; not shown, since nothing else can be meant."""

NUMBERS = {
    "2": "to",
    "4": "for",
}
"""A number alone -> the word that it stands for, where no count follows."""

COUNTED = (
    "players? people persons? friends? hours? hrs? minutes? mins? years? year kids? children"
    " films? movies? games? dollars? bucks? euros? pounds? or to and adults? of us stars? yo"
    " decades? seasons? parts? days? weeks? months? nights?"
)
"""Words before which 2 and 4 are numbers, as patterns."""
