"""Dates: claims with their evidence, from the printed string to one date for a post.

``scan`` reads what pages print, ``parse_attribute`` and ``from_url`` what is written for machines. ``decide_order``
and ``decide_trust`` judge a blog and a listing; ``resolve`` makes one date of all claims about a post, and
``estimate_years`` is the last resort.
"""

from archiver.dates.listing import decide_trust, estimate_years
from archiver.dates.machine import from_url, parse_attribute
from archiver.dates.order import decide_order
from archiver.dates.resolve import day_of, resolve
from archiver.dates.scan import scan
from archiver.dates.values import Order, Printed

__all__ = [
    "Order",
    "Printed",
    "day_of",
    "decide_order",
    "decide_trust",
    "estimate_years",
    "from_url",
    "parse_attribute",
    "resolve",
    "scan",
]
