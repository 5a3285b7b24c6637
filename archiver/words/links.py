"""The words of a site's own links, by language: the full archive, the blog's listing, the home page.

Phrases are separated by ``|`` and compared after ``archiver.words.squeeze``.
"""

from __future__ import annotations

from archiver.words.direction import Table

ARCHIVE: Table = {
    "en": "archive | archives | all posts | all articles | post archive | blog archive | blog archives"
    " | full archive | list of posts | posts archive | view all posts | see all posts | all entries"
    " | browse all posts | browse the archive | all blog posts | show all posts | timeline | site archive"
    " | article archive | view archive | the archive | archive of posts | read all posts | see all"
    " | view all | posts by year | archive by date | archive by year | year archive | view all articles"
    " | index of posts | all stories | older posts archive | complete archive | see all articles"
    " | table of contents | browse archives | post list",
    "zh": "归档 | 文章归档 | 存档 | 文章列表 | 所有文章 | 全部文章 | 文章目录 | 时间轴 | 日志归档 | 博客归档"
    " | 时间线 | 全部 | 文章存档 | 往期文章 | 历史文章 | 归档页 | 全站归档 | 博文列表 | 档案 | 文章总览"
    " | 文章索引 | 查看所有文章 | 更多文章 | 内容归档 | 归档列表 | 往昔",
    "zh-Hant": "歸檔 | 文章歸檔 | 彙整 | 文章列表 | 所有文章 | 全部文章 | 封存 | 文章彙整 | 時間軸 | 典藏 | 檔案"
    " | 文章總覽 | 封存檔 | 文章封存 | 網誌存檔 | 文章存檔 | 存檔",
    "ja": "アーカイブ | 記事一覧 | すべての記事 | 全記事 | 全ての記事 | 過去記事一覧 | アーカイブス | 投稿一覧"
    " | 全記事一覧 | 記事の一覧 | ブログ記事一覧 | 一覧 | 月別アーカイブ | エントリー一覧 | 過去記事"
    " | 一覧を見る | もっと記事を見る",
    "ko": "글 목록 | 아카이브 | 전체 글 | 모든 글 | 전체글 | 전체 글 보기 | 전체 목록 | 글목록 | 모든 글 보기"
    " | 보관함 | 포스트 목록 | 분류 전체보기",
    "de": "archiv | alle beiträge | alle artikel | alle posts | beitragsarchiv | blogarchiv | archive"
    " | alle blogbeiträge | alle einträge",
    "fr": "archives | tous les articles | tous les billets | archive | liste des articles | archives du blog"
    " | toutes les archives | voir tous les articles",
    "es": "archivo | archivos | todas las entradas | todos los artículos | archivo del blog | todos los posts"
    " | histórico | todas las publicaciones | ver todas las entradas | ver todo",
    "pt": "arquivo | arquivos | todos os posts | todas as postagens | todos os artigos | arquivo do blog"
    " | todas as publicações | lista de posts | ver todos os posts | ver todos",
    "it": "archivio | archivi | tutti gli articoli | tutti i post | archivio blog | elenco articoli"
    " | vedi tutti gli articoli",
    "nl": "archief | archieven | alle berichten | alle artikelen | blogarchief | alle posts",
    "ru": "архив | архивы | все записи | все статьи | все посты | архив записей | архив блога | список статей"
    " | все публикации | архив статей",
    "uk": "архів | архіви | усі записи | всі записи | усі статті | всі статті | усі дописи",
    "pl": "archiwum | archiwa | wszystkie wpisy | wszystkie posty | wszystkie artykuły | archiwum bloga | lista wpisów",
    "cs": "archiv | archivy | všechny články | všechny příspěvky | archív | archiv článků",
    "sk": "archív | všetky články | všetky príspevky",
    "sv": "arkiv | alla inlägg | bloggarkiv | alla artiklar",
    "da": "arkiv | alle indlæg | arkiver | alle artikler",
    "no": "arkiv | alle innlegg | arkiver | alle artikler",
    "fi": "arkisto | kaikki artikkelit | kaikki kirjoitukset | arkistot | blogin arkisto",
    "tr": "arşiv | tüm yazılar | arşivler | bütün yazılar",
    "ar": "الأرشيف | أرشيف | كل المقالات | جميع المقالات | جميع التدوينات | كل التدوينات",
    "he": "ארכיון | כל הפוסטים | כל הרשומות | כל המאמרים",
    "fa": "آرشیو | بایگانی | همه نوشته‌ها | همه مطالب | همهٔ نوشته‌ها",
    "hi": "संग्रह | सभी पोस्ट | पुरालेख | सभी लेख",
    "id": "arsip | semua tulisan | semua artikel | semua pos | daftar artikel | semua postingan",
    "vi": "lưu trữ | tất cả bài viết | danh sách bài viết | kho lưu trữ",
    "th": "คลังบทความ | บทความทั้งหมด | คลังเก็บ",
    "el": "αρχείο | όλα τα άρθρα | αρχειοθήκη | όλες οι αναρτήσεις",
    "ro": "arhivă | arhiva | toate articolele | arhive | toate postările",
    "hu": "archívum | minden bejegyzés | összes bejegyzés | összes cikk | archív",
    "ca": "arxiu | arxius | totes les entrades",
    "eo": "arkivo | ĉiuj afiŝoj",
}

