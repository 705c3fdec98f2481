//! News agencies: what they are called in credits, in their own script too, and which hosts are theirs.
//!
//! The table holds the national and international agencies that its writer knew of and the private ones whose credits
//! newspapers print; it was not checked against the lists of the agencies' unions. Their short forms
//! are of two kinds. Some mean the agency wherever they stand ("AFP"); others are words, initials or parties too ("PA", "TT",
//! "STA", "ANI"), or are known abroad as something else: those count only in the form of a credit, see
//! [`credited`].

use std::sync::LazyLock;

/// One agency.
pub struct Agency {
    /// Its usual full name.
    pub name: &'static str,
    /// What it is called anywhere; case counts.
    pub names: &'static [&'static str],
    /// What it is called in credits, and what means other things elsewhere.
    credits: &'static [&'static str],
    /// Its registrable domains.
    pub domains: &'static [&'static str],
}

const fn agency(
    name: &'static str,
    names: &'static [&'static str],
    credits: &'static [&'static str],
    domains: &'static [&'static str],
) -> Agency {
    Agency {
        name,
        names,
        credits,
        domains,
    }
}

#[rustfmt::skip]
/// All agencies that are known, those of one country together.
pub const AGENCIES: &[Agency] = &[
    // Worldwide.
    agency("Associated Press", &["Associated Press", "ASSOCIATED PRESS", "AP News", "AP", "美联社", "美聯社"], &["أ ب", "أ.ب", "एपी", "АП", "AP通信"], &["apnews.com", "ap.org"]),
    agency("Reuters", &["Thomson Reuters", "Thomson/Reuters", "Reuters", "REUTERS", "路透社", "رويترز", "रॉयटर्स", "Рейтер", "로이터", "ロイター"], &["路透"], &["reuters.com"]),
    agency("Agence France-Presse", &["Agence France-Presse", "Agence France Presse", "AFP", "法新社", "فرانس برس", "АФП", "एएफपी"], &["أ ف ب", "أ.ف.ب", "ا ف ب", "AFP通信", "Afp"], &["afp.com"]),
    agency("dpa", &["Deutsche Presse-Agentur", "dpa-AFX", "dpa-infocom", "dpa", "DPA", "德新社"], &["د ب أ", "د.ب.أ", "ДПА"], &["dpa.com"]),
    agency("EFE", &["Agencia EFE", "EFE", "埃菲社"], &["Efe", "إفي"], &["efe.com"]),
    agency("Bloomberg", &["Bloomberg News", "Bloomberg", "BLOOMBERG"], &[], &["bloomberg.com"]),
    agency("United Press International", &["United Press International", "UPI"], &[], &["upi.com"]),
    agency("Xinhua", &["Xinhua News Agency", "Xinhua", "XINHUA", "新华社", "新華社", "شينخوا", "Синьхуа", "शिन्हुआ"], &["新华", "新華"], &["xinhuanet.com", "news.cn"]),
    agency("Inter Press Service", &["Inter Press Service"], &["IPS"], &["ipsnews.net"]),
    // Western Europe.
    agency("PA Media", &["Press Association", "PA Media", "PA news agency"], &["PA"], &["pressassociation.com", "pa.media"]),
    agency("ANSA", &["Agenzia ANSA", "ANSA"], &["Ansa"], &["ansa.it"]),
    agency("Adnkronos", &["Adnkronos", "ADNKRONOS", "AdnKronos"], &["Labitalia"], &["adnkronos.com"]),
    agency("AGI", &["Agenzia Giornalistica Italia"], &["AGI"], &["agi.it"]),
    agency("LaPresse", &["LaPresse"], &[], &["lapresse.it"]),
    agency("Italpress", &["Italpress", "ITALPRESS"], &[], &["italpress.com"]),
    agency("askanews", &["askanews", "Askanews"], &[], &["askanews.it"]),
    agency("Europa Press", &["Europa Press", "EUROPA PRESS"], &["EP"], &["europapress.es"]),
    agency("Servimedia", &["Servimedia", "SERVIMEDIA"], &[], &["servimedia.es"]),
    agency("Agència Catalana de Notícies", &["Agència Catalana de Notícies"], &["ACN"], &["acn.cat"]),
    agency("Lusa", &["Agência Lusa", "agência Lusa", "LUSA", "Lusa"], &["lusa"], &["lusa.pt"]),
    agency("Austria Presse Agentur", &["Austria Presse Agentur", "APA-OTS"], &["APA", "apa"], &["apa.at"]),
    agency("Keystone-SDA", &["Keystone-SDA", "Keystone-ATS", "Schweizerische Depeschenagentur"], &["SDA", "sda", "ATS", "ats"], &["keystone-sda.ch"]),
    agency("epd", &["Evangelischer Pressedienst"], &["epd"], &["epd.de"]),
    agency("KNA", &["Katholische Nachrichten-Agentur"], &["KNA"], &["kna.de"]),
    agency("Sport-Informations-Dienst", &["Sport-Informations-Dienst"], &["SID", "sid"], &["sid.de"]),
    agency("dts Nachrichtenagentur", &["dts Nachrichtenagentur", "dts-Nachrichtenagentur"], &["dts"], &["dts-nachrichtenagentur.de"]),
    agency("ANP", &["Algemeen Nederlands Persbureau", "ANP"], &[], &["anp.nl"]),
    agency("Belga", &["Belga", "BELGA"], &["belga"], &["belga.be", "belganewsagency.eu"]),
    // Northern Europe.
    agency("Ritzau", &["Ritzau", "RITZAU"], &["ritzau"], &["ritzau.dk", "ritzau.com"]),
    agency("NTB", &["Norsk Telegrambyrå", "NTB"], &[], &["ntb.no"]),
    agency("TT", &["TT Nyhetsbyrån", "Tidningarnas Telegrambyrå"], &["TT"], &["tt.se"]),
    agency("STT", &["Suomen Tietotoimisto", "STT-Lehtikuva", "STT"], &[], &["stt.fi"]),
    agency("BNS", &["Baltic News Service"], &["BNS"], &["bns.lt", "bns.ee", "bns.lv"]),
    agency("ELTA", &["ELTA"], &["Elta"], &["elta.lt"]),
    agency("LETA", &["LETA"], &["Leta"], &["leta.lv"]),
    // Central and south-eastern Europe.
    agency("PAP", &["Polska Agencja Prasowa"], &["PAP"], &["pap.pl"]),
    agency("ČTK", &["Česká tisková kancelář", "ČTK"], &["CTK", "čtk"], &["ctk.cz", "ceskenoviny.cz"]),
    agency("TASR", &["Tlačová agentúra Slovenskej republiky", "TASR"], &[], &["tasr.sk"]),
    agency("SITA", &["SITA Slovenská tlačová agentúra"], &["SITA"], &["sita.sk"]),
    agency("MTI", &["Magyar Távirati Iroda", "MTI"], &[], &["mti.hu"]),
    agency("Agerpres", &["Agerpres", "AGERPRES"], &[], &["agerpres.ro"]),
    agency("Mediafax", &["Mediafax", "MEDIAFAX"], &[], &["mediafax.ro"]),
    agency("BTA", &["Bulgarian News Agency"], &["BTA", "БТА"], &["bta.bg"]),
    agency("BGNES", &["BGNES", "БГНЕС"], &[], &["bgnes.bg"]),
    agency("Tanjug", &["Tanjug", "TANJUG", "Танјуг"], &[], &["tanjug.rs"]),
    agency("Beta", &[], &["Beta", "BETA", "Бета"], &["beta.rs"]),
    agency("FoNet", &["FoNet", "FONET"], &[], &["fonet.rs"]),
    agency("Hina", &["HINA"], &["Hina"], &["hina.hr"]),
    agency("STA", &["Slovenska tiskovna agencija"], &["STA"], &["sta.si"]),
    agency("FENA", &["FENA"], &["Fena"], &["fena.ba"]),
    agency("SRNA", &["SRNA"], &["Srna"], &["srna.rs"]),
    agency("MIA", &["Media Information Agency"], &["MIA", "МИА"], &["mia.mk"]),
    agency("ATA", &["Albanian Telegraphic Agency"], &["ATA", "ATSH"], &["ata.gov.al"]),
    agency("ANA-MPA", &["Athens-Macedonian News Agency", "ANA-MPA", "ΑΠΕ-ΜΠΕ"], &["ANA", "ΑΠΕ"], &["amna.gr"]),
    agency("Cyprus News Agency", &["Cyprus News Agency", "ΚΥΠΕ"], &["CNA"], &["cna.org.cy"]),
    agency("Anadolu Agency", &["Anadolu Agency", "Anadolu Ajansı", "Anadolu"], &["AA", "الأناضول"], &["aa.com.tr"]),
    agency("Demirören Haber Ajansı", &["Demirören Haber Ajansı"], &["DHA"], &["dha.com.tr"]),
    agency("İhlas Haber Ajansı", &["İhlas Haber Ajansı"], &["İHA", "IHA"], &["iha.com.tr"]),
    // Eastern Europe, Caucasus and Central Asia.
    agency("TASS", &["ITAR-TASS", "TASS", "ТАСС", "ИТАР-ТАСС", "塔斯社"], &["تاس"], &["tass.com", "tass.ru"]),
    agency("RIA Novosti", &["RIA Novosti", "РИА Новости", "RIA Nowosti"], &["RIA", "РИА"], &["ria.ru"]),
    agency("Interfax-Ukraine", &["Interfax-Ukraine", "Інтерфакс-Україна"], &[], &["interfax.com.ua"]),
    agency("Interfax", &["Interfax", "INTERFAX", "Интерфакс", "ИНТЕРФАКС.RU", "ИНТЕРФАКС"], &[], &["interfax.com", "interfax.ru"]),
    agency("Sputnik", &["Sputnik"], &["سبوتنيك"], &["sputniknews.com"]),
    agency("Ukrinform", &["Ukrinform", "Укрінформ", "Укринформ"], &[], &["ukrinform.net", "ukrinform.ua"]),
    agency("UNIAN", &["UNIAN", "УНІАН", "УНИАН"], &[], &["unian.info", "unian.ua"]),
    agency("BelTA", &["BelTA", "БелТА", "БЕЛТА"], &["Belta"], &["belta.by"]),
    agency("Moldpres", &["Moldpres", "MOLDPRES"], &[], &["moldpres.md"]),
    agency("Armenpress", &["Armenpress", "ARMENPRESS"], &[], &["armenpress.am"]),
    agency("AZERTAC", &["AZERTAC", "AZƏRTAC"], &["Azertac"], &["azertag.az"]),
    agency("Kazinform", &["Kazinform", "KAZINFORM", "Казинформ"], &[], &["inform.kz", "qazinform.com"]),
    agency("UzA", &["Uzbekistan National News Agency"], &["UzA", "УзА"], &["uza.uz"]),
    agency("Kabar", &["Kyrgyz National News Agency Kabar"], &["Kabar", "Кабар"], &["kabar.kg"]),
    // South Asia.
    agency("Press Trust of India", &["Press Trust of India", "PTI", "पीटीआई"], &["পিটিআই", "பிடிஐ", "పీటీఐ", "પીટીઆઈ"], &["ptinews.com"]),
    agency("ANI", &["Asian News International"], &["ANI", "एएनआई"], &["aninews.in"]),
    agency("IANS", &["Indo-Asian News Service", "IANS", "आईएएनएस"], &[], &["ians.in"]),
    agency("United News of India", &["United News of India"], &["UNI", "यूनीवार्ता", "वार्ता"], &["uniindia.com"]),
    agency("Bhasha", &["पीटीआई-भाषा"], &["भाषा"], &[]),
    agency("Associated Press of Pakistan", &["Associated Press of Pakistan"], &["APP"], &["app.com.pk"]),
    agency("Bangladesh Sangbad Sangstha", &["Bangladesh Sangbad Sangstha"], &["BSS", "বাসস"], &["bssnews.net"]),
    agency("United News of Bangladesh", &["United News of Bangladesh"], &["UNB"], &["unb.com.bd"]),
    agency("RSS (Nepal)", &["Rastriya Samachar Samiti", "राष्ट्रिय समाचार समिति"], &["रासस"], &["rss.com.np"]),
    agency("Pajhwok", &["Pajhwok Afghan News", "Pajhwok"], &[], &["pajhwok.com"]),
    // East and South-East Asia.
    agency("China News Service", &["China News Service", "中新社", "中国新闻社", "中新网"], &["CNS"], &["chinanews.com", "chinanews.com.cn"]),
    agency("Central News Agency (Taiwan)", &["中央通訊社", "中央社"], &["CNA"], &["cna.com.tw", "focustaiwan.tw"]),
    agency("Kyodo News", &["Kyodo News", "Kyodo", "KYODO", "共同通信", "共同社"], &["共同"], &["kyodonews.net"]),
    agency("Jiji Press", &["Jiji Press", "時事通信", "时事社"], &["Jiji", "時事"], &["jiji.com"]),
    agency("Yonhap", &["Yonhap News Agency", "Yonhap", "YONHAP", "연합뉴스", "韩联社", "韓聯社"], &["연합"], &["yna.co.kr"]),
    agency("Newsis", &["Newsis", "뉴시스"], &[], &["newsis.com"]),
    agency("News1", &["뉴스1"], &["News1"], &["news1.kr"]),
    agency("KCNA", &["Korean Central News Agency", "KCNA", "조선중앙통신", "朝鲜中央通讯社"], &["朝中社"], &["kcna.kp"]),
    agency("Bernama", &["Bernama", "BERNAMA"], &[], &["bernama.com"]),
    agency("Antara", &["ANTARA News", "Antara News", "ANTARA"], &["Antara"], &["antaranews.com"]),
    agency("Vietnam News Agency", &["Vietnam News Agency", "Thông tấn xã Việt Nam", "TTXVN"], &["VNA", "VNS"], &["vnanet.vn", "vietnamplus.vn"]),
    agency("Philippine News Agency", &["Philippine News Agency"], &["PNA"], &["pna.gov.ph"]),
    agency("Thai News Agency", &["Thai News Agency", "สำนักข่าวไทย"], &["TNA"], &["tna.mcot.net"]),
    agency("AKP", &["Agence Kampuchea Presse"], &["AKP"], &["akp.gov.kh"]),
    agency("Montsame", &["Montsame", "MONTSAME"], &[], &["montsame.mn"]),
    // Middle East and North Africa.
    agency("MENA", &["Middle East News Agency", "أ ش أ", "أ.ش.أ", "وكالة أنباء الشرق الأوسط"], &["MENA"], &["mena.org.eg"]),
    agency("WAFA", &["WAFA", "وفا"], &[], &["wafa.ps"]),
    agency("KUNA", &["Kuwait News Agency", "KUNA", "كونا"], &[], &["kuna.net.kw"]),
    agency("Qatar News Agency", &["Qatar News Agency", "وكالة الأنباء القطرية"], &["QNA", "قنا"], &["qna.org.qa"]),
    agency("Saudi Press Agency", &["Saudi Press Agency", "وكالة الأنباء السعودية"], &["SPA", "واس"], &["spa.gov.sa"]),
    agency("WAM", &["Emirates News Agency", "وكالة أنباء الإمارات"], &["WAM", "وام"], &["wam.ae"]),
    agency("Bahrain News Agency", &["Bahrain News Agency"], &["BNA", "بنا"], &["bna.bh"]),
    agency("Oman News Agency", &["Oman News Agency"], &["ONA"], &["omannews.gov.om"]),
    agency("Petra", &["Jordan News Agency", "وكالة الأنباء الأردنية"], &["Petra", "بترا"], &["petra.gov.jo"]),
    agency("National News Agency (Lebanon)", &["الوكالة الوطنية للإعلام"], &["NNA"], &["nna-leb.gov.lb"]),
    agency("SANA", &["Syrian Arab News Agency"], &["SANA", "سانا"], &["sana.sy"]),
    agency("INA", &["Iraqi News Agency", "وكالة الأنباء العراقية"], &["INA", "واع"], &["ina.iq"]),
    agency("Saba", &["Yemen News Agency"], &["Saba", "سبأ"], &["sabanews.net"]),
    agency("IRNA", &["Islamic Republic News Agency", "IRNA", "ایرنا", "إرنا"], &[], &["irna.ir"]),
    agency("ISNA", &["Iranian Students' News Agency", "ISNA", "ایسنا"], &[], &["isna.ir"]),
    agency("Fars News Agency", &["Fars News Agency", "خبرگزاری فارس"], &["FNA", "فارس"], &["farsnews.ir"]),
    agency("Tasnim", &["Tasnim News Agency", "Tasnim", "تسنیم"], &[], &["tasnimnews.com"]),
    agency("Mehr News Agency", &["Mehr News Agency", "خبرگزاری مهر"], &["MNA", "مهر"], &["mehrnews.com"]),
    agency("TPS", &["TPS-IL"], &["TPS"], &["tps.co.il"]),
    agency("MAP", &["Maghreb Arabe Presse", "Agence Marocaine de Presse"], &["MAP", "و م ع"], &["mapnews.ma"]),
    agency("Algérie Presse Service", &["Algérie Presse Service", "وكالة الأنباء الجزائرية"], &["APS", "واج"], &["aps.dz"]),
    agency("TAP", &["Tunis Afrique Presse"], &["TAP", "وات"], &["tap.info.tn"]),
    agency("LANA", &["Libyan News Agency"], &["LANA", "وال"], &["lana.gov.ly"]),
    agency("SUNA", &["Sudan News Agency", "SUNA"], &[], &["suna-sd.net"]),
    // Africa south of the Sahara.
    agency("News Agency of Nigeria", &["News Agency of Nigeria"], &["NAN"], &["nannews.ng"]),
    agency("Ghana News Agency", &["Ghana News Agency"], &["GNA"], &["gna.org.gh"]),
    agency("Agence de Presse Sénégalaise", &["Agence de Presse Sénégalaise"], &["APS"], &["aps.sn"]),
    agency("Agence Ivoirienne de Presse", &["Agence Ivoirienne de Presse"], &["AIP"], &["aip.ci"]),
    agency("Kenya News Agency", &["Kenya News Agency"], &["KNA"], &["kenyanews.go.ke"]),
    agency("Ethiopian News Agency", &["Ethiopian News Agency"], &["ENA"], &["ena.et"]),
    agency("ANGOP", &["ANGOP"], &["Angop"], &["angop.ao"]),
    agency("South African Press Association", &["South African Press Association"], &["SAPA", "Sapa"], &[]),
    agency("African News Agency", &["African News Agency"], &["ANA"], &["africannewsagency.com"]),
    agency("PANA", &["Panapress", "PANAPRESS"], &["PANA"], &["panapress.com"]),
    // The Americas.
    agency("The Canadian Press", &["The Canadian Press", "Canadian Press", "THE CANADIAN PRESS", "La Presse Canadienne", "La Presse canadienne"], &["CP", "PC"], &["thecanadianpress.com"]),
    agency("Agência Brasil", &["Agência Brasil", "Agencia Brasil"], &["ABr"], &["agenciabrasil.ebc.com.br"]),
    agency("Estadão Conteúdo", &["Estadão Conteúdo", "Agência Estado"], &["AE"], &[]),
    agency("Folhapress", &["Folhapress", "FOLHAPRESS"], &[], &["folhapress.com.br"]),
    agency("Télam", &["Agencia Télam", "Télam", "TÉLAM", "Telam"], &[], &["telam.com.ar"]),
    agency("Noticias Argentinas", &["Noticias Argentinas"], &["NA"], &["noticiasargentinas.com"]),
    agency("Notimex", &["Notimex", "NOTIMEX"], &[], &["notimex.gob.mx"]),
    agency("Prensa Latina", &["Prensa Latina"], &["PL"], &["prensa-latina.cu"]),
    agency("Andina", &["Agencia Andina"], &["Andina", "ANDINA"], &["andina.pe"]),
    agency("Agencia Boliviana de Información", &["Agencia Boliviana de Información"], &["ABI"], &["abi.bo"]),
    agency("Agencia Venezolana de Noticias", &["Agencia Venezolana de Noticias"], &["AVN"], &["avn.info.ve"]),
    agency("Colprensa", &["Colprensa", "COLPRENSA"], &[], &["colprensa.com"]),
    agency("Caribbean Media Corporation", &["Caribbean Media Corporation"], &["CMC"], &["cmc.com.bb"]),
    agency("Tribune News Service", &["Tribune News Service", "Tribune Content Agency", "TNS"], &[], &[]),
    agency("McClatchy", &["McClatchy Newspapers", "McClatchy"], &[], &["mcclatchydc.com"]),
    agency("Business Wire", &["BUSINESS WIRE", "Business Wire"], &[], &["businesswire.com"]),
    agency("PR Newswire", &["PRNewswire", "PR Newswire"], &[], &["prnewswire.com"]),
    agency("GlobeNewswire", &["GLOBE NEWSWIRE", "GlobeNewswire"], &[], &["globenewswire.com"]),
    // Oceania.
    agency("Australian Associated Press", &["Australian Associated Press", "AAP"], &[], &["aap.com.au"]),
    agency("New Zealand Press Association", &["New Zealand Press Association", "NZPA"], &[], &[]),
];

