"""The words by which a pager leads on, by language: surely older or newer, or "next" and "previous" of unsure meaning.

``OLDER`` and ``NEWER`` name the direction in time; ``NEXT`` and ``PREVIOUS`` (also "previous posts") point either way.

A row is a language code and its phrases, separated by ``|``. Compared after ``archiver.words.squeeze``: case, width,
arrows and punctuation at the edges do not matter, and numbers inside a phrase are left out ("next 10 posts").
"""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, str]

OLDER: Table = {
    "en": "older | older posts | older entries | older articles | older stories | older news | older post list"
    " | view older posts | see older posts | show older posts | read older posts | earlier"
    " | earlier posts | earlier entries | earlier articles | past posts | to older posts"
    " | older blog posts | older page | older pages | back in time | browse older posts"
    " | go to older posts",
    "zh": "更早 | 更早的文章 | 更早文章 | 较旧的文章 | 较早的文章 | 较旧文章 | 旧文章 | 旧的文章 | 较旧"
    " | 更旧的文章 | 早期文章 | 更早的博文 | 较早的博文 | 较旧的博文 | 更早的日志 | 以前的文章"
    " | 早些时候的文章 | 查看更早的文章",
    "zh-Hant": "更早的文章 | 較舊的文章 | 較早的文章 | 較舊文章 | 舊文章 | 較舊 | 較舊的網誌 | 更舊的文章"
    " | 以前的文章 | 早期文章",
    "ja": "過去の記事 | 過去の投稿 | 古い記事 | 古い投稿 | 以前の記事 | 以前の投稿 | 過去の記事へ | 古い記事へ"
    " | 過去の投稿へ | 過去のエントリー | もっと前の記事 | 過去ログ",
    "ko": "오래된 글 | 지난 글 | 지난 글 보기 | 오래된 게시물",
    "de": "ältere | ältere beiträge | ältere artikel | ältere einträge | ältere posts | ältere blogbeiträge"
    " | frühere beiträge | zu den älteren beiträgen | zu älteren beiträgen | ältere meldungen"
    " | ältere nachrichten",
    "fr": "plus ancien | plus anciens | articles plus anciens | anciens articles | billets plus anciens"
    " | messages plus anciens | publications plus anciennes | articles antérieurs | plus anciennes"
    " | voir les articles plus anciens | anciens billets",
    "es": "más antiguo | más antiguos | más antiguas | entradas antiguas | entradas más antiguas"
    " | artículos más antiguos | publicaciones antiguas | publicaciones más antiguas | posts antiguos"
    " | posts más antiguos | mensajes antiguos",
    "pt": "mais antigo | mais antigos | mais antigas | publicações mais antigas | posts mais antigos"
    " | posts antigos | postagens mais antigas | postagens antigas | artigos mais antigos"
    " | artigos antigos | mensagens antigas | publicações antigas",
    "it": "più vecchi | post più vecchi | articoli più vecchi | meno recenti | articoli meno recenti"
    " | vecchi articoli | post meno recenti | più vecchio",
    "nl": "ouder | oudere | oudere berichten | oudere posts | oudere artikelen | eerdere berichten | oudere blogs",
    "ru": "старые записи | более старые | более старые записи | старее | старше | старые посты | ранние записи"
    " | более ранние записи | раньше | ранее | старые статьи | старые | старые сообщения",
    "uk": "старіші | старіші записи | старіші дописи | давніші записи | старіші публікації",
    "pl": "starsze | starsze wpisy | starsze posty | starsze artykuły",
    "cs": "starší | starší příspěvky | starší články | starší zápisky",
    "sk": "staršie | staršie príspevky | staršie články",
    "sv": "äldre | äldre inlägg | tidigare inlägg | äldre poster | äldre artiklar",
    "da": "ældre | ældre indlæg | tidligere indlæg | ældre opslag",
    "no": "eldre | eldre innlegg | tidligere innlegg | eldre artikler",
    "fi": "vanhemmat | vanhemmat artikkelit | vanhemmat kirjoitukset | vanhemmat tekstit"
    " | aikaisemmat kirjoitukset | vanhempi | vanhemmat viestit",
    "tr": "eski | daha eski | eski yazılar | daha eski yazılar | eski kayıtlar | daha eski kayıtlar",
    "ar": "الأقدم | أقدم | مقالات أقدم | المقالات الأقدم | رسائل أقدم | المشاركات الأقدم | تدوينات أقدم",
    "he": "ישן יותר | ישנים יותר | פוסטים ישנים | פוסטים ישנים יותר | רשומות ישנות יותר",
    "fa": "قدیمی‌تر | قدیمیتر | نوشته‌های قدیمی‌تر | نوشته‌های پیشین | مطالب قدیمی‌تر | مطالب قدیمی تر | نوشته های قدیمی تر",
    "hi": "पुराने पोस्ट | पुरानी पोस्ट | पुराने लेख | पुरानी पोस्टें | और पुराने",
    "id": "lebih lama | pos lama | pos-pos lama | postingan lama | postingan lebih lama | artikel lama | tulisan lama",
    "vi": "cũ hơn | bài cũ hơn | bài viết cũ hơn | bài đăng cũ hơn | các bài viết cũ hơn",
    "th": "เก่ากว่า | บทความเก่ากว่า | บทความที่เก่ากว่า | โพสต์เก่ากว่า | เรื่องที่เก่ากว่า | บทความเก่า",
    "el": "παλαιότερα | παλαιότερα άρθρα | παλαιότερες αναρτήσεις | παλιότερα άρθρα | παλαιότερες δημοσιεύσεις",
    "ro": "mai vechi | articole mai vechi | postări mai vechi",
    "hu": "régebbi | régebbi bejegyzések | régebbi cikkek | korábbi bejegyzések | régebbi írások",
    "ca": "entrades més antigues | articles més antics",
    "bg": "по-стари | по-стари публикации | по-стари статии",
    "hr": "stariji postovi | starije objave | starije | stariji članci",
    "eo": "pli malnovaj | pli malnovaj afiŝoj",
}

