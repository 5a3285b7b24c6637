"""Phrases and class names of what stands around a post's body: licences, donations, citations, related posts.

``TAIL_STARTS`` begin a short block, ``SECTIONS`` are the whole heading of a part that follows a post. Phrases are
separated by ``|`` and compared after ``archiver.words.squeeze``.
"""

from __future__ import annotations

from functools import lru_cache

from archiver import words

TAIL_STARTS = (
    # licence and origin
    "转载 | 轉載 | 本文链接 | 本文鏈接 | 文章链接 | 本文地址 | 原文链接 | 原文地址 | 版权声明 | 版權聲明 | 版权归"
    " | 本作品采用 | 本作品採用 | 本博客所有文章 | 本站文章 | 除非注明 | 除特别声明 | 除特別聲明 | 未经授权 | 未經授權"
    " | 许可协议 | 许可證 | 本文作者 | 文章作者 | 著作权归 | 著作權歸 | 本文采用 | 本文採用 | 本文标题 | 文章标题"
    " | 本文由 | 如需转载 | 欢迎转载 | 商业转载",
    "licensed under | this work is licensed | this article is licensed | this post is licensed | this post is under"
    " | creative commons | all rights reserved | permalink: | permanent link to this"
    " | the content of this | except where otherwise noted | unless otherwise | licencia | lizenziert | sous licence"
    " | лицензия | この記事のurl | この作品は | ライセンス:",
    # money, following
    "打赏 | 赞赏 | 讚賞 | 支持作者 | 如果您觉得本文 | 如果觉得 | 如果您觉得 | 如果你觉得 | 如果这篇文章 | 您的支持"
    " | 坚持原创 | 微信扫一扫 | 扫一扫 | 扫码 | 关注公众号 | 欢迎关注 | 微信打赏 | 支付宝 | 觉得不错",
    "buy me a coffee | support me | donate | tip jar | if you liked this | if you enjoyed this | if you found this"
    " | subscribe to | sign up for | join the newsletter | follow me on | get new posts | enjoyed this",
    # citation
    "如何引用 | 如果您需要引用本文 | 如果您还需要引用 | 引用本文 | cite this | how to cite | to cite this | citation:"
    " | please cite | for attribution",
    # labels and neighbours
    "filed under | posted in | tagged | tagged with | tags: | tag: | categories: | category: | 标签: | 標籤: | 分类:"
    " | 分類: | 所属分类: | 文章分类: | 本文分类: | タグ: | カテゴリ | keywords: | 关键词: | 关键字: | метки: | теги:"
    " | рубрика: | schlagwörter: | etiquetas: | étiquettes: | mots-clés:",
    "上一篇: | 下一篇: | 前一篇: | 后一篇: | 上篇: | 下篇: | previous post: | next post: | previous: | next: | prev:"
    " | previous article: | next article: | 前の記事: | 次の記事:",
    "share this | share on | share: | share via | tweet this | 分享到 | 分享至 | 分享: | シェア | compartir | partager"
    " | teilen | поделиться",
    "last updated | last modified | last edited | updated on | 最后更新 | 最后修改 | 最后编辑 | 最後更新 | 最終更新"
    " | 本文最后更新 | 更新于 | page last",
    "edit this page | edit on github | suggest an edit | improve this page | view page source | report an issue",
    "please enable javascript | comments powered by | view the discussion thread | blog comments powered",
)

NEIGHBOURS = (
    "上一篇 | 下一篇 | 前一篇 | 后一篇 | 上篇 | 下篇 | 较新的文章 | 较旧的文章 | previous | next | prev | previous post"
    " | next post | older post | newer post | older | newer | previous article | next article | 前の記事 | 次の記事"
    " | 标签 | 分类 | tags | categories | posted in | in | 标签云 | read next | back to | 返回 | 回到首页 | home",
)

