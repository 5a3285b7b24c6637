"""The labels of dates in a post's small print, by language: of publication, of any date, of a change.

Phrases are separated by ``|`` and compared after ``archiver.words.squeeze``.
"""

from __future__ import annotations

from archiver.words.direction import Table

PUBLISHED: Table = {
    "en": "posted on | published on | published | posted | date | on | posted at | created | created on"
    " | written on | written | publish date | date published | first published | release date"
    " | published at | pubdate | post date | posted in date",
    "zh": "发表于 | 发布于 | 发布时间 | 发表时间 | 日期 | 时间 | 创建于 | 写于 | 发布日期 | 发表日期 | 创建时间"
    " | 首发于 | 发布 | 文章日期 | 写作时间 | 创建日期 | 原文发布",
    "zh-Hant": "發表於 | 發布於 | 發佈於 | 發布時間 | 發表時間 | 日期 | 時間 | 建立於 | 寫於 | 發佈日期 | 張貼日期"
    " | 發布日期 | 創建於",
    "ja": "投稿日 | 公開日 | 掲載日 | 作成日 | 日付 | 投稿日時 | 公開日時 | 公開 | 投稿 | 初出 | 執筆日"
    " | に投稿 | に公開 | に作成",
    "ko": "작성일 | 게시일 | 등록일 | 발행일 | 날짜 | 작성 시간 | 게시",
    "de": "veröffentlicht am | veröffentlicht | geschrieben am | erstellt am | datum | am | gepostet am | vom",
    "fr": "publié le | posté le | le | date | écrit le | date de publication | mis en ligne le | publié | rédigé le",
    "es": "publicado el | publicado | fecha | el | escrito el | fecha de publicación | creado el",
    "pt": "publicado em | publicado | postado em | em | data | escrito em | data de publicação | criado em",
    "it": "pubblicato il | pubblicato | data | il | scritto il | data di pubblicazione | postato il",
    "nl": "geplaatst op | gepubliceerd op | gepubliceerd | datum | op | geschreven op",
    "ru": "опубликовано | дата | дата публикации | написано | размещено | создано | добавлено | опубликован",
    "uk": "опубліковано | дата | дата публікації | створено",
    "pl": "opublikowano | data | dnia | data publikacji | dodano | opublikowane | napisano",
    "cs": "publikováno | datum | zveřejněno | vydáno | vloženo | napsáno",
    "sv": "publicerat | publicerad | datum | den | skrivet | postat den",
    "da": "udgivet | dato | den | skrevet | offentliggjort",
    "no": "publisert | dato | den | skrevet",
    "fi": "julkaistu | päivämäärä | pvm | kirjoitettu",
    "tr": "yayınlanma tarihi | tarih | yayın tarihi | yayınlandı",
    "ar": "نشر في | نشرت في | التاريخ | تاريخ النشر | بتاريخ | نُشر في",
    "he": "פורסם ב | תאריך | פורסם | פורסם בתאריך",
    "fa": "تاریخ | منتشر شده در | تاریخ انتشار | انتشار | نوشته شده در | ارسال شده در",
    "hi": "प्रकाशित | दिनांक | तारीख",
    "id": "diterbitkan | tanggal | dipublikasikan | diposting pada | terbit | diterbitkan pada",
    "vi": "ngày đăng | đăng ngày | ngày | đăng lúc | xuất bản",
    "th": "เผยแพร่เมื่อ | วันที่ | โพสต์เมื่อ",
    "el": "δημοσιεύτηκε | ημερομηνία | δημοσιεύθηκε στις",
    "ro": "publicat pe | publicat | data | publicat la",
    "hu": "közzétéve | dátum | megjelent",
}

