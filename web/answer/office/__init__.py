"""The pages behind an office's link: units to rate, by unit or by item, compared, sent."""

from web.answer.office.compare import compare, send
from web.answer.office.rate_item import keep_item, show_item
from web.answer.office.rate_unit import keep_unit, say_no_dealings, show_unit
from web.answer.office.units import show_units

OFFICE_PAGES = (
    ("/a/{code}/units", show_units, "GET"),
    ("/a/{code}/units/{unit}", show_unit, "GET"),
    ("/a/{code}/units/{unit}", keep_unit, "POST"),
    ("/a/{code}/units/{unit}/none", say_no_dealings, "POST"),
    ("/a/{code}/items", show_item, "GET"),
    ("/a/{code}/items", keep_item, "POST"),
    ("/a/{code}/compare", compare, "GET"),
    ("/a/{code}/send", send, "POST"),
)

__all__ = ["OFFICE_PAGES"]
