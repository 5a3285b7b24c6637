"""The labels in a post's small print, by language: categories, tags, sharing, comments, counters.

Phrases are separated by ``|`` and compared after ``archiver.words.squeeze``.
"""

from __future__ import annotations

from archiver.words.direction import Table

CATEGORY: Table = {
    "en": "category | categories | posted in | filed under | in | section | topic | topics | filed in"
    " | categorized | under | category archives | posted under",
    "zh": "分类 | 分类于 | 类别 | 栏目 | 所属分类 | 文章分类 | 归类于 | 目录 | 板块 | 专栏",
    "zh-Hant": "分類 | 分類於 | 類別 | 欄目 | 文章分類 | 發表於分類",
    "ja": "カテゴリ | カテゴリー | 分類 | カテゴリー名",
    "ko": "카테고리 | 분류 | 범주",
    "de": "kategorie | kategorien | rubrik | veröffentlicht in | abgelegt unter",
    "fr": "catégorie | catégories | rubrique | publié dans | classé dans | posté dans",
    "es": "categoría | categorías | publicado en | archivado en | sección",
    "pt": "categoria | categorias | publicado na categoria | arquivado em | seção",
    "it": "categoria | categorie | pubblicato in | archiviato in",
    "nl": "categorie | categorieën | geplaatst in | rubriek",
    "ru": "категория | категории | рубрика | рубрики | раздел",
    "uk": "категорія | категорії | рубрика | рубрики | розділ",
    "pl": "kategoria | kategorie | opublikowano w | zaszufladkowano do kategorii",
    "cs": "kategorie | rubrika | rubriky | zařazeno v",
    "sv": "kategori | kategorier | publicerat i",
    "da": "kategori | kategorier | udgivet i",
    "no": "kategori | kategorier | publisert i",
    "fi": "kategoria | kategoriat | aihe | luokka",
    "tr": "kategori | kategoriler",
    "ar": "التصنيف | التصنيفات | تصنيف | القسم",
    "he": "קטגוריה | קטגוריות | פורסם בקטגוריה",
    "fa": "دسته | دسته‌بندی | دسته بندی | موضوع",
    "hi": "श्रेणी | श्रेणियाँ",
    "id": "kategori",
    "vi": "chuyên mục | danh mục | thể loại",
    "th": "หมวดหมู่ | หมวด",
    "el": "κατηγορία | κατηγορίες",
    "ro": "categorie | categorii",
    "hu": "kategória | kategóriák",
}

TAGS: Table = {
    "en": "tags | tag | tagged | tagged with | tagged as | labels | label | keywords | hashtags | tagged in"
    " | posted in tags",
    "zh": "标签 | 标签于 | 关键词 | 关键字 | 文章标签 | tag标签 | 标记",
    "zh-Hant": "標籤 | 關鍵字 | 文章標籤 | 標記",
    "ja": "タグ | キーワード | ラベル",
    "ko": "태그 | 키워드",
    "de": "schlagwörter | schlagworte | schlagwort | verschlagwortet mit | stichwörter | stichworte",
    "fr": "étiquettes | étiquette | mots-clés | mots clés | libellés | tagué | marqué avec",
    "es": "etiquetas | etiqueta | etiquetado | palabras clave | etiquetado con",
    "pt": "etiquetas | marcadores | palavras-chave | marcado com | marcado",
    "it": "etichette | parole chiave | taggato | contrassegnato con",
    "nl": "trefwoorden | labels | getagd | getagd met",
    "ru": "метки | теги | тэги | ярлыки | ключевые слова | тег | метка",
    "uk": "мітки | теги | позначки | ключові слова",
    "pl": "tagi | etykiety | otagowano | słowa kluczowe",
    "cs": "štítky | tagy | klíčová slova | štítek",
    "sv": "taggar | etiketter | märkt",
    "da": "mærkater | nøgleord",
    "no": "stikkord | merkelapper | emneord",
    "fi": "avainsanat | tunnisteet | tagit",
    "tr": "etiketler | etiket",
    "ar": "الوسوم | وسوم | الكلمات المفتاحية | وسم | الكلمات الدلالية",
    "he": "תגיות | תגים | תוויות",
    "fa": "برچسب | برچسب‌ها | برچسبها | کلیدواژه‌ها",
    "hi": "टैग | लेबल",
    "id": "label | kata kunci",
    "vi": "thẻ | từ khóa | nhãn",
    "th": "แท็ก | ป้ายกำกับ",
    "el": "ετικέτες | ετικέτα",
    "ro": "etichete | etichetat",
    "hu": "címkék | címke | kulcsszavak",
}

