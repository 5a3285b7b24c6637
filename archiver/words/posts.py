"""The words around a post in a listing, by language: read-more links, badges, bylines, missing titles.

Phrases are separated by ``|`` and compared after ``archiver.words.squeeze``. Where a table says "prefix", the phrase
may be followed by more text: a title, a name, a date.
"""

from __future__ import annotations

from archiver.words.direction import Table

READ_MORE: Table = {
    "en": "read more | readmore | more | read on | continue reading | read the rest | read the rest of this entry"
    " | full story | read the rest of this post | read full post | read full article | read the full post"
    " | read the full article | read article | read post | read this post | view post | view full post"
    " | view article | full post | full article | read the whole post | keep reading | read all | read it"
    " | see more | see full post | learn more | more info | continue | continued | find out more"
    " | read entry | view more | show more | read story | read full story | click to read more"
    " | click here to read more | click for more | more details | details | read the article | go to post"
    " | open post | permalink | read the post | discover more | read now | expand | continue to full post",
    "zh": "阅读全文 | 点击阅读全文 | 点击阅读 | 继续阅读 | 阅读剩余部分 | 阅读更多 | 查看全文 | 查看更多"
    " | 查看详情 | 全文 | 更多 | 详情 | 阅读原文 | 展开全文 | 展开阅读全文 | 点击查看全文 | 点此阅读全文"
    " | 阅读 | 阅读文章 | 查看文章 | 继续阅读全文 | 余下全文 | 阅读余下全文 | 点击继续阅读 | 显示全文"
    " | 浏览全文 | 了解更多 | 更多内容 | 进入阅读 | 阅读正文 | 点击查看更多 | 展开 | 点我阅读全文"
    " | 点击查看 | 查看原文 | 继续看 | 阅读此文 | 去阅读 | 点击进入 | 查看正文",
    "zh-Hant": "閱讀全文 | 點擊閱讀全文 | 繼續閱讀 | 閱讀更多 | 查看全文 | 閱讀剩餘部分 | 看全文 | 看更多 | 閱讀內文"
    " | 更多 | 詳情 | 繼續看 | 閱讀文章 | 展開全文 | 了解更多 | 點我看更多 | 閱讀完整文章 | 查看更多"
    " | 更多內容 | 閱讀 | 瀏覽全文 | 閱讀此文",
    "ja": "続きを読む | 続きを見る | 続きはこちら | もっと読む | 全文を読む | 記事を読む | この記事を読む"
    " | 詳細を見る | 続き | 詳細 | 詳しく見る | つづきを読む | この記事の続きを読む | 詳しく読む"
    " | もっと見る | 記事の続きを読む | 続きを表示 | 本文を読む",
    "ko": "더보기 | 더 보기 | 계속 읽기 | 더 읽기 | 전체 보기 | 자세히 보기 | 본문 보기 | 글 읽기 | 이어서 읽기"
    " | 전문 보기 | 읽기 | 계속 | 글 더보기 | 자세히",
    "de": "weiterlesen | mehr lesen | mehr | weiter | den ganzen artikel lesen | artikel lesen | zum artikel"
    " | ganzen artikel lesen | beitrag lesen | zum beitrag | den ganzen beitrag lesen | mehr erfahren"
    " | ganzen beitrag lesen | hier weiterlesen | vollständigen artikel lesen | lesen | mehr dazu"
    " | weiter lesen"
    " | zum ganzen beitrag | mehr anzeigen | zum blogbeitrag | beitrag ansehen | jetzt lesen | hier lesen",
    "fr": "lire la suite | lire plus | en savoir plus | lire l'article | lire l’article | continuer la lecture"
    " | la suite | lire le billet | voir plus | plus | suite | lire | lire la suite de l'article"
    " | voir l'article | poursuivre la lecture | lire l'article complet | découvrir | lire l'intégralité"
    " | lire davantage | lire l'actualité | voir l'actualité | en lire plus | lire cet article | voir la suite",
    "es": "leer más | seguir leyendo | continuar leyendo | ver más | más | leer artículo | leer el artículo"
    " | leer completo | leer entrada | leer todo | continúa leyendo | sigue leyendo | saber más"
    " | más información | leer entrada completa | leer la entrada completa | leer el resto | ver entrada"
    " | leer el artículo completo"
    " | ver noticia | leer noticia | ver detalles | ver entrada completa | ver artículo",
    "pt": "leia mais | ler mais | continue lendo | continuar lendo | continuar a ler | continue a ler"
    " | saiba mais | ver mais | mais | leia o post completo | ler artigo | leia o artigo completo"
    " | continuar lendo o post | ler o resto | continuar leitura | leia o restante | leia na íntegra"
    " | ler post | ver post | ler tudo | mais informações"
    " | leia tudo | ver notícia | ler notícia | ver detalhes | ler artigo completo | leia a matéria",
    "it": "leggi tutto | continua a leggere | leggi di più | leggi | continua | leggi l'articolo"
    " | continua la lettura | leggi il resto | per saperne di più | leggi ancora | altro | scopri di più"
    " | leggi l’articolo"
    " | leggi articolo | leggi la notizia | vai all'articolo | dettagli | mostra di più | prosegui la lettura",
    "nl": "lees meer | lees verder | verder lezen | meer lezen | meer | lees het hele artikel | doorlezen"
    " | lees artikel | lees het hele bericht | lees bericht"
    " | lees dit bericht | naar het artikel | bekijk bericht | meer info | lees het bericht | meer weten",
    "ru": "читать далее | читать дальше | далее | подробнее | читать полностью | продолжить чтение"
    " | продолжение | читать | читать всё | читать все | читать ещё | ещё | дальше | читать статью"
    " | читать запись | полностью | узнать больше | читать весь пост | читать пост",
    "uk": "читати далі | читати більше | далі | детальніше | докладніше | продовжити читання | читати повністю"
    " | читати",
    "pl": "czytaj więcej | czytaj dalej | więcej | czytaj całość | czytaj | kontynuuj czytanie"
    " | przeczytaj więcej | przeczytaj całość | zobacz więcej | dowiedz się więcej"
    " | czytaj artykuł | szczegóły | przejdź do artykułu | przejdź do wpisu | rozwiń | czytaj wpis",
    "cs": "číst dále | číst více | více | celý článek | pokračovat ve čtení | čtěte dále | čti dál | přečíst"
    " | číst dál"
    " | číst | celý text | zobrazit více | přejít na článek | přečíst článek | číst článek | více informací",
    "sk": "čítať ďalej | čítať viac | viac | celý článok | pokračovať v čítaní"
    " | čítať | zobraziť viac | prečítať | čítať článok",
    "sv": "läs mer | läs vidare | fortsätt läsa | mer | läs hela inlägget | läs hela artikeln"
    " | läs artikeln | läs inlägget | till artikeln | visa mer | läs mera | klicka för att läsa mer",
    "da": "læs mere | læs videre | fortsæt læsning | mere | læs hele indlægget"
    " | læs artiklen | læs indlægget | vis mere | se mere",
    "no": "les mer | les videre | fortsett å lese | mer | les hele innlegget | les resten"
    " | les saken | les artikkelen | les innlegget | vis mer | se mer | les hele saken",
    "fi": "lue lisää | lue koko artikkeli | jatka lukemista | lisää | lue koko kirjoitus"
    " | lue artikkeli | lue juttu | näytä lisää | lue koko juttu",
    "tr": "devamını oku | devamı | daha fazla | daha fazlası | okumaya devam et | tamamını oku"
    " | devamını okuyun | yazının devamı",
    "ar": "اقرأ المزيد | اقرا المزيد | المزيد | متابعة القراءة | قراءة المزيد | أكمل القراءة | اقرأ أكثر"
    " | تابع القراءة | اقرأ المقال | اقرأ المقالة | قراءة المقال | اقرأ التدوينة",
    "he": "קרא עוד | קראו עוד | המשך קריאה | להמשך קריאה | המשך לקרוא | עוד | לקריאה נוספת | המשיכו לקרוא | קרא עוד »",
    "fa": "ادامه مطلب | بیشتر بخوانید | ادامه | خواندن ادامه | بیشتر | ادامه خواندن | مطالعه بیشتر"
    " | ادامهٔ مطلب | ادامه نوشته",
    "hi": "और पढ़ें | आगे पढ़ें | पूरा पढ़ें | और अधिक पढ़ें | पढ़ना जारी रखें",
    "id": "baca selengkapnya | selengkapnya | baca lebih lanjut | lanjutkan membaca | baca lagi | lanjut baca"
    " | baca juga",
    "vi": "đọc tiếp | đọc thêm | xem thêm | chi tiết | tiếp tục đọc | xem chi tiết",
    "th": "อ่านต่อ | อ่านเพิ่มเติม | เพิ่มเติม | อ่านทั้งหมด",
    "el": "διαβάστε περισσότερα | περισσότερα | συνεχίστε την ανάγνωση | διαβάστε τη συνέχεια | συνέχεια"
    " | διάβασε περισσότερα",
    "ro": "citește mai mult | citeste mai mult | mai mult | continuă să citești | continuă lectura"
    " | citește mai departe"
    " | citește | citește articolul | vezi mai mult | detalii | află mai multe",
    "hu": "tovább | tovább olvasom | bővebben | olvass tovább | tovább a bejegyzésre | elolvasom | a teljes bejegyzés"
    " | részletek | olvasd tovább | tovább a cikkre | teljes cikk",
    "ca": "llegir més | continua llegint | llegeix més | més"
    " | llegir | llegeix | veure més | seguir llegint | més informació | llegir-ne més",
    "bg": "прочетете повече | още | прочети още | прочети повече",
    "hr": "pročitaj više | nastavi čitati | više | čitaj dalje",
    "eo": "legi pli | plu legi | pli",
}

