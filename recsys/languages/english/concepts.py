"""What people call things, beside the names: the labels that answer a word, and that a refusal
of the word turns down as well.

A catalogue has some of these labels and not others; those that it lacks say nothing.
"""

WANTED = {
    "light": "warm, playful, whimsical, witty, cosy, light, comedy, relaxed",
    "light-hearted": "warm, playful, whimsical, witty, cosy, comedy",
    "gentle": "warm, tender, quiet, cosy, whimsical, calm",
    "sweet": "warm, tender, romantic, whimsical, cosy",
    "cute": "whimsical, warm, cosy, playful",
    "uplifting": "hopeful, warm, triumphant",
    "inspiring": "triumphant, hopeful",
    "feel-good": "warm, hopeful, cosy, triumphant",
    "heartwarming": "warm, tender, hopeful",
    "dark": "bleak, disturbing, gritty, violent, dark, film noir, paranoid",
    "grim": "bleak, tragic, gritty",
    "gritty": "gritty, violent",
    "sad": "melancholy, tragic, bleak, grief",
    "tearjerker": "tragic, tender, bittersweet",
    "weepie": "tragic, tender, bittersweet",
    "depressing": "bleak, tragic",
    "scary": "horror, frightening, eerie",
    "creepy": "eerie, frightening, disturbing, horror",
    "spooky": "eerie, haunting, frightening, haunted house, ghost",
    "haunted": "haunting, haunted house, ghost",
    "weird": "surreal, absurd, dreamlike",
    "strange": "surreal, absurd, dreamlike, eerie",
    "trippy": "surreal, dreamlike",
    "dreamy": "dreamlike",
    "quirky": "whimsical, absurd, deadpan, playful",
    "offbeat": "absurd, deadpan, whimsical",
    "silly": "playful, raucous, absurd, silly, funny, comedy",
    "goofy": "playful, raucous, comedy",
    "funny": "comedy, playful, witty, raucous, funny",
    "hilarious": "comedy, raucous, witty",
    "witty": "witty, satirical",
    "clever": "witty, puzzling",
    "smart": "witty, thoughtful",
    "slow": "slow-burn, contemplative, quiet",
    "slow-burn": "slow-burn",
    "calm": "quiet, contemplative, cosy, calm, relaxed",
    "quick": "fast-paced, quick",
    "thrilling": "tense, thriller, fast-paced",
    "exciting": "tense, fast-paced, adventure, action",
    "suspense": "tense, thriller",
    "tense": "tense, thriller",
    "paranoia": "paranoid, conspiracy, surveillance",
    "paranoid": "paranoid",
    "conspiracies": "conspiracy, paranoid",
    "blood": "gory, splatter, slasher film",
    "violence": "violent, gory",
    "sexy": "sensual, erotic film",
    "erotic": "sensual, erotic film",
    "steamy": "sensual, erotic film",
    "romance": "romance, romantic, romantic comedy",
    "romantic": "romantic, romance",
    "love": "romance, romantic, love, romance film, romantic comedy",
    "love story": "romance, romantic, first love, forbidden love",
    "fairy tale": "myth and fairy tale, fantasy, fairy tale",
    "cartoon": "animation, animated film",
    "animated": "animation, animated film",
    "animated film": "animation, animated film",
    "romantic comedy": "romantic comedy, comedy & romance",
    "anime": "animation & japan, anime",
    "zombies": "vampires and zombies, zombie, zombie film",
    "vampires": "vampires and zombies, vampire, vampire film",
    "robots": "artificial intelligence, robot, android",
    "mob": "gangsters, organized crime, gangster film",
    "war": "war, cost of war, world war ii, war film, warfare",
    "ghosts": "haunting, ghost, haunted house",
    "luck": "dice rolling, push your luck",
    "dice": "dice rolling",
    "cards": "card game",
    "cheesy": "romantic, romantic comedy",
    "sequels": "follows",
    "mind-bending": "surreal, dreamlike, time travel, memory",
    "thought-provoking": "contemplative, identity",
    "date night": "romantic, romance, romantic comedy",
    "guns": "violent, war, gangsters",
    "drugs": "addiction",
    "stoner": "addiction, raucous",
    "twist": "mystery, murder investigation",
    "aliens": "aliens, extraterrestrial life, alien invasion",
    "solo": "one player",
}
"""Word -> labels that answer it, the best first. Two labels joined by & must both be there."""

REFUSED = {
    "scary": "horror, frightening, eerie, gory, disturbing, haunting, monsters, horror film,"
    " slasher film, ghost, supernatural, monster film, serial killer, demon",
    "frightening": "horror, frightening, horror film, slasher film",
    "creepy": "eerie, frightening, disturbing, horror, horror film",
    "spooky": "eerie, frightening, haunting, horror, ghost, haunted house",
    "horror": "horror, frightening, gory, horror film, slasher film, splatter film, comedy horror",
    "gore": "gory, splatter film, slasher film",
    "gory": "gory, splatter film, slasher film",
    "blood": "gory, splatter film, slasher film",
    "violent": "violent, gory, splatter film, slasher film",
    "violence": "violent, gory, war, splatter film, slasher film, war film",
    "sad": "melancholy, tragic, bleak, grief, illness",
    "depressing": "bleak, tragic, melancholy, grief",
    "bleak": "bleak, tragic",
    "dark": "bleak, disturbing, gritty, violent, dark",
    "heavy": "bleak, tragic, disturbing, heavy",
    "cheesy": "romantic comedy",
    "romantic comedy": "romantic comedy, comedy & romance",
    "rom-com": "romantic comedy, comedy & romance",
    "romcom": "romantic comedy, comedy & romance",
    "sentimental": "tender, romantic",
    "slow": "slow-burn, contemplative",
    "boring": "slow-burn, contemplative",
    "romance": "romance, romantic, romantic comedy, romance film, first love",
    "romantic": "romance, romantic, romantic comedy, romance film",
    "love": "romance, romantic, romantic comedy, romance film, first love",
    "love stories": "romance, romantic, first love, romance film",
    "sex": "sensual, erotic film, pornography",
    "nudity": "sensual, erotic film",
    "erotic": "sensual, erotic film",
    "war": "war, cost of war, war film, world war ii, warfare, wargame",
    "musicals": "musical, musical film",
    "kids": "family, children, children's film",
    "children": "family, children, children's film",
    "weird": "surreal, absurd, dreamlike",
    "anime": "animation & japan, anime",
    "guns": "violent, war, gangsters, action",
    "drugs": "addiction",
    "death": "death and the afterlife, grief, tragic",
    "zombies": "vampires and zombies, zombie, zombie film",
    "vampires": "vampires and zombies, vampire, vampire film",
    "superheroes": "superheroes, superhero film",
    "sequels": "follows",
    "luck": "dice rolling, push your luck, roll and move",
}
"""Word -> labels that a refusal of it turns down, where these differ from those that answer it."""

