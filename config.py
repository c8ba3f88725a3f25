"""Where this installation keeps its data and its key and sends its mail, read once at the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.services.mailing import MailServer, read_mail_server


@dataclass(frozen=True)
class Settings:
    """Everything an installation may choose.

    Secret in here is the mail server's password alone, and no print of the settings shows it.
    """

    data_folder: Path
    key_file: Path
    database_url: str
    https: bool = False
    address: str = "http://127.0.0.1:8000"
    mail_server: MailServer | None = None
    #: Where "Leave this page" leads: an ordinary page of another site, such as anybody looks at.
    leave_to: str = "https://www.weather.gov/"

    @property
    def mail_from(self) -> str:
        """Give the sender of mails as people read it, "" where no mail can be sent."""
        return str(self.mail_server.sender) if self.mail_server else ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; what is not set falls back to a folder of the person who starts it.

        Raises ValueError when the key would lie inside the data folder, because then one stolen
        folder would hold both the records and what opens them, and when the mail settings are
        wrong, or a partner who leaves would be led nowhere; the message says what to do and
        repeats no password.
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
            mail_server=_mail_server(environment),
            leave_to=_leave_to(environment.get("UNDERCURRENT_LEAVE_TO", cls.leave_to)),
        )


def can_mail(settings: Settings) -> bool:
    """Tell whether this installation can send mail; without, a link is handed over otherwise."""
    return settings.mail_server is not None


def _mail_server(environment: Mapping[str, str]) -> MailServer | None:
    smtp = environment.get("UNDERCURRENT_SMTP", "")
    return read_mail_server(smtp, environment.get("UNDERCURRENT_MAIL_FROM", "")) if smtp else None


def _leave_to(address: str) -> str:
    if not address.startswith("https://"):
        raise ValueError(
            "UNDERCURRENT_LEAVE_TO must be an address that begins with https://, of an ordinary"
            " page that anybody might look at, such as a weather forecast."
        )
    return address