BLOG: Table = {
    "en": "blog | posts | articles | writing | writings | journal | notes | news | weblog | essays | stories"
    " | my blog | the blog | blog posts | latest posts | recent posts | entries | log | diary"
    " | read the blog | back to blog | back to the blog | thoughts | newest posts | latest articles"
    " | back to posts | visit the blog | to the blog | devlog | latest news | columns | go to blog"
    " | tech blog | engineering blog | technical blog | post index | publications blog | read my blog",
    "zh": "博客 | 文章 | 日志 | 日记 | 随笔 | 博文 | 笔记 | 技术博客 | 我的博客 | 最新文章 | 返回博客"
    " | 技术文章 | 个人博客 | 博客文章 | 专栏 | 手记",
    "zh-Hant": "部落格 | 文章 | 日誌 | 網誌 | 隨筆 | 筆記 | 最新文章 | 我的部落格 | 回部落格 | 技術文章",
    "ja": "ブログ | 記事 | 日記 | ブログ記事 | 最新記事 | 新着記事 | 投稿 | ブログトップ | ブログへ"
    " | 技術ブログ | コラム",
    "ko": "블로그 | 글 | 포스트 | 포스팅 | 최신 글 | 일지 | 게시글 | 기술 블로그",
    "de": "blog | beiträge | artikel | tagebuch | neueste beiträge | neuigkeiten | zum blog | aktuelles",
    "fr": "blog | articles | billets | journal | actualités | carnet | derniers articles | le blog | blogue",
    "es": "blog | artículos | entradas | publicaciones | noticias | bitácora | últimas entradas | el blog | diario",
    "pt": "blog | artigos | publicações | postagens | notícias | posts | diário | o blog | blogue",
    "it": "blog | articoli | post | diario | notizie | il blog | ultimi articoli",
    "nl": "blog | berichten | artikelen | nieuws | dagboek | blogs",
    "ru": "блог | статьи | записи | посты | заметки | публикации | дневник | журнал | новости | мой блог",
    "uk": "блог | статті | записи | дописи | нотатки | публікації | новини",
    "pl": "blog | wpisy | artykuły | posty | notatki | dziennik",
    "cs": "blog | články | příspěvky | zápisky | novinky | deník",
    "sk": "blog | články | príspevky",
    "sv": "blogg | inlägg | artiklar | bloggen | dagbok | nyheter",
    "da": "blog | indlæg | artikler | bloggen | nyheder",
    "no": "blogg | innlegg | artikler | bloggen | nyheter",
    "fi": "blogi | artikkelit | kirjoitukset | uutiset | päiväkirja",
    "tr": "blog | yazılar | makaleler | günlük | haberler",
    "ar": "المدونة | مدونة | مقالات | المقالات | تدوينات | التدوينات",
    "he": "בלוג | פוסטים | מאמרים | רשומות | הבלוג | כתבות",
    "fa": "وبلاگ | بلاگ | نوشته‌ها | مقالات | مطالب | یادداشت‌ها",
    "hi": "ब्लॉग | लेख | पोस्ट",
    "id": "blog | artikel | tulisan | berita | postingan",
    "vi": "blog | bài viết | tin tức | nhật ký",
    "th": "บล็อก | บทความ | ข่าวสาร",
    "el": "ιστολόγιο | άρθρα | αναρτήσεις | νέα | blog",
    "ro": "blog | articole | postări | noutăți",
    "hu": "blog | bejegyzések | cikkek | írások | hírek",
    "ca": "bloc | articles | entrades",
    "eo": "blogo | afiŝoj | artikoloj",
}

HOME: Table = {
    "en": "home | homepage | home page | front page | main page | start | index | back to home | back home"
    " | main | start page | go home",
    "zh": "首页 | 主页 | 返回首页 | 网站首页 | 回到首页 | 博客首页 | 站点首页",
    "zh-Hant": "首頁 | 主頁 | 返回首頁 | 回首頁 | 回到首頁",
    "ja": "ホーム | トップ | トップページ | トップへ戻る | ホームへ戻る",
    "ko": "홈 | 처음으로 | 메인 | 홈으로",
    "de": "startseite | start | zur startseite",
    "fr": "accueil | page d'accueil | retour à l'accueil",
    "es": "inicio | portada | página principal | principal | volver al inicio",
    "pt": "início | página inicial | principal | inicial | voltar ao início",
    "it": "home | pagina iniziale | inizio",
    "nl": "startpagina | begin | hoofdpagina",
    "ru": "главная | на главную | домой | главная страница",
    "uk": "головна | на головну | домівка | головна сторінка",
    "pl": "strona główna | start | główna",
    "cs": "domů | úvod | hlavní stránka | hlavní strana",
    "sk": "domov | úvod",
    "sv": "hem | startsida | till startsidan",
    "da": "hjem | forside | til forsiden",
    "no": "hjem | forside | til forsiden",
    "fi": "etusivu | koti",
    "tr": "ana sayfa | anasayfa",
    "ar": "الرئيسية | الصفحة الرئيسية",
    "he": "דף הבית | בית | ראשי | עמוד הבית",
    "fa": "خانه | صفحه اصلی | صفحه نخست",
    "hi": "होम | मुखपृष्ठ",
    "id": "beranda | halaman utama",
    "vi": "trang chủ",
    "th": "หน้าแรก | หน้าหลัก",
    "el": "αρχική | αρχική σελίδα",
    "ro": "acasă | pagina principală",
    "hu": "kezdőlap | főoldal | címlap",
}
