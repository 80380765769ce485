"""Connections to DuckDB."""

from pathlib import Path

from yipanqi.engine import sessions


def test_what_spills_goes_into_a_folder_of_its_own_that_is_gone_afterwards() -> None:
    with sessions.measures() as session:
        told = session.con.execute("SELECT current_setting('temp_directory')").fetchall()
        spill = Path(told[0][0])
        stood = spill.is_dir()

    assert stood
    assert spill.is_absolute()
    assert not spill.exists()
