import pytest

from clinic.domain.note_hints import full_names

KNOWN = ["Mara", "Jonas", "Łukasz Žižek"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then she met Peter Brown at work.", ["Peter Brown"]),
        ("Peter Brown called again.", ["Peter Brown"]),
        ("Yesterday Peter Brown called.", ["Peter Brown"]),
        ("A talk with Dr. Anna Weiß-Kern helped.", ["Dr. Anna Weiß-Kern"]),
        ("They wrote to Ludwig van Beethoven, twice.", ["Ludwig van Beethoven"]),
        ("Seen with Élodie Dupré and Peter Brown.", ["Élodie Dupré", "Peter Brown"]),
        ("He saw Peter. Brown shoes stood there.", []),
        ("When Peter called, nobody answered.", []),
        ("Mara Lind and Jonas Lind came.", []),
        ("Łukasz Žižek left early.", []),
        ("On Monday March began. In May I asked.", []),
        ("DAP Note about the BBC NEWS.", []),
        ("Then Mara Said nothing.", []),
        ("the old friend", []),
        ("", []),
    ],
)
def test_a_whole_name_of_somebody_else_is_found_and_nothing_more(text, found):
    assert [each.words for each in full_names(text, known=KNOWN)] == found


def test_a_find_is_a_piece_of_the_text():
    text = "Before.\nPeter Brown, then Ada King."
    assert [text[each.start : each.end] for each in full_names(text)] == ["Peter Brown", "Ada King"]


def test_a_long_text_is_read_in_little_time():
    text = "Peter Brown met Ada King. " * 2_000
    assert len(full_names(text, known=["Ada"])) == 2_000
