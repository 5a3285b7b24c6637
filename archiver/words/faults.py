"""What pages say that are not the page asked for: not found, for sale, a check for robots, a login, a need of scripts.

Titles are compared whole (``archiver.words.squeeze``); the other tables are looked for inside the text of pages that
hold little else. Phrases are separated by ``|``.
"""

from __future__ import annotations

from archiver.words.direction import Table

NOT_FOUND: Table = {
    "en": "404 | error 404 | 404 error | http 404 | not found | 404 not found | page not found | 404 page not found"
    " | the page you are looking for was not found | this page could not be found | page could not be found"
    " | the page could not be found | oops! that page can't be found | that page can't be found"
    " | oops! that page can’t be found | that page can’t be found | this page can't be found"
    " | the page you were looking for doesn't exist | the page you were looking for was not found"
    " | this page doesn't exist | this page does not exist | page does not exist | page doesn't exist"
    " | the requested page could not be found | the requested url was not found on this server | file not found"
    " | 404 file not found | no such page | nothing found | error 404 - not found | post not found"
    " | article not found | blog not found | page no longer exists | this page no longer exists"
    " | site not found | sorry, page not found | oops! page not found | 404 - page not found | oops, page not found"
    " | sorry, this page isn't available | page unavailable | page not available | content not found"
    " | this blog has been removed | sorry, the blog you were looking for does not exist | account suspended"
    " | this account has been suspended | site suspended | 410 gone | gone",
    "zh": "页面不存在 | 页面未找到 | 页面没有找到 | 未找到页面 | 找不到页面 | 页面找不到了 | 404页面 | 页面丢失"
    " | 找不到该页面 | 您访问的页面不存在 | 你访问的页面不存在 | 抱歉，页面不存在 | 文章不存在 | 该页面不存在"
    " | 页面不见了 | 无法找到该页 | 没有找到页面 | 访问的页面不存在 | 您要找的页面不存在 | 404 页面未找到"
    " | 404 未找到 | 未找到 | 内容不存在 | 您访问的内容不存在 | 抱歉，您访问的页面不存在 | 博客不存在 | 账号已停用"
    " | 该网页不存在 | 没有找到站点 | 站点不存在 | 404 页面不存在 | 404 找不到页面 | 文章已删除 | 该内容已被删除",
    "zh-Hant": "找不到頁面 | 頁面不存在 | 找不到網頁 | 此頁面不存在 | 找不到這個頁面 | 查無此頁 | 頁面未找到"
    " | 找不到此頁面 | 無法找到網頁 | 文章不存在",
    "ja": "ページが見つかりません | お探しのページは見つかりませんでした | ページが見つかりませんでした"
    " | お探しのページが見つかりません | 指定されたページは存在しません | 404 ページが見つかりません"
    " | ページは見つかりませんでした | ページが存在しません | 見つかりませんでした | 記事が見つかりません",
    "ko": "페이지를 찾을 수 없습니다 | 페이지를 찾을수 없습니다 | 존재하지 않는 페이지입니다 | 찾을 수 없는 페이지"
    " | 요청하신 페이지를 찾을 수 없습니다 | 존재하지 않는 글입니다 | 찾을 수 없는 페이지입니다",
    "de": "seite nicht gefunden | nicht gefunden | die seite wurde nicht gefunden | diese seite existiert nicht"
    " | fehler 404 | 404 fehler | 404 seite nicht gefunden | die seite konnte nicht gefunden werden",
    "fr": "page non trouvée | page introuvable | erreur 404 | cette page n'existe pas | page inexistante"
    " | la page demandée est introuvable | 404 page introuvable | page non trouvee | cette page est introuvable",
    "es": "página no encontrada | no se encontró la página | error 404 | esta página no existe | no encontrado"
    " | la página no existe | página no disponible | 404 página no encontrada | pagina no encontrada",
    "pt": "página não encontrada | pagina não encontrada | erro 404 | esta página não existe | não encontrado"
    " | página não existe | a página não foi encontrada",
    "it": "pagina non trovata | errore 404 | la pagina non esiste | questa pagina non esiste | non trovato",
    "nl": "pagina niet gevonden | niet gevonden | deze pagina bestaat niet | fout 404 | pagina bestaat niet",
    "ru": "страница не найдена | не найдено | ошибка 404 | такой страницы не существует | страница не существует"
    " | 404 страница не найдена | запрашиваемая страница не найдена | запись не найдена",
    "uk": "сторінку не знайдено | сторінка не знайдена | помилка 404 | не знайдено",
    "pl": "nie znaleziono strony | strona nie została znaleziona | strona nie istnieje | błąd 404 | nie znaleziono",
    "cs": "stránka nenalezena | stránka nebyla nalezena | chyba 404 | nenalezeno",
    "sk": "stránka nenájdená | stránka sa nenašla | chyba 404",
    "sv": "sidan hittades inte | sidan kunde inte hittas | sidan finns inte",
    "da": "siden blev ikke fundet | siden findes ikke | siden kunne ikke findes",
    "no": "siden ble ikke funnet | fant ikke siden | siden finnes ikke",
    "fi": "sivua ei löydy | sivua ei löytynyt",
    "tr": "sayfa bulunamadı | aradığınız sayfa bulunamadı | hata 404 | 404 sayfa bulunamadı",
    "ar": "الصفحة غير موجودة | لم يتم العثور على الصفحة | الصفحة المطلوبة غير موجودة | خطأ 404",
    "he": "הדף לא נמצא | העמוד לא נמצא | הדף המבוקש לא נמצא",
    "fa": "صفحه یافت نشد | صفحه پیدا نشد | صفحه مورد نظر یافت نشد | خطای 404",
    "hi": "पृष्ठ नहीं मिला | पेज नहीं मिला",
    "id": "halaman tidak ditemukan | tidak ditemukan | laman tidak ditemukan",
    "vi": "không tìm thấy trang | trang không tồn tại | không tìm thấy | lỗi 404",
    "th": "ไม่พบหน้า | ไม่พบหน้าที่คุณต้องการ | ไม่พบหน้านี้ | ไม่พบหน้าเว็บ",
    "el": "η σελίδα δεν βρέθηκε | δεν βρέθηκε | σφάλμα 404",
    "ro": "pagina nu a fost găsită | pagină negăsită | pagina nu există | eroare 404",
    "hu": "az oldal nem található | oldal nem található | a keresett oldal nem található",
    "ca": "no s'ha trobat la pàgina | pàgina no trobada",
    "bg": "страницата не е намерена",
    "hr": "stranica nije pronađena",
    "sr": "страница није пронађена | stranica nije pronađena",
    "sl": "strani ni mogoče najti | stran ne obstaja",
    "lt": "puslapis nerastas",
    "lv": "lapa nav atrasta",
    "et": "lehekülge ei leitud",
}

