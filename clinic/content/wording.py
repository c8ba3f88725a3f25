"""Which words and keys the content may use.

Everything here may be read by a partner, so a word that judges a person, or takes a
gender or a marriage for granted, is a fault like a missing field.

Source: the glossary and tone of the product.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

UNFIT_WORDS = re.compile(
    r"\b(cheaters?|victims?|perpetrators?|abusers?"
    r"|husbands?|wife|wives|spouses?|boyfriends?|girlfriends?"
    r"|he|him|his|himself|she|hers?|herself)\b",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    """Refuse a text that judges a person or presumes a gender or a marriage."""
    if found := UNFIT_WORDS.search(text):
        raise PydanticCustomError("unfit_word", "“{word}” is not a word we use", {"word": found[0]})
    return text


#: A text that may be left out.
Remark = Annotated[str, AfterValidator(_plain)]

#: A text that must be there and say something.
Text = Annotated[str, StringConstraints(pattern=r"\S"), AfterValidator(_plain)]

#: What answers and links are stored by: letters, digits and hyphens.
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
