"""Tastes as people type them, and what must be true of the answer: checks from facts only.

Written before any result was looked at. A check is (name, *arguments); test_tastes.py says what
each name means.
"""

FILMS = {
    # thirteen to start with
    "smth funny 4 my 6yo, no scary stuff pls": [
        ("have", 6, "Family", "Animation"),
        ("lack", "Horror", "frightening", "gory", "violent", "disturbing", "sensual"),
        ("intent", "audience", 1, "6"),
        ("refused", "scary"),
        ("read_as", "smth", "something"),
    ],
    "before 1950, comedy": [("years", 6, None, 1949), ("have", 6, "Comedy")],
    "films made in the last five years": [("years", 6, 2020, 2024)],
    "movies from the late 70s about paranoia": [
        ("years", 6, 1975, 1980),
    ],
    "something like the godfather but less violent": [
        ("absent", "The Godfather"),
        ("intent", "example", 1, "godfather"),
        ("have", 4, "gangsters", "Crime", "fatherhood", "betrayal"),
        ("lack", "violent", "gory"),
    ],
    "it's not that i hate romance, just not tonight": [
        ("lack", "Romance", "romantic"),
        ("refused", "romance"),
        ("no_refusal", "tonight"),
        ("no_refusal", "hate"),
    ],
    "under 90 minutes, light, nothing sad": [
        ("grey", "number", "minutes"),
        ("intent", "tone", 1, "light"),
        ("lack", "melancholy", "tragic", "bleak", "grief"),
    ],
    "I've seen all Kubrick already, what's similar": [
        ("lack", "Stanley Kubrick"),
        ("intent", "seen", 0, "Kubrick"),
    ],
    "somthing wierd and suriel": [
        ("have", 6, "surreal", "absurd", "dreamlike"),
        ("read_as", "wierd", "weird"),
        ("read_as", "suriel", "surreal"),
    ],
    "films by Hayao Miyazaki that arent for kids": [
        ("have", 2, "Hayao Miyazaki"),
        ("first", "Princess Mononoke", "Lupin III: The Castle of Cagliostro"),
        ("lack", "Family"),
        ("intent", "audience", -1, "kids"),
    ],
    "a haunted house, really frightening but no blood": [
        ("have", 4, "haunting", "frightening"),
        ("lack", "gory"),
    ],
    "asdf qwer zxcv": [("not_understood",)],
    "ein Film über Freundschaft, aber nicht traurig": [("not_understood",), ("language", "German")],
    # forty more, from other ways of typing
    "anything but horror or musicals": [("lack", "Horror", "Musical"), ("refused", "horror")],
    "neither war nor crime please, something warm": [
        ("lack", "War", "Crime", "cost of war"),
        ("have", 4, "warm", "tender", "cosy", "hopeful"),
    ],
    "korean thrillers": [("have", 4, "South Korea"), ("have", 4, "Thriller")],
    "in french, romantic, from the 60s": [
        ("have", 4, "France"),
        ("years", 6, 1960, 1969),
    ],
    "no subtitles, a heist": [
        ("have", 6, "USA", "UK", "Australia", "Canada", "Ireland", "New Zealand")
    ],
    "between 1960 and 1975, science fiction": [
        ("years", 6, 1960, 1975),
        ("have", 4, "Science fiction"),
    ],
    "loved Amelie, hated Fight Club": [
        ("intent", "liked", 1, "Amelie"),
        ("intent", "disliked", -1, "Fight Club"),
        ("absent", "Amélie"),
        ("absent", "Fight Club"),
    ],
    "besides casablanca, what else has humphrey bogart in it": [
        ("absent", "Casablanca"),
        ("first", "The Treasure of the Sierra Madre", "The Maltese Falcon"),
    ],
    "smth w/o violence 2 watch with grandma": [
        ("lack", "violent", "gory", "disturbing"),
        ("intent", "audience", 1, "grandma"),
    ],
    "a cartoon the whole family can watch": [("have", 6, "Animation"), ("have", 4, "Family")],
    "not too sad, about friendship": [
        ("have", 4, "friendship"),
        ("intent", "tone", -1, "sad"),
    ],
    "something like alien but funny": [("absent", "Alien"), ("intent", "example", 1, "alien")],
    "in the vein of Blade Runner": [("absent", "Blade Runner"), ("have", 3, "Science fiction")],
    "since 2015, japanese": [("years", 6, 2015, None), ("have", 3, "Japan")],
    "old black and white comedies": [("have", 4, "Comedy"), ("years", 4, None, 1969)],
    "an 80s action flick, nothing gory": [
        ("years", 6, 1980, 1989),
        ("have", 4, "Action"),
        ("lack", "gory"),
    ],
    "the year i was born": [("grey", "time", "born")],
    "2 to 4 players": [("grey", "number", "players")],
    "a kurosawa film with samurai": [("have", 4, "Akira Kurosawa")],
    "hitchcok, but not the birds": [
        ("have", 3, "Alfred Hitchcock"),
        ("read_as", "hitchcok", "hitchcock"),
    ],
    "a romcom that isn't cheesy": [("have", 4, "Romance", "Comedy"), ("refused", "cheesy")],
    "no anime": [("lack_both", "Animation", "Japan")],
    "not Tarantino, but something like pulp fiction": [
        ("lack", "Quentin Tarantino"),
        ("absent", "Pulp Fiction"),
    ],
    "i've already seen spirited away and totoro, more like that please": [
        ("absent", "Spirited Away"),
        ("absent", "My Neighbor Totoro"),
    ],
    "movies set in paris": [("have", 4, "Paris")],
    "recent documentaries": [("have", 3, "Documentary"), ("years", 4, 2009, None)],
    "a slow film about memory and grief": [("have", 4, "memory", "grief")],
    "gimme a funny zombie flick": [("have", 2, "vampires and zombies")],
    "family film, less than 2 hours": [("grey", "number", "hours"), ("have", 6, "Family")],
    "a film noir from the forties": [("years", 6, 1940, 1949), ("have", 3, "Film noir")],
    "pre-1940 horror": [("years", 6, None, 1939), ("have", 4, "Horror")],
    "no superheroes, no westerns, no vampires": [
        ("lack", "superheroes", "Western", "vampires and zombies")
    ],
    "thrilers with a twist": [("have", 4, "Thriller"), ("read_as", "thrilers", "thrillers")],
    "from italy, not fellini": [("have", 4, "Italy"), ("lack", "Federico Fellini")],
    "qwertyuiop lkjhgfdsa": [("not_understood",)],
    "une comédie romantique, pas trop triste": [("not_understood",), ("language", "French")],
    "una película de miedo para ver con amigos": [("not_understood",), ("language", "Spanish")],
    "darker than toy story": [("absent", "Toy Story"), ("intent", "comparison", 1, "dark")],
    "nothing for adults, a fairy tale": [
        ("have", 4, "Family", "Animation"),
        ("lack", "gory", "sensual"),
    ],
    "gay love story": [("have", 4, "queer love", "Romance")],
    "a film for a date night, french, nothing depressing": [
        ("have", 3, "France"),
        ("lack", "bleak", "tragic"),
    ],
    "space, but no aliens": [("have", 3, "space"), ("lack", "aliens")],
}
"""Taste -> checks on the bundled films."""