CHALLENGE: Table = {
    "en": "just a moment | one moment, please | one moment please | checking your browser | please wait"
    " | checking your browser before accessing | attention required | security check | security verification"
    " | are you a robot | are you human | verify you are human | verifying you are human | human verification"
    " | please verify you are a human | bot verification | bot check | captcha | robot check | browser check"
    " | you have been blocked | access to this page has been denied | ddos protection | ddos-guard"
    " | making sure you're not a bot | making sure you’re not a bot | let's confirm you are human"
    " | performing security verification | unusual traffic detected | validate user | site protection"
    " | verifying your browser | please enable cookies | request unsuccessful | pardon our interruption",
    "zh": "请稍候 | 请稍等 | 安全验证 | 人机验证 | 安全检查 | 访问验证 | 滑动验证 | 验证码 | 正在验证 | 网站防火墙"
    " | 请完成安全验证 | 身份验证中 | 浏览器安全检查 | 正在进行安全检查 | 浏览器检测 | 网站安全检测 | 访问过于频繁"
    " | 请输入验证码 | 正在检查您的浏览器 | 安全检测 | 请完成验证 | 您的访问被拦截 | 访问被拦截 | 机器人验证",
    "zh-Hant": "請稍候 | 請稍等 | 安全驗證 | 人機驗證 | 正在驗證 | 驗證碼 | 安全檢查",
    "ja": "しばらくお待ちください | お待ちください | セキュリティチェック | ロボットではないことを確認"
    " | ブラウザを確認しています | 人間であることを確認してください | 画像認証",
    "ko": "잠시만 기다려 주세요 | 잠시만 기다리십시오 | 잠시만요 | 보안 확인 | 로봇이 아님을 확인 | 자동등록방지",
    "de": "nur einen moment | einen moment bitte | einen moment, bitte | sicherheitsüberprüfung | bitte warten"
    " | sicherheitsprüfung | sind sie ein mensch | bestätigen sie, dass sie ein mensch sind",
    "fr": "un instant | un instant, s'il vous plaît | vérification de sécurité | veuillez patienter"
    " | vérification de votre navigateur | vérifiez que vous êtes humain",
    "es": "un momento | un momento, por favor | verificación de seguridad | espere por favor"
    " | comprobando su navegador | verifica que eres humano",
    "pt": "um momento | um momento, por favor | só um momento | verificação de segurança | aguarde"
    " | verificando seu navegador",
    "it": "un momento | ancora un momento | verifica di sicurezza | attendere prego | controllo di sicurezza",
    "nl": "een ogenblik geduld | een moment geduld | beveiligingscontrole | even geduld a.u.b",
    "ru": "один момент | минутку | проверка безопасности | проверка браузера | подождите | подтвердите, что вы не робот"
    " | вы не робот | проверка, что вы не робот | ой! | защита от роботов | проверяем ваш браузер",
    "uk": "зачекайте | перевірка безпеки | перевірка браузера",
    "pl": "cierpliwości | chwileczkę | proszę czekać | weryfikacja bezpieczeństwa | sprawdzanie przeglądarki",
    "cs": "okamžik | okamžik, prosím | bezpečnostní kontrola",
    "sv": "ett ögonblick | vänta | säkerhetskontroll",
    "tr": "bir dakika lütfen | bir dakika | güvenlik kontrolü | lütfen bekleyin | güvenlik doğrulaması",
    "ar": "لحظة من فضلك | لحظة | التحقق الأمني | يرجى الانتظار",
    "he": "רק רגע | בדיקת אבטחה",
    "fa": "لطفا صبر کنید | بررسی امنیتی | تأیید هویت انسانی",
    "id": "tunggu sebentar | pemeriksaan keamanan | mohon tunggu",
    "vi": "vui lòng đợi | vui lòng chờ | chờ một chút | kiểm tra bảo mật | xác minh bạn là con người",
    "th": "กรุณารอสักครู่ | ตรวจสอบความปลอดภัย",
    "el": "μια στιγμή | έλεγχος ασφαλείας",
    "hu": "egy pillanat | biztonsági ellenőrzés",
    "ro": "un moment | doar un moment | verificare de securitate",
}

