"""`minyi serve`: the service in production, and in a demo."""

import os
from dataclasses import replace
from ipaddress import ip_address
from typing import Annotated

import typer
import uvicorn

from survey.commands.messages import Language, Locale, in_both_languages, say
from survey.settings import Settings
from survey.storage.database import open_database

STOP_WITHIN_SECONDS = 10

Host = Annotated[str, typer.Option(help=in_both_languages("serve.host"))]
Port = Annotated[int, typer.Option(min=1, max=65_535, help=in_both_languages("serve.port"))]
Workers = Annotated[int | None, typer.Option(min=1, help=in_both_languages("serve.workers"))]


def register(app: typer.Typer) -> None:
    """Add `minyi serve` to the app."""
    app.command("serve", help=in_both_languages("commands.serve"))(serve)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = None,
    lang: Language = Locale.CHINESE,
) -> None:
    """Check settings and database, say where the service is, and run it."""
    settings = Settings.from_environ(os.environ)
    settings = replace(settings, workers=workers or settings.workers)
    open_database(settings).close()  # whatever is wrong is said here, once, as a sentence
    os.environ["MINYI_WORKERS"] = str(settings.workers)  # the processes to come read it
    typer.echo(say("serve.address", origin=settings.public_origin))
    if settings.public_origin.startswith("http:") and not _is_loopback(host):
        typer.echo(say("serve.plain", host=host), err=True)
    uvicorn.run(
        "web.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=settings.workers,
        access_log=False,  # a path holds a token
        proxy_headers=False,  # MINYI_TRUSTED_PROXIES says whose word is taken
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
