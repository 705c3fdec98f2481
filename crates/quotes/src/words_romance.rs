//! French, Spanish, Italian and Portuguese word classes.

use super::word_classes::Flags;

/// French.
pub(crate) const FRENCH: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "dit disent déclaré déclare déclarait affirmé affirme affirmait ajouté ajoute ajoutait expliqué explique \
         expliquait précisé précise souligné souligne estimé estime assuré assure répondu répond lancé lance écrit \
         écrivait indiqué indique confié confie martelé martèle rappelé rappelle insisté insiste poursuivi poursuit \
         conclu conclut commenté commente annoncé annonce tweeté noté note reconnu reconnaît raconté raconte plaidé \
         plaide prévenu prévient résumé résume s'exclame s'insurge demande demandé ironise ironisé confirmé confirme",
    ),
    (
        Flags::WEAK,
        "qualifié qualifie dénoncé dénonce appelé appelle évoqué évoque accusé accuse regretté regrette jugé juge critiqué critique promis promet averti avertit salué salue condamné condamne parlé parle",
    ),
    (
        Flags::SAY.with(Flags::PARTICIPLE),
        "déclarant ajoutant affirmant expliquant estimant précisant soulignant disant assurant",
    ),
    (
        Flags::AUX,
        "a ont avait avaient est sont était étaient sera seront serait aurait peut doit",
    ),
    (
        Flags::ADVERB,
        "aussi encore également ensuite toutefois cependant hier notamment déjà toujours ainsi pas plus alors enfin",
    ),
    (Flags::HE, "il t-il il"),
    (Flags::SHE, "elle t-elle"),
    (Flags::THEY, "ils elles on"),
    (Flags::ME, "je nous j'ai"),
    (Flags::WHO, "qui"),
    (
        Flags::DET,
        "le la les l un une des ce cette ces son sa ses leur leurs notre deux trois plusieurs",
    ),
    (
        Flags::PREP,
        "de du d à au aux en dans pour par sur avec chez sous contre entre vers après avant depuis pendant lors",
    ),
    (Flags::CONJ, "et mais ou car donc"),
    (Flags::SUB, "que qu si quand lorsque parce comme dont où"),
    (
        Flags::TITLE,
        "m mme mlle président présidente ministre premier maire sénateur sénatrice député députée général juge docteur dr professeur roi reine pape",
    ),
    (
        Flags::ROLE,
        "porte-parole ministre président présidente directeur directrice chef cheffe maire député députée sénateur sénatrice avocat avocate responsable responsables expert experte experts conseiller conseillère secrétaire patron patronne économiste chercheur chercheuse journaliste témoin témoins militant candidat candidate procureur juge ambassadeur policier diplomate entraîneur joueur élu élue",
    ),
    (
        Flags::ORG,
        "gouvernement ministère élysée parlement assemblée sénat police parquet commission agence journal monde figaro libération afp reuters parti syndicat entreprise groupe association université institut onu otan ue communiqué rapport",
    ),
    (
        Flags::PLACE,
        "france paris lyon marseille europe russie moscou ukraine allemagne berlin états-unis washington chine pékin londres royaume-uni espagne italie rome bruxelles",
    ),
    (
        Flags::TIME,
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre aujourd'hui hier demain matin soir",
    ),
    (Flags::ACCORDING, "selon d'après"),
    (Flags::ABBR, "m mm dr st"),
    (Flags::WORK, "film livre roman chanson album série pièce"),
];

