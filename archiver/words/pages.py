"""The words of a pager's steps and ends, by language: next, previous, first, last, "page N of M".

A row is a language code and its phrases, separated by ``|``. Compared after ``archiver.words.squeeze``: case, width,
arrows and punctuation at the edges do not matter, and numbers inside a phrase are left out ("next 10 posts").
"""

from __future__ import annotations

from archiver.words.direction import Table

NEXT: Table = {
    "en": "next | next page | next posts | next entries | next articles | next results | go to next page"
    " | next pages | to next page | to the next page | go to the next page | following page | page next"
    " | next blog posts | next stories",
    "zh": "下一页 | 下页 | 后一页 | 后页 | 下一頁 | 往后 | 后一頁 | 下一页文章 | 转到下一页 | 前往下一页"
    " | 往下一页 | 向后翻页 | 翻到下一页",
    "zh-Hant": "下一頁 | 下頁 | 後一頁 | 次頁 | 往後 | 前往下一頁 | 下一頁文章",
    "ja": "次 | 次へ | 次のページ | 次ページ | 次ページへ | 次のページへ | つぎへ | 次の一覧 | 次のページを見る"
    " | 次頁 | 次の10件 | 次の件 | 次の投稿一覧",
    "ko": "다음 | 다음 페이지 | 다음페이지 | 다음 목록 | 다음으로 | 다음 쪽 | 다음 글 목록",
    "de": "weiter | nächste | nächste seite | nächste beiträge | zur nächsten seite | vorwärts"
    " | nächste einträge | folgende seite",
    "fr": "suivant | suivante | suivants | suivantes | page suivante | articles suivants | la page suivante"
    " | billets suivants | vers la page suivante | aller à la page suivante",
    "es": "siguiente | siguientes | página siguiente | siguiente página | próxima página | próximo | próxima"
    " | entradas siguientes | artículos siguientes | ir a la página siguiente | adelante",
    "pt": "próximo | próxima | próximos | próximas | próxima página | página seguinte | seguinte | seguintes"
    " | avançar | próximos posts | próximas postagens",
    "it": "successivo | successiva | successivi | pagina successiva | prossimo | prossima | prossima pagina"
    " | avanti | articoli successivi | vai alla pagina successiva | pagina seguente | seguente",
    "nl": "volgende | volgende pagina | volgende berichten | naar volgende pagina | verder",
    "ru": "следующая | следующая страница | следующий | дальше | далее | вперёд | вперед | следующие"
    " | на следующую страницу | след | след. страница | следующая стр | следующие записи",
    "uk": "наступна | наступна сторінка | далі | вперед | наступні | наступний",
    "pl": "następna | następna strona | następny | dalej | następne | kolejna strona | następne wpisy | kolejne wpisy",
    "cs": "další | další stránka | další strana | následující | následující stránka | dále | vpřed | další příspěvky",
    "sk": "ďalšia | ďalšia strana | ďalšie | nasledujúca | ďalej",
    "sv": "nästa | nästa sida | framåt",
    "da": "næste | næste side | frem | videre",
    "no": "neste | neste side | fram | videre",
    "fi": "seuraava | seuraava sivu | seuraavat | eteenpäin",
    "tr": "sonraki | sonraki sayfa | ileri | sonraki yazılar | bir sonraki sayfa",
    "ar": "التالي | التالية | الصفحة التالية | التالى",
    "he": "הבא | הבאה | העמוד הבא | לעמוד הבא | דף הבא | הדף הבא",
    "fa": "بعدی | صفحه بعد | صفحه بعدی | صفحهٔ بعد | بعد",
    "hi": "अगला | अगला पृष्ठ | अगला पेज | अगले",
    "id": "berikutnya | selanjutnya | halaman berikutnya | halaman selanjutnya | lanjut",
    "vi": "tiếp | tiếp theo | trang tiếp | trang sau | trang tiếp theo | trang kế | sau | kế tiếp",
    "th": "ถัดไป | หน้าถัดไป | หน้าต่อไป | ต่อไป",
    "el": "επόμενη | επόμενο | επόμενα | επόμενη σελίδα",
    "ro": "următorul | următoarea | pagina următoare | înainte | următoarea pagină | următoarele",
    "hu": "következő | következő oldal | tovább | előre",
    "ca": "següent | pàgina següent | següents",
    "bg": "следваща | следваща страница | напред",
    "hr": "sljedeća | sljedeća stranica | sljedeće | dalje",
    "sr": "sledeća | sledeća strana | следећа | следећа страна",
    "eo": "sekva | sekva paĝo | antaŭen",
}

