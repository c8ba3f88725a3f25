"""The agreement as its worksheet holds it: the newest version that was saved, and nothing since.

Initials stay empty: a yes on paper is given on paper.
"""

from collections.abc import Iterator

from clinic.domain.accords import TopicStatus, WrittenTopic
from clinic.domain.blocks import Rows
from clinic.domain.sheets import text_rows
from clinic.services.accord_versions import SharedAccord
from clinic.services.sheet_sources import Source


def topics(source: Source) -> Rows:
    """Give the names, then each topic: where everybody stands, and what was agreed."""
    accord = source.accord
    if accord is None:
        return ()
    return (
        tuple(_names(source, accord)),
        *(_row(source, accord, one) for one in accord.written.topics),
    )


def still_open(source: Source) -> Rows:
    """Give the topics that are still open."""
    return _titles(source, TopicStatus.OPEN)


def apart(source: Source) -> Rows:
    """Give the topics in which they agreed to differ."""
    return _titles(source, TopicStatus.DIFFER)


def crossed(source: Source) -> Rows:
    """Give what happens in the first 24 hours if a line is crossed."""
    return text_rows(source.accord.written.crossed) if source.accord else ()


def days(source: Source) -> Rows:
    """Give from when it holds, when it is looked at again, and the version's number."""
    accord = source.accord
    if accord is None:
        return ()
    found = (accord.written.starts_on, accord.written.review_on)
    worded = (source.wanted.words.day(day) if day else "" for day in found)
    return ((*worded, str(accord.number)),)


def by(source: Source) -> Rows:
    """Give the names of those whose agreement it is."""
    return tuple((name,) for name in _names(source, source.accord)) if source.accord else ()


def _names(source: Source, accord: SharedAccord) -> Iterator[str]:
    for partner in source.case.partners:
        if partner.public_id in accord.members:
            yield partner.name


def _row(source: Source, accord: SharedAccord, topic: WrittenTopic) -> tuple[str, ...]:
    words = source.wanted.words
    stands = (topic.positions.get(ref) for ref in accord.members)
    again = words.again(topic.review_on) if topic.review_on else ""
    together = "\n".join(part for part in (topic.wording, again) if part)
    return (topic.title, *(words.positions[one] if one else "" for one in stands), together)


def _titles(source: Source, status: TopicStatus) -> Rows:
    written = source.accord.written.topics if source.accord else ()
    return tuple((topic.title,) for topic in written if topic.status is status)
