from pathlib import Path

import pytest

from survey.errors import (
    DatabaseUrlRefused,
    DebugRefused,
    PlainHttpRefused,
    SecretTooWeak,
    SettingInvalid,
    SettingMissing,
    SetupError,
)
from survey.language import LOCALES, messages
from survey.settings import Settings

GOOD = {
    "MINYI_SECRET_KEY": "3b1f0c57e2a94d86b7c5f1e08d4a629b",
    "MINYI_PUBLIC_ORIGIN": "https://pingyi.example.cn",
}


def test_good_settings_are_read_with_their_defaults():
    settings = Settings.from_environ(GOOD)

    assert settings == Settings(
        database_url="sqlite:///data/minyi.sqlite3",
        secret_key=b"3b1f0c57e2a94d86b7c5f1e08d4a629b",
        public_origin="https://pingyi.example.cn",
        data_dir=Path("data"),
        workers=1,
        is_demo=False,
        writing_connections=1,
    )
    assert settings.sqlite_path == Path("data/minyi.sqlite3")


def test_every_setting_can_be_given():
    settings = Settings.from_environ(
        GOOD
        | {
            "MINYI_DATABASE_URL": "postgresql://minyi@db.internal/minyi",
            "MINYI_DATA_DIR": "/var/lib/minyi",
            "MINYI_PUBLIC_ORIGIN": "https://Pingyi.example.cn:8443/",
            "MINYI_WORKERS": "4",
            "MINYI_WRITING_CONNECTIONS": "2",
            "MINYI_TRUSTED_PROXIES": "10.0.0.5, 10.1.0.0/24",
            "MINYI_LIMITS_URL": "redis://127.0.0.1:6379",
            "MINYI_DEMO": "yes",
            "MINYI_DEBUG": "0",
        }
    )

    assert settings.database_url == "postgresql+psycopg://minyi@db.internal/minyi"
    assert settings.sqlite_path is None
    assert settings.data_dir == Path("/var/lib/minyi")
    assert settings.public_origin == "https://pingyi.example.cn:8443"
    assert (settings.workers, settings.writing_connections, settings.is_demo) == (4, 2, True)
    assert [str(each) for each in settings.trusted_proxies] == ["10.0.0.5/32", "10.1.0.0/24"]
    assert settings.limits_url == "redis://127.0.0.1:6379"


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("MINYI_SECRET_KEY", "", SettingMissing),
        ("MINYI_SECRET_KEY", "3b1f0c57e2a94d86b7c5f1e08d4a629", SecretTooWeak),
        ("MINYI_SECRET_KEY", "0" * 64, SecretTooWeak),
        ("MINYI_SECRET_KEY", "change-me-3b1f0c57e2a94d86b7c5f1e08d4a", SecretTooWeak),
        ("MINYI_SECRET_KEY", "the-secret-key-of-this-service-1234567890", SecretTooWeak),
        ("MINYI_DEBUG", "1", DebugRefused),
        ("MINYI_DEBUG", "True", DebugRefused),
        ("MINYI_DEBUG", "maybe", SettingInvalid),
        ("MINYI_DEMO", "perhaps", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "", SettingMissing),
        ("MINYI_PUBLIC_ORIGIN", "http://pingyi.example.cn", PlainHttpRefused),
        ("MINYI_PUBLIC_ORIGIN", "http://localhost.example.cn", PlainHttpRefused),
        ("MINYI_PUBLIC_ORIGIN", "http://10.0.0.7:8000", PlainHttpRefused),
        ("MINYI_PUBLIC_ORIGIN", "pingyi.example.cn", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://pingyi.example.cn/survey", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://pingyi.example.cn?x=1", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://office@pingyi.example.cn", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://pingyi.example.cn:80000", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://[::1", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "ftp://pingyi.example.cn", SettingInvalid),
        ("MINYI_PUBLIC_ORIGIN", "https://民意.cn", SettingInvalid),
        ("MINYI_WORKERS", "0", SettingInvalid),
        ("MINYI_WORKERS", "many", SettingInvalid),
        ("MINYI_WORKERS", "２", SettingInvalid),
        ("MINYI_WRITING_CONNECTIONS", "-1", SettingInvalid),
        ("MINYI_TRUSTED_PROXIES", "proxy.example.cn", SettingInvalid),
        ("MINYI_TRUSTED_PROXIES", "10.0.0.5/24", SettingInvalid),
        ("MINYI_LIMITS_URL", "memory://", SettingInvalid),
        ("MINYI_DATABASE_URL", "mysql://db/minyi", DatabaseUrlRefused),
        ("MINYI_DATABASE_URL", "sqlite://", DatabaseUrlRefused),
        ("MINYI_DATABASE_URL", "sqlite:///:memory:", DatabaseUrlRefused),
        ("MINYI_DATABASE_URL", "sqlite:///minyi.db?synchronous=normal", DatabaseUrlRefused),
        ("MINYI_DATABASE_URL", "postgresql://", DatabaseUrlRefused),
    ],
)
def test_a_bad_setting_stops_the_start_with_its_name(name, value, refusal):
    with pytest.raises(SetupError) as refused:
        Settings.from_environ(GOOD | {name: value})

    assert type(refused.value) is refusal
    for locale in LOCALES:
        sentence = messages().phrase(f"errors.{refusal.code}", locale, **refused.value.values)
        assert name in sentence


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_plain_http_is_taken_on_this_machine(origin):
    assert Settings.from_environ(GOOD | {"MINYI_PUBLIC_ORIGIN": origin}).public_origin == origin


@pytest.mark.parametrize(
    ("origin", "is_taken"),
    [
        ("http://192.168.1.20:8000", True),
        ("http://10.0.0.7:8000", True),
        ("http://8.8.8.8", False),
        ("http://0.0.0.0:8000", False),
        ("http://pingyi.example.cn", False),
    ],
)
def test_a_demo_may_use_plain_http_on_a_private_address_only(origin, is_taken):
    environ = GOOD | {"MINYI_PUBLIC_ORIGIN": origin, "MINYI_DEMO": "1"}

    if is_taken:
        assert Settings.from_environ(environ).is_demo
    else:
        with pytest.raises(PlainHttpRefused):
            Settings.from_environ(environ)


def test_each_purpose_has_a_key_of_its_own_that_depends_on_the_secret():
    settings = Settings.from_environ(GOOD)
    other = Settings.from_environ(GOOD | {"MINYI_SECRET_KEY": GOOD["MINYI_SECRET_KEY"][::-1]})

    keys = {settings.key("links"), settings.key("sessions"), other.key("links")}

    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)
    assert settings.key("links") == Settings.from_environ(GOOD).key("links")


def test_the_secret_is_not_shown_when_settings_are_printed():
    assert GOOD["MINYI_SECRET_KEY"] not in repr(Settings.from_environ(GOOD))
