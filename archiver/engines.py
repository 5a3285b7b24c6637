"""What is known of blog engines: how to tell them, and where their feeds and archive lists usually are.

Rows of hints, never requirements: an address from here is a cheap guess that may fail without harm, and a page of an
unknown engine is read just the same. ``marks`` are parts of the paths (never of host names) of style sheets and
scripts that an engine leaves in its pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine: what its generator element begins with, its marks, and its usual addresses from the blog's root.

    ``pager`` is what follows the address of a listing on its page ``{n}``.
    """

    name: str
    generators: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    pager: str = ""


ENGINES: tuple[Engine, ...] = (
    Engine("WordPress", ("wordpress",), ("/wp-content/", "/wp-includes/"), ("feed/",), ("archives/",), "page/{n}/"),
    Engine("Typecho", ("typecho",), ("/usr/themes/", "/usr/plugins/"), ("feed/",), ("archives.html",), "page/{n}/"),
    Engine("Hexo", ("hexo",), ("/hexo-",), ("atom.xml", "rss2.xml"), ("archives/",), "page/{n}/"),
    Engine("Hugo", ("hugo",), (), ("index.xml",), ("post/", "posts/", "archives/", "blog/"), "page/{n}/"),
    Engine(
        "Octopress", ("octopress",), ("/javascripts/octopress.js",), ("atom.xml",), ("blog/archives/",), "page/{n}/"
    ),
    Engine("Jekyll", ("jekyll",), ("/jekyll-",), ("feed.xml", "atom.xml"), ("archive/", "archives/"), "page{n}/"),
    Engine("Pelican", ("pelican",), ("/theme/css/",), ("feeds/all.atom.xml",), ("archives.html",), "index{n}.html"),
    Engine("Nikola", ("nikola",), ("/assets/css/nikola",), ("rss.xml",), ("archive.html",), "index-{n}.html"),
    Engine("Ghost", ("ghost",), ("/ghost/api/", "/public/ghost"), ("rss/",), ("archive/",), "page/{n}/"),
    Engine("Zola", ("zola",), (), ("atom.xml", "rss.xml"), ("blog/", "posts/"), "page/{n}/"),
    Engine("Quarto", ("quarto",), ("/quarto-html/", "/quarto-nav/"), ("index.xml",), ("posts.html", "blog.html")),
    Engine("Gridea", ("gridea",), ("/media/css/gridea",), ("atom.xml",), ("archives/",), "page/{n}/"),
    Engine("Blogger", ("blogger",), ("/feeds/posts/default",), ("feeds/posts/default",)),
    Engine("Tumblr", ("tumblr",), (), ("rss",), ("archive",), "page/{n}"),
    Engine("Medium", ("medium",), (), ("feed",), ("archive",)),
    Engine("Substack", ("substack",), (), ("feed",), ("archive",)),
    Engine("Wix", ("wix.com website builder", "wix"), (), ("blog-feed.xml",), ("blog",)),
    Engine("Squarespace", ("squarespace",), (), ("blog?format=rss",), ("blog",)),
    Engine("Movable Type", ("movable type",), ("/mt-static/", "/mt-site.js"), ("atom.xml",), ("archives.html",)),
    Engine("TypePad", ("typepad",), (), ("atom.xml",), ("archives.html",)),
    Engine("Drupal", ("drupal",), ("/sites/default/files/", "/core/misc/drupal"), ("rss.xml",), ("blog",), "?page={n}"),
    Engine("Joomla", ("joomla",), ("/media/jui/", "/components/com_"), ("?format=feed&type=rss",), ("blog",)),
    Engine("Halo", ("halo",), ("/plugins/halo-", "/upload/themes/"), ("rss.xml",), ("archives",), "page/{n}"),
    Engine("Z-Blog", ("z-blog", "zblog"), ("/zb_system/", "/zb_users/"), ("feed.php",), (), "page_{n}.html"),
    Engine("emlog", ("emlog",), ("/content/templates/",), ("rss.php",), (), "page/{n}"),
    Engine("Discuz", ("discuz",), ("/static/image/common/", "forum.php?mod="), ()),
    Engine("Bear", ("bear blog", "bearblog"), (), ("feed/", "rss/"), ("blog/",)),
    Engine("Write.as", ("writefreely", "write freely", "write.as"), (), ("feed/",), (), "page/{n}"),
    Engine("Astro", ("astro",), ("/_astro/",), ("rss.xml",), ("blog/", "posts/", "archives/"), "{n}/"),
    Engine("Eleventy", ("eleventy",), (), ("feed/feed.xml", "feed.xml"), ("blog/", "archive/", "posts/")),
    Engine("Gatsby", ("gatsby",), ("/page-data/", "/webpack-runtime-"), ("rss.xml",), ("blog/",)),
    Engine("VuePress", ("vuepress",), ("/assets/js/vuepress",), ("rss.xml", "atom.xml"), ("timeline/", "article/")),
    Engine("VitePress", ("vitepress",), (), ("feed.xml", "feed.rss"), ("archives",)),
    Engine(
        "Docusaurus", ("docusaurus",), ("/assets/js/runtime~main",), ("blog/atom.xml",), ("blog/archive",), "page/{n}"
    ),
    Engine("MkDocs", ("mkdocs",), ("/assets/javascripts/bundle.",), ("feed_rss_created.xml",), ("blog/",), "page/{n}/"),
    Engine("Middleman", ("middleman",), (), ("feed.xml",), ("blog/",), "page/{n}/"),
    Engine("Lektor", ("lektor",), (), ("feed.xml", "blog/feed.xml"), ("blog/",), "page/{n}/"),
    Engine("Sculpin", ("sculpin",), (), ("atom.xml",), ("blog/", "blog/archive/"), "page/{n}/"),
    Engine("org-mode", ("org mode", "org-mode", "emacs"), ("/org-html-",), ("rss.xml",), ("archive.html",)),
    Engine("Metalsmith", ("metalsmith",), (), ("rss.xml",), ("blog/",)),
    Engine("Cryogen", ("cryogen",), (), ("feed.xml",), ("archives/",), "page/{n}/"),
    Engine("Hakyll", ("hakyll",), (), ("atom.xml", "rss.xml"), ("archive.html",)),
    Engine("Publii", ("publii",), ("/media/website/",), ("feed.xml",), (), "page/{n}/"),
    Engine("Micro.blog", ("micro.blog",), (), ("feed.xml",), ("archive/",), "page/{n}/"),
    Engine("Dotclear", ("dotclear",), ("?pf=", "/var/themes/"), ("feed/atom",), ("archive",), "page/{n}"),
    Engine("SPIP", ("spip",), ("/spip.php", "/local/cache-css/"), ("spip.php?page=backend",), ()),
    Engine("Textpattern", ("textpattern",), ("/textpattern/",), ("rss/", "atom/"), (), "?pg={n}"),
    Engine("Serendipity", ("serendipity",), ("/serendipity.css", "serendipity_"), ("feeds/index.rss2",), ("archive",)),
    Engine("b2evolution", ("b2evolution",), ("/evo_",), ("?tempskin=_rss2",), (), "?paged={n}"),
    Engine("Grav", ("gravcms", "grav"), ("/user/themes/",), ("blog.atom", "blog.rss"), ("blog",), "page:{n}"),
    Engine("Bludit", ("bludit",), ("/bl-themes/", "/bl-kernel/"), ("rss.xml",), (), "?page={n}"),
    Engine("October CMS", ("october",), ("/modules/system/assets/",), (), ("blog",), "{n}"),
    Engine("HTMLy", ("htmly",), (), ("feed/rss",), ("archive",), "?page={n}"),
    Engine("LiveJournal", ("livejournal",), (), ("data/rss",), ("calendar",), "?skip={n}"),
    Engine("Hatena", ("hatenablog",), (), ("feed",), ("archive",), "archive?page={n}"),
    Engine("FC2", ("fc2",), (), ("?xml",), ("archives.html",), "page-{n}.html"),
    Engine("Tistory", ("tistory",), ("/tistory_admin/",), ("rss",), ("category",), "?page={n}"),
    Engine("Hashnode", ("hashnode",), (), ("rss.xml",), ("archive",)),
    Engine("Weebly", ("weebly",), (), ("feed",), (), "previous/{n}"),
    Engine("Webflow", ("webflow",), (), (), ("blog",)),
    Engine("Notion", ("notion",), (), ("feed",), ("archive",)),
)
_NAMES = {engine.name: engine for engine in ENGINES}