PREVIOUS: Table = {
    "en": "previous | prev | previous page | prev page | go to previous page | back page | to previous page"
    " | preceding page | to the previous page | go to the previous page | page previous"
    " | previous results | previous posts | previous entries | previous articles",
    "zh": "上一页 | 上页 | 前一页 | 前页 | 往前 | 转到上一页 | 前往上一页 | 向前翻页",
    "zh-Hant": "上一頁 | 上頁 | 前一頁 | 前頁 | 往前 | 前往上一頁",
    "ja": "前 | 前へ | 前のページ | 前ページ | 前ページへ | 前のページへ | まえへ | 前頁 | 戻る | 前の10件"
    " | 前の件 | 前の投稿",
    "ko": "이전 | 이전 페이지 | 이전페이지 | 이전 목록 | 이전으로 | 이전 쪽 | 이전 글 목록 | 이전 글들"
    " | 이전 게시물 | 이전 포스트 목록",
    "de": "zurück | vorherige | vorherige seite | vorige | vorige seite | zur vorherigen seite | vorherige beiträge",
    "fr": "précédent | précédente | précédents | précédentes | page précédente | la page précédente"
    " | vers la page précédente | articles précédents | billets précédents | entrées précédentes",
    "es": "anterior | anteriores | página anterior | previo | previa | atrás | ir a la página anterior"
    " | entradas anteriores | artículos anteriores | publicaciones anteriores | posts anteriores",
    "pt": "anterior | anteriores | página anterior | voltar | posts anteriores | postagens anteriores"
    " | artigos anteriores | publicações anteriores",
    "it": "precedente | precedenti | pagina precedente | indietro | post precedenti | articoli precedenti",
    "nl": "vorige | vorige pagina | vorige berichten | terug",
    "ru": "предыдущая | предыдущая страница | предыдущий | назад | предыдущие | на предыдущую страницу | пред"
    " | предыдущие записи | предыдущие статьи | предыдущие посты",
    "uk": "попередня | попередня сторінка | назад | попередні | попередній | попередні записи | попередні дописи",
    "pl": "poprzednia | poprzednia strona | poprzedni | wstecz | poprzednie | poprzednie wpisy | poprzednie posty",
    "cs": "předchozí | předchozí stránka | předchozí strana | zpět | předešlá | předchozí příspěvky | předchozí články",
    "sk": "predchádzajúca | predchádzajúca strana | späť",
    "sv": "föregående | föregående sida | tillbaka | förra sidan",
    "da": "forrige | forrige side | tilbage",
    "no": "forrige | forrige side | tilbake",
    "fi": "edellinen | edellinen sivu | edelliset | takaisin",
    "tr": "önceki | önceki sayfa | geri | bir önceki sayfa | önceki yazılar",
    "ar": "السابق | السابقة | الصفحة السابقة | المواضيع السابقة",
    "he": "הקודם | הקודמת | העמוד הקודם | לעמוד הקודם | דף קודם | הדף הקודם | רשומות קודמות | פוסטים קודמים",
    "fa": "قبلی | صفحه قبل | صفحه قبلی | صفحهٔ قبل | قبل",
    "hi": "पिछला | पिछला पृष्ठ | पिछला पेज | पिछले",
    "id": "sebelumnya | halaman sebelumnya | kembali",
    "vi": "trước | trang trước | quay lại | bài trước đó",
    "th": "ก่อนหน้า | หน้าก่อน | หน้าก่อนหน้า | ย้อนกลับ",
    "el": "προηγούμενη | προηγούμενο | προηγούμενα | προηγούμενη σελίδα",
    "ro": "anterior | anterioara | pagina anterioară | înapoi | precedentă | articole anterioare",
    "hu": "előző | előző oldal | vissza",
    "ca": "pàgina anterior | entrades anteriors",
    "bg": "предишна | предишна страница",
    "hr": "prethodna | prethodna stranica | natrag",
    "sr": "prethodna strana | претходна | претходна страна",
    "eo": "antaŭa | antaŭa paĝo",
}