READ_MORE_PREFIX: Table = {
    "en": "read more about | read more on | read more of | read more from | continue reading | read the rest of"
    " | more about | read more | read full article | view full post | read the full post | permalink to"
    " | read article | read post",
    "zh": "阅读全文 | 继续阅读 | 阅读更多 | 点击阅读全文 | 阅读剩余部分 | 查看全文",
    "zh-Hant": "閱讀全文 | 繼續閱讀 | 閱讀更多 | 閱讀剩餘部分 | 查看全文",
    "ja": "続きを読む",
    "ko": "계속 읽기",
    "de": "weiterlesen | mehr lesen über | mehr zu",
    "fr": "lire la suite | continuer la lecture | en savoir plus sur",
    "es": "leer más | seguir leyendo | continuar leyendo | continúa leyendo | leer más sobre",
    "pt": "leia mais | ler mais | continue lendo | continuar lendo | continuar a ler | continue a ler"
    " | leia mais sobre",
    "it": "leggi tutto | continua a leggere | leggi di più | continua la lettura",
    "nl": "lees meer over | lees verder | verder lezen",
    "ru": "читать далее | читать дальше | читать полностью | продолжить чтение | подробнее о",
    "uk": "читати далі | продовжити читання",
    "pl": "czytaj dalej | czytaj więcej | kontynuuj czytanie",
    "cs": "pokračovat ve čtení | číst dále",
    "sv": "fortsätt läsa | läs mer om | läs mer",
    "da": "fortsæt læsning | læs mere om | læs mere",
    "no": "fortsett å lese | les mer om | les mer",
    "fi": "jatka lukemista | lue lisää",
    "tr": "okumaya devam et | devamını oku",
    "ar": "متابعة القراءة | اقرأ المزيد",
    "he": "המשך קריאה | להמשך קריאה",
    "fa": "ادامه مطلب | خواندن ادامه",
    "id": "lanjutkan membaca | baca selengkapnya",
    "vi": "tiếp tục đọc | đọc tiếp",
    "el": "συνεχίστε την ανάγνωση | διαβάστε περισσότερα",
    "ro": "continuă lectura | citește mai mult",
    "hu": "tovább olvasom",
}

