//! Word classes of Dutch, of the Scandinavian languages together, of Polish and of Russian (with Ukrainian verbs): the
//! closed classes, the usual verbs of saying, and nouns for persons and bodies.

use super::word_classes::Flags;

/// Dutch.
pub(crate) const DUTCH: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "zei zeggen zegt gezegd zeiden verklaarde verklaart verklaard verklaarden vertelde vertelt verteld vertelden \
         antwoordde antwoordt geantwoord vroeg vraagt gevraagd schreef schrijft geschreven schreven stelde stelt gesteld \
         stelden benadrukte benadrukt vindt vond riep roept meldde meldt gemeld meldden voegde voegt toegevoegd legde \
         reageerde reageert laat liet besloot besluit erkende erkent herhaalde herhaalt beaamde beaamt merkte aldus \
         twitterde tweette luidt luidde",
    ),
    (
        Flags::WEAK,
        "noemde noemt genoemd noemden waarschuwde waarschuwt eiste eist beloofde belooft beschuldigde beschuldigt \
         bevestigde bevestigt ontkende ontkent bekritiseerde prees denkt dacht gelooft geloofde hoopt hoopte vreest \
         vreesde sprak spreekt omschreef omschrijft kondigde verdedigde verwacht verwachtte meent meende",
    ),
    (
        Flags::AUX,
        "heeft hebben had hadden is zijn was waren wordt worden werd werden kan kunnen kon konden zal zullen zou zouden \
         moet moeten moest mag mogen mocht wil willen wilde",
    ),
    (
        Flags::ADVERB,
        "ook toen dan nog weer niet al echter later daarna verder nu daarom dus eerder gisteren vandaag er hier daar \
         even wel toch eens tegenover",
    ),
    (Flags::HE, "hij"),
    (Flags::SHE, "zij ze"),
    (Flags::THEY, "het men"),
    (Flags::ME, "ik wij we jij je u jullie"),
    (Flags::WHO, "die wie"),
    (
        Flags::DET,
        "de het een deze dit dat die zijn haar hun onze ons twee drie vier enkele alle geen mijn",
    ),
    (
        Flags::PREP,
        "van voor in op aan met bij naar uit tot tegen over door na om onder tussen zonder sinds tijdens volgens te per \
         wegens binnen buiten achter boven",
    ),
    (Flags::CONJ, "en of maar want"),
    (
        Flags::SUB,
        "dat omdat als wanneer terwijl hoewel zodat nadat voordat waar hoe waarom wat",
    ),
    (
        Flags::TITLE,
        "meneer mevrouw heer dr prof president premier minister burgemeester wethouder koning koningin generaal \
         minister-president staatssecretaris advocaat officier",
    ),
    (
        Flags::ROLE,
        "woordvoerder woordvoerster minister premier president burgemeester wethouder directeur voorzitter leider \
         oppositieleider hoogleraar onderzoeker econoom advocaat rechter agent arts verpleegkundige leraar lerares \
         boer bewoner bewoners buurman buurvrouw getuige getuigen verdachte slachtoffer ouders moeder vader coach \
         trainer speler deskundige deskundigen ambtenaar journalist schrijver schrijfster ondernemer eigenaar eigenares \
         kamerlid raadslid secretaris officier man vrouw",
    ),
    (
        Flags::ORG,
        "regering ministerie politie justitie gemeente parlement kabinet rechtbank bank bedrijf vereniging vakbond \
         stichting universiteit partij krant persbureau nos nu.nl brandweer onderzoek rapport",
    ),
    (
        Flags::PLACE,
        "nederland amsterdam rotterdam utrecht brussel belgië antwerpen gent europa duitsland frankrijk",
    ),
    (
        Flags::TIME,
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus \
         september oktober november december vandaag gisteren morgen avond ochtend middag",
    ),
    (Flags::ACCORDING, "volgens"),
    (Flags::ABBR, "dr mr prof ir drs st"),
    (Flags::WORK, "film boek roman lied album serie"),
];

