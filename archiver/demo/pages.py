"""The sample blog's pages as HTML and XML, written from its posts."""

from __future__ import annotations

from datetime import UTC, datetime, time
from email.utils import format_datetime
from html import escape
from itertools import groupby
from urllib.parse import quote

from archiver.demo.content import AUTHOR, COMMENTS, MORE, TITLE, Post

PER_PAGE = 6
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STYLE = """\
body{margin:0 auto;max-width:60rem;padding:1rem;background:#faf8f3;color:#333}
body{font:1rem/1.7 Georgia,"Noto Serif CJK SC",serif}
header{border-bottom:1px solid #d6d0c4}
#columns{display:flex;gap:2rem}
main{flex:3;min-width:0}
aside{flex:1;font-size:.85rem}
.entry{position:relative;padding-left:4rem;margin-bottom:3rem}
.badge{position:absolute;left:0;top:1.4rem;text-align:center}
.badge b{display:block;font-size:1.6rem;line-height:1}
img{max-width:100%;height:auto}
figcaption,.framed-text{color:#666;font-size:.85rem;text-align:center}
"""


def frame(title: str, main: str, posts: tuple[Post, ...]) -> bytes:
    """A whole page: head, header, the main part, the sidebar."""
    page = (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css">'
        f'<link rel="alternate" type="application/rss+xml" title="{escape(TITLE)}" href="/feed"></head>\n'
        f'<body>\n<header><h1><a href="/">{escape(TITLE)}</a></h1>'
        '<nav><a href="/">首页</a> <a href="/content.html">归档</a> <a href="/feed">RSS</a></nav></header>\n'
        f'<div id="columns">\n<main>\n{main}</main>\n{sidebar(posts)}</div>\n'
        "<footer>Written for the demonstration of archiver; every word and picture is invented.</footer>\n"
        "</body>\n</html>\n"
    )
    return page.encode()


def sidebar(posts: tuple[Post, ...]) -> str:
    """Recent posts with their titles cut short, recent comments, the tags: links that are not the listing."""
    recent = "".join(f'<li><a href="{post.path}">{escape(cut(post.title))}</a></li>' for post in posts[:8])
    comments = "".join(
        f'<li><a href="/archives/{number}#comment-{index}">{escape(who)}</a>: {escape(cut(said))}</li>'
        for number, said_there in COMMENTS.items()
        for index, (who, _, said) in enumerate(said_there)
    )
    names = sorted({tag for post in posts for tag in post.tags})
    cloud = " ".join(f'<a href="/tag/{quote(name)}/">{escape(name)}</a>' for name in names)
    return (
        f"<aside><h2>最近文章</h2><ul>{recent}</ul><h2>最近评论</h2><ul>{comments}</ul>"
        f'<h2>标签</h2><p class="cloud">{cloud}</p></aside>\n'
    )


def cut(text: str, length: int = 9) -> str:
    """The first characters, with dots when there are more."""
    return text if len(text) <= length else f"{text[:length]}..."


def entry(post: Post) -> str:
    """A post as the listing shows it: the date as day and month only."""
    link = f'<a href="{post.path}">{escape(post.title)}</a>'
    badge = f'<div class="badge"><b>{post.day.day}</b><span>{MONTHS[post.day.month - 1]}</span></div>'
    phrase = "点击阅读全文..." if post.chinese else "Continue reading"
    more = f'<p class="more"><a href="{post.path}" title="{escape(post.title)}">{phrase}</a></p>' if post.cut else ""
    return (
        f'<div class="entry">{badge}<h2>{link}</h2><div class="text">\n{post.excerpt}{more}</div>'
        f'<p class="tags">{tag_links(post)}</p></div>\n'
    )


def tag_links(post: Post) -> str:
    """The post's tags as links."""
    return " ".join(f'<a rel="tag" href="/tag/{quote(tag)}/">{escape(tag)}</a>' for tag in post.tags)


