"""A real process is killed after the mail left and before it was noted: nothing counts twice."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

from builders import NOON
from mail_office import ANN, MailOffice
from real_mail_server import SENDER, a_mail_server, token_in

from survey.rules.ways_in.invitation import RETRY_AFTER, Delivery
from survey.rules.ways_in.link import LinkState
from survey.storage.database import open_database
from survey.storage.tables import LinkToken

ROOT = Path(__file__).parents[2]
DELIVER = """
    import os
    from datetime import datetime
    from survey.postman import Postman
    from survey.settings import Settings
    from survey.storage.database import open_database

    settings = Settings.from_environ(os.environ)
    now = datetime.fromisoformat(os.environ["NOW"])
    Postman(open_database(settings), settings, lambda: now).deliver()
"""


def deliver_in_a_process(settings, server, postbox) -> int:
    """Run the postman in a process that is killed when the server has the mail."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(DELIVER)],
        cwd=ROOT,
        env={
            "PYTHONPATH": str(ROOT),
            "MINYI_DATABASE_URL": settings.database_url,
            "MINYI_DATA_DIR": str(settings.data_dir),
            "MINYI_SECRET_KEY": settings.secret_key.decode(),
            "MINYI_PUBLIC_ORIGIN": settings.public_origin,
            "MINYI_SMTP_URL": f"smtp://127.0.0.1:{server.port}",
            "MINYI_MAIL_FROM": SENDER,
            "NOW": NOON.isoformat(),
        },
    )
    postbox.on_mail = lambda: os.kill(process.pid, signal.SIGKILL)
    try:
        return process.wait(timeout=60)
    finally:
        process.kill()
        postbox.on_mail = lambda: None


def test_a_mail_sent_and_not_noted_goes_out_again_and_both_tokens_are_one_use(settings):
    with a_mail_server() as (postbox, server):
        database = open_database(settings)
        office = MailOffice(database, settings, None)
        office.invite(ANN)
        database.close()

        assert deliver_in_a_process(settings, server, postbox) == -signal.SIGKILL
        assert len(postbox.mails) == 1

        office.database = open_database(settings)
        office.use_server(server)
        assert office.way(postbox.token_to(ANN)).state == LinkState.UNUSED
        assert office.entry(ANN).delivery == Delivery.WAITING
        office.clock.now += RETRY_AFTER[0]
        assert office.postman.deliver() == 1

        first, second = (token_in(mail) for mail in postbox.mails)
        assert first != second
        assert len(office.rows(LinkToken)) == 2
        office.use(first)
        assert office.way(second).state == LinkState.USED
        office.database.close()