/// Spanish.
pub(crate) const SPANISH: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "dijo dice dijeron dicen dicho afirmó afirma afirmaron afirmado aseguró asegura aseguraron asegurado declaró \
         declara declaró declarado señaló señala señalaron señalado explicó explica explicaron explicado añadió añade \
         agregó agrega apuntó apunta indicó indica manifestó manifiesta sostuvo sostiene comentó comenta respondió \
         responde expresó expresa escribió escribe subrayó subraya destacó destaca recordó recuerda insistió insiste \
         concluyó concluye reiteró reitera admitió admite reconoció reconoce aclaró aclara precisó precisa preguntó \
         exclamó contó cuenta relató advirtió advierte anunció anuncia confirmó confirma argumentó lamentó lamenta tuiteó",
    ),
    (
        Flags::WEAK,
        "calificó califica llamó llama denunció denuncia acusó acusa criticó critica pidió pide exigió exige prometió promete describió describe consideró considera rechazó rechaza opinó opina habló propuso defendió",
    ),
    (
        Flags::SAY.with(Flags::PARTICIPLE),
        "diciendo añadiendo afirmando agregando asegurando señalando",
    ),
    (
        Flags::AUX,
        "ha han había habían es son era eran fue fueron está están será sería puede debe",
    ),
    (
        Flags::ADVERB,
        "también además luego después todavía ya no más así ayer hoy entonces",
    ),
    (Flags::HE, "él"),
    (Flags::SHE, "ella"),
    (Flags::THEY, "ellos ellas"),
    (Flags::ME, "yo nosotros"),
    (Flags::WHO, "quien quienes"),
    (
        Flags::DET,
        "el la los las un una unos unas este esta estos estas su sus nuestro nuestra ese esa dos tres varios",
    ),
    (
        Flags::PREP,
        "de del a al en por para con sin sobre entre desde hasta contra tras durante ante bajo hacia",
    ),
    (Flags::CONJ, "y e pero o sino"),
    (
        Flags::SUB,
        "que si cuando porque como aunque donde mientras",
    ),
    (
        Flags::TITLE,
        "señor señora sr sra don doña presidente presidenta ministro ministra alcalde alcaldesa senador senadora diputado diputada gobernador gobernadora general juez doctor doctora dr dra rey reina papa",
    ),
    (
        Flags::ROLE,
        "portavoz vocero vocera ministro ministra presidente presidenta director directora jefe jefa líder alcalde alcaldesa diputado diputada senador senadora abogado abogada funcionario funcionaria experto experta expertos asesor asesora secretario secretaria economista investigador investigadora periodista testigo testigos candidato candidata fiscal juez embajador policía entrenador jugador gobernador gobernadora analista",
    ),
    (
        Flags::ORG,
        "gobierno ministerio parlamento congreso senado policía fiscalía comisión agencia diario periódico país mundo efe reuters afp partido sindicato empresa grupo asociación universidad instituto onu otan ue comunicado informe moncloa",
    ),
    (
        Flags::PLACE,
        "españa madrid barcelona méxico argentina chile colombia venezuela perú cuba europa rusia moscú ucrania alemania estados unidos washington china francia parís londres italia roma bruselas",
    ),
    (
        Flags::TIME,
        "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre hoy ayer mañana",
    ),
    (Flags::ACCORDING, "según"),
    (Flags::ABBR, "sr sra dr dra ee uu st"),
    (
        Flags::WORK,
        "película libro novela canción álbum serie obra",
    ),
];

/// Italian.
pub(crate) const ITALIAN: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "detto dice dicono disse ha-detto dichiarato dichiara affermato afferma aggiunto aggiunge spiegato spiega \
         sottolineato sottolinea osservato osserva commentato commenta scritto scrive risposto risponde ricordato \
         ricorda ribadito ribadisce precisato precisa concluso conclude annunciato annuncia sostenuto sostiene \
         assicurato assicura raccontato racconta ammesso ammette insistito insiste avvertito avverte confermato conferma \
         chiesto chiede esclamato proseguito prosegue twittato riferito riferisce",
    ),
    (
        Flags::WEAK,
        "definito definisce chiamato chiama denunciato denuncia accusato accusa criticato critica promesso promette descritto descrive parlato parla attaccato attacca invitato ritiene",
    ),
    (
        Flags::SAY.with(Flags::PARTICIPLE),
        "dicendo aggiungendo affermando spiegando sottolineando",
    ),
    (
        Flags::AUX,
        "ha hanno aveva avevano è sono era erano sarà sarebbe può deve",
    ),
    (
        Flags::ADVERB,
        "anche ancora poi inoltre già non più così ieri oggi infine",
    ),
    (Flags::HE, "lui egli"),
    (Flags::SHE, "lei ella"),
    (Flags::THEY, "loro essi"),
    (Flags::ME, "io noi"),
    (Flags::WHO, "chi"),
    (
        Flags::DET,
        "il lo la i gli le l un uno una questo questa questi suo sua suoi loro due tre alcuni",
    ),
    (
        Flags::PREP,
        "di del dello della dei degli delle dell d a al alla ai all in nel nella nell sull dall per con da dal dalla su sul tra fra contro dopo prima durante",
    ),
    (Flags::CONJ, "e ed ma o però"),
    (Flags::SUB, "che se quando perché come mentre dove"),
    (
        Flags::TITLE,
        "signor signora presidente ministro ministra sindaco sindaca senatore senatrice deputato deputata premier generale giudice dottor dottoressa professor professoressa papa re regina onorevole",
    ),
    (
        Flags::ROLE,
        "portavoce ministro ministra presidente direttore direttrice capo leader sindaco sindaca deputato deputata senatore senatrice avvocato funzionario esperto esperta consigliere segretario segretaria economista ricercatore giornalista testimone candidato candidata procuratore giudice ambasciatore allenatore giocatore governatore",
    ),
    (
        Flags::ORG,
        "governo ministero parlamento camera senato polizia procura commissione agenzia giornale corriere repubblica ansa reuters partito sindacato azienda gruppo associazione università istituto onu nato ue comunicato rapporto quirinale",
    ),
    (
        Flags::PLACE,
        "italia roma milano napoli torino europa russia mosca ucraina germania berlino stati uniti washington cina francia parigi londra spagna bruxelles",
    ),
    (
        Flags::TIME,
        "lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre oggi ieri domani",
    ),
    (Flags::ACCORDING, "secondo"),
    (Flags::ABBR, "dott prof sig on st"),
    (Flags::WORK, "film libro romanzo canzone album serie opera"),
];