# Those of the labels above that any date may have: that of a concert as well as that of the post.
ANY_DATE: Table = {
    "en": "on | date | at",
    "zh": "日期 | 时间 | 於",
    "ja": "日付 | 日時",
    "ko": "날짜",
    "de": "am | datum | vom",
    "fr": "le | date",
    "es": "el | fecha",
    "pt": "em | data",
    "it": "il | data",
    "nl": "op | datum",
    "ru": "дата",
    "uk": "дата",
    "pl": "dnia | data",
    "cs": "datum",
    "sv": "den | datum",
    "da": "den | dato",
    "no": "den | dato",
    "fi": "päivämäärä | pvm",
    "tr": "tarih",
    "ar": "التاريخ | بتاريخ",
    "he": "תאריך",
    "fa": "تاریخ",
    "hi": "दिनांक | तारीख",
    "id": "tanggal",
    "vi": "ngày",
    "th": "วันที่",
    "el": "ημερομηνία",
    "ro": "data",
    "hu": "dátum",
}

UPDATED: Table = {
    "en": "updated | updated on | last updated | last modified | modified | last update | edited | last edited"
    " | modified on | last updated on | revised | last changed | date modified | last updated at"
    " | updated at | last modified on | update",
    "zh": "更新于 | 最后更新 | 修改于 | 最后修改 | 更新时间 | 编辑于 | 最近更新 | 更新日期 | 上次更新"
    " | 最后编辑 | 修改时间 | 最后更新于 | 最后修改于 | 更新 | 最后更新时间 | 最后编辑于 | 修订于"
    " | 修改日期 | 本文最后更新于 | 上次修改",
    "zh-Hant": "更新於 | 最後更新 | 修改於 | 最後修改 | 更新時間 | 編輯於 | 最近更新 | 更新日期 | 上次更新"
    " | 最後編輯 | 最後更新於",
    "ja": "更新日 | 最終更新 | 最終更新日 | 更新 | 更新日時 | 改訂日 | 最終更新日時 | 追記",
    "ko": "수정일 | 최종 수정 | 업데이트 | 마지막 수정 | 갱신일 | 수정 | 최종 수정일",
    "de": "aktualisiert | aktualisiert am | zuletzt aktualisiert | zuletzt geändert | geändert am"
    " | letzte änderung | bearbeitet | letzte aktualisierung | zuletzt bearbeitet",
    "fr": "mis à jour | mis à jour le | modifié le | dernière modification | dernière mise à jour | modifié | édité le",
    "es": "actualizado | actualizado el | última actualización | modificado | modificado el"
    " | última modificación | editado",
    "pt": "atualizado | atualizado em | última atualização | modificado em | última modificação | editado"
    " | atualização",
    "it": "aggiornato | aggiornato il | ultimo aggiornamento | modificato il | ultima modifica",
    "nl": "bijgewerkt | bijgewerkt op | laatst bijgewerkt | gewijzigd op | laatst gewijzigd",
    "ru": "обновлено | изменено | последнее обновление | последнее изменение | дата обновления"
    " | отредактировано | обновлён",
    "uk": "оновлено | змінено | останнє оновлення | востаннє змінено",
    "pl": "zaktualizowano | aktualizacja | ostatnia aktualizacja | zmodyfikowano | ostatnia modyfikacja",
    "cs": "aktualizováno | upraveno | naposledy upraveno | poslední aktualizace",
    "sv": "uppdaterad | uppdaterat | senast uppdaterad | ändrad | senast ändrad",
    "da": "opdateret | sidst opdateret | ændret",
    "no": "oppdatert | sist oppdatert | endret",
    "fi": "päivitetty | viimeksi päivitetty | muokattu",
    "tr": "güncellenme tarihi | güncelleme | son güncelleme | güncellendi",
    "ar": "آخر تحديث | تم التحديث | تحديث | حدث في",
    "he": "עודכן | עודכן ב | עדכון אחרון | עודכן לאחרונה",
    "fa": "به روز شده | آخرین به روزرسانی | به‌روزرسانی | ویرایش",
    "hi": "अपडेट किया गया | अंतिम अपडेट | अद्यतन | संशोधित",
    "id": "diperbarui | terakhir diperbarui | diubah",
    "vi": "cập nhật | cập nhật lần cuối | sửa đổi | lần cuối cập nhật",
    "th": "อัปเดต | แก้ไขล่าสุด | ปรับปรุงล่าสุด",
    "el": "ενημερώθηκε | τελευταία ενημέρωση",
    "ro": "actualizat | ultima actualizare | actualizat la",
    "hu": "frissítve | módosítva | utolsó frissítés",
}