/// Swedish, Norwegian and Danish.
pub(crate) const SCANDINAVIAN: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "säger sade sa sagt sier si siger sagde sagt berättar berättade berättat forteller fortalte fortalt fortæller \
         förklarar förklarade förklarat forklarer forklarte forklart forklarede forklaret menar menade mener mente \
         skriver skrev skrivit skrevet svarar svarade svarat svarer svarte svart svarede svaret frågar frågade spør \
         spurte spørger spurgte uppger uppgav opplyser opplyste oplyser oplyste tillägger tillade legger tilføyer \
         tilføjer tilføjede konstaterar konstaterade konstaterer konstaterte fastslår fastslog understryker underströk \
         understreker understreket understreger understregede uttalar uttalade uttaler uttalte udtaler udtalte hävdar \
         hävdade hevder hevdet hævder hævdede medger medgav innrømmer innrømmet indrømmer indrømmede påpekar påpekade \
         påpeker påpekte påpeger påpegede utbrister utbrast ropar ropade roper ropte råber råbte fortsätter fortsatte \
         fortsetter fortsætter lyder kommenterar kommenterade kommenterer kommenterte slår avslutar avslutade twittrar",
    ),
    (
        Flags::WEAK,
        "kallar kallade kaller kalte kalder kaldte varnar varnade advarer advarte advarede kräver krävde krever krevde \
         kræver krævede lovar lovade lover lovet lovede tror trodde troede hoppas hoppades håper håpet håber håbede \
         bekräftar bekräftade bekrefter bekreftet bekræfter bekræftede förnekar nekter nekter kritiserar kritiserade \
         kritiserer kritiserte beskriver beskrev anser ansåg synes tycker tyckte meddelar meddelade melder meldte \
         beklagar beklager understreker advarer",
    ),
    (
        Flags::AUX,
        "är vara har hade er blir blev bli blive kan kunde ska skal skulle må måste måtte vil ville vill kommer får \
         fikk fik bør burde have havde være",
    ),
    (
        Flags::ADVERB,
        "också även då nu inte ikke sedan senere siden här her där der dock imidlertid igen igjen även også allerede \
         redan idag igår dessutom desuden videre vidare til till seg sig",
    ),
    (Flags::HE, "han"),
    (Flags::SHE, "hon hun"),
    (Flags::THEY, "de det den man dom"),
    (Flags::ME, "jag vi jeg du ni i dere"),
    (Flags::WHO, "som"),
    (
        Flags::DET,
        "en ett et den det de denna dette denne dessa disse hans hennes hennar deras deres sin sitt sine sina vår vårt \
         våra vores två tre to tre fyra fire flera flere några noen nogle alla alle",
    ),
    (
        Flags::PREP,
        "av för i på till med om från vid efter under mot mellan utan genom hos enligt över innan før fra ved etter \
         mot uten gjennom over ifølge til for mellem uden af imod blant bland",
    ),
    (Flags::CONJ, "och eller men utan og eller for"),
    (
        Flags::SUB,
        "att om när eftersom medan där hur varför vad at hvis når fordi mens hvor hvordan hvorfor hva hvad da",
    ),
    (
        Flags::TITLE,
        "herr fru doktor professor president statsminister kung drottning general minister borgmästare borgmester \
         ordfører advokat dr",
    ),
    (
        Flags::ROLE,
        "talesperson talesman talskvinna talsmann talskvinne talsmand statsminister minister president direktör direktør \
         ordförande ordföranden ordfører formand formann leder ledare ledaren lederen oppositionsledaren oppositionsledare \
         partiledare borgmästaren borgmästare borgmester borgmesteren kommunalråd kommunalrådet polis polisen forsker \
         forskaren forskare forskeren professor professorn professoren advokat advokaten läkare læge lærer lärare \
         läraren tränaren tränare treneren trener spelare spiller chefen chef sjef sjefen chefredaktör redaktør \
         ministern ministeren presidenten ordføreren expert ekspert experten vittne vitne vidne mamma pappa mor far \
         granne nabo ägare eier ejer bonden bonde man kvinna mann kvinne mand kvinde",
    ),
    (
        Flags::ORG,
        "regeringen regjeringen polisen politiet kommunen riksdagen stortinget folketinget domstolen åklagaren \
         företaget selskapet selskabet banken partiet tidningen avisen nyhetsbyrån nyhetsbyrået nyhedsbureauet \
         universitetet svt nrk dr tv4 vg aftonbladet aftenposten politiken rapporten",
    ),
    (
        Flags::PLACE,
        "sverige norge danmark stockholm göteborg malmö oslo bergen trondheim københavn köpenhamn århus aarhus europa",
    ),
    (
        Flags::TIME,
        "måndag måndagen tisdag tisdagen onsdag onsdagen torsdag torsdagen fredag fredagen lördag lördagen söndag söndagen \
         mandag tirsdag lørdag søndag januari februari mars april maj mai juni juli augusti august september oktober \
         november december desember idag igår kväll kveld aften",
    ),
    (Flags::ACCORDING, "enligt ifølge"),
    (Flags::ABBR, "dr prof st bl.a t.ex f.eks"),
    (Flags::WORK, "film filmen bok boken roman låt album serie"),
];