SHARE: Table = {
    "en": "share | tweet | share this | like | like this | pin it | email this | print | share on | follow"
    " | subscribe | copy link | share on facebook | share on twitter | share on x | share on linkedin"
    " | share on tumblr | share on reddit"
    " | reblog | retweet | bookmark | save | email | edit | edit this | edit post | edit this post | edit this entry",
    "zh": "分享 | 分享到 | 转发 | 点赞 | 收藏 | 赞 | 打赏 | 喜欢 | 复制链接 | 推荐 | 关注 | 扫码分享",
    "zh-Hant": "分享 | 分享到 | 轉發 | 按讚 | 收藏 | 讚 | 複製連結",
    "ja": "シェア | シェアする | ツイート | 共有 | いいね | ブックマーク | リンクをコピー | はてなブックマークに追加",
    "ko": "공유 | 공유하기 | 좋아요 | 트윗",
    "de": "teilen | twittern | gefällt mir | drucken | bearbeiten",
    "fr": "partager | tweeter | j'aime | imprimer | modifier",
    "es": "compartir | tuitear | me gusta | imprimir | editar",
    "pt": "compartilhar | partilhar | tuitar | curtir | imprimir | editar",
    "it": "condividi | mi piace | stampa",
    "nl": "delen | deel | afdrukken",
    "ru": "поделиться | нравится | твитнуть",
    "uk": "поділитися | подобається",
    "pl": "udostępnij | lubię to | drukuj",
    "cs": "sdílet | líbí se mi | tisk",
    "sv": "dela | gilla | skriv ut",
    "da": "del | synes godt om | udskriv",
    "no": "del | lik | skriv ut",
    "fi": "jaa | tykkää | tulosta",
    "tr": "paylaş | beğen",
    "ar": "مشاركة | شارك | أعجبني",
    "he": "שיתוף | שתף | אהבתי",
    "fa": "اشتراک‌گذاری | اشتراک گذاری",
    "id": "bagikan | suka",
    "vi": "chia sẻ | thích",
    "th": "แชร์ | ถูกใจ",
    "el": "κοινοποίηση | μου αρέσει",
    "ro": "distribuie | apreciază",
    "hu": "megosztás | tetszik",
}

COMMENTS: Table = {
    "en": "comment | comments | no comments | leave a comment | add comment | post a comment | reply | replies"
    " | responses | response | leave a reply | one comment | join the discussion | add a comment"
    " | comments off | discuss | no comments yet | be the first to comment | no responses | trackback"
    " | trackbacks | pingbacks | discussion | write a comment",
    "zh": "评论 | 条评论 | 暂无评论 | 发表评论 | 添加评论 | 留言 | 回复 | 没有评论 | 无评论 | 评论关闭 | 抢沙发"
    " | 沙发 | 条回复 | 个评论 | 评论数",
    "zh-Hant": "評論 | 條評論 | 則留言 | 留言 | 發表評論 | 沒有評論 | 發佈留言 | 回覆 | 則迴響 | 發表迴響 | 個留言"
    " | 尚無留言 | 張貼留言",
    "ja": "コメント | 件のコメント | コメントする | コメントを書く | コメントなし | コメントを残す"
    " | コメントはありません",
    "ko": "댓글 | 개의 댓글 | 댓글 쓰기 | 댓글 없음 | 개 댓글 | 댓글 달기",
    "de": "kommentar | kommentare | kommentar schreiben | keine kommentare | kommentar hinterlassen"
    " | schreibe einen kommentar | kommentieren | antworten",
    "fr": "commentaire | commentaires | laisser un commentaire | aucun commentaire | pas de commentaire"
    " | réagir | commenter | un commentaire | ajouter un commentaire",
    "es": "comentario | comentarios | deja un comentario | sin comentarios | comentar | dejar un comentario"
    " | no hay comentarios",
    "pt": "comentário | comentários | deixe um comentário | sem comentários | comentar | nenhum comentário",
    "it": "commento | commenti | lascia un commento | nessun commento | commenta",
    "nl": "reactie | reacties | geen reacties | reageer | plaats een reactie | geef een reactie",
    "ru": "комментарий | комментарии | комментариев | комментария | оставить комментарий | нет комментариев"
    " | ответить | добавить комментарий | комментировать",
    "uk": "коментар | коментарі | коментарів | залишити коментар | немає коментарів",
    "pl": "komentarz | komentarze | komentarzy | dodaj komentarz | brak komentarzy | skomentuj",
    "cs": "komentář | komentáře | komentářů | přidat komentář | žádné komentáře",
    "sv": "kommentar | kommentarer | lämna en kommentar | inga kommentarer | kommentera",
    "da": "kommentar | kommentarer | skriv en kommentar | ingen kommentarer",
    "no": "kommentar | kommentarer | legg igjen en kommentar | ingen kommentarer",
    "fi": "kommentti | kommenttia | kommentit | ei kommentteja | kommentoi | jätä kommentti",
    "tr": "yorum | yorumlar | yorum yap | yorum yok | yorum bırakın",
    "ar": "تعليق | تعليقات | التعليقات | اترك تعليقا | لا توجد تعليقات | أضف تعليق",
    "he": "תגובה | תגובות | השאר תגובה | אין תגובות | כתיבת תגובה",
    "fa": "دیدگاه | نظر | نظرات | دیدگاه‌ها | بدون دیدگاه | ارسال نظر",
    "hi": "टिप्पणी | टिप्पणियाँ | कोई टिप्पणी नहीं",
    "id": "komentar | tinggalkan komentar | tidak ada komentar | beri komentar",
    "vi": "bình luận | nhận xét | không có bình luận | để lại bình luận",
    "th": "ความคิดเห็น | แสดงความคิดเห็น | ไม่มีความคิดเห็น",
    "el": "σχόλιο | σχόλια | χωρίς σχόλια | αφήστε ένα σχόλιο",
    "ro": "comentariu | comentarii | lasă un comentariu | niciun comentariu",
    "hu": "hozzászólás | hozzászólások | szólj hozzá | nincs hozzászólás | komment",
}