STICKY: Table = {
    "en": "sticky | pinned | featured | pin | top | sticky post | pinned post | featured post | announcement"
    " | must read",
    "zh": "置顶 | 推荐 | 精选 | 顶 | 公告 | 置顶文章 | 精华 | 荐",
    "zh-Hant": "置頂 | 推薦 | 精選 | 置頂文章 | 公告",
    "ja": "固定 | 固定表示 | ピックアップ | おすすめ | 固定記事 | 注目",
    "ko": "고정 | 공지 | 추천 | 고정 글",
    "de": "angepinnt | angeheftet | empfohlen | oben gehalten",
    "fr": "épinglé | à la une | mis en avant | en vedette",
    "es": "fijado | destacado | fijada | destacada",
    "pt": "fixado | destaque | em destaque | fixo",
    "it": "in evidenza | fissato",
    "nl": "vastgezet | uitgelicht",
    "ru": "закреплено | прикреплено | важное | закреплённое | рекомендуемое",
    "uk": "закріплено",
    "pl": "przypięty | przypięte | wyróżnione",
    "cs": "připnuto",
    "sv": "fäst | utvald",
    "da": "fastgjort | fremhævet",
    "no": "festet | fremhevet",
    "tr": "sabitlenmiş | öne çıkan",
    "ar": "مثبت | مثبتة",
    "he": "נעוץ",
    "id": "disematkan | sematan",
    "vi": "ghim | đã ghim | nổi bật",
    "th": "ปักหมุด",
}

