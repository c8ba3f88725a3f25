"""The practice's mail server: how it is set, how it is reached, and what its answers mean."""

import datetime as dt

import pytest

from clinic.services import mailing
from clinic.services.errors import RefusedError
from clinic.services.mailing import Letter, NoServerError, NotSentError, Protection
from config import Settings, can_mail
from tests.mail import HANG_UP, PUT_OFF, SENDER, Post, certificate, free_port, mail_server

MOMENT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
FROM = "Harbour Practice <office@harbour.example>"
PASSWORD = "Käuzchen-Passwort"
LETTER = Letter("a-stable_id", "mara@example.org", "A form for you", "Hello,\n\nhere it is.\n")


@pytest.fixture
def post():
    with mail_server() as running:
        yield running


def hand_in(post, letter=LETTER, **changes):
    server = post.server(**changes)
    with mailing.connected(server, 5) as smtp:
        mailing.send(smtp, server, letter, MOMENT)


@pytest.mark.parametrize(
    ("smtp", "host", "port", "protection"),
    [
        ("smtp://u:p@mail.example.org", "mail.example.org", 587, Protection.STARTTLS),
        ("smtp://u:p@mail.example.org:25", "mail.example.org", 25, Protection.STARTTLS),
        ("smtp://mail.example.org?starttls=no", "mail.example.org", 587, Protection.NONE),
        ("smtps://u:p@mail.example.org", "mail.example.org", 465, Protection.TLS),
        ("smtp://localhost:2525", "localhost", 2525, Protection.NONE),
        ("smtp://127.0.0.1", "127.0.0.1", 587, Protection.NONE),
        ("smtp://[::1]:25", "::1", 25, Protection.NONE),
        ("smtp://localhost?starttls=required", "localhost", 587, Protection.STARTTLS),
    ],
)
def test_a_setting_says_where_and_how_safely(smtp, host, port, protection):
    server = mailing.read_mail_server(smtp, FROM)
    assert (server.host, server.port, server.protection) == (host, port, protection)
    assert str(server.sender) == FROM


def test_special_characters_of_user_and_password_are_read_back():
    server = mailing.read_mail_server("smtp://m%40x.org:a%2Fb%3F@mail.example.org", FROM)
    assert (server.user, server.password) == ("m@x.org", "a/b?")


@pytest.mark.parametrize(
    "smtp",
    [
        "mail.example.org:587",
        "http://mail.example.org",
        "smtp://",
        "smtp://user@mail.example.org",
        "smtp://:secret-7@mail.example.org",
        "smtp://user:secret-7/x@mail.example.org",
        "smtp://user:secret-7?x@mail.example.org",
        "smtp://user:secret-7#x@mail.example.org",
        "smtp://user:secret-7@mail.example.org:99999",
        "smtp://user:secret-7@mail.example.org/inbox",
        "smtp://user:secret-7@mail.example.org?starttls=maybe",
        "smtp://user:secret-7@mail.example.org?tls=yes",
        "smtps://user:secret-7@mail.example.org?starttls=no",
        "smtp://user:sécret-7@mail.example.org",
        "smtp://user:secret-7@[::",
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence_that_repeats_nothing(smtp):
    with pytest.raises(ValueError, match="UNDERCURRENT_SMTP") as refused:
        mailing.read_mail_server(smtp, FROM)
    assert "cret-7" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "Harbour Practice",
        "a@b.org, c@d.org",
        "A <a@b.org>\r\nBcc: c@d.org",
        "<a@b.org",
        "ä@b.de",
    ],
)
def test_a_sender_that_is_not_one_address_is_refused(sender):
    with pytest.raises(ValueError, match="UNDERCURRENT_MAIL_FROM"):
        mailing.read_mail_server("smtp://localhost", sender)


def settings_from(**environment):
    return Settings.from_environment({"HOME": "/home/ines", **environment})


def test_without_a_mail_server_no_mail_can_be_sent_and_nothing_else_changes():
    without = settings_from()
    assert not can_mail(without)
    assert without.mail_from == ""
    assert settings_from(UNDERCURRENT_SMTP="", UNDERCURRENT_MAIL_FROM=FROM) == without


def test_the_settings_say_who_sends_and_never_the_password():
    smtp = f"smtp://user:{PASSWORD.replace('ä', 'a')}@mail.example.org"
    settings = settings_from(UNDERCURRENT_SMTP=smtp, UNDERCURRENT_MAIL_FROM=FROM)
    assert can_mail(settings)
    assert settings.mail_from == FROM
    assert "Passwort" not in repr(settings) + str(settings)