SECTIONS = (
    "related | related posts | related articles | related stories | related content | related reading"
    " | you may also like | you might also like | you might also enjoy | you may also enjoy | similar posts"
    " | more posts | more articles | read next | recommended posts | recommended reading | recent posts | latest posts"
    " | keep reading | more from this blog | more from | posts you may like | other posts | see also other posts"
    " | reuse | citation | how to cite | cite this post | cite this article"
    " | popular posts | further posts | up next | continue reading next | more in this series | also on this blog",
    "相关文章 | 相关推荐 | 相关阅读 | 相關文章 | 相關推薦 | 推荐阅读 | 推薦閱讀 | 猜你喜欢 | 你可能喜欢 | 你可能也喜欢"
    " | 您可能也喜欢 | 你可能还喜欢 | 你也许还对下面的内容感兴趣 | 您可能感兴趣的文章 | 延伸阅读推荐 | 更多文章"
    " | 最新文章 | 最近文章 | 热门文章 | 随机文章 | 推荐文章 | 看看别的",
    "関連記事 | 関連する記事 | おすすめ記事 | 最近の記事 | 最新記事 | 人気記事 | 関連投稿 | 관련 글 | 관련글 | 추천 글",
    "ähnliche beiträge | verwandte beiträge | das könnte dich auch interessieren | articles similaires | articles liés"
    " | sur le même sujet | entradas relacionadas | artículos relacionados | posts relacionados | artigos relacionados"
    " | você também pode gostar | articoli correlati | potrebbe interessarti | похожие записи | похожие статьи"
    " | читайте также | схожі записи | powiązane wpisy | gerelateerde berichten | verwandte artikel | weitere beiträge"
    " | weitere artikel | mehr zum thema | neueste beiträge | das könnte ihnen auch gefallen | à lire aussi"
    " | lire aussi | articles récents | billets similaires | vous aimerez aussi | también te puede interesar"
    " | también te podría gustar | entradas recientes | más entradas | leia também | leia mais | outros posts"
    " | posts recentes | veja também | talvez você goste | leggi anche | articoli recenti | ti potrebbe interessare"
    " | altri articoli | podobne wpisy | zobacz też | zobacz także | przeczytaj także | ostatnie wpisy"
    " | gerelateerde artikelen | lees ook | misschien vind je dit ook leuk | recente berichten | související články"
    " | související příspěvky | podobné články | čtěte také | mohlo by vás zajímat | súvisiace články"
    " | mohlo by vás zaujímať | relaterade inlägg | relaterade artiklar | läs också | läs även | fler inlägg"
    " | senaste inläggen | relaterede indlæg | læs også | relaterte innlegg | les også | siste innlegg"
    " | aiheeseen liittyvät | lue myös | lisää aiheesta | kapcsolódó bejegyzések | kapcsolódó cikkek"
    " | ez is érdekelhet | articole similare | articole asemănătoare | citește și | te-ar putea interesa"
    " | entrades relacionades | articles relacionats | també et pot interessar",
    "comments | comment | leave a comment | leave a reply | post a comment | add a comment | write a comment"
    " | join the discussion | discussion | responses | webmentions | trackbacks | reactions | 评论 | 留言 | 发表评论"
    " | 添加新评论 | 评论区 | 文章评论 | 评论列表 | 最新评论 | 評論 | 發表評論 | 發佈留言 | 留言板 | コメント"
    " | コメントを残す | 댓글 | kommentare | kommentar schreiben | schreibe einen kommentar | commentaires"
    " | laisser un commentaire | comentarios | deja un comentario | comentários | deixe um comentário | commenti"
    " | комментарии | оставить комментарий | коментарі | komentarze | reacties | current comments"
    " | trackback | pingbacks | trackback url | diskussion | antworten | kommentar hinterlassen | reacciones"
    " | dejar un comentario | deixe uma resposta | deixe seu comentário | lascia un commento | dodaj komentarz"
    " | zostaw komentarz | reageer | geef een reactie | laat een reactie achter | komentáře | napsat komentář"
    " | přidat komentář | komentáre | pridať komentár | kommentarer | lämna en kommentar | skriv en kommentar"
    " | legg igjen en kommentar | efterlad en kommentar | kommentit | kommentoi | jätä kommentti | hozzászólások"
    " | hozzászólás | szólj hozzá | comentarii | lasă un comentariu | lasă un răspuns | comentaris"
    " | deixa un comentari",
    "about the author | about me | written by | author | 作者简介 | 关于作者 | この記事を書いた人 | über den autor"
    " | à propos de l'auteur | sobre el autor | sobre o autor | об авторе | über die autorin"
    " | à propos de l’auteur | à propos de l'autrice | sobre la autora | sobre a autora | sull'autore | l'autore"
    " | o autorze | o autorce | over de auteur | o autorovi | om författaren | om forfatteren"
    " | kirjoittajasta | a szerzőről | despre autor | sobre l'autor",
    "share | share this | share this post | share this article | 分享 | 分享文章 | copyright | license | 版权声明"
    " | 许可协议 | 打赏 | 赞赏 | 打赏作者 | 赞赏作者 | donate | support | subscribe | newsletter | 订阅",
)