BYLINE: Table = {
    "en": "by | posted by | written by | author | published by | words by | authored by | from the desk of",
    "zh": "作者 | 文 | 发布者 | 发表者 | 撰文 | 撰稿 | 由 | 编辑 | 本文作者 | 文章作者 | 博主",
    "zh-Hant": "作者 | 發布者 | 發表者 | 撰文 | 由 | 張貼者 | 文章作者",
    "ja": "投稿者 | 著者 | 執筆者 | 作成者 | 筆者 | 執筆 | 書いた人",
    "ko": "작성자 | 글쓴이 | 저자 | 작성 | 글",
    "de": "von | verfasst von | autor | geschrieben von | veröffentlicht von | autorin",
    "fr": "par | auteur | écrit par | publié par | rédigé par | posté par | autrice",
    "es": "por | autor | escrito por | publicado por | autora",
    "pt": "por | autor | escrito por | publicado por | postado por | autora",
    "it": "di | da | autore | scritto da | pubblicato da | a cura di",
    "nl": "door | auteur | geschreven door | geplaatst door",
    "ru": "автор | опубликовал | от | написал",
    "uk": "автор | опублікував | від",
    "pl": "autor | przez | napisał | opublikował",
    "cs": "autor | napsal | od",
    "sv": "av | författare | skrivet av | publicerat av",
    "da": "af | forfatter | skrevet af",
    "no": "av | forfatter | skrevet av",
    "fi": "kirjoittaja | kirjoittanut | tekijä",
    "tr": "yazar | yazan | gönderen",
    "ar": "بقلم | كتبه | الكاتب | بواسطة | المؤلف",
    "he": "מאת | נכתב על ידי | פורסם על ידי",
    "fa": "نویسنده | نوشته | توسط",
    "hi": "लेखक | द्वारा",
    "id": "oleh | penulis | ditulis oleh | diposkan oleh | diposting oleh | dikirim oleh",
    "vi": "bởi | tác giả | đăng bởi | viết bởi",
    "th": "โดย | ผู้เขียน",
    "el": "από | συγγραφέας",
    "ro": "de | autor | scris de",
    "hu": "írta | szerző",
}

PERMALINK: Table = {
    "en": "permalink | permanent link | perma link | link to this post | direct link | link | #permalink",
    "zh": "固定链接 | 永久链接 | 本文链接 | 链接",
    "zh-Hant": "固定連結 | 永久連結 | 本文連結",
    "ja": "パーマリンク | 固定リンク | 個別ページ",
    "ko": "고유 주소 | 영구 링크 | 퍼머링크",
    "de": "permanentlink | dauerlink | permanenter link | direktlink",
    "fr": "lien permanent | permalien | lien direct",
    "es": "enlace permanente | permalink",
    "pt": "link permanente | ligação permanente",
    "it": "link permanente | collegamento permanente",
    "nl": "permanente link | permalink",
    "ru": "постоянная ссылка | постоянный адрес | ссылка",
    "uk": "постійне посилання",
    "pl": "bezpośredni odnośnik | link bezpośredni | stały link",
    "cs": "trvalý odkaz",
    "sv": "permanent länk | permalänk",
    "da": "permanent link",
    "no": "permanent lenke | permalenke",
    "fi": "pysyvä linkki | ikilinkki",
    "tr": "kalıcı bağlantı",
    "ar": "رابط دائم",
    "he": "קישור קבוע",
    "fa": "پیوند یکتا | لینک دائم",
    "id": "tautan permanen",
    "vi": "liên kết tĩnh | đường dẫn cố định",
    "el": "μόνιμος σύνδεσμος",
    "ro": "legătură permanentă",
    "hu": "közvetlen link | állandó hivatkozás",
}

UNTITLED: Table = {
    "en": "untitled | no title | (no title) | (untitled) | untitled post | no subject | (no subject)",
    "zh": "无标题 | 未命名 | 无题 | (无标题) | 无标题文章 | 未命名文章",
    "zh-Hant": "無標題 | 未命名 | 無題",
    "ja": "無題 | タイトルなし | 題名なし | (無題)",
    "ko": "제목 없음 | 무제",
    "de": "ohne titel | kein titel | unbenannt",
    "fr": "sans titre",
    "es": "sin título",
    "pt": "sem título",
    "it": "senza titolo",
    "nl": "geen titel | zonder titel | naamloos",
    "ru": "без названия | без заголовка",
    "uk": "без назви",
    "pl": "bez tytułu",
    "cs": "bez názvu",
    "sv": "utan titel | namnlös",
    "da": "uden titel",
    "no": "uten tittel",
    "fi": "nimetön",
    "tr": "başlıksız | adsız",
    "ar": "بدون عنوان",
    "he": "ללא כותרת",
    "fa": "بدون عنوان",
    "id": "tanpa judul",
    "vi": "không có tiêu đề | không tiêu đề",
    "th": "ไม่มีชื่อ",
    "el": "χωρίς τίτλο",
    "ro": "fără titlu",
    "hu": "cím nélkül | névtelen",
}
