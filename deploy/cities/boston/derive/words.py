"""Words by which the pack recognises a category.

`REFINEMENTS` split a type that holds two kinds of work: `Graffiti Removal` on a light pole is work
for Public Works, on a private wall for Property Management. They are looked for in the title.

`WORDS_OF_REASON` place a type that came after the pack was made: its words choose the reason, and
the lines of the reason apply. They are looked for in the name of the type and in the title.

Phrases are compared in lower case and as whole words, as the classification service does.
"""

import re

REFINEMENTS = (
    ("Cave-in", ("cave in", "cave-in")),
    ("Graffiti on street property", ("control cabinet", "light pole", "power washing", "paint")),
    ("Red-brick sidewalk", ("red-brick", "red brick")),
    ("Concrete sidewalk", ("concrete",)),
    ("About transportation", ("btdt",)),
    ("About public works", ("publicworks",)),
    ("About parks", ("parks",)),
    ("Park grounds", ("park maintenace", "park maintenance")),
)

WORDS_OF_REASON = {
    "Abandoned Bicycle": ("bicycle", "bike"),
    "Bridge Maintenance": ("bridge",),
    "Building": ("building", "permit", "egress", "zoning", "occupancy", "elevator", "wiring"),
    "Cemetery": ("cemetery", "grave", "burial"),
    "Code Enforcement": ("illegal dumping", "dumping", "improper storage", "yards", "code"),
    "Employee & General Comments": ("comments", "compliment"),
    "Enforcement & Abandoned Vehicles": (
        "abandoned vehicle", "abandoned vehicles", "vehicle", "parking enforcement", "towed",
    ),
    "Environmental Services": (
        "rodent", "rat", "rats", "pigeon", "mosquito", "mosquitoes", "dumpster", "vacant lot",
    ),
    "Graffiti": ("graffiti",),
    "Health": ("food", "restaurant", "unsanitary", "kitchen"),
    "Highway Maintenance": (
        "pothole", "sidewalk", "roadway", "pavement", "curb", "catch basin", "manhole", "cave in",
        "street repair", "litter basket", "contractor",
    ),
    "Housing": (
        "heat", "mice", "bed bugs", "mold", "residential", "rental", "apartment", "overcrowding",
        "tenant", "landlord", "lead paint", "carbon monoxide", "utilities", "infestation",
    ),
    "Parking Complaints": ("parking lot",),
    "Park Maintenance & Safety": ("park", "parks", "playground", "ballfield"),
    "Operations": ("meter", "pavement marking"),
    "Recycling": ("recycling", "recycle", "compost"),
    "Sanitation": ("trash", "bulk", "garbage", "yard waste", "leaf", "christmas tree"),
    "Signs & Signals": ("sign", "signs", "signal", "crosswalk"),
    "Street Cleaning": (
        "street cleaning", "sweeping", "dead animal", "snow", "plowing", "unplowed", "unshoveled",
        "ice", "icy", "sanding", "space saver",
    ),
    "Street Lights": ("street light", "street lights", "lighting", "light", "lamp"),
    "Traffic Management & Engineering": ("traffic engineering", "signal study", "speed", "traffic"),
    "Trees": ("tree", "trees", "stump", "branch", "limb"),
    "Valet": ("valet",),
    "Volunteer & Corporate Groups": ("volunteer", "service day"),
    "Weights and Measures": ("price", "pricing", "scale", "scanning", "gas station", "measure"),
}


def holds(text, phrase):
    """Whether the text holds the phrase as whole words."""
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", text.lower()) is not None


def refinement_of(title):
    """Name of the first refinement whose phrase the title holds, or the empty string."""
    for name, phrases in REFINEMENTS:
        if any(holds(title, phrase) for phrase in phrases):
            return name
    return ""


def reason_by_words(*texts):
    """The one reason whose words the texts hold most, by length; empty where none or two lead."""
    text = " ".join(texts)
    scores = {
        reason: sum(len(phrase) for phrase in phrases if holds(text, phrase))
        for reason, phrases in WORDS_OF_REASON.items()
    }
    best = sorted(scores.values(), reverse=True)
    if best[0] == 0 or best[0] == best[1]:
        return ""
    return max(scores, key=scores.get)
