"""Where this installation keeps its data and its key, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Everything an installation may choose. Nothing here is secret: the key is a file."""

    data_folder: Path
    key_file: Path
    database_url: str
    https: bool = False
    address: str = "http://127.0.0.1:8000"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; what is not set falls back to a folder of the person who starts it.

        Raises ValueError when the key would lie inside the data folder, because then one stolen
        folder would hold both the records and what opens them.
        """
        home = Path(environment.get("HOME", "~")).expanduser()
        shares = Path(environment.get("XDG_DATA_HOME", home / ".local" / "share"))
        secrets = Path(environment.get("XDG_CONFIG_HOME", home / ".config"))
        data = Path(environment.get("UNDERCURRENT_DATA", shares / "undercurrent")).resolve()
        key = Path(environment.get("UNDERCURRENT_KEY", secrets / "undercurrent" / "master.key"))
        key = key.resolve()
        if key.is_relative_to(data):
            raise ValueError(
                f"UNDERCURRENT_KEY must lie outside the data folder {data}, or whoever takes the"
                " folder can also read it. Choose another path for the key."
            )
        address = environment.get("UNDERCURRENT_ADDRESS", cls.address).rstrip("/")
        return cls(
            data_folder=data,
            key_file=key,
            database_url=environment.get("DATABASE_URL", f"sqlite:///{data / 'undercurrent.db'}"),
            https=address.startswith("https://"),
            address=address,
        )
