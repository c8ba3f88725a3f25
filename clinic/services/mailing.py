"""Handing a mail to the practice's mail server, and what it means when the server says no.

Of a server's answers only the code is kept: its own words often repeat the address.
Source: security.md T2, T24.
"""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as FOR_THE_WIRE
from enum import StrEnum, unique
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import SplitResult, unquote, urlsplit

from clinic.domain.said import Said, say
from clinic.services.errors import RefusedError

#: How long one answer of the mail server may take, in seconds.
PATIENCE = 60
PORTS = {"smtp": 587, "smtps": 465}
LOOKS_LIKE = (
    "UNDERCURRENT_SMTP should look like smtp://user:password@mail.example.org:587, or smtps://…:465."
    " Write special characters of the password as %40 for @, %2F for / and so on."
)
FROM_LOOKS_LIKE = "UNDERCURRENT_MAIL_FROM should look like Harbour Practice <office@example.org>."


@unique
class Protection(StrEnum):
    """How the way to the mail server is encrypted."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in, and in whose name. The password shows up nowhere."""

    host: str
    port: int
    protection: Protection
    sender: Address
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Letter:
    """One mail, opened. `message_id` is the part before the @, the same at every try."""

    message_id: str
    recipient: str
    subject: str
    body: str = field(repr=False)


class NotSentError(Exception):
    """A mail was not taken; the message is fit for the therapist and for the log.

    `permanent` means that trying again would end the same way.
    """

    def __init__(self, problem: str, *, permanent: bool = False) -> None:
        super().__init__(problem)
        self.permanent = permanent


class NoServerError(NotSentError):
    """The mail server itself cannot be used just now, whatever the mail."""


def read_mail_server(smtp: str, sender: str) -> MailServer:
    """Read `smtp://user:password@host:port` or `smtps://…`, and the sender's name and address.

    `?starttls=required` is the default and `?starttls=no` that of this very computer. Raises
    ValueError with a sentence that says what to do and repeats nothing of the setting.
    """
    try:
        url = urlsplit(smtp)
        host, port = url.hostname or "", url.port or PORTS[url.scheme]
        protection = _protection(url, host)
    except (ValueError, KeyError):
        raise ValueError(LOOKS_LIKE) from None
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if not host or url.path.strip("/") or url.fragment or bool(user) != bool(password):
        raise ValueError(LOOKS_LIKE)
    if not (user + password).isascii():
        raise ValueError("User and password in UNDERCURRENT_SMTP may hold no accents or umlauts.")
    return MailServer(host, port, protection, _sender(sender), user, password)


def _protection(url: SplitResult, host: str) -> Protection:
    usual = "starttls=no" if _is_this_computer(host) else "starttls=required"
    known = {
        ("smtps", ""): Protection.TLS,
        ("smtp", "starttls=required"): Protection.STARTTLS,
        ("smtp", "starttls=no"): Protection.NONE,
    }
    query = usual if (url.scheme, url.query) == ("smtp", "") else url.query
    return known[url.scheme, query]


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _sender(text: str) -> Address:
    message = EmailMessage()
    try:
        message["From"] = text
        header = message["From"]
        [sender] = header.addresses
    except Exception:
        # The parser of addresses meets odd input with odd errors.
        raise ValueError(FROM_LOOKS_LIKE) from None
    if header.defects or not (sender.username and sender.domain and sender.addr_spec.isascii()):
        raise ValueError(FROM_LOOKS_LIKE)
    return Address(sender.display_name, sender.username, sender.domain)


def check_recipient(recipient: str) -> str:
    """Give the one address that a text is, or raise RefusedError: several, or none, are refused."""
    try:
        address = Address(addr_spec=recipient.strip())
    except Exception:
        address = Address()
    if not (address.username and address.domain):
        raise RefusedError("Enter one e-mail address, such as m@example.org", "address")
    return address.addr_spec


def compose(letter: Letter, sender: Address, at: dt.datetime) -> EmailMessage:
    """Write the mail as it is sent: plain text, and no header that was not meant to be there.

    Raises ValueError for a line break in the subject, RefusedError for one in the address.
    """
    if not letter.subject.isprintable():
        raise ValueError("a subject is one line")
    message = EmailMessage(policy=FOR_THE_WIRE)
    message["From"] = sender
    message["To"] = Address(addr_spec=check_recipient(letter.recipient))
    message["Subject"] = letter.subject
    message["Date"] = at
    message["Message-ID"] = f"<{letter.message_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


@contextmanager
def connected(server: MailServer, patience: float = PATIENCE) -> Iterator[SMTP]:
    """Reach the mail server, encrypted and signed in as it was set; raises NoServerError."""
    try:
        smtp = _connect(server, patience)
    except (SMTPException, OSError) as fault:
        raise NoServerError(_about_server(fault)) from None
    try:
        yield smtp
    finally:
        # The mail was taken before: a fault at parting must not send it again.
        with suppress(SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _connect(server: MailServer, patience: float) -> SMTP:
    # Its own name in the greeting: the computer's would tell where the practice is.
    name = server.sender.domain
    tls = None if server.protection is Protection.NONE else ssl.create_default_context()
    if server.protection is Protection.TLS:
        smtp: SMTP = SMTP_SSL(server.host, server.port, name, timeout=patience, context=tls)
    else:
        smtp = SMTP(server.host, server.port, name, timeout=patience)
    try:
        if server.protection is Protection.STARTTLS:
            smtp.starttls(context=tls)
        if server.user:
            smtp.login(server.user, server.password)
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def send(smtp: SMTP, server: MailServer, letter: Letter, at: dt.datetime) -> None:
    """Hand one mail in; afterwards it is the mail server's to deliver. Raises NotSentError."""
    try:
        message = compose(letter, server.sender, at)
        smtp.send_message(message, server.sender.addr_spec, [letter.recipient])
    except (SMTPException, OSError, ValueError) as fault:
        raise _about_mail(fault) from None


def _about_server(fault: SMTPException | OSError) -> Said:
    match fault:
        case SMTPAuthenticationError():
            return say(
                "The mail server refused user and password (code %(code)s).", code=fault.smtp_code
            )
        case SMTPResponseException():
            return say(
                "The mail server takes no mail just now (code %(code)s).", code=fault.smtp_code
            )
        case SMTPNotSupportedError() | ssl.SSLError():
            return say("The mail server offers no safe connection.")
        case _:
            return say("The mail server cannot be reached.")


def _about_mail(fault: SMTPException | OSError | ValueError) -> NotSentError:
    match fault:
        case SMTPRecipientsRefused():
            return _refused(min(code for code, _ in fault.recipients.values()))
        case SMTPResponseException():
            return _refused(fault.smtp_code)
        case SMTPNotSupportedError() | ValueError():
            return NotSentError(say("The mail server cannot send to this address."), permanent=True)
        case _:
            return NotSentError(say("The connection to the mail server broke."))


def _refused(code: int) -> NotSentError:
    if 500 <= code < 600:
        refused = say("The mail server refused it (code %(code)s).", code=code)
        return NotSentError(refused, permanent=True)
    return NotSentError(say("The mail server put it off (code %(code)s).", code=code))