AUDIENCES = {
    "child": "family, children, children's film",
    "family": "family, children, children's film",
    "teen": "coming of age, teen film, adventure",
    "elder": "",
    "adult": "",
}
"""Audience -> labels made for it, the best first."""

UNFIT = {
    "child": "horror, frightening, gory, violent, disturbing, sensual, bleak, tragic, war, crime,"
    " gangsters, addiction, serial killer, thriller, film noir, holocaust, horror film,"
    " erotic film, slasher film, splatter film, war film, crime film, thriller film,"
    " prostitution, suicide,"
    " pornography, incest, film-noir, gritty, angry, infidelity, cutthroat, murder investigation",
    "family": "horror, gory, violent, disturbing, sensual, horror film, erotic film, slasher film,"
    " splatter film, addiction, serial killer, prostitution, pornography, incest",
    "teen": "gory, sensual, erotic film, splatter film, pornography",
    "elder": "gory, violent, disturbing, sensual, horror, horror film, erotic film, slasher film,"
    " splatter film, pornography, raucous",
    "adult": "",
}
"""Audience -> labels that do not suit it."""

COMPARATIVES = {
    "darker": "dark",
    "lighter": "light",
    "funnier": "funny",
    "sadder": "sad",
    "scarier": "scary",
    "gentler": "gentle",
    "sweeter": "sweet",
    "weirder": "weird",
    "stranger": "strange",
    "slower": "slow",
    "faster": "quick",
    "quieter": "calm",
    "grittier": "gritty",
    "bleaker": "bleak",
    "happier": "uplifting",
    "warmer": "warm",
    "sillier": "silly",
    "creepier": "creepy",
    "sexier": "sexy",
    "gorier": "gory",
    "smarter": "smart",
    "cleverer": "clever",
    "wittier": "witty",
    "calmer": "calm",
    "bloodier": "gory",
    "tenser": "tense",
}
"""Comparative -> the word that it is more of."""

TONE_WORDS = frozenset(
    """absurd angry artsy atmospheric beautiful bittersweet bleak calm charming cheerful cheesy
    clever cosy cozy creepy cute dark deadpan deep depressing disturbing dreamlike dreamy dry dumb
    eerie emotional epic exciting fast fast-paced feelgood frightening fun funny gentle goofy gory
    grim gritty happy haunting heartwarming heavy hilarious hopeful inspiring intense light
    lighthearted lively lonely melancholy mellow mind-bending moody mysterious nostalgic offbeat
    paranoid playful poetic quiet quirky raunchy romantic sad satirical scary sentimental serious
    sexy silly slow slow-burn smart spooky strange stylish surreal suspenseful sweet tender tense
    thoughtful thrilling tragic trashy trippy uplifting violent warm weird whimsical wholesome wild
    witty""".split()
)
"""Words that tell how something feels rather than what it is about."""

LANGUAGES = {
    "french": "france, belgium",
    "german": "germany, west germany, austria",
    "italian": "italy",
    "spanish": "spain, mexico, argentina, chile, cuba, uruguay, colombia",
    "portuguese": "portugal, brazil",
    "japanese": "japan",
    "korean": "south korea, korea",
    "chinese": "china, taiwan, hong kong",
    "mandarin": "china, taiwan",
    "cantonese": "hong kong",
    "hindi": "india",
    "bengali": "india",
    "tamil": "india",
    "russian": "russia, soviet union",
    "polish": "poland",
    "swedish": "sweden",
    "danish": "denmark",
    "norwegian": "norway",
    "finnish": "finland",
    "dutch": "netherlands, the netherlands, belgium",
    "persian": "iran",
    "farsi": "iran",
    "turkish": "turkey",
    "arabic": "egypt, lebanon, tunisia, algeria, morocco, syria, palestine, saudi arabia",
    "hebrew": "israel",
    "thai": "thailand",
    "vietnamese": "vietnam",
    "hungarian": "hungary",
    "czech": "czechoslovakia, czech republic",
    "romanian": "romania",
    "greek": "greece",
    "english": "usa, uk, united states, united kingdom, united states of america, australia,"
    " new zealand, canada, ireland",
}
"""Language of a work -> the countries that mostly make works in it."""

NATIONS = frozenset(LANGUAGES) | frozenset(
    """african american argentinian asian australian austrian belgian brazilian british canadian
    chilean european indian iranian irish israeli mexican nordic scandinavian scottish
    soviet swiss taiwanese""".split()
)
"""Words for where a work comes from: without countries in the catalogue, nothing tells."""
