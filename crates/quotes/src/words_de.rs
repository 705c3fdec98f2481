//! German word classes.

use super::word_classes::Flags;

/// Lists by class; a word may stand in several.
pub(crate) const WORDS: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "sagte sagten sagt sagen gesagt erklärte erklärten erklärt meinte meinten meint meinen betonte betonen betonten betont \
         äußerte äußerten äußert fügte fügten fügt ergänzte ergänzten ergänzt schrieb schrieben schreibt berichtete \
         berichteten berichtet teilte teilten teilt mitgeteilt antwortete antworteten antwortet erwiderte entgegnete \
         behauptete behaupteten behauptet kommentierte kommentierten kommentiert rief riefen ruft fragte fragten fragt \
         bemerkte bemerkten bemerkt unterstrich unterstreicht versicherte versicherten versichert twitterte erzählte \
         erzählt verkündete verkündeten verkündet zitierte zitiert zitieren so hervor bekräftigte bekräftigt gekennzeichnet skandierten skandierte bekannt gab gaben gibt beteuerte \
         konstatierte resümierte mahnte mahnt klagte argumentierte argumentiert führte wörtlich formulierte sprach \
         sprachen spricht stellte stellten stellt heißt hieß steht stand bezeichnete bezeichneten bezeichnet nannte nannten nennt",
    ),
    (
        Flags::WEAK,
        "warnte warnten warnt kritisierte kritisierten kritisiert forderte forderten fordert gefordert lobte lobt \
         kündigte kündigten kündigt bestätigte bestätigten bestätigt bestritt bestreitet dementierte dementiert wies \
         weist wiesen lehnte lehnt räumte räumt gestand gesteht begründete begründet begründeten erinnerte erinnert \
         verurteilte verurteilten verurteilt begrüßte begrüßt würdigte beschrieb beschreibt beschrieben schilderte \
         schildert beklagte beklagt bedauerte bedauert befürchtete befürchtet fürchtet glaubt glaubte hofft hoffte \
         vermutet vermutete rechnet plädierte appellierte drohte droht versprach verspricht schlug schlägt bewertete \
         bewertet beschuldigte warf wirft vorwarf sah sieht hielt hält zeigte zeigten zeigt reagierte reagiert \
         schätzte schätzt urteilte urteilt titelte titelt verlangte verlangt erkannte meldete meldet meldeten wertete \
         ging geht sorgte machte macht ließ lässt trat kam wandte schloss schließt spottete lautet lautete verwies \
         verweist gehört informierte deutete charakterisierte wiederholte veröffentlichte legte äußern forderten \
         rechtfertigte verteidigte verteidigt bat bittet dankte gratulierte hatte-gesagt sprach-von redete",
    ),
    (Flags::SAY.with(Flags::PARTICIPLE), "hinzu hinzufügend"),
    (
        Flags::AUX,
        "hat haben hatte hatten ist sind war waren wird werden wurde wurden worden kann können konnte konnten soll \
         sollen sollte sollten muss müssen musste will wollen wollte wollten darf dürfen durfte mag möchte möchten",
    ),
    (
        Flags::REPORTED,
        "sei seien habe hätte hätten werde würde würden könne könnten müsse müssten dürfe dürften solle wolle gebe gäbe \
         bleibe stehe gehe komme mache wäre wären drohe liege bestehe handele handle brauche führe bedeute",
    ),
    (
        Flags::ADVERB,
        "auch dann noch wieder nur nicht schon jedoch aber später zudem außerdem weiter weiterhin dabei dazu daraufhin \
         heute gestern inzwischen bereits allerdings dagegen hingegen nun jetzt sich ferner deshalb daher damit darauf \
         hier dort etwa sogar selbst wohl immer nie erneut öffentlich unterdessen schließlich ebenfalls gegenüber \
         zuvor danach vorher kürzlich offenbar hierzu darüber deutlich klar wörtlich unter anderem ihn ihm ihnen dies",
    ),
    (Flags::HE, "er"),
    (Flags::SHE, "sie"),
    (Flags::THEY, "es man"),
    (Flags::ME, "ich wir"),
    (Flags::WHO, "welcher welche"),
    (
        Flags::DET,
        "der die das den dem des ein eine einer einem einen eines dieser diese dieses diesem diesen sein seine seiner \
         seinem seinen ihr ihre ihrer ihrem ihren kein keine unser unsere zwei drei vier mehrere viele einige alle \
         jener jene beide",
    ),
    (
        Flags::PREP,
        "von vom für in im am an auf aus bei beim mit nach zu zum zur über unter vor durch gegen ohne um während wegen \
         seit zwischen bis als innerhalb außerhalb angesichts trotz neben hinter ab ins ans",
    ),
    (Flags::CONJ, "und oder aber sondern doch denn sowie"),
    (
        Flags::SUB,
        "dass daß weil wenn ob als obwohl damit indem wie wo was wer warum nachdem bevor während falls sodass",
    ),
    (
        Flags::TITLE,
        "herr herrn frau dr prof professor professorin präsident präsidentin kanzler kanzlerin minister ministerin \
         general oberst hauptmann major leutnant admiral papst kardinal bischof könig königin prinz fürst graf senator \
         senatorin bürgermeister bürgermeisterin richter richterin staatsanwalt trainer pater pfarrer ex-präsident \
         premier premierminister premierministerin direktor direktorin kommissar kommissarin",
    ),
    (
        Flags::ROLE,
        "sprecher sprecherin chef chefin leiter leiterin vorsitzender vorsitzende vorsitzenden experte experten expertin \
         politiker politikerin abgeordneter abgeordnete abgeordneten anwalt anwälte anwältin rechtsanwalt minister \
         ministerin präsident präsidentin kanzler kanzlerin richter richterin generalsekretär generalsekretärin sekretär \
         direktor direktorin beamter beamte beamten forscher forscherin wissenschaftler wissenschaftlerin autor autorin \
         journalist journalistin journalisten zeuge zeugen augenzeuge augenzeugen anwohner opfer vater mutter bruder \
         schwester sohn tochter freund freundin frau mann männer frauen polizist polizisten soldat soldaten arzt ärzte \
         ärztin student studenten schüler lehrer lehrerin trainer spieler torwart kapitän kläger angeklagter angeklagte \
         angeklagten täter verteidiger demonstranten anhänger kritiker gegner befürworter beobachter analyst analysten \
         analystin geschäftsführer geschäftsführerin unternehmer manager gründer mitglied mitglieder vertreter \
         vertreterin kandidat kandidatin insider regisseur schauspieler schauspielerin sänger sängerin sieger siegerin \
         bürgermeister bürgermeisterin botschafter botschafterin gouverneur senator vizepräsident ökonom papst könig \
         fraktionschef parteichef regierungschef staatschef pilot kommandeur fahrer veranstalter betreiber innenminister \
         außenminister 20-jährige",
    ),
    (
        Flags::ORG,
        "ministerium regierung bundesregierung polizei staatsanwaltschaft behörde behörden gericht bundesgerichtshof \
         bundestag bundesrat parlament senat partei fraktion verband gewerkschaft unternehmen konzern firma bank \
         organisation kommission eu-kommission agentur nachrichtenagentur zeitung magazin spiegel stern focus bild welt \
         süddeutsche frankfurter allgemeine rundschau tagesspiegel taz zeit ard zdf dpa ap afp reuters cnn bbc ntv \
         universität institut verein stiftung kirche armee militär feuerwehr uno un eu nato usa spd cdu csu fdp grüne \
         grünen linke linken linkspartei afd npd pds wwf greenpeace amnesty medien presse mitteilung pressemitteilung \
         erklärung bericht studie urteil begründung quellen internetseite website amt auswärtiges team mannschaft club \
         klub gruppe rat times post journal guardian",
    ),
    (
        Flags::PLACE,
        "deutschland berlin hamburg münchen köln frankfurt stuttgart düsseldorf dortmund essen leipzig bremen dresden \
         hannover nürnberg bayern sachsen hessen thüringen brandenburg saarland niedersachsen europa usa amerika \
         washington new york london paris rom madrid moskau russland ukraine polen österreich wien schweiz zürich \
         frankreich italien spanien portugal griechenland türkei ankara istanbul china peking japan tokio indien \
         pakistan afghanistan irak bagdad iran teheran syrien israel jerusalem ägypten kairo libyen afrika kenia \
         somalia sudan nigeria südafrika brasilien argentinien venezuela kolumbien mexiko kanada kuba australien \
         großbritannien england schottland irland belgien brüssel niederlande dänemark schweden norwegen finnland \
         ungarn budapest tschechien prag serbien kosovo kroatien bosnien rumänien bulgarien georgien nordkorea \
         südkorea korea taiwan tibet thailand indonesien guam bundesrepublik staaten vereinigten",
    ),
    (
        Flags::TIME,
        "montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend januar februar märz april mai juni juli \
         august september oktober november dezember heute gestern morgen abend nachmittag mittag vormittag nacht woche \
         wochenende tag tage jahr jahre jahren monat uhr montagabend",
    ),
    (
        Flags::ACCORDING,
        "laut zufolge gemäß angaben ansicht meinung einschätzung auffassung aussage aussagen worten",
    ),
    (
        Flags::ABBR,
        "dr prof nr str bzw ca etc vgl z.b d.h u.a usw geb st mio mrd jan feb aug sept okt nov dez abs art",
    ),
    (
        Flags::WORK,
        "film buch roman song lied album serie theaterstück oper gemälde gedicht titel single musical",
    ),
    (
        Flags::ADJECTIVE,
        "deutsche deutscher deutschen russische russischer amerikanische amerikanischer us-amerikanische britische \
         britischer französische französischer italienische chinesische ehemalige ehemaliger bisherige neue neuer",
    ),
];

