"""The setting of the mail server: encrypted unless it says otherwise, refused by name."""

import pytest

from survey.errors import SettingInvalid, SettingMissing
from survey.mail_server import read_mail_server

SENDER = {"MINYI_MAIL_FROM": "民意 <pingyi@example.cn>"}


def read(url):
    return read_mail_server(SENDER | {"MINYI_SMTP_URL": url})


def test_no_address_means_no_mail():
    assert read_mail_server({}) is None


@pytest.mark.parametrize(
    ("url", "port", "is_tls", "starts_tls"),
    [
        ("smtp://mail.example.cn", 25, False, True),
        ("smtp://u:p%40w@mail.example.cn", 587, False, True),
        ("smtp://mail.example.cn:2525?starttls=off", 2525, False, False),
        ("smtps://u:p@mail.example.cn", 465, True, False),
        ("smtp://127.0.0.1:2525", 2525, False, False),
        ("smtp://localhost:2525?starttls=on", 2525, False, True),
    ],
)
def test_a_server_on_another_machine_is_spoken_to_encrypted(url, port, is_tls, starts_tls):
    server = read(url)

    assert (server.port, server.is_tls, server.starts_tls) == (port, is_tls, starts_tls)
    assert server.sender_address == "pingyi@example.cn"


def test_signs_of_a_password_are_read_as_they_were_meant():
    server = read("smtp://u%40example.cn:p%40w%3A@mail.example.cn")

    assert (server.user, server.password) == ("u@example.cn", "p@w:")


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.cn",
        "smtp://",
        "smtp://mail.example.cn:port",
        "smtp://mail.example.cn/path",
        "smtp://mail.example.cn?starttls=maybe",
        "smtp://mail.example.cn?tls=1",
        "smtps://mail.example.cn?starttls=off",
    ],
)
def test_a_wrong_address_stops_the_start(url):
    with pytest.raises(SettingInvalid):
        read(url)


def test_the_message_about_a_wrong_address_hides_the_password():
    with pytest.raises(SettingInvalid) as refused:
        read("smtpx://user:geheim@mail.example.cn")

    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.cn\nBcc: x@y.cn"])
def test_a_sender_that_is_no_address_stops_the_start(sender):
    environ = {"MINYI_SMTP_URL": "smtp://mail.example.cn", "MINYI_MAIL_FROM": sender}

    with pytest.raises((SettingInvalid, SettingMissing)):
        read_mail_server(environ)