GAMES = {
    "2 to 4 players, under 45 minutes": [("players", 2, 4), ("minutes", None, 45)],
    "for 5 players": [("players", 5, 5)],
    "a cooperative game": [("have", 5, "Cooperative")],
    "trains and trading, but not four hours long": [
        ("minutes", None, 239),
        ("have", 3, "trains", "trade", "trading and negotiation"),
    ],
    "quick cards for two": [("players", 2, 2), ("have", 3, "Card game")],
    "no dice, no luck": [("lack", "dice rolling")],
    "bluffing with eight friends": [("players", 8, 8), ("have", 2, "bluffing")],
    "something like catan but shorter": [("absent", "Catan"), ("minutes", None, 89)],
    "at least 2 hours, heavy": [("minutes", 120, None), ("have", 5, "heavy")],
    "less than 20 dollars": [("grey", "number", "dollars")],
    "a word game for my 8 year old": [("have", 3, "Word game", "Children", "Family")],
    "not a wargame, solo": [("players", 1, 1), ("lack", "Wargame")],
}
"""Taste -> checks on the bundled board games."""

REFUSALS = {
    "drama, no romance": ["romance"],
    "nothing gory": ["gory"],
    "neither violent nor sad": ["violent", "sad"],
    "films that aren't scary": ["scary"],
    "it's not that i hate musicals, just not today": ["musicals"],
    "anything but westerns or war": ["westerns", "war"],
    "a thriller without blood": ["blood"],
    "comedy, less slapstick": ["slapstick"],
    "not too slow, crime": ["slow"],
    "i hate superheroes": ["superheroes"],
    "no scary stuff please": ["scary"],
    "i don't like horror movies": ["horror"],
    "can't stand musicals": ["musicals"],
    "w/o violence": ["violence"],
    "skip the romance": ["romance"],
    "science fiction minus the aliens": ["aliens"],
    "gore-free horror": ["gore"],
    "non-violent crime films": ["violent"],
    "no zombies or vampires": ["zombies", "vampires"],
    "i'm not into documentaries": ["documentaries"],
    "horror is not for me": ["horror"],
    "please no kids movies": ["kids"],
    "everything except comedies": ["comedies"],
    "funny, and nothing sad or violent": ["sad", "violent"],
    "not a fan of biopics": ["biopics"],
    "films which do not involve war": ["war"],
    "sick of sequels, give me adventure": ["sequels"],
    "dont want anything depressing": ["depressing"],
    "rather not something bleak": ["bleak"],
    "no more gangsters, no guns, no drugs": ["gangsters", "guns", "drugs"],
}
"""Taste -> the texts of what it refuses, all of them."""

