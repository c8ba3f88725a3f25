"""What the people of four vignettes answer, as item keys and values: data for several tests."""

from clinic.content.questionnaires_loader import load_questionnaires
from clinic.domain.answers import given
from clinic.domain.items import ItemKind

INTAKE = load_questionnaires()["intake"]


def answers(placings=None, agreed="", guesses=None, **others):
    """Give one partner's answers; `guesses` and `others` are by item key, "_" standing for "-"."""
    found = {f"{key}.placing": value for key, value in (placings or {}).items()}
    if agreed:
        found |= {f"{key}.agreed": agreed for key in placings}
    found |= guesses or {}
    found |= {item.replace("_", "-"): value for item, value in others.items()}
    return {
        item: given([value] if isinstance(value, str) else value) for item, value in found.items()
    }


def alone(*others, **positive):
    """Answer every safety question with what raises nothing, except those named."""
    page = next(page for page in INTAKE.pages if page.key == "alone")
    calm = {"alone": "yes", "safe-to-disagree": "8"}
    for item in page.items:
        if item.kind is ItemKind.YES_NO:
            value = "no" if ("yes", "safety") in item.raises else "yes"
            places = range(1, len(others) + 1) if item.per_other and len(others) > 1 else [None]
            calm |= {f"{item.key}.{place}" if place else item.key: value for place in places}
    return calm | {item.replace("_", "-"): value for item, value in positive.items()}


LATE_MESSAGES = {
    "Mara": answers(
        {
            "B11": "not-ok",
            "B18": "not-ok",
            "B33": "depends",
            "B14": "not-ok",
            "B10": "fine",
            "B01": "fine",
            "B13": "not-ok",
        },
        "assumed",
        {"B11.guess": "fine", "B18.guess": "fine", "B14.guess": "fine"}
        | {"standpoint": "work-on-it", "standpoint.guess": "work-on-it"}
        | {"kept-1": "My father had an affair.", "kept-1.wish": "will-share"}
        | {"kept-1.by": "by the third appointment"}
        | alone("Jonas"),
        matters=["B11", "B13"],
    ),
    "Jonas": answers(
        {
            "B11": "depends",
            "B18": "depends",
            "B33": "fine",
            "B14": "not-ok",
            "B10": "fine",
            "B01": "fine",
            "B13": "depends",
        },
        "never-discussed",
        {"standpoint": "work-on-it", "standpoint.guess": "leaning-out"} | alone("Mara"),
        matters=["B13", "B10"],
    ),
}

TWO_MAPS = {
    "Ruth": answers(
        {"B06": "depends", "B12": "not-ok", "B02": "fine", "B24": "depends"},
        "assumed",
        {"B06.guess": "not-ok", "standpoint": "work-on-it", "standpoint.guess": "work-on-it"}
        | alone("Adaeze"),
    ),
    "Adaeze": answers(
        {"B06": "fine", "B12": "fine", "B02": "fine", "B24": "fine"},
        "never-discussed",
        {"B06.guess": "fine"} | alone("Ruth"),
    ),
}

THREE_PARTNERS = {
    "Kim": answers(
        {"B38": "fine"},
        "said-aloud",
        {"B38.guess.1": "not-ok", "B38.guess.2": "fine"} | alone("Lou", "Tariq"),
    ),
    "Lou": answers(
        {"B38": "not-ok"},
        "said-aloud",
        {"B38.guess.1": "not-ok", "B38.guess.2": "not-ok"} | alone("Kim", "Tariq"),
    ),
    "Tariq": answers(
        {"B38": "fine"},
        "said-aloud",
        {"B38.guess.1": "fine", "B38.guess.2": "fine"} | alone("Kim", "Lou"),
    ),
}

ORDINARY_LIFE = {
    "Elena": answers(
        {"B01": "fine", "B02": "fine", "B10": "fine"},
        guesses=alone("Viktor", afraid="yes", given_up="yes"),
    ),
    "Viktor": answers(
        {"B01": "not-ok", "B02": "not-ok", "B10": "not-ok"},
        "said-aloud",
        alone("Elena"),
        want_now=["location", "passwords"],
    ),
}


def asked(vignette):
    """List the behaviours that anybody of a vignette placed, in their order."""
    items = [item for own in vignette.values() for item in own]
    keys = [item.split(".")[0] for item in items if item.endswith(".placing")]
    return list(dict.fromkeys(keys))