CHECKING: Table = {
    "en": "checking your browser before | checking if the site connection is secure | verify you are human"
    " | verifying you are human | needs to review the security of your connection | complete the security check"
    " | you are not a robot | i'm not a robot | i am not a robot | prove you are human | prove you're human"
    " | unusual traffic from your | enable cookies to continue | enable javascript and cookies to continue"
    " | automated access to | solve the captcha | enter the characters you see | your browser is being checked",
    "zh": "检查您的浏览器 | 检测您的浏览器 | 正在验证您的浏览器 | 完成下面的验证 | 完成以下验证 | 拖动滑块 | 滑动滑块"
    " | 确认您是真人 | 不是机器人 | 访问过于频繁 | 异常流量 | 请输入验证码 | 点击按钮进行验证 | 疑似黑客攻击",
    "zh-Hant": "檢查您的瀏覽器 | 完成以下驗證 | 不是機器人 | 請輸入驗證碼",
    "ja": "ロボットではありません | ブラウザを確認しています | 人間であることを確認",
    "ko": "로봇이 아닙니다 | 브라우저를 확인",
    "de": "ich bin kein roboter | ihr browser wird überprüft | dass sie ein mensch sind",
    "fr": "je ne suis pas un robot | que vous êtes humain | vérifions votre navigateur",
    "es": "no soy un robot | que eres humano | comprobando su navegador",
    "pt": "não sou um robô | verificando seu navegador | que você é humano",
    "it": "non sono un robot | che sei umano",
    "ru": "я не робот | проверяем ваш браузер | вы не робот | запросы поступают автоматически",
    "pl": "nie jestem robotem | sprawdzamy twoją przeglądarkę",
    "tr": "ben robot değilim | tarayıcınız kontrol ediliyor",
    "vi": "tôi không phải là người máy | xác minh bạn là con người",
}

