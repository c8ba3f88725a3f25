"""A worksheet of a practice's own, as its file is written."""

HEAD = """
title = "Our Sunday"
version = 1
language = "en-GB"
licence = "Ours"
source = "Harbour Practice"
purpose = "To plan one quiet day."
audience = "couple"
phase = "P4"
name_label = "Our names"
never = ["anything said in private"]
"""

SUMMARY = (
    HEAD
    + """
[prefill]
summary = "shared"

[[sections]]
title = "The day"

[[sections.blocks]]
kind = "lines"
field = "summary"
label = "What we heard from our therapist"
count = 4
"""
)

GOALS = (
    HEAD
    + """
[prefill]
"goals.text" = "shared"

[[sections]]
title = "A step for goal"
repeat = "goals"

[[sections.blocks]]
kind = "lines"
field = "text"
label = "What we want"
count = 2

[[sections.blocks]]
kind = "box"
label = "What we do about it on Sunday"
count = 4
"""
)