def test_a_mail_server_without_a_sender_stops_the_start():
    with pytest.raises(ValueError, match="UNDERCURRENT_MAIL_FROM"):
        settings_from(UNDERCURRENT_SMTP="smtp://localhost")


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "mara",
        "mara@",
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nBcc: b@example.org",
        "Mara <mara@example.org>",
    ],
)
def test_a_recipient_that_is_not_one_address_is_refused(recipient):
    with pytest.raises(RefusedError) as refused:
        mailing.check_recipient(recipient)
    assert refused.value.field == "address"


@pytest.mark.parametrize("subject", ["Hi\r\nBcc: b@example.org", "Hi\nBcc: b@example.org", "Hi\n"])
def test_a_line_break_in_a_subject_is_refused(subject):
    letter = Letter("id", "mara@example.org", subject, "")
    with pytest.raises(ValueError, match="one line"):
        mailing.compose(letter, SENDER, MOMENT)


def test_a_mail_holds_what_it_should_and_no_other_header(post: Post):
    hand_in(post)
    [mail] = post.mails()
    assert dict(mail.items()) == {
        "From": FROM,
        "To": "mara@example.org",
        "Subject": "A form for you",
        "Date": "Fri, 20 Nov 2026 09:00:00 +0000",
        "Message-ID": "<a-stable_id@harbour.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "7bit",
        "MIME-Version": "1.0",
    }
    assert mail.get_content() == LETTER.body


def test_letters_of_every_language_arrive_as_they_were_written(post: Post):
    link = "https://harbour.example/" + "a" * 90
    hand_in(post, Letter("id", "mara@example.org", "Formulář ✓", f"Grüße\n{link}\n"))
    [mail] = post.mails()
    assert mail["Subject"] == "Formulář ✓"
    assert mail.get_content() == f"Grüße\n{link}\n"


@pytest.mark.parametrize(
    ("answer", "sentence", "permanent"),
    [
        (PUT_OFF, "The mail server put it off (code 451).", False),
        ("421 4.3.2 closing", "The mail server put it off (code 421).", False),
        ("550 no mara@example.org here", "The mail server refused it (code 550).", True),
        (HANG_UP, "The connection to the mail server broke.", False),
    ],
)
def test_a_refusal_is_kept_as_its_code(answer, sentence, permanent, post: Post):
    post.answers = [answer]
    with pytest.raises(NotSentError) as refused:
        hand_in(post)
    assert not isinstance(refused.value, NoServerError)
    assert (str(refused.value), refused.value.permanent) == (sentence, permanent)
    assert post.raw == []


def test_a_mail_server_that_is_away_is_no_fault_of_the_mail():
    with pytest.raises(NoServerError, match="cannot be reached") as away:
        hand_in(Post(port=free_port()))
    assert not away.value.permanent


def test_the_right_password_is_let_in(post: Post):
    hand_in(post, user="office", password="right-password")
    assert post.logins == [(b"office", b"right-password")]
    assert len(post.raw) == 1


def test_a_wrong_password_is_no_fault_of_the_mail_and_not_repeated(post: Post):
    with pytest.raises(NoServerError, match=r"refused user and password \(code 535\)") as refused:
        hand_in(post, user="office", password="wrong-password")
    assert not refused.value.permanent
    assert "wrong-password" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("protection", [Protection.TLS, Protection.STARTTLS])
def test_a_server_without_encryption_gets_neither_password_nor_mail(protection, post: Post):
    with pytest.raises(NoServerError, match="no safe connection"):
        hand_in(post, protection=protection, user="office", password="right-password")
    assert (post.logins, post.raw) == ([], [])


@pytest.mark.parametrize(
    ("protection", "option"),
    [(Protection.TLS, "ssl_context"), (Protection.STARTTLS, "tls_context")],
)
def test_an_encrypted_server_is_trusted_by_its_certificate_alone(
    protection, option, tmp_path, monkeypatch
):
    with mail_server(**{option: certificate(tmp_path)}) as post:
        way = {"protection": protection, "user": "office", "password": "right-password"}
        with pytest.raises(NoServerError, match="no safe connection"):
            hand_in(post, **way)
        assert (post.logins, post.raw) == ([], [])
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "localhost.pem"))
        hand_in(post, **way)
        assert len(post.raw) == 1