PARKED: Table = {
    "en": "this domain is for sale | domain is for sale | domain for sale | buy this domain | is for sale!"
    " | domain may be for sale | this domain has expired | domain has expired | this domain is parked"
    " | parked domain | domain parking | parked free | this domain name has been registered | inquire about this domain"
    " | domain name is available for purchase | make an offer on this domain | the domain has been registered"
    " | this web page is parked | related searches | the owner of this domain has not yet uploaded"
    " | future home of something quite cool | this domain was recently registered | renew your domain"
    " | domain is pending renewal | this domain is available | get this domain | website coming soon"
    " | default web page for this domain | domain expired",
    "zh": "域名出售 | 域名正在出售 | 此域名可出售 | 域名转让 | 购买此域名 | 该域名已过期 | 域名已过期 | 域名停放"
    " | 本域名出售 | 此域名正在出售 | 域名到期 | 域名待售 | 该域名已被注册 | 域名可转让",
    "zh-Hant": "網域出售 | 網域名稱出售 | 此網域已過期 | 網址出售 | 購買此網域",
    "ja": "このドメインは売り出し中 | ドメインを購入 | このドメインは販売中 | このドメインは、お名前"
    " | ドメインの有効期限 | ドメイン販売 | このドメインを購入",
    "ko": "도메인 판매 | 이 도메인은 판매 중 | 도메인을 구매",
    "de": "diese domain steht zum verkauf | domain steht zum verkauf | domain kaufen | domain zu verkaufen"
    " | diese domain kaufen | domain ist geparkt | diese domain ist registriert",
    "fr": "ce domaine est à vendre | domaine à vendre | acheter ce domaine | nom de domaine est à vendre"
    " | ce domaine a expiré | domaine est enregistré",
    "es": "este dominio está a la venta | dominio en venta | comprar este dominio | dominio está en venta"
    " | este dominio ha expirado | dominio aparcado",
    "pt": "este domínio está à venda | domínio à venda | comprar este domínio | domínio estacionado",
    "it": "questo dominio è in vendita | dominio in vendita | acquista questo dominio | dominio è in vendita",
    "nl": "dit domein is te koop | domein te koop | deze domeinnaam is te koop | domeinnaam te koop",
    "ru": "домен продается | домен продаётся | купить домен | этот домен припаркован | срок регистрации домена"
    " | домен выставлен на продажу | домен зарегистрирован",
    "uk": "домен продається | купити домен",
    "pl": "domena na sprzedaż | domena jest na sprzedaż | kup tę domenę | domena wygasła",
    "cs": "doména je na prodej | doména na prodej | koupit doménu",
    "sv": "domänen är till salu | denna domän är till salu",
    "da": "domænet er til salg | dette domæne er til salg",
    "fi": "verkkotunnus on myynnissä",
    "tr": "bu alan adı satılık | satılık alan adı | satılık domain",
    "ar": "هذا النطاق للبيع | الدومين للبيع",
    "id": "domain ini dijual | domain dijual",
    "vi": "tên miền này đang được rao bán | bán tên miền",
    "hu": "a domain eladó | eladó domain",
    "ro": "acest domeniu este de vânzare | domeniu de vânzare",
}