# Parts of class names and ids that block-level boilerplate inside a body goes by; hints, never enough for large parts.
BOILERPLATE = frozenset(
    (
        *("related", "relatedposts", "similar", "recommend", "recommended", "recommendation", "comments", "respond"),
        *("disqus", "giscus", "utterances", "gitalk", "valine", "waline", "twikoo", "share", "sharing", "sharer"),
        *("sharedaddy", "addtoany", "social", "sociallinks", "reward", "donate", "donation", "pay", "sponsor"),
        *("copyright", "license", "licence", "creativecommons", "cite", "citation-info", "breadcrumb", "breadcrumbs"),
        *("pagination", "pager", "prevnext", "postnav", "sidebar", "widget", "newsletter", "subscribe", "subscription"),
        *("authorbox", "bio", "byline", "postmeta", "metadata", "toc", "tableofcontents", "adsbygoogle", "ads"),
        *("advert", "advertisement", "qrcode", "jp-relatedposts", "navigation", "counter", "views"),
        *("popup", "modal", "tooltip", "snackbar", "reprint", "permalink", "entrynavigation"),
    )
)
BOILERPLATE_PAIRS = (
    *("post-meta", "entry-meta", "article-meta", "post-nav", "post-navigation", "nav-links", "post-tags", "entry-tags"),
    *("article-tags", "tag-list", "tags-list", "post-footer", "entry-footer", "article-footer", "post-copyright"),
    *("author-box", "author-info", "author-bio", "about-author", "post-author", "comment-list", "comment-form"),
    *("table-of-contents", "prev-next", "next-prev", "post-share", "share-buttons", "post-header", "entry-header"),
    *("article-header", "post-info", "post-categories", "post-date", "comments-area", "comment-area", "post-comment"),
    *("read-time", "reading-time", "post-toc", "article-toc", "skip-link", "go-top", "back-to-top", "how-to-cite"),
    *("post-end", "article-end", "post-pagination", "post-bottom", "content-tips"),
)
BODIES = frozenset(
    (
        *("entry-content", "post-content", "post-body", "article-content", "article-body", "post-entry", "postcontent"),
        *("article-entry", "e-content", "entry-body", "post__content", "article__content", "entrybody", "postbody"),
        *(
            "content-body",
            "post-text",
            "single-content",
            "blog-content",
            "markdown-body",
            "post-article",
            "main-content",
        ),
        *(
            "post_content",
            "article_content",
            "article_body",
            "post_body",
            "entry_content",
            "blogpost-body",
            "gh-content",
        ),
        *("articlecontent", "articlebody", "entrycontent"),
    )
)
CATEGORY_PLACES = frozenset(
    ("category", "categories", "cat", "cats", "topic", "topics", "kategorie", "categorias", "categorie")
)
TAG_PLACES = frozenset(("tag", "tags", "label", "labels", "keyword", "keywords", "tagged", "etiquetas", "schlagwort"))
COPYRIGHT = ("©", "copyright ©", "copyright (c)", "(c) ")
LONGEST = 300


def _phrases(rows: tuple[str, ...]) -> frozenset[str]:
    return frozenset(filter(None, (words.squeeze(phrase) for row in rows for phrase in row.split("|"))))


def _starts(rows: tuple[str, ...]) -> dict[str, tuple[tuple[str, bool], ...]]:
    """The phrases by first letter, each with whether a colon must follow."""
    phrases = {(words.squeeze(phrase), phrase.strip().endswith(":")) for row in rows for phrase in row.split("|")}
    letters = {phrase[:1] for phrase, _ in phrases if phrase}
    return {letter: tuple(each for each in sorted(phrases) if each[0][:1] == letter) for letter in letters}


_TAILS = _starts(TAIL_STARTS)
_NEIGHBOURS = _starts(NEIGHBOURS)
_SECTIONS = _phrases(SECTIONS)


@lru_cache(maxsize=4096)
def is_tail(text: str) -> bool:
    """Whether a short block at the end of a post is furniture: licence, donation, labels, neighbours, counters."""
    if len(text) > LONGEST:
        return False
    if words.is_share(text) or words.is_comments(text) or words.is_counter(text) or words.step(text):
        return True
    return text.lower().startswith(COPYRIGHT) or _begins(text, _TAILS)


@lru_cache(maxsize=4096)
def is_neighbour(text: str) -> bool:
    """Whether a short block that is mostly links leads to another post, a tag or home."""
    return len(text) <= LONGEST and _begins(text, _NEIGHBOURS)


def is_section(text: str) -> bool:
    """Whether a text is the whole heading of a part that follows a post: related posts, comments, the author."""
    return len(text) <= 60 and (words.squeeze(text) in _SECTIONS or words.without_numbers(text) in _SECTIONS)


def is_neighbour_label(text: str, linked: bool) -> bool:
    """Whether a text is nothing but the label of the post before or after ("Previous post", a linked "Next")."""
    step = words.step(text)
    return step is words.Step.POST or (linked and step in (words.Step.NEXT, words.Step.PREVIOUS))


def path_kind(href: str) -> str:
    """What the path of a link leads to: "tags" (/tag/x), "category" (/category/y), or an empty string."""
    path, _, query = href.lower().partition("#")[0].partition("?")
    places = set([part for part in path.split("/") if part][:-1])
    if places & TAG_PLACES or any(query.startswith(f"{name}=") for name in TAG_PLACES):
        return "tags"
    return "category" if places & CATEGORY_PLACES or query.startswith("cat=") else ""


def _begins(text: str, starts: dict[str, tuple[tuple[str, bool], ...]]) -> bool:
    """Whether a text begins with one of the phrases, at a word's end, with a colon where one is asked for."""
    squeezed = words.squeeze(text)
    for phrase, colon in starts.get(squeezed[:1], ()):
        after = squeezed[len(phrase) :]
        cut = phrase[-1].isascii() and after[:1].isascii() and after[:1].isalnum()
        if squeezed.startswith(phrase) and not cut and (not colon or not after or after.lstrip()[:1] == ":"):
            return True
    return False