FIRST: Table = {
    "en": "first | first page | newest | to first page",
    "zh": "首页 | 第一页 | 最新 | 首頁 | 第一頁 | 最前页",
    "ja": "最初 | 最初へ | 最初のページ | 先頭 | 先頭へ | 最新へ | 最新",
    "ko": "처음 | 처음으로 | 첫 페이지 | 맨 처음",
    "de": "erste | erste seite | anfang | zum anfang",
    "fr": "premier | première | première page | début",
    "es": "primero | primera | primera página | inicio",
    "pt": "primeiro | primeira | primeira página | início",
    "it": "primo | prima | prima pagina | inizio",
    "nl": "eerste | eerste pagina",
    "ru": "первая | первая страница | в начало | начало",
    "uk": "перша | перша сторінка | на початок",
    "pl": "pierwsza | pierwsza strona",
    "cs": "první | první stránka | první strana",
    "sv": "första | första sidan",
    "da": "første | første side",
    "fi": "ensimmäinen | ensimmäinen sivu",
    "tr": "ilk | ilk sayfa",
    "ar": "الأولى | الصفحة الأولى | الأول",
    "he": "ראשון | לעמוד הראשון",
    "fa": "اولین | صفحه اول",
    "id": "pertama | awal",
    "vi": "đầu | trang đầu",
    "th": "หน้าแรก | แรก",
    "el": "πρώτη | πρώτη σελίδα",
    "ro": "prima pagină",
    "hu": "első | első oldal",
}

LAST: Table = {
    "en": "last | last page | oldest | to last page | final page | end",
    "zh": "末页 | 尾页 | 最后一页 | 最末页 | 末頁 | 最後一頁 | 最後頁 | 尾頁",
    "ja": "最後 | 最後へ | 最後のページ | 末尾",
    "ko": "마지막 | 마지막으로 | 끝 | 마지막 페이지 | 맨 끝",
    "de": "letzte | letzte seite | ende | zum ende",
    "fr": "dernier | dernière | dernière page | fin",
    "es": "último | última | última página | fin",
    "pt": "último | última | última página | fim",
    "it": "ultimo | ultima | ultima pagina | fine",
    "nl": "laatste | laatste pagina",
    "ru": "последняя | последняя страница | в конец | конец",
    "uk": "остання | остання сторінка",
    "pl": "ostatnia | ostatnia strona",
    "cs": "poslední | poslední stránka | poslední strana",
    "sv": "sista | sista sidan",
    "da": "sidste | sidste side",
    "fi": "viimeinen | viimeinen sivu",
    "tr": "son | son sayfa",
    "ar": "الأخيرة | الصفحة الأخيرة | الأخير",
    "he": "אחרון | לעמוד האחרון",
    "fa": "آخرین | صفحه آخر",
    "id": "terakhir | akhir",
    "vi": "cuối | trang cuối",
    "th": "หน้าสุดท้าย | สุดท้าย",
    "el": "τελευταία | τελευταία σελίδα",
    "ro": "ultima pagină",
    "hu": "utolsó | utolsó oldal",
}

PAGE: Table = {
    "en": "page | pages | p | pg | go to page | goto page | page number",
    "zh": "第 | 第页 | 页 | 第頁 | 頁 | 共页 | 跳到第页 | 当前第页",
    "ja": "ページ | ページ目 | ページへ",
    "ko": "페이지 | 쪽",
    "de": "seite | zur seite",
    "fr": "aller à la page",
    "es": "página | pagina | ir a la página",
    "pt": "ir para a página",
    "it": "vai alla pagina",
    "ru": "страница | стр | на страницу",
    "uk": "сторінка",
    "pl": "strona",
    "cs": "strana | stránka",
    "sv": "sida",
    "da": "side",
    "fi": "sivu",
    "tr": "sayfa",
    "ar": "صفحة | الصفحة",
    "he": "עמוד | דף",
    "fa": "صفحه | صفحهٔ",
    "hi": "पृष्ठ | पेज",
    "id": "halaman | hal",
    "vi": "trang",
    "th": "หน้า",
    "el": "σελίδα",
    "ro": "pagina",
    "hu": "oldal",
}

OF: Table = {
    "en": "of | out of",
    "zh": "共 | 页共 | 頁共 | 页 共 | 頁 共 | 总 | 页,共 | 頁,共 | 页/共 | 頁/共 | 页 / 共 | 頁 / 共",
    "ja": "ページ中 | ページ / 全",
    "ko": "페이지 중 | 중",
    "de": "von",
    "fr": "sur | de",
    "it": "di | su",
    "nl": "van",
    "ru": "из",
    "uk": "з | із",
    "pl": "z",
    "sv": "av",
    "da": "af",
    "tr": "toplam",
    "ar": "من",
    "he": "מתוך",
    "fa": "از",
    "id": "dari",
    "vi": "trên",
    "th": "จาก",
    "el": "από",
    "ro": "din",
}