COUNTER: Table = {
    "en": "views | view | reads | read | likes | words | min read | minute read | minutes read | minutes | mins"
    " | reading time | word count | hits | visits | shares | min | mins read | minutes to read"
    " | estimated reading time | times read | visitors | characters | clicks | claps | hearts | pageviews"
    " | votes | followers",
    "zh": "阅读 | 浏览 | 次阅读 | 次浏览 | 阅读次数 | 浏览次数 | 字数 | 字数统计 | 阅读时长 | 阅读时间 | 位读者"
    " | 热度 | 点击 | 阅读量 | 访问 | 人阅读 | 字 | 分钟 | 本文字数 | 预计阅读时间 | 阅读约分钟 | 人围观"
    " | 次围观 | 次点击 | 喜欢 | 约字 | 预计阅读时长 | 次访问 | 浏览量 | 围观 | 分钟阅读 | 阅读数"
    " | 访问量 | 点赞数 | 总字数 | 阅读所需时间",
    "zh-Hant": "閱讀 | 瀏覽 | 次閱讀 | 次瀏覽 | 閱讀次數 | 字數 | 字數統計 | 閱讀時間 | 人氣 | 點擊 | 位讀者 | 分鐘"
    " | 字 | 閱讀時長 | 瀏覽次數 | 次點閱 | 分鐘閱讀",
    "ja": "閲覧 | 閲覧数 | ビュー | 分で読めます | 文字 | 読了時間 | アクセス | 回閲覧 | 分で読める"
    " | この記事は約分で読めます | 文字数",
    "ko": "조회 | 조회수 | 읽는 시간 | 분 | 분 소요 | 글자 | 단어 | 분 읽기",
    "de": "aufrufe | lesezeit | minuten | wörter | min. lesezeit | minuten lesezeit | minute lesezeit"
    " | mal gelesen | zugriffe",
    "fr": "vues | lectures | min de lecture | minutes de lecture | mots | temps de lecture | minute de lecture | vue",
    "es": "vistas | visitas | lecturas | min de lectura | minutos de lectura | palabras | tiempo de lectura | minutos",
    "pt": "visualizações | leituras | min de leitura | minutos de leitura | palavras | tempo de leitura"
    " | visitas | minutos",
    "it": "visualizzazioni | letture | min di lettura | minuti di lettura | parole | tempo di lettura | minuti",
    "nl": "weergaven | leestijd | minuten | woorden | keer gelezen | minuten leestijd | min leestijd",
    "ru": "просмотров | просмотры | просмотра | мин | минут | минут чтения | мин чтения | время чтения | слов"
    " | прочтений | мин. чтения | минуты чтения",
    "uk": "переглядів | перегляди | хвилин | хв | час читання | хв читання | слів",
    "pl": "wyświetleń | odsłon | min czytania | minut czytania | czas czytania | słów | minuty czytania",
    "cs": "zobrazení | přečteno | doba čtení | minut | min čtení | minut čtení | slov",
    "sv": "visningar | lästid | minuter | ord | min läsning | minuters läsning",
    "da": "visninger | læsetid | minutter | ord | min læsning | min. læsetid",
    "no": "visninger | lesetid | minutter | ord | min lesing",
    "fi": "katselukertaa | lukuaika | minuuttia | sanaa | min lukuaika | lukukertaa",
    "tr": "görüntülenme | okunma | dakika | okuma süresi | dk okuma | kelime | dakika okuma",
    "ar": "مشاهدة | مشاهدات | قراءة | دقائق قراءة | دقيقة قراءة | وقت القراءة | كلمة",
    "he": "צפיות | דקות קריאה | זמן קריאה | מילים",
    "fa": "بازدید | دقیقه | زمان مطالعه | کلمه | دقیقه مطالعه",
    "id": "dilihat | menit | waktu baca | kata | menit membaca | kali dilihat | menit baca",
    "vi": "lượt xem | phút đọc | phút | thời gian đọc | từ | xem",
    "th": "ครั้ง | วิว | นาที | อ่าน",
    "el": "προβολές | λεπτά | χρόνος ανάγνωσης | λέξεις",
    "ro": "vizualizări | minute | timp de citire | cuvinte | min de citit",
    "hu": "megtekintés | perc | olvasási idő | szó | perc olvasás",
}