LOGIN: Table = {
    "en": "please log in | please sign in | you must be logged in | you need to log in | log in to continue"
    " | sign in to continue | log in to your account | sign in to your account | password protected"
    " | enter your password | this blog is private | members only | this site is private | log in | sign in | login"
    " | username | forgot password | lost your password",
    "zh": "请登录 | 请先登录 | 登录后查看 | 登录后可见 | 输入密码 | 密码保护 | 受密码保护 | 需要密码 | 请输入密码"
    " | 文章已加密 | 忘记密码 | 用户登录 | 登录",
    "zh-Hant": "請登入 | 請先登入 | 輸入密碼 | 密碼保護 | 登入",
    "ja": "ログイン | パスワードを入力 | パスワードで保護 | 閲覧するには以下でパスワード",
    "ko": "로그인 | 비밀번호를 입력 | 보호되어 있습니다 | 보호된 글",
    "de": "anmelden | einloggen | bitte melden sie sich an | passwortgeschützt | passwort eingeben",
    "fr": "se connecter | connexion | identifiez-vous | protégé par mot de passe | mot de passe oublié",
    "es": "iniciar sesión | inicia sesión | protegido con contraseña | introduce tu contraseña | acceder",
    "pt": "iniciar sessão | fazer login | entrar | protegido por senha | digite sua senha",
    "it": "accedi | effettua il login | protetto da password | inserisci la password",
    "nl": "inloggen | aanmelden | beveiligd met een wachtwoord",
    "ru": "войти | вход | авторизация | защищено паролем | введите пароль",
    "uk": "увійти | вхід | захищено паролем",
    "pl": "zaloguj się | logowanie | zabezpieczona hasłem | zabezpieczony hasłem",
    "cs": "přihlásit se | přihlášení | chráněn heslem",
    "sv": "logga in | lösenordsskyddat",
    "da": "log ind | beskyttet med adgangskode",
    "no": "logg inn | passordbeskyttet",
    "fi": "kirjaudu sisään | suojattu salasanalla",
    "tr": "giriş yap | oturum aç | parola korumalı | şifre ile korunmuş",
    "ar": "تسجيل الدخول | محمي بكلمة مرور",
    "he": "התחברות | מוגן בסיסמה",
    "fa": "ورود | رمز عبور",
    "id": "masuk | dilindungi kata sandi | dilindungi sandi",
    "vi": "đăng nhập | được bảo vệ bằng mật khẩu",
    "th": "เข้าสู่ระบบ | ป้องกันด้วยรหัสผ่าน",
    "el": "σύνδεση | προστατεύεται με κωδικό",
    "hu": "bejelentkezés | jelszóval védett",
    "ro": "autentificare | protejat cu parolă",
}

NEEDS_SCRIPTS: Table = {
    "en": "enable javascript | javascript is disabled | javascript is required | requires javascript | need javascript"
    " | turn on javascript | javascript to run this app | javascript must be enabled | without javascript"
    " | javascript to be enabled | doesn't work properly without",
    "zh": "启用javascript | 启用 javascript | 开启javascript | 开启 javascript | 打开 javascript | 需要 javascript"
    " | 不支持 javascript | 不支持javascript | 允许 javascript",
    "zh-Hant": "啟用 javascript | 啟用javascript | 開啟 javascript | 需要 javascript",
    "ja": "javascriptを有効 | javascript を有効 | javascriptが無効 | javascriptが必要",
    "ko": "javascript를 활성화 | 자바스크립트를 활성화 | javascript가 필요",
    "de": "aktivieren sie javascript | javascript aktivieren | benötigt javascript | javascript ist deaktiviert",
    "fr": "activer javascript | activez javascript | javascript est désactivé | nécessite javascript",
    "es": "habilite javascript | habilitar javascript | activar javascript | activa javascript | requiere javascript",
    "pt": "ative o javascript | habilite o javascript | ativar javascript | habilitar javascript",
    "it": "abilita javascript | abilitare javascript | attivare javascript | richiede javascript",
    "nl": "javascript inschakelen | schakel javascript in | javascript is uitgeschakeld",
    "ru": "включите javascript | включить javascript | javascript отключен | требуется javascript",
    "uk": "увімкніть javascript",
    "pl": "włącz javascript | włączyć javascript | wymaga javascript",
    "cs": "povolte javascript | zapněte javascript",
    "sv": "aktivera javascript",
    "tr": "javascript'i etkinleştirin | javascript etkinleştirin",
    "id": "aktifkan javascript",
    "vi": "bật javascript",
    "ar": "تفعيل javascript | تفعيل جافا سكريبت",
}