/// Portuguese.
pub(crate) const PORTUGUESE: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "disse diz disseram dizem dito afirmou afirma afirmaram afirmado declarou declara acrescentou acrescenta \
         explicou explica explicaram destacou destaca ressaltou ressalta comentou comenta escreveu escreve respondeu \
         responde lembrou lembra contou conta concluiu conclui completou completa reiterou reitera admitiu admite \
         reconheceu reconhece garantiu garante avaliou avalia argumentou argumenta informou informa apontou aponta \
         perguntou exclamou relatou alertou alerta anunciou anuncia confirmou confirma lamentou lamenta sublinhou \
         frisou salientou referiu indicou tuitou observou",
    ),
    (
        Flags::WEAK,
        "chamou chama classificou classifica denunciou denuncia acusou acusa criticou critica pediu pede exigiu prometeu promete descreveu descreve considerou considera rejeitou falou propôs defendeu",
    ),
    (
        Flags::SAY.with(Flags::PARTICIPLE),
        "dizendo acrescentando afirmando explicando garantindo",
    ),
    (
        Flags::AUX,
        "tem têm tinha havia é são era eram foi foram está estão será seria pode deve",
    ),
    (
        Flags::ADVERB,
        "também ainda depois além já não mais assim ontem hoje então",
    ),
    (Flags::HE, "ele"),
    (Flags::SHE, "ela"),
    (Flags::THEY, "eles elas"),
    (Flags::ME, "eu nós"),
    (Flags::WHO, "quem"),
    (
        Flags::DET,
        "o a os as um uma uns umas este esta esse essa seu sua seus suas nosso nossa dois três vários",
    ),
    (
        Flags::PREP,
        "de do da dos das em no na nos nas por pelo pela para com sem sobre entre desde até contra após durante ao à aos",
    ),
    (Flags::CONJ, "e mas ou porém"),
    (Flags::SUB, "que se quando porque como embora onde enquanto"),
    (
        Flags::TITLE,
        "senhor senhora sr sra presidente presidenta ministro ministra prefeito prefeita senador senadora deputado deputada governador governadora general juiz juíza doutor doutora dr dra rei rainha papa",
    ),
    (
        Flags::ROLE,
        "porta-voz ministro ministra presidente presidenta diretor diretora chefe líder prefeito prefeita deputado deputada senador senadora advogado advogada funcionário especialista especialistas assessor assessora secretário secretária economista pesquisador pesquisadora jornalista testemunha candidato candidata procurador juiz embaixador policial treinador jogador governador governadora analista",
    ),
    (
        Flags::ORG,
        "governo ministério parlamento congresso senado câmara polícia comissão agência jornal folha globo estadão lusa reuters partido sindicato empresa grupo associação universidade instituto onu otan ue comunicado nota relatório planalto",
    ),
    (
        Flags::PLACE,
        "brasil brasília paulo rio portugal lisboa europa rússia moscou ucrânia alemanha estados unidos washington china frança paris londres espanha itália bruxelas",
    ),
    (
        Flags::TIME,
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro hoje ontem amanhã",
    ),
    (Flags::ACCORDING, "segundo conforme"),
    (Flags::ABBR, "sr sra dr dra st"),
    (
        Flags::WORK,
        "filme livro romance canção música álbum série obra",
    ),
];