/// Word endings that tell a class.
pub(crate) const SUFFIXES: &[(&str, Flags)] = &[
    ("sprecher", Flags::ROLE),
    ("sprecherin", Flags::ROLE),
    ("minister", Flags::ROLE),
    ("ministerin", Flags::ROLE),
    ("präsident", Flags::ROLE),
    ("präsidentin", Flags::ROLE),
    ("präsidenten", Flags::ROLE),
    ("kanzler", Flags::ROLE),
    ("kanzlerin", Flags::ROLE),
    ("chef", Flags::ROLE),
    ("chefin", Flags::ROLE),
    ("vorsitzende", Flags::ROLE),
    ("vorsitzender", Flags::ROLE),
    ("vorsitzenden", Flags::ROLE),
    ("vorstand", Flags::ROLE),
    ("leiter", Flags::ROLE),
    ("leiterin", Flags::ROLE),
    ("direktor", Flags::ROLE),
    ("direktorin", Flags::ROLE),
    ("sekretär", Flags::ROLE),
    ("sekretärin", Flags::ROLE),
    ("anwalt", Flags::ROLE),
    ("anwältin", Flags::ROLE),
    ("richter", Flags::ROLE),
    ("experte", Flags::ROLE),
    ("expertin", Flags::ROLE),
    ("politiker", Flags::ROLE),
    ("politikerin", Flags::ROLE),
    ("meister", Flags::ROLE),
    ("meisterin", Flags::ROLE),
    ("führer", Flags::ROLE),
    ("trainer", Flags::ROLE),
    ("manager", Flags::ROLE),
    ("beauftragte", Flags::ROLE),
    ("beauftragter", Flags::ROLE),
    ("vertreter", Flags::ROLE),
    ("vertreterin", Flags::ROLE),
    ("forscher", Flags::ROLE),
    ("forscherin", Flags::ROLE),
    ("wissenschaftler", Flags::ROLE),
    ("kommissar", Flags::ROLE),
    ("kommissarin", Flags::ROLE),
    ("botschafter", Flags::ROLE),
    ("gouverneur", Flags::ROLE),
    ("senator", Flags::ROLE),
    ("kandidat", Flags::ROLE),
    ("kandidatin", Flags::ROLE),
    ("journalist", Flags::ROLE),
    ("obmann", Flags::ROLE),
    ("funktionär", Flags::ROLE),
    ("beamter", Flags::ROLE),
    ("ärztin", Flags::ROLE),
    ("mitglied", Flags::ROLE),
    ("professor", Flags::ROLE),
    ("ministerium", Flags::ORG),
    ("regierung", Flags::ORG),
    ("gericht", Flags::ORG),
    ("verband", Flags::ORG),
    ("behörde", Flags::ORG),
    ("agentur", Flags::ORG),
    ("zeitung", Flags::ORG),
    ("partei", Flags::ORG),
    ("amt", Flags::ORG),
];