def listing(posts: tuple[Post, ...], shown: tuple[Post, ...], number: int = 1, last: int = 1) -> bytes:
    """An index page with its pager."""
    steps = "".join(
        f"<li><b>{page}</b></li>" if page == number else f'<li><a href="{page_path(page)}">{page}</a></li>'
        for page in range(1, last + 1)
    )
    on = f'<li class="next"><a href="{page_path(number + 1)}">»</a></li>' if number < last else ""
    pager = f'<ol class="steps">{steps}{on}</ol>\n' if last > 1 else ""
    return frame(TITLE, "".join(map(entry, shown)) + pager, posts)


def page_path(number: int) -> str:
    """The address of an index page."""
    return "/" if number == 1 else f"/page/{number}/"


def article(posts: tuple[Post, ...], post: Post) -> bytes:
    """A post's own page: the full date, related posts, neighbours, comments."""
    index = posts.index(post)
    beside = [other for other in (posts[index - 1] if index else None, *posts[index + 1 : index + 2]) if other]
    around = " ".join(f'<a href="{other.path}">{escape(other.title)}</a>' for other in beside)
    related = [other for other in posts if other is not post and set(other.tags) & set(post.tags)][:4]
    main = (
        f'<div class="single"><h1>{escape(post.title)}</h1>\n'
        f'<p class="by">By {AUTHOR} | {post.day.isoformat()} | 分类：{escape(post.category)}</p>\n'
        f'<div class="text">\n{post.body.replace(MORE, "")}</div>\n'
        f'<p class="tags">{tag_links(post)}</p></div>\n<p class="around">{around}</p>\n'
        "<h3>你也许感兴趣</h3><ul>"
        + "".join(f'<li><a href="{other.path}">{escape(other.title)}</a></li>' for other in related)
        + f"</ul>\n{comments(post)}"
    )
    return frame(f"{post.title} - {TITLE}", main, posts)


def comments(post: Post) -> str:
    """What readers said."""
    said_there = COMMENTS.get(post.number, ())
    return "<h3>评论</h3>" + "".join(
        f'<div class="comment" id="comment-{index}"><b>{escape(who)}</b> <span>{when}</span>'
        f"<p>{escape(said)}</p></div>\n"
        for index, (who, when, said) in enumerate(said_there)
    )


def archive_list(posts: tuple[Post, ...]) -> bytes:
    """Every post under its year and month: the one page with full dates for all."""
    by_date = sorted(posts, key=lambda post: post.day, reverse=True)
    parts = []
    for year, of_year in groupby(by_date, key=lambda post: post.day.year):
        months = "".join(
            f"<li><span>{month}月</span><ul>"
            + "".join(f'<li>{post.day.day}日: <a href="{post.path}">{escape(post.title)}</a></li>' for post in of_month)
            + "</ul></li>"
            for month, of_month in groupby(of_year, key=lambda post: post.day.month)
        )
        count = sum(post.day.year == year for post in posts)
        parts.append(f"<h3>{year}年 (共{count}篇)</h3><ul>{months}</ul>\n")
    return frame(f"归档 - {TITLE}", "<h2>归档</h2>" + "".join(parts), posts)


def feed(posts: tuple[Post, ...], base: str) -> bytes:
    """RSS 2.0 with the ten newest posts, excerpts only."""
    newest = sorted(posts, key=lambda post: post.day, reverse=True)[:10]
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{base}{post.path}</link>"
        f'<guid isPermaLink="true">{base}{post.path}</guid><pubDate>{rfc822(post)}</pubDate>'
        f"<description>{escape(post.excerpt)}</description></item>\n"
        for post in newest
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{escape(TITLE)}</title>'
        f"<link>{base}/</link><description>Numbers, bread and walks</description><language>zh-CN</language>\n"
        f"{items}</channel></rss>\n"
    ).encode()


def rfc822(post: Post) -> str:
    """The post's date as feeds print it, at nine in the morning."""
    return format_datetime(datetime.combine(post.day, time(9), UTC))