/// Polish.
pub(crate) const POLISH: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "powiedział powiedziała powiedzieli mówi mówił mówiła mówią mówili dodał dodała dodali dodaje stwierdził \
         stwierdziła stwierdza oświadczył oświadczyła oświadcza podkreślił podkreśliła podkreśla zaznaczył zaznaczyła \
         zaznacza wyjaśnił wyjaśniła wyjaśnia tłumaczył tłumaczyła tłumaczy zapewnił zapewniła zapewnia ocenił oceniła \
         ocenia odpowiedział odpowiedziała odpowiada zapytał zapytała pytał pytała pyta napisał napisała pisze \
         poinformował poinformowała informuje przekazał przekazała przekazuje przyznał przyznała przyznaje opowiada \
         opowiadał opowiadała zauważył zauważyła zauważa przekonuje przekonywał przekonywała komentuje komentował \
         skomentował skomentowała wskazał wskazała wskazuje przypomniał przypomniała uważa uważał uważała relacjonuje \
         relacjonował krzyknął krzyknęła zawołał zawołała rzekł rzekła kontynuował kontynuowała podsumował podsumowała",
    ),
    (
        Flags::WEAK,
        "ostrzegł ostrzegła ostrzega zapowiedział zapowiedziała zapowiada zaapelował zaapelowała apeluje skrytykował \
         skrytykowała potwierdził potwierdziła potwierdza zaprzeczył zaprzeczyła nazwał nazwała określił określiła \
         obiecał obiecała zażądał zażądała zwrócił zwróciła",
    ),
    (
        Flags::AUX,
        "jest są był była było byli były będzie będą może mogą musi muszą ma mają miał miała został została",
    ),
    (
        Flags::ADVERB,
        "także też również potem później teraz już jeszcze nie tylko jednak następnie wczoraj dziś dzisiaj się ponadto",
    ),
    (Flags::HE, "on mu"),
    (Flags::SHE, "ona jej"),
    (Flags::THEY, "oni one ono"),
    (Flags::ME, "ja my ty wy"),
    (Flags::WHO, "który która którzy które"),
    (
        Flags::DET,
        "ten ta to te ci tego tej tych jego jej ich nasz nasza swój swoja jeden jedna dwa dwie trzy cztery kilka wszyscy",
    ),
    (
        Flags::PREP,
        "w we z ze na do od o po za przed pod nad przez przy dla bez u między podczas według przeciw wobec ku",
    ),
    (Flags::CONJ, "i a oraz lub albo ale lecz"),
    (
        Flags::SUB,
        "że gdy kiedy jeśli ponieważ bo aby żeby choć gdzie jak co dlaczego",
    ),
    (
        Flags::TITLE,
        "pan pani prezydent premier minister marszałek burmistrz wojewoda prezes generał dr prof profesor ksiądz biskup \
         król mecenas sędzia",
    ),
    (
        Flags::ROLE,
        "rzecznik rzeczniczka prezydent premier minister burmistrz wojewoda wójt prezes dyrektor dyrektorka szef szefowa \
         lider przewodniczący przewodnicząca sekretarz poseł posłanka senator radny radna ekspert ekspertka profesor \
         lekarz lekarka nauczyciel nauczycielka policjant sędzia prokurator adwokat świadek mieszkaniec mieszkanka \
         mieszkańcy trener piłkarz kierowca rolnik właściciel właścicielka dziennikarz matka ojciec kobieta mężczyzna",
    ),
    (
        Flags::ORG,
        "rząd ministerstwo policja prokuratura sąd sejm senat partia urząd bank firma spółka związek fundacja uniwersytet \
         agencja agencji gazeta komisja tvn polsat rmf radio",
    ),
    (
        Flags::PLACE,
        "polska polski warszawa warszawie kraków krakowie gdańsk wrocław poznań łódź europa ukraina rosja niemcy",
    ),
    (
        Flags::TIME,
        "poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę stycznia lutego marca kwietnia \
         maja czerwca lipca sierpnia września października listopada grudnia dziś wczoraj wieczorem rano",
    ),
    (Flags::ACCORDING, "według zdaniem"),
    (Flags::ABBR, "dr prof ul św im r np m.in"),
    (Flags::WORK, "film książka powieść piosenka album serial"),
];

