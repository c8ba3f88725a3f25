"""Is every kind of fault named, with its file and its place?"""

from pathlib import Path

import pytest

from clinic.content.loader import ContentError, load_library
from tests.content.hidden_money import HIDDEN_MONEY, change, write_hidden_money

HEADER_FAULTS = [
    ("licence =", "licence-note =", "licence: Field required"),
    ("source =", "origin =", "source: Field required"),
    ("version = 1", "version = 0", "version: Input should be greater than 0"),
]

#: The file, what to replace in it, by what, and the fault that this must name.
FAULTS = [
    *((name, *fault) for name in HIDDEN_MONEY for fault in HEADER_FAULTS),
    ("concern", '"CC-BY-4.0"', '" "', "licence: String should match"),
    ("concern", "2026-11-01", '"soon"', "reviewed: Input should be a valid date"),
    ("concern", '"hidden-money"', '"money"', "key: the key and the folder's name, hidden-money"),
    ("behaviours", '"gray"', '"grey"', "items.0.zone: Input should be 'within'"),
    ("behaviours", '"inherent"', '"always"', "items.0.tendencies.concealment: Input should be"),
    ("behaviours", 'zone = "gray"', "", "items.0: zone and tendencies come together"),
    ("behaviours", '"M01"', '"M 01"', "items.0.key: String should match"),
    ("behaviours", '"C01"', '"M01"', "items.1.key: M01 is used twice"),
    ("behaviours", "label", "labels", "items.0.labels: Extra inputs are not permitted"),
    ("behaviours", "Has a bank", "The wife has a bank", "items.0.label: “wife” is not a word"),
    ("responses", "[[items]]", "[items]", "items: Input should be a valid list"),
    ("responses", "[[items]]", "items = [7]\n[other]", "items.0: Input should be a valid dict"),
    ("responses", "Says plainly", "The Cheater says", "items.0.label: “Cheater” is not a word"),
    ("drivers", "Wanting", "She wants", "items.0.label: “She” is not a word we use"),
    ("drivers", "probe =", "motive = 7\nprobe =", "items.0.motive: Input should be a valid"),
    ("explanations", '"M-maps"', '"M-fear"', "items.1.key: M-fear is used twice"),
    ("evidence", "M-fear", "M-hope", "items.0.bearings.M-hope: M-hope is not an explanation"),
    ("evidence", '"++"', '"+++"', "items.0.bearings.M-fear: Input should be '++'"),
    ("evidence", '{ M-fear = "++" }', "{}", "items.0.bearings: Dictionary should have"),
    ("goals", '["M-fear"]', '["M-hope"]', "items.0.explanations.0: M-hope is not an expl"),
    ("goals", '["M-fear"]', "[]", "items.0.explanations: List should have at least 1 item"),
    ("goals", "anchors.less", "# ", "items.0.anchors.less: Field required"),
    ("goals", '"Nothing is told."', '""', "items.0.anchors.much_less: String should match"),
    ("goals", '"behaviour"', '"visible"', "items.0.layer: Input should be 'behaviour'"),
    ("goals", '"issue"', '"behaviour"', "items: a behaviour goal and an issue goal are needed"),
    ("agreement", '["Nobody has to win."]', "[]", "principles: List should have at least 1"),
    ("agreement", "prompts = [", "prompts = [1, ", "topics.0.prompts.0: Input should be a val"),
    ("raising", "[[receiving]]", "[[raising]]", "receiving: Field required"),
    ("raising", "Let the other", "Let the abuser", "receiving.0.text: “abuser” is not a word"),
]


@pytest.mark.parametrize(("name", "old", "new", "fault"), FAULTS)
def test_a_fault_is_named_with_its_file_and_place(
    tmp_path: Path, name: str, old: str, new: str, fault: str
) -> None:
    change(write_hidden_money(tmp_path), name, old, new)
    with pytest.raises(ContentError) as caught:
        load_library(tmp_path)
    expected = f"hidden-money/{name}.toml: {fault}"
    assert any(found.startswith(expected) for found in caught.value.faults)
