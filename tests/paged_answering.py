"""A questionnaire of thirty items on several pages, and how a phone without script walks it."""

import re

from answering import form_of
from builders import QUESTIONNAIRE

HEAD = QUESTIONNAIRE.decode().partition("[[items]]")[0]
SCREENING = """
[[items]]
id = "P0"
kind = "choice"
options = [
    { id = "yes", text = { zh-Hans = "打过", en = "Yes" } },
    { id = "no", text = { zh-Hans = "没有", en = "No" } },
]
ends = ["no"]
text = { zh-Hans = "您和{unit}打过交道吗？", en = "Have you dealt with {unit}?" }

"""
ITEM = """
[[items]]
id = "Q{n}"
scale = "ease"
format = "AG5"
required = {required}
text = {{ zh-Hans = "第{n}句话。", en = "Statement {n}." }}
"""


def thirty_items(*, required="true", shuffle=False, screening=False):
    """A questionnaire of thirty statements, six a page."""
    head = HEAD.replace("[formats", "shuffle = true\n\n[formats", 1) if shuffle else HEAD
    items = "".join(ITEM.format(n=n, required=required) for n in range(1, 31))
    return (head + (SCREENING if screening else "") + items).encode()


class Walk:
    """A browser without script on its way through the pages: it follows forms and redirects."""

    def __init__(self, client, address):
        self.client = client
        self.address = address
        self.reply = client.get(address)

    @property
    def page(self):
        """The page that is shown."""
        return self.reply.text

    @property
    def items(self):
        """The items on the page, in the order shown."""
        return re.findall(r'<fieldset class="item[^"]*" id="([^"]+)"', self.page)

    @property
    def ticked(self):
        """What is ticked on the page."""
        return dict(re.findall(r'name="([^"]+)" value="([^"]*)" checked', self.page))

    def press(self, step, answers):
        """Fill the page, press a button, and follow where it leads."""
        fields = form_of(self.page) | {"@go": step} | answers
        action = re.search(r'<form method="post" action="([^"#]*)', self.page)[1]
        target = self.address.partition("?")[0] + action.replace("&amp;", "&")
        self.reply = self.client.post(target if action else self.address, data=fields)
        while self.reply.status_code == 303:
            self.go_to(self.reply.headers["location"])
        return self

    def go_to(self, address):
        """Open an address."""
        self.address = address
        self.reply = self.client.get(address)
        return self

    def tick_all(self, value="3", step="next"):
        """Tick one answer all over the page and go on."""
        return self.press(step, dict.fromkeys(self.items, value))
