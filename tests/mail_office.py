"""An office that invites its staff by e-mail: campaign, postman, and a clock to put forward."""

from dataclasses import replace

import builders
from answering import StandingClock
from sqlmodel import select

from survey.distribute.remind import begin_due_reminders, plan_reminder
from survey.distribute.roster import Invitee, add_to_roster, send_invitations
from survey.postman import Postman
from survey.rules.audience import Audience
from survey.rules.ways_in.link import LinkState
from survey.storage.queries.links import way_by_code
from survey.storage.tables import Campaign, Link, RosterEntry

ANN, BOB, EVE = "ann@example.cn", "bob@example.cn", "eve@example.cn"


class MailOffice:
    """A staff campaign of one unit, its postman, and a clock that can be put forward."""

    def __init__(self, database, settings, server):
        self.database = database
        self.settings = replace(settings, mail_server=server)
        self.clock = StandingClock()
        self.postman = Postman(database, self.settings, self.clock)
        with database.writing() as session:
            unit = builders.a_unit(session, name="市图书馆")
            self.campaign = builders.a_campaign(session, [unit], Audience.STAFF)
            self.unit_code = unit.code

    def invite(self, *addresses):
        with self.database.writing() as session:
            campaign = session.get_one(Campaign, self.campaign.id)
            invitees = [Invitee(self.unit_code, address) for address in addresses]
            add_to_roster(session, campaign, invitees, self.clock())
            send_invitations(session, campaign, self.clock())
        return self.postman.deliver()

    def remind(self, **given):
        with self.database.writing() as session:
            campaign = session.get_one(Campaign, self.campaign.id)
            values = {"is_to_all": False, "now": self.clock()} | given
            plan_reminder(session, campaign, self.clock(), **values)
        begin_due_reminders(self.database, self.clock())
        return self.postman.deliver()

    def way(self, token):
        with self.database.reading() as session:
            return way_by_code(session, token, self.settings.key("links"))

    def use(self, token):
        with self.database.writing() as session:
            session.get_one(Link, self.way(token).link_id).state = LinkState.USED

    def rows(self, table):
        with self.database.reading() as session:
            return session.exec(select(table)).all()

    def use_server(self, server):
        """Start the service anew with another setting."""
        self.settings = replace(self.settings, mail_server=server)
        self.postman = Postman(self.database, self.settings, self.clock)

    def entry(self, address):
        return next(e for e in self.rows(RosterEntry) if e.address == address)