NEWER: Table = {
    "en": "newer | newer posts | newer entries | newer articles | newer stories | newer news | view newer posts"
    " | see newer posts | show newer posts | later posts | later entries | more recent"
    " | more recent posts | newer page | newer blog posts | to newer posts | recent posts page"
    " | newer pages | go to newer posts",
    "zh": "较新的文章 | 更新的文章 | 较新文章 | 新文章 | 较新 | 较新的博文 | 更新的博文 | 较近的文章 | 较晚的文章",
    "zh-Hant": "較新的文章 | 更新的文章 | 較新文章 | 較新 | 較新的網誌 | 較近的文章",
    "ja": "新しい記事 | 新しい投稿 | 新しい記事へ | 新しい投稿へ | 最近の記事へ | より新しい記事",
    "ko": "최신 글 목록 | 새 글 목록 | 최근 게시물",
    "de": "neuere | neuere beiträge | neuere artikel | neuere einträge | neuere posts"
    " | zu den neueren beiträgen | spätere beiträge",
    "fr": "plus récent | plus récents | articles plus récents | billets plus récents | messages plus récents"
    " | publications plus récentes | plus récentes | articles récents suivants",
    "es": "más reciente | más recientes | entradas más recientes | entradas recientes | artículos más recientes"
    " | publicaciones más recientes | posts más recientes | más nuevos | entradas nuevas | más nuevas"
    " | publicaciones posteriores | entradas posteriores",
    "pt": "mais recente | mais recentes | publicações mais recentes | posts mais recentes"
    " | postagens mais recentes | artigos mais recentes | mais novos | posts mais novos"
    " | mensagens mais recentes",
    "it": "più recenti | post più recenti | articoli più recenti | più nuovi | articoli più nuovi | più recente",
    "nl": "nieuwer | nieuwere | nieuwere berichten | nieuwere posts | nieuwere artikelen | recentere berichten",
    "ru": "новые записи | более новые | более новые записи | новее | новые посты | новые статьи | позже"
    " | позднее | более поздние записи | новые сообщения",
    "uk": "новіші | новіші записи | новіші дописи | новіші публікації",
    "pl": "nowsze | nowsze wpisy | nowsze posty | nowsze artykuły",
    "cs": "novější | novější příspěvky | novější články | novější zápisky",
    "sk": "novšie | novšie príspevky | novšie články",
    "sv": "nyare | nyare inlägg | senare inlägg | nyare poster",
    "da": "nyere | nyere indlæg | senere indlæg",
    "no": "nyere | nyere innlegg | senere innlegg",
    "fi": "uudemmat | uudemmat artikkelit | uudemmat kirjoitukset | uudempi | uudemmat viestit",
    "tr": "yeni | daha yeni | yeni yazılar | daha yeni yazılar | daha yeni kayıtlar",
    "ar": "الأحدث | أحدث | مقالات أحدث | المقالات الأحدث | رسائل أحدث | المشاركات الأحدث | تدوينات أحدث",
    "he": "חדש יותר | חדשים יותר | רשומות חדשות יותר | פוסטים חדשים | פוסטים חדשים יותר",
    "fa": "جدیدتر | نوشته‌های جدیدتر | مطالب جدیدتر | تازه‌تر",
    "hi": "नए पोस्ट | नई पोस्ट | नए लेख",
    "id": "lebih baru | pos baru | pos-pos baru | postingan lebih baru | postingan baru | artikel baru",
    "vi": "mới hơn | bài mới hơn | bài viết mới hơn | bài đăng mới hơn",
    "th": "ใหม่กว่า | บทความใหม่กว่า | บทความที่ใหม่กว่า | โพสต์ใหม่กว่า",
    "el": "νεότερα | νεότερα άρθρα | νεότερες αναρτήσεις | νεώτερα άρθρα",
    "ro": "mai noi | articole mai noi | postări mai noi",
    "hu": "újabb | újabb bejegyzések | újabb cikkek | későbbi bejegyzések",
    "ca": "entrades més noves | articles més nous | entrades més recents | entrades posteriors",
    "bg": "по-нови | по-нови публикации | по-нови статии",
    "hr": "noviji postovi | novije objave | novije | noviji članci",
    "eo": "pli novaj | pli novaj afiŝoj",
}