/// A name that a text opens with, in full, and the bytes that it takes as written.
pub type Found = Option<(&'static str, usize)>;

/// The agency that `text` opens with in a credit, and the bytes that its name takes: any of its forms, none of them as part
/// of a longer word. A short form that two agencies have is its own name: which of them it is, it does not say.
/// O(names with its first byte).
pub fn credited(text: &str) -> Found {
    longest(text, |_| true)
}

/// The agency that `text` opens with by a name that means it anywhere. O(names with its first byte).
pub fn anywhere(text: &str) -> Found {
    longest(text, |form| form == Form::Anywhere)
}

/// Where a name of an agency means it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Anywhere,
    InCredits,
}

/// A name as it is written, its agency's full name, and where it means it.
type Named = (&'static str, &'static str, Form);

/// All names by their first byte, in the order of the table.
static BY_FIRST_BYTE: LazyLock<[Vec<Named>; 256]> = LazyLock::new(|| {
    let mut by_byte = [const { Vec::new() }; 256];
    for agency in AGENCIES {
        let anywhere = agency.names.iter().map(|&name| (name, Form::Anywhere));
        let credits = agency.credits.iter().map(|&name| (name, Form::InCredits));
        for (name, form) in anywhere.chain(credits) {
            if let Some(&byte) = name.as_bytes().first() {
                by_byte[usize::from(byte)].push((name, agency.name, form));
            }
        }
    }
    for names in &mut by_byte {
        let known = names.clone();
        for (name, agency, _) in names {
            let is_shared = |other: &&Named| other.0 == *name && other.1 != *agency;
            if known.iter().any(|other| is_shared(&other)) {
                *agency = *name;
            }
        }
    }
    by_byte
});

