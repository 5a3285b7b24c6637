"""A small invented blog on loopback: what ``archiver demo`` crawls, so that the tool shows itself offline.

Texts, pictures and layout are our own. The blog has the habits that make blogs hard to read: dates without a
year in its listing, a sidebar with the same links cut short, figures with captions, raw TeX, two languages.
"""

from archiver.demo.content import TITLE
from archiver.demo.server import serve

__all__ = ["TITLE", "serve"]