def detect(generator: str, marks: Iterable[str] = ()) -> str | None:
    """The engine's name by its generator element or, failing that, by marks in the addresses that its page uses.

    A generator that belongs to a theme or an unknown engine says nothing. Two marks of one address are one voice.
    """
    words = generator.strip().lower()
    for engine in ENGINES:
        if any(words.startswith(prefix) for prefix in engine.generators):
            return engine.name
    votes = dict.fromkeys(_NAMES, 0)
    for address in marks:
        lowered = address.lower()
        for engine in ENGINES:
            votes[engine.name] += any(mark in lowered for mark in engine.marks)
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] else None


def hints(name: str | None) -> Engine:
    """The row of an engine by its name; an empty row for None or an unknown one."""
    return _NAMES.get(name or "", Engine(""))


def root_of(url: str) -> str:
    """The folder of an address, with its slash: what an engine's usual addresses are relative to."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"


def feed_guesses(name: str | None, root: str) -> tuple[str, ...]:
    """Addresses where the engine's feed usually is; the commonest of all engines where the engine is unknown."""
    feeds = hints(name).feeds or ("feed/", "atom.xml", "rss.xml", "feed.xml", "index.xml")
    return tuple(root_of(root) + feed for feed in feeds)


def archive_guesses(name: str | None, root: str) -> tuple[str, ...]:
    """Addresses where the engine's list of all posts usually is; none where the engine is unknown."""
    return tuple(root_of(root) + archive for archive in hints(name).archives)


def pager_guess(name: str | None, listing: str) -> str | None:
    """The address pattern (with ``{n}``) of a listing's further pages for an engine that has a usual one."""
    pager = hints(name).pager
    return root_of(listing) + pager if pager else None
