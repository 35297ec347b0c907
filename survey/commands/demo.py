"""`minyi demo`: a demo evaluation, and an account to look at it."""

import os
import re
import secrets
from pathlib import Path

import typer

from survey.clock import utc_now
from survey.commands.messages import Language, Locale, in_both_languages, say
from survey.demo import Demo, make_demo
from survey.errors import DemoExists
from survey.passwords import hash_password
from survey.people import Role, add_officer, has_officer, set_password
from survey.settings import Settings
from survey.storage.database import Database, open_database

NAME = "demo"
FILE = "demo-sign-in.txt"
ACTOR = "minyi demo"

_ORIGIN = re.compile(r"https?://[^/\s]+")  # it may have changed since the file was written


def register(app: typer.Typer) -> None:
    """Add `minyi demo` to the app."""
    app.command("demo", help=in_both_languages("commands.demo"))(demo)


def demo(lang: Language = Locale.CHINESE) -> None:
    """Make what is missing of the demo, and say how to sign in."""
    settings = Settings.from_environ(os.environ)
    file = settings.data_dir / FILE
    database = open_database(settings)
    try:
        made = _made(database, settings)
        if made is not None or not file.is_file():
            password = secrets.token_urlsafe(9)
            _give_account(database, password)
            _write_privately(file, _say_sign_in(settings, password) + _say_try(settings, made))
    finally:
        database.close()
    typer.echo(say("demo.made", sheets=made.sheet_count) if made else say("demo.there"))
    said = _ORIGIN.sub(settings.public_origin, file.read_text("utf-8"))
    typer.echo("\n" + said)
    typer.echo(say("demo.kept", file=file))


def _made(database: Database, settings: Settings) -> Demo | None:
    try:
        return make_demo(database, settings, utc_now())
    except DemoExists:
        return None


def _give_account(database: Database, password: str) -> None:
    with database.writing() as session:
        now = utc_now()
        if has_officer(session, NAME):
            hashed = hash_password(password)
            set_password(session, name=NAME, password_hash=hashed, now=now, actor=ACTOR)
        else:
            add_officer(
                session, name=NAME, password=password, role=Role.EVALUATOR, now=now, actor=ACTOR
            )


def _say_sign_in(settings: Settings, password: str) -> str:
    return say("demo.sign_in", origin=settings.public_origin, name=NAME, password=password) + "\n"


def _say_try(settings: Settings, made: Demo | None) -> str:
    if made is None:
        return ""
    return (
        "\n"
        + say("demo.try", origin=settings.public_origin, code=made.open_code, unit=made.unit_name)
        + "\n"
        + say(
            "demo.try_office",
            origin=settings.public_origin,
            code=made.office_token,
            office=made.office_name,
        )
        + "\n"
    )


def _write_privately(file: Path, text: str) -> None:
    """Write a file that only its owner reads."""
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