fn longest(text: &str, counts: impl Fn(Form) -> bool) -> Found {
    let byte = *text.as_bytes().first()?;
    let mut best: Found = None;
    for &(name, agency, form) in &BY_FIRST_BYTE[usize::from(byte)] {
        let longer = best.is_none_or(|(_, length)| name.len() > length);
        if longer && counts(form) && opens(text, name) {
            best = Some((agency, name.len()));
        }
    }
    best
}

/// Whether `text` starts with `name` and the name ends there. Scripts that write without spaces have no such end.
fn opens(text: &str, name: &str) -> bool {
    let unspaced = name.chars().next_back().is_some_and(is_unspaced);
    text.strip_prefix(name)
        .is_some_and(|rest| unspaced || !rest.starts_with(char::is_alphanumeric))
}

/// Han, kana, Hangul: words follow each other without a space, or endings follow a name.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_that_mean_other_things_count_in_credits_alone() {
        assert_eq!(credited("PA) - "), Some(("PA Media", 2)));
        assert_eq!(anywhere("PA system"), None);
        assert_eq!(anywhere("AFP) - "), Some(("Agence France-Presse", 3)));
        assert_eq!(credited("PAX"), None);
        // The German Catholic agency and the Kenyan one.
        assert_eq!(credited("KNA) "), Some(("KNA", 3)));
        assert_eq!(credited("新华社北京"), Some(("Xinhua", "新华社".len())));
        assert_eq!(credited("dpa-infocom"), Some(("dpa", 11)));
    }

    #[test]
    fn no_name_that_counts_anywhere_is_that_of_two() {
        let mut names: Vec<&str> = AGENCIES.iter().flat_map(|a| a.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
