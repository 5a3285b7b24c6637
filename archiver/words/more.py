"""The words of load-more buttons, and of links from post to post or month to month, which are no pager.

A row is a language code and its phrases, separated by ``|``. Compared after ``archiver.words.squeeze``: case, width,
arrows and punctuation at the edges do not matter, and numbers inside a phrase are left out ("next 10 posts").
"""

from __future__ import annotations

from archiver.words.direction import Table

MORE: Table = {
    "en": "load more | load more posts | show more | show more posts | more posts | more articles | view more"
    " | view more posts | see more posts | more entries | more stories | load older posts | load older"
    " | read more posts | more blog posts | load more articles | load more entries | more news"
    " | show older | see more articles | view more articles",
    "zh": "加载更多 | 载入更多 | 更多文章 | 查看更多 | 查看更多文章 | 点击加载更多 | 显示更多 | 更多博文"
    " | 浏览更多 | 加载更多文章 | 更多日志",
    "zh-Hant": "載入更多 | 更多文章 | 查看更多 | 顯示更多 | 看更多文章 | 點擊載入更多 | 瀏覽更多",
    "ja": "もっと見る | さらに読み込む | さらに表示 | もっと読み込む | 記事をもっと見る | もっと記事を見る"
    " | さらに見る",
    "ko": "더 보기 | 더보기 | 더 불러오기 | 글 더보기 | 더 많은 글 | 글 더 보기",
    "de": "mehr laden | mehr beiträge | mehr anzeigen | weitere beiträge | weitere artikel | weitere laden"
    " | mehr artikel | weitere beiträge laden | weitere einträge",
    "fr": "charger plus | voir plus | plus d'articles | plus de billets | afficher plus | voir plus d'articles"
    " | charger plus d'articles | voir plus de billets",
    "es": "cargar más | ver más | más entradas | más artículos | mostrar más | más publicaciones"
    " | ver más entradas | más posts",
    "pt": "carregar mais | ver mais | mais posts | mais artigos | mostrar mais | mais publicações"
    " | ver mais posts | mais postagens",
    "it": "carica altri | mostra altri | altri articoli | altri post | carica altro | mostra di più | vedi altri",
    "nl": "meer laden | meer berichten | toon meer | meer artikelen | laad meer",
    "ru": "показать ещё | показать еще | загрузить ещё | загрузить еще | ещё записи | еще записи"
    " | больше записей | больше статей | ещё статьи",
    "uk": "показати ще | завантажити ще | більше записів | більше дописів",
    "pl": "załaduj więcej | pokaż więcej | więcej wpisów | więcej postów | więcej artykułów",
    "cs": "načíst další | zobrazit další | více příspěvků | další články",
    "sv": "ladda fler | visa fler | fler inlägg | visa mer",
    "da": "indlæs flere | vis flere | flere indlæg",
    "no": "last inn flere | vis flere | flere innlegg",
    "fi": "lataa lisää | näytä lisää | lisää kirjoituksia | lisää artikkeleita",
    "tr": "daha fazla | daha fazla yükle | daha fazla göster | daha fazla yazı",
    "ar": "تحميل المزيد | عرض المزيد | المزيد من المقالات | المزيد من التدوينات",
    "he": "טען עוד | הצג עוד | עוד פוסטים | עוד רשומות",
    "fa": "بارگذاری بیشتر | نمایش بیشتر | مطالب بیشتر | نوشته‌های بیشتر",
    "hi": "और लोड करें | और देखें | और पोस्ट",
    "id": "muat lebih banyak | muat lainnya | tampilkan lebih banyak | artikel lainnya",
    "vi": "tải thêm | xem thêm bài viết | hiển thị thêm | thêm bài viết",
    "th": "โหลดเพิ่มเติม | ดูเพิ่มเติม | แสดงเพิ่มเติม | บทความเพิ่มเติม",
    "el": "φόρτωση περισσότερων | περισσότερα άρθρα | εμφάνιση περισσότερων",
    "ro": "încarcă mai multe | mai multe articole | arată mai multe",
    "hu": "több betöltése | további bejegyzések | további cikkek | több megjelenítése",
}

POST_NAV: Table = {
    "en": "next post | previous post | prev post | older post | newer post | next article | previous article"
    " | next entry | previous entry | next story | previous story | next month | previous month"
    " | prev month | next year | previous year | next day | previous day | next slide | previous slide"
    " | next image | previous image | next chapter | previous chapter | next comments | previous comments"
    " | older comments | newer comments | next week | previous week",
    "zh": "上一篇 | 下一篇 | 上篇 | 下篇 | 前一篇 | 后一篇 | 上一篇文章 | 下一篇文章 | 上个月 | 下个月 | 上一张"
    " | 下一张 | 较早的评论 | 较新的评论",
    "zh-Hant": "上一篇 | 下一篇 | 前一篇 | 後一篇 | 上一篇文章 | 下一篇文章 | 上個月 | 下個月 | 較舊的留言"
    " | 較新的留言",
    "ja": "前の記事 | 次の記事 | 前の記事へ | 次の記事へ | 前月 | 翌月 | 前の日 | 次の日 | 次の投稿 | 先月 | 来月",
    "ko": "이전 글 | 다음 글 | 이전글 | 다음글 | 이전 포스트 | 다음 포스트 | 이전 달 | 다음 달",
    "de": "nächster beitrag | vorheriger beitrag | nächster artikel | vorheriger artikel | voriger beitrag"
    " | älterer beitrag | neuerer beitrag | nächster monat | vorheriger monat",
    "fr": "article suivant | article précédent | billet suivant | billet précédent | mois suivant | mois précédent",
    "es": "entrada siguiente | entrada anterior | siguiente entrada | artículo siguiente | artículo anterior"
    " | mes siguiente | mes anterior | entrada antigua | entrada más reciente",
    "pt": "próximo post | post anterior | próximo artigo | artigo anterior | mês seguinte | mês anterior"
    " | postagem mais antiga | postagem mais recente",
    "it": "articolo successivo | articolo precedente | post successivo | post precedente | mese successivo"
    " | mese precedente",
    "nl": "volgend bericht | vorig bericht | volgende maand | vorige maand",
    "ru": "следующая запись | предыдущая запись | следующая статья | предыдущая статья | следующий пост"
    " | предыдущий пост",
    "uk": "наступний запис | попередній запис | наступний допис | попередній допис",
    "pl": "następny wpis | poprzedni wpis | następny post | poprzedni post",
    "cs": "další příspěvek | předchozí příspěvek | další článek | předchozí článek",
    "sv": "nästa inlägg | föregående inlägg",
    "da": "næste indlæg | forrige indlæg",
    "no": "neste innlegg | forrige innlegg",
    "fi": "seuraava artikkeli | edellinen artikkeli | seuraava kirjoitus | edellinen kirjoitus",
    "tr": "sonraki yazı | önceki yazı",
    "ar": "المقالة التالية | المقالة السابقة | التدوينة التالية | التدوينة السابقة",
    "he": "הפוסט הבא | הפוסט הקודם",
    "fa": "نوشته بعدی | نوشته قبلی | مطلب بعدی | مطلب قبلی",
    "id": "pos berikutnya | pos sebelumnya | artikel berikutnya | artikel sebelumnya",
    "vi": "bài tiếp theo | bài trước | bài viết tiếp theo | bài viết trước",
    "th": "บทความถัดไป | บทความก่อนหน้า",
    "el": "επόμενο άρθρο | προηγούμενο άρθρο",
    "ro": "articolul următor | articolul anterior",
    "hu": "következő bejegyzés | előző bejegyzés",
}
