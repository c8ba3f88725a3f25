def test_every_worked_example_names_its_source(published):
    tables = [rows if isinstance(rows, list) else [rows] for rows in published.values()]
    assert all(tables)
    assert all(row["source"].strip() for rows in tables for row in rows)
