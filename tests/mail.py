"""A real mail server on this computer, which can be slow, put mails off, refuse, or hang up."""

import asyncio
import datetime as dt
import random
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clinic.services.mailing import MailServer, Protection

SENDER = Address("Harbour Practice", "office", "harbour.example")
PUT_OFF, HANG_UP = "451 4.3.0 try again, mara@example.org", "hang up"


@dataclass
class Post:
    """What a mail server took, and what it does instead of taking.

    `answers` are given once each, to the next recipients; a share of all others is put off or cut.
    """

    answers: list[str] = field(default_factory=list)
    put_off: float = 0
    hang_up: float = 0
    #: Seconds it takes to accept a mail, as a real one does.
    delay: float = 0
    #: Set while the server may greet whoever connects.
    greets: Event = field(default_factory=Event)
    greeted: Event = field(default_factory=Event)
    raw: list[bytes] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=lambda: random.Random(4711))  # noqa: S311
    port: int = 0

    def __post_init__(self) -> None:
        self.greets.set()

    # No property: aiosmtpd looks at each of them whenever somebody connects.
    def mails(self) -> list[EmailMessage]:
        """Read what was taken."""
        return [message_from_bytes(raw, policy=default) for raw in self.raw]

    def server(self, **changes: Any) -> MailServer:
        """Say how this server is reached."""
        wanted = {"protection": Protection.NONE, "sender": SENDER, "host": "localhost"} | changes
        return MailServer(port=self.port, **wanted)

    async def handle_EHLO(  # noqa: N802 - named by aiosmtpd
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted.set()
        while not self.greets.is_set():
            await asyncio.sleep(0.01)
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        answer = self._answer()
        self.faults[answer] += 1
        if answer == HANG_UP:
            server.transport.abort()
        elif answer == "250 OK":
            envelope.rcpt_tos.append(address)
        return answer

    def _answer(self) -> str:
        if self.answers:
            return self.answers.pop(0)
        drawn = self.chance.random()
        if drawn < self.put_off:
            return PUT_OFF
        return HANG_UP if drawn < self.put_off + self.hang_up else "250 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        await asyncio.sleep(self.delay)
        self.raw.append(envelope.content.replace(b"\r\n", b"\n"))
        return "250 taken"

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any
    ) -> Any:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"right-password", handled=False)


@contextmanager
def mail_server(port: int = 0, **options: Any) -> Iterator[Post]:
    """Run a mail server until the end of the block; `options` are aiosmtpd's."""
    post = Post()
    controller = Controller(
        post,
        hostname="localhost",
        port=port or free_port(),
        authenticator=post.authenticate,
        auth_require_tls=False,
        ready_timeout=20,
        **options,
    )
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


def seconds(number: float) -> dt.timedelta:
    """Give a span of so many seconds."""
    return dt.timedelta(seconds=number)


def free_port() -> int:
    """Find a port of this computer on which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for localhost, as `localhost.pem` in `folder`, and what a server needs."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    moment = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - dt.timedelta(days=1))
        .not_valid_after(moment + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "localhost.pem"
    file.write_bytes(key_text + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
