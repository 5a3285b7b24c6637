"""What is known of blog engines: how to tell them, and where their feeds usually are.

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
    """One engine: what its generator element begins with, its marks, and where its feeds are from the blog's root."""

    name: str
    generators: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


ENGINES: tuple[Engine, ...] = (
    Engine("WordPress", ("wordpress",), ("/wp-content/", "/wp-includes/"), ("feed/",)),
    Engine("Typecho", ("typecho",), ("/usr/themes/", "/usr/plugins/"), ("feed/",)),
    Engine("Hexo", ("hexo",), ("/hexo-",), ("atom.xml", "rss2.xml")),
    Engine("Hugo", ("hugo",), (), ("index.xml",)),
    Engine("Octopress", ("octopress",), ("/javascripts/octopress.js",), ("atom.xml",)),
    Engine("Jekyll", ("jekyll",), ("/jekyll-",), ("feed.xml", "atom.xml")),
    Engine("Pelican", ("pelican",), ("/theme/css/",), ("feeds/all.atom.xml",)),
    Engine("Nikola", ("nikola",), ("/assets/css/nikola",), ("rss.xml",)),
    Engine("Ghost", ("ghost",), ("/ghost/api/", "/public/ghost"), ("rss/",)),
    Engine("Zola", ("zola",), (), ("atom.xml", "rss.xml")),
    Engine("Quarto", ("quarto",), ("/quarto-html/", "/quarto-nav/"), ("index.xml",)),
    Engine("Gridea", ("gridea",), ("/media/css/gridea",), ("atom.xml",)),
    Engine("Blogger", ("blogger",), ("/feeds/posts/default",), ("feeds/posts/default",)),
    Engine("Tumblr", ("tumblr",), (), ("rss",)),
    Engine("Medium", ("medium",), (), ("feed",)),
    Engine("Substack", ("substack",), (), ("feed",)),
    Engine("Wix", ("wix.com website builder", "wix"), (), ("blog-feed.xml",)),
    Engine("Squarespace", ("squarespace",), (), ("blog?format=rss",)),
    Engine("Movable Type", ("movable type",), ("/mt-static/", "/mt-site.js"), ("atom.xml",)),
    Engine("TypePad", ("typepad",), (), ("atom.xml",)),
    Engine("Drupal", ("drupal",), ("/sites/default/files/", "/core/misc/drupal"), ("rss.xml",)),
    Engine("Joomla", ("joomla",), ("/media/jui/", "/components/com_"), ("?format=feed&type=rss",)),
    Engine("Halo", ("halo",), ("/plugins/halo-", "/upload/themes/"), ("rss.xml",)),
    Engine("Z-Blog", ("z-blog", "zblog"), ("/zb_system/", "/zb_users/"), ("feed.php",)),
    Engine("emlog", ("emlog",), ("/content/templates/",), ("rss.php",)),
    Engine("Discuz", ("discuz",), ("/static/image/common/", "forum.php?mod=")),
    Engine("Bear", ("bear blog", "bearblog"), (), ("feed/", "rss/")),
    Engine("Write.as", ("writefreely", "write freely", "write.as"), (), ("feed/",)),
    Engine("Astro", ("astro",), ("/_astro/",), ("rss.xml",)),
    Engine("Eleventy", ("eleventy",), (), ("feed/feed.xml", "feed.xml")),
    Engine("Gatsby", ("gatsby",), ("/page-data/", "/webpack-runtime-"), ("rss.xml",)),
    Engine("VuePress", ("vuepress",), ("/assets/js/vuepress",), ("rss.xml", "atom.xml")),
    Engine("VitePress", ("vitepress",), (), ("feed.xml", "feed.rss")),
    Engine("Docusaurus", ("docusaurus",), ("/assets/js/runtime~main",), ("blog/atom.xml",)),
    Engine("MkDocs", ("mkdocs",), ("/assets/javascripts/bundle.",), ("feed_rss_created.xml",)),
    Engine("Middleman", ("middleman",), (), ("feed.xml",)),
    Engine("Lektor", ("lektor",), (), ("feed.xml", "blog/feed.xml")),
    Engine("Sculpin", ("sculpin",), (), ("atom.xml",)),
    Engine("org-mode", ("org mode", "org-mode", "emacs"), ("/org-html-",), ("rss.xml",)),
    Engine("Metalsmith", ("metalsmith",), (), ("rss.xml",)),
    Engine("Cryogen", ("cryogen",), (), ("feed.xml",)),
    Engine("Hakyll", ("hakyll",), (), ("atom.xml", "rss.xml")),
    Engine("Publii", ("publii",), ("/media/website/",), ("feed.xml",)),
    Engine("Micro.blog", ("micro.blog",), (), ("feed.xml",)),
    Engine("Dotclear", ("dotclear",), ("?pf=", "/var/themes/"), ("feed/atom",)),
    Engine("SPIP", ("spip",), ("/spip.php", "/local/cache-css/"), ("spip.php?page=backend",)),
    Engine("Textpattern", ("textpattern",), ("/textpattern/",), ("rss/", "atom/")),
    Engine("Serendipity", ("serendipity",), ("/serendipity.css", "serendipity_"), ("feeds/index.rss2",)),
    Engine("b2evolution", ("b2evolution",), ("/evo_",), ("?tempskin=_rss2",)),
    Engine("Grav", ("gravcms", "grav"), ("/user/themes/",), ("blog.atom", "blog.rss")),
    Engine("Bludit", ("bludit",), ("/bl-themes/", "/bl-kernel/"), ("rss.xml",)),
    Engine("October CMS", ("october",), ("/modules/system/assets/",)),
    Engine("HTMLy", ("htmly",), (), ("feed/rss",)),
    Engine("LiveJournal", ("livejournal",), (), ("data/rss",)),
    Engine("Hatena", ("hatenablog",), (), ("feed",)),
    Engine("FC2", ("fc2",), (), ("?xml",)),
    Engine("Tistory", ("tistory",), ("/tistory_admin/",), ("rss",)),
    Engine("Hashnode", ("hashnode",), (), ("rss.xml",)),
    Engine("Weebly", ("weebly",), (), ("feed",)),
    Engine("Webflow", ("webflow",)),
    Engine("Notion", ("notion",), (), ("feed",)),
)
_NAMES = {engine.name: engine for engine in ENGINES}


def detect(generator: str, marks: Iterable[str]) -> str | None:
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