/// Russian, with the verbs of saying of Ukrainian.
pub(crate) const RUSSIAN: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "сказал сказала сказали говорит говорят говорил говорила заявил заявила заявили заявляет отметил отметила \
         отмечает добавил добавила добавляет подчеркнул подчеркнула подчеркивает рассказал рассказала рассказывает \
         сообщил сообщила сообщили сообщает пояснил пояснила поясняет объяснил объяснила объясняет ответил ответила \
         отвечает спросил спросила написал написала пишет считает уверен уверена признался призналась напомнил \
         напомнила утверждает утверждал утверждала уточнил уточнила воскликнул воскликнула заметил заметила продолжил \
         сказав сказала каже сказали заявив додав додала зазначив зазначила підкреслив підкреслила розповів розповіла \
         повідомив повідомила пояснив пояснила відповів відповіла запитав запитала написав наголосив наголосила",
    ),
    (
        Flags::WEAK,
        "назвал назвала предупредил предупредила пообещал пообещала призвал призвала потребовал раскритиковал обвинил \
         подтвердил подтвердила опроверг назвав закликав попередив підтвердив",
    ),
    (
        Flags::AUX,
        "был была было были будет будут есть є був була буде може может могут должен",
    ),
    (
        Flags::ADVERB,
        "также тоже потом затем теперь уже еще ещё не только однако позже сегодня вчера також потім вже ще",
    ),
    (Flags::HE, "он він"),
    (Flags::SHE, "она вона"),
    (Flags::THEY, "они вони оно"),
    (Flags::ME, "я мы ты вы ми ти ви"),
    (Flags::WHO, "который которая которые який яка"),
    (
        Flags::DET,
        "этот эта это эти тот та те его ее её их наш наша свой своя один одна два две три несколько все цей ця його її",
    ),
    (
        Flags::PREP,
        "в во на с со о об из от до по за под над при для без у к ко между через перед против у з із від про",
    ),
    (Flags::CONJ, "и или но а однако і та або але"),
    (
        Flags::SUB,
        "что когда если потому чтобы хотя где как почему що коли якщо щоб",
    ),
    (
        Flags::TITLE,
        "господин госпожа президент премьер министр губернатор мэр генерал профессор доктор король",
    ),
    (
        Flags::ROLE,
        "президент премьер министр губернатор мэр директор председатель глава представитель представительница секретарь \
         депутат сенатор эксперт профессор врач учитель учительница полицейский судья прокурор адвокат свидетель житель \
         жительница тренер водитель фермер владелец журналист мать отец женщина мужчина мер міністр голова речник",
    ),
    (
        Flags::ORG,
        "правительство министерство полиция прокуратура суд дума парламент партия банк компания агентство агентству \
         агентства газета комиссия университет кремль уряд міністерство",
    ),
    (
        Flags::PLACE,
        "россия россии москва москве киев киеве украина украине европа санкт-петербург",
    ),
    (
        Flags::TIME,
        "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье января февраля марта апреля \
         мая июня июля августа сентября октября ноября декабря сегодня вчера",
    ),
    (Flags::ACCORDING, "согласно словам"),
    (Flags::ABBR, "г ул им т.е т.д"),
    (Flags::WORK, "фильм книга роман песня альбом сериал"),
];
