"""How hard a text is to read, by the grade of Flesch and Kincaid (1975)."""

import re

_WORD = re.compile(r"[A-Za-z]+(?:[\u2019'-][A-Za-z]+)*|\d+")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Count the groups of vowels, without a silent e or ed at the end."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouyl])e$|(?<=[^aeiouysxz])es$", "", plain)
    return max(1, len(_VOWELS.findall(plain)))


def grade(text: str) -> float:
    """Give the school year in which a text can be read; year 7 is an age of about 12."""
    words = _WORD.findall(text)
    sentences = max(1, len(re.findall(r"[.?!:](?=\s|$)", text)))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