BLIND = {
    # written after the first look at FILMS, before any look at these
    "sumthing romantic but not cheesy, made b4 1980": [
        ("years", 6, None, 1979),
        ("have", 4, "Romance", "romantic"),
        ("refused", "cheesy"),
    ],
    "we've already watched Parasite and Oldboy, any other korean films?": [
        ("absent", "Parasite"),
        ("absent", "Oldboy"),
        ("have", 4, "South Korea"),
    ],
    "movies like Groundhog Day or Palm Springs": [
        ("absent", "Groundhog Day"),
        ("absent", "Palm Springs"),
        ("intent", "example", 1, "palm springs"),
    ],
    "I adored Spirited Away but hated Inception": [
        ("intent", "liked", 1, "spirited away"),
        ("intent", "disliked", -1, "inception"),
        ("absent", "Inception"),
    ],
    "nothing with vampires or zombies in it": [("lack", "vampires and zombies")],
    "90s crime film, preferably with de niro": [
        ("years", 6, 1990, 1999),
        ("have", 1, "Robert De Niro"),
    ],
    "a western that is not too violent": [
        ("have", 4, "Western"),
        ("intent", "tone", -1, "violent"),
    ],
    "films from the twenties": [("years", 6, 1920, 1929)],
    "older than 1930 please": [("years", 6, None, 1929)],
    "1970-1979, horror": [("years", 6, 1970, 1979), ("have", 4, "Horror")],
    "newest stuff u have": [("years", 4, 2015, None)],
    "something for the kids, no disney": [("have", 6, "Family")],
    "movie night with my 10 year old daughter and grandma": [
        ("have", 6, "Family"),
        ("lack", "gory", "sensual"),
    ],
    "adults only, erotic thriller": [("have", 2, "sensual")],
    "dont want a musical, dont want a western": [("lack", "Musical", "Western")],
    "everything but drama": [("lack", "Drama")],
    "no spielberg": [("lack", "Steven Spielberg")],
    "wes anderson but darker": [("have", 3, "Wes Anderson"), ("intent", "comparison", 1, "dark")],
    "scandinavian and bleak": [
        ("have", 4, "Sweden", "Norway", "Denmark", "Finland"),
        ("have", 3, "bleak", "tragic"),
    ],
    "sci fi w/ robots": [("have", 3, "Science fiction", "artificial intelligence")],
    "I want to cry": [("have", 0, "tragic")],
    "documentry about music": [
        ("have", 3, "Documentary"),
        ("read_as", "documentry", "documentary"),
    ],
    "comedy thats under two hours and isnt dumb": [
        ("grey", "number", "hours"),
        ("have", 5, "Comedy"),
    ],
    "Japanese but not animated": [("have", 4, "Japan"), ("lack", "Animation")],
    "films in Italian": [("have", 6, "Italy")],
    "a film set in tokyo, made after 1990": [("years", 6, 1991, None), ("have", 3, "Tokyo")],
    "not the godfather, not goodfellas, but gangsters": [
        ("absent", "The Godfather"),
        ("absent", "Goodfellas"),
        ("have", 4, "gangsters"),
    ],
    "I'm fed up with superheroes": [("lack", "superheroes")],
    "no sad endings, no war, no nazis": [("lack", "War")],
    "mystery, fantasy or adventure - but never horror": [
        ("have", 5, "Mystery", "Fantasy", "Adventure"),
        ("lack", "Horror"),
    ],
    "Tarkovsky": [("have", 3, "Andrei Tarkovsky")],
    "rashomon": [("absent", "Rashomon"), ("intent", "example", 1, "rashomon")],
    "that one with the shark": [("first", "Jaws")],
    "the best of hong kong action": [("have", 4, "Hong Kong"), ("have", 3, "Action")],
    "quiet slow films about old age": [
        ("have", 3, "growing old"),
        ("have", 3, "quiet", "slow-burn", "contemplative"),
    ],
    "fantsy advnture for teh whole fam": [("have", 6, "Family"), ("read_as", "fantsy", "fantasy")],
    "ich suche einen lustigen Film": [("not_understood",), ("language", "German")],
    "film d'horreur sans trop de sang": [("not_understood",), ("language", "French")],
    "jkjkjk lolol asdasd": [("not_understood",)],
    "zzzzzzzzz": [("not_understood",)],
}
"""A second table, for how well it does on what it was not fitted to."""
