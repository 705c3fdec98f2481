//! Table-driven cases with invented people, and properties over random rows of marks.

use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use wirecopy_text::{ByteSpan, DocId};

use super::{Quote, QuoteForm, QuoteIn, detect, group};
use wirecopy_text::Language;

fn inner<'t>(text: &'t str, quotes: &[Quote]) -> Vec<&'t str> {
    quotes.iter().map(|q| q.span.of(text)).collect()
}

/// The speakers of the quotations, `-` for none, with ` < relay` where there is one.
fn speakers(text: &str, language: Language) -> Vec<String> {
    let tell = |q: &Quote| {
        let speaker = q.speaker.clone().unwrap_or_else(|| "-".to_owned());
        q.relayed_by
            .as_ref()
            .map_or(speaker.clone(), |relay| format!("{speaker} < {relay}"))
    };
    detect(text, language, &[]).iter().map(tell).collect()
}

#[test]
fn marks_of_every_convention() {
    let cases: &[(&str, &[&str])] = &[
        ("“It rained,” she said.", &["It rained,"]),
        (
            "\"It rained,\" she said. \"A lot.\"",
            &["It rained,", "A lot."],
        ),
        ("«Es regnete», sagte sie.", &["Es regnete"]),
        ("»Es regnete«, sagte sie.", &["Es regnete"]),
        ("„Es regnete“, sagte sie. „Sehr.“", &["Es regnete", "Sehr."]),
        ("‚Es regnete heute‘, sagte sie.", &["Es regnete heute"]),
        ("‘It rained all day,’ she said.", &["It rained all day,"]),
        (
            "She said 'it rained all day' there.",
            &["it rained all day"],
        ),
        ("彼女は「雨が降った」と言った。", &["雨が降った"]),
        (
            "“He said ‘no more’ to us,” she said.",
            &["He said ‘no more’ to us,", "no more"],
        ),
        (
            "The mayors’ office and Ann's dog weren’t there in the ’90s.",
            &[],
        ),
        (
            "‘The workers’ rights matter,’ she said.",
            &["The workers’ rights matter,"],
        ),
        ("A 5\" pipe and a 6\" pipe.", &[]),
        ("[player id=”true”]", &[]),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            inner(text, &detect(text, Language::English, &[])),
            *wanted,
            "{text}"
        );
    }
}

#[test]
fn a_second_opener_may_be_a_damaged_closer() {
    let text = "“We will not wait, “he added. “Not again. “\n\nThen “The end” came.";
    let found = detect(text, Language::English, &[]);
    assert_eq!(
        inner(text, &found),
        ["We will not wait, ", "Not again. ", "The end"]
    );
}

#[test]
fn quotations_go_on_over_paragraphs_and_odd_marks_stop_nothing() {
    let text = "“One road is closed, Nora Quill said.\n\nAnd so on.\n\n“The first part of it.\n\n“The second part,” she said. “Done.”";
    let found = detect(text, Language::English, &[]);
    let words = inner(text, &found);
    assert_eq!(
        &words[words.len() - 3..],
        ["The first part of it.", "The second part,", "Done."]
    );
}

#[test]
fn paragraphs_of_one_quotation_that_were_joined_are_quotations() {
    let text = "The Bell writes: “The pier is sound. Nobody has shown a crack… “It is time to open it.” Others wait. \
                The sign “No entry was new, she said, and “Closed” was older.";
    let found = detect(text, Language::English, &[]);
    let expected = [
        "The pier is sound. Nobody has shown a crack…",
        "It is time to open it.",
        "Closed",
    ];
    assert_eq!(inner(text, &found), expected);
}

#[test]
fn skipped_spans_hold_no_quotations_and_cut_open_ones() {
    let text = "“Open here MENU “Sub” more” and “fine words here” too.";
    let at = text.find("MENU").expect("the text has it");
    let skip = [ByteSpan::new(
        at,
        text.find(" and").expect("the text has it"),
    )];
    assert_eq!(
        inner(text, &detect(text, Language::English, &skip)),
        ["fine words here"]
    );
}

#[test]
fn english_speakers() {
    let cases: &[(&str, &[&str])] = &[
        ("“We agree on it,” Nora Quill said.", &["Nora Quill"]),
        (
            "“We agree on it,” said Nora Quill, the mayor of Osterby.",
            &["Nora Quill"],
        ),
        (
            "“We agree on it,” Nora Quill, adviser to Paul Brandt, told reporters.",
            &["Nora Quill"],
        ),
        (
            "Nora Quill, who runs the port, said it was “a dead end for us”.",
            &["Nora Quill"],
        ),
        (
            "The plan was “a dead end for us,” according to Nora Quill.",
            &["Nora Quill"],
        ),
        ("“We agree on it.” — Nora Quill", &["Nora Quill"]),
        (
            "“We agree on it,” said the port's chief engineer Nora Quill, who was there.",
            &["Nora Quill"],
        ),
        (
            "Nora Quill spoke first. “We agree on it,” she said. “We always did so.”",
            &["Nora Quill", "Nora Quill"],
        ),
        (
            "Paul Brandt and Nora Quill met. Quill said: “We agree on it.”",
            &["Nora Quill"],
        ),
        (
            "Nora Quill said the pact was “a gift to all”.\n\n“We would sign it today if we could.”",
            &["Nora Quill", "Nora Quill"],
        ),
        (
            "“We agree on it,” a senior American official told reporters.",
            &["unnamed US official"],
        ),
        (
            "“We agree on it,” a senior White House official said. “We do,” the official added.",
            &[
                "unnamed White House official",
                "unnamed White House official",
            ],
        ),
        (
            "It was described as “serious and very substantive” by noon.",
            &["-"],
        ),
        (
            "Mr. Brandt wrote that “it is over now”. Ms. Quill disagreed. “It is not over,” she said.",
            &["Brandt", "Quill"],
        ),
        (
            "Paul Brandt warned that any move would lead to “a complete stop of trade”, Nora Quill told reporters.",
            &["Paul Brandt < Nora Quill"],
        ),
        (
            "Nora Quill said that Paul Brandt had observed that “it cannot be won”.",
            &["Paul Brandt < Nora Quill"],
        ),
        (
            "The Osterby Council said it was “very sorry for that”.",
            &["Osterby Council"],
        ),
    ];
    for (text, wanted) in cases {
        assert_eq!(speakers(text, Language::English), *wanted, "{text}");
    }
}

#[test]
fn speakers_in_five_other_languages() {
    let cases: &[(Language, &str, &str)] = &[
        (
            Language::German,
            "„Das geht so nicht weiter“, sagte Petra Lindholm am Montag in Osterby.",
            "Petra Lindholm",
        ),
        (
            Language::German,
            "Am Montag sagte Petra Lindholm: „Das geht so nicht weiter.“",
            "Petra Lindholm",
        ),
        (
            Language::German,
            "„Das geht so nicht weiter“, so die Ministerin Petra Lindholm.",
            "Petra Lindholm",
        ),
        (
            Language::German,
            "„Das geht so nicht“, hatte Petra Lindholm in einem Interview erklärt.",
            "Petra Lindholm",
        ),
        (
            Language::German,
            "Laut Petra Lindholm ist es „ein großer Fehler gewesen“.",
            "Petra Lindholm",
        ),
        (
            Language::French,
            "« Nous sommes prêts », a déclaré Claire Montval.",
            "Claire Montval",
        ),
        (
            Language::Spanish,
            "«Estamos listos para ello», dijo Lucía Barrantes.",
            "Lucía Barrantes",
        ),
        (
            Language::Italian,
            "«Siamo pronti a tutto», ha detto Giulia Ferrantes.",
            "Giulia Ferrantes",
        ),
        (
            Language::Portuguese,
            "“Estamos prontos para isso”, disse Mariana Coutolho.",
            "Mariana Coutolho",
        ),
    ];
    for (language, text, wanted) in cases {
        assert_eq!(speakers(text, *language), [*wanted], "{text}");
    }
}

#[test]
fn the_longest_mention_names_the_cluster_over_transliterations() {
    let text = "Yury V. Petrenkov was there.\n\n“We agree on it,” Yuri Petrenkov said. “We do,” Petrenkov added.";
    assert_eq!(
        speakers(text, Language::English),
        ["Yury V. Petrenkov", "Yury V. Petrenkov"]
    );
}

#[test]
fn one_who_is_only_relayed_is_relayed_throughout() {
    let text = "Paul Brandt warns of a “complete stop”.\n\nThe talks lasted long. Nora Quill said Brandt warned of it.";
    assert_eq!(
        speakers(text, Language::English),
        ["Paul Brandt < Nora Quill"]
    );
}

#[test]
fn mentions_and_cues_are_the_words_beside_the_quotation() {
    let text = "Nora Quill came. “We agree on it,” she quietly said.";
    let found = detect(text, Language::English, &[]);
    assert_eq!(found[0].mention.map(|m| m.of(text)), Some("she"));
    assert_eq!(found[0].cue.map(|c| c.of(text)), Some("said"));
}

#[test]
fn forms() {
    let cases = [
        (
            "He read the novel “The Long Winter of Osterby” on the train.",
            QuoteForm::Title,
        ),
        (
            "The so-called “expert” was late again today.",
            QuoteForm::Scare,
        ),
        ("Nora Quill called it an “expert” view.", QuoteForm::Speech),
        (
            "“The Long Winter Is Over,” Nora Quill said.",
            QuoteForm::Speech,
        ),
    ];
    for (text, form) in cases {
        assert_eq!(detect(text, Language::English, &[])[0].form, form, "{text}");
    }
}

fn input<'t>(doc: usize, text: &'t str, speaker: Option<&'t str>) -> QuoteIn<'t> {
    QuoteIn {
        doc: DocId::new(doc),
        text,
        speaker,
        relayed_by: None,
        form: QuoteForm::Speech,
    }
}

#[test]
fn variants_of_one_utterance_are_one_group() {
    let quotes = [
        input(
            0,
            "The bridge will be a colossal mistake for the whole valley,",
            Some("Nora Quill"),
        ),
        input(1, "a colossal mistake", Some("N. Quill")),
        input(
            1,
            "Nobody asked the fishermen about their harbour.",
            Some("Paul Brandt"),
        ),
        input(
            2,
            "The bridge would be a colossal mistake, they say, for all of the valley",
            Some("Quill"),
        ),
        input(3, "a colossal mistake", Some("Ada Fenwick")),
        input(3, "nobody asked the fishermen about their harbour", None),
    ];
    let groups = group(&quotes);
    let members: Vec<_> = groups
        .iter()
        .map(|g| (g.members.clone(), g.altered))
        .collect();
    assert_eq!(members, [(vec![0, 1, 3], true), (vec![2, 5], false)]);
    assert_eq!(groups[1].speaker.as_deref(), Some("Paul Brandt"));
}

#[test]
fn single_words_are_no_utterance_to_know_again() {
    let quotes = [
        input(0, "No", Some("Nora Quill")),
        input(1, "no", Some("Nora Quill")),
        input(1, "Delighted.", Some("Nora Quill")),
        input(2, "delighted", Some("Nora Quill")),
        input(3, "It is.", Some("Nora Quill")),
        input(4, "It is", Some("Nora Quill")),
        input(5, "colossal mistake", Some("Nora Quill")),
        input(6, "colossal mistake", Some("Nora Quill")),
    ];
    let groups = group(&quotes);
    assert_eq!(groups.len(), 1, "{groups:?}");
    assert_eq!(groups[0].members, [6, 7]);
}

#[test]
fn a_fragment_does_not_tie_two_utterances_together() {
    let quotes = [
        input(
            0,
            "The harbour must stay open whatever the council of Osterby decides about tolls, dredging or ferries this winter",
            Some("Nora Quill"),
        ),
        input(1, "the harbour must stay open", Some("Nora Quill")),
        input(
            2,
            "Fishing quotas are the reason why, with crews landing before sunrise and buyers waiting, the harbour must stay open at night",
            Some("Nora Quill"),
        ),
    ];
    assert!(group(&quotes).iter().all(|g| g.members.len() == 2));
}

#[test]
fn strange_input_is_survived() {
    let long = "“a ".repeat(20_000);
    let words = "said “x y z” ".repeat(5_000);
    for text in [
        "",
        "“",
        "”",
        "\"",
        "'",
        "„“”",
        "“”",
        "«»",
        "word",
        "\u{0}\u{feff}“\u{301}”",
        &long,
        &words,
    ] {
        for language in [Language::English, Language::German, Language::Other] {
            check(text, &detect(text, language, &[]));
        }
    }
}

fn check(text: &str, quotes: &[Quote]) {
    let mut last = 0;
    for q in quotes {
        assert!(
            q.outer.start >= last && q.outer.contains(q.span) && q.outer.end as usize <= text.len()
        );
        last = q.outer.start;
        for span in [Some(q.span), Some(q.outer), q.mention, q.cue]
            .into_iter()
            .flatten()
        {
            assert!(
                text.get(span.range()).is_some(),
                "{span:?} lies on character boundaries"
            );
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "“", "”", "„", "\"", "'", "‘", "’", "‚", "«", "»", "‹", "›", "「", "」", "''", "’’", ",",
        ".", "?", ":", " ", "\n", "\n\n", "—", "(", ")",
    ]);
    let words = prop::sample::select(vec![
        "said",
        "Nora",
        "Quill",
        "she",
        "who",
        "according",
        "to",
        "sagte",
        "so",
        "Minister",
        "der",
        "the",
        "official",
        "é",
        "İ",
        "ß",
        "word",
        "Mr.",
        "it",
        "put",
        "was",
        "described",
        "heißt",
        "es",
        "nach",
        "Angaben",
        "von",
    ]);
    prop_oneof![
        marks.prop_map(str::to_owned),
        words.prop_map(|w| format!("{w} ")),
        words_of_any_kind(),
    ]
}

fn words_of_any_kind() -> impl Strategy<Value = String> {
    prop_oneof![Just("x".to_owned()), any::<char>().prop_map(String::from)]
}

#[test]
fn an_elision_before_a_wide_character_is_no_decade() {
    let text = "She wrote '갬xwas and '90s on the wall.";
    check(text, &detect(text, Language::English, &[]));
}

proptest! {
    #[test]
    fn spans_are_valid_and_sorted_whatever_comes(pieces in prop::collection::vec(piece(), 0..60), cut in 0_usize..200) {
        let text: String = pieces.concat();
        let at = text.floor_char_boundary(cut.min(text.len()));
        let skip = [ByteSpan::new(at, text.ceil_char_boundary((at + 7).min(text.len())))];
        for language in [Language::English, Language::German, Language::Spanish] {
            check(&text, &detect(&text, language, &[]));
            let found = detect(&text, language, &skip);
            check(&text, &found);
            for q in &found {
                prop_assert!(skip[0].is_empty() || q.span.overlap(skip[0]) == 0);
            }
        }
    }

    #[test]
    fn groups_are_disjoint_and_do_not_depend_on_repetition(texts in prop::collection::vec("[a-d]{3} [a-d]{3}( [a-f]{4}){0,4}", 0..30)) {
        let quotes: Vec<QuoteIn<'_>> = texts.iter().enumerate().map(|(d, t)| input(d, t, Some("Nora Quill"))).collect();
        let groups = group(&quotes);
        let mut seen = vec![false; quotes.len()];
        for g in &groups {
            prop_assert!(g.members.len() >= 2 && g.members.is_sorted());
            for &m in &g.members {
                prop_assert!(!std::mem::replace(&mut seen[m], true));
            }
        }
        for (i, a) in texts.iter().enumerate() {
            let mut words = a.split(' ');
            let differ = words.next() != words.next();
            if let Some(j) = texts.iter().position(|b| b == a).filter(|&j| differ && j < i) {
                prop_assert!(groups.iter().any(|g| g.members.contains(&i) && g.members.contains(&j)));
            }
        }
    }
}

/// The quotations with their speakers, `-` for none.
fn said(text: &str, language: Language) -> Vec<(&str, String)> {
    let quotes = detect(text, language, &[]);
    let pair = |q: &Quote| (q.span.of(text).trim(), q.speaker.clone());
    let pairs = quotes.iter().map(pair);
    pairs
        .map(|(words, speaker)| (words, speaker.unwrap_or_else(|| "-".to_owned())))
        .collect()
}

/// A text in its language, and who says what in it.
type Case<'t> = (Language, &'t str, &'t [(&'t str, &'t str)]);

fn assert_said(cases: &[Case<'_>]) {
    for (language, text, wanted) in cases {
        let found = said(text, *language);
        let found: Vec<_> = found
            .iter()
            .map(|(words, who)| (*words, who.as_str()))
            .collect();
        assert_eq!(found, *wanted, "{text}");
    }
}

#[test]
fn turns_behind_dashes_are_speech_without_their_attributions() {
    assert_said(&[
        (
            Language::Spanish,
            "—La presa aguanta —dijo la alcaldesa Nora Vidal—. Y aguantará.\n\n—¿Cuánto tiempo? —preguntó un pescador.",
            &[
                ("La presa aguanta", "Nora Vidal"),
                ("Y aguantará.", "Nora Vidal"),
                ("¿Cuánto tiempo?", "pescador"),
            ],
        ),
        (
            Language::Other,
            "Tama na rzece nie jest nowa, ale miasto jej nie zburzy.\n\n– Tama wytrzyma – powiedziała burmistrz Nora \
             Wilk. – I to długo.",
            &[("Tama wytrzyma", "Nora Wilk"), ("I to długo.", "Nora Wilk")],
        ),
        (
            Language::Other,
            "Det är en gammal damm och den ska inte rivas i år.\n\n– Dammen håller, säger borgmästaren Nora Vik.",
            &[("Dammen håller,", "Nora Vik")],
        ),
        (
            Language::Other,
            "Плотина стоит на реке, и город не будет ее сносить.\n\n— Плотина выдержит, — сказала мэр Нора Белова.",
            &[("Плотина выдержит,", "Нора Белова")],
        ),
        (
            Language::French,
            "— Le barrage tient, a dit la maire Nora Vidal.\n\n— Et demain ? a demandé un pêcheur.\n\n— Demain aussi.",
            &[
                ("Le barrage tient,", "Nora Vidal"),
                ("Et demain ?", "pêcheur"),
                ("Demain aussi.", "pêcheur"),
            ],
        ),
    ]);
}

#[test]
fn lists_signatures_and_ranges_behind_dashes_are_no_speech() {
    for (language, text) in [
        (
            Language::Spanish,
            "Los datos:\n— Tres barcos.\n— Dos muelles.\n— Una grúa.",
        ),
        (
            Language::French,
            "Les faits :\n- Trois bateaux ont coulé.\n- Deux quais sont fermés.",
        ),
        (
            Language::English,
            "— The harbour said it would close.\n— The ferry said nothing.",
        ),
        (Language::German, "– Der Hafen schließt, sagt die Stadt."),
        (
            Language::Spanish,
            "El muelle mide 30 – 40 metros.\n\n— Nora Vidal",
        ),
    ] {
        assert_eq!(said(text, language), [], "{text}");
    }
}

#[test]
fn posts_and_block_quotations_are_speech_without_marks() {
    assert_said(&[
        (
            Language::English,
            "The mayor wrote:\n\nThe wall holds. Thank you! — Nora Quill (@noraquill) March 5, 2024\n\nNobody answered.",
            &[("The wall holds. Thank you!", "Nora Quill")],
        ),
        (
            Language::English,
            "The wall holds.\n— Port of Osterby (@osterby) 5 March 2024",
            &[("The wall holds.", "Port of Osterby")],
        ),
        (
            Language::English,
            "Mayor Nora Quill said in a statement:\n\n> The wall holds, and it will hold for as long\n> as anybody lives here.\n",
            &[(
                "The wall holds, and it will hold for as long\n> as anybody lives here.",
                "Nora Quill",
            )],
        ),
        (
            Language::English,
            "> Read more about the wall here.\n> Ferry stuck in the harbour",
            &[],
        ),
        (
            Language::English,
            "Write to the editors (@thebell) before March 5, 2024.",
            &[],
        ),
    ]);
}

#[test]
fn the_name_wins_over_the_role() {
    assert_said(&[
        (
            Language::English,
            "“I never touched it,” the accused, Paul Brandt, told the court.",
            &[("I never touched it,", "Paul Brandt")],
        ),
        (
            Language::English,
            "“It held,” said the port's engineer, Nora Quill, on Monday.",
            &[("It held,", "Nora Quill")],
        ),
        (
            Language::English,
            "The mayor of Osterby, Nora Quill, said the wall was “good for a hundred years”.",
            &[("good for a hundred years", "Nora Quill")],
        ),
        (
            Language::German,
            "„Sie hält“, sagte die Bürgermeisterin von Osterby, Nora Quill.",
            &[("Sie hält", "Nora Quill")],
        ),
        (
            Language::French,
            "« Elle tient », a déclaré la maire d'Osterby, Nora Vidal, lundi.",
            &[("Elle tient", "Nora Vidal")],
        ),
        (
            Language::Spanish,
            "«Aguanta», afirmó el jefe del puerto, Pablo Vidal.",
            &[("Aguanta", "Pablo Vidal")],
        ),
        (
            Language::Italian,
            "«Tiene», ha detto la sindaca di Osterby, Nora Valli.",
            &[("Tiene", "Nora Valli")],
        ),
        (
            Language::Portuguese,
            "“Aguenta”, afirmou o chefe do porto, Pedro Vidal, na segunda-feira.",
            &[("Aguenta", "Pedro Vidal")],
        ),
        (
            Language::Other,
            "De dijk is oud, maar de stad gaat hem niet slopen.\n\n“Hij houdt het”, zei de burgemeester van Osterby, Nora Visser.",
            &[("Hij houdt het", "Nora Visser")],
        ),
    ]);
}

#[test]
fn whoever_is_told_is_no_speaker() {
    assert_said(&[
        (
            Language::Spanish,
            "“Aguanta”, dijo a EFE Nora Vidal, que vive allí.",
            &[("Aguanta", "Nora Vidal")],
        ),
        (
            Language::Spanish,
            "“Aguanta”, dijo a la prensa el alcalde Pablo Vidal.",
            &[("Aguanta", "Pablo Vidal")],
        ),
        (
            Language::French,
            "« Il tient », a raconté à l’AFP Nora Vidal.",
            &[("Il tient", "Nora Vidal")],
        ),
        (
            Language::Portuguese,
            "“Aguenta”, disse à Lusa Nora Vidal.",
            &[("Aguenta", "Nora Vidal")],
        ),
        (
            Language::German,
            "„Er hält“, sagte der dpa Nora Quill.",
            &[("Er hält", "Nora Quill")],
        ),
        (
            Language::English,
            "“It holds,” Nora Quill told Reuters.",
            &[("It holds,", "Nora Quill")],
        ),
    ]);
}

#[test]
fn the_line_below_a_quotation_names_its_speaker() {
    assert_said(&[
        (
            Language::English,
            "The port said so.\n\n“It held all night.”\n\n— Nora Quill, mayor of Osterby\n\nThe ferry is back.",
            &[("It held all night.", "Nora Quill")],
        ),
        (
            Language::English,
            "\"It held all night.\"\nNora Quill, Osterby\n\n\"Nobody slept here.\"\n- Anonymous",
            &[
                ("It held all night.", "Nora Quill"),
                ("Nobody slept here.", "-"),
            ],
        ),
        (
            Language::English,
            "Paul Brandt spoke first. “It held all night.”\n\nBy Nora Quill",
            &[("It held all night.", "Paul Brandt")],
        ),
    ]);
}

#[test]
fn a_quotation_never_closed_ends_at_its_attribution() {
    assert_said(&[
        (
            Language::English,
            "OSTERBY - The wall held.\n\n\"It held all night, said Nora Quill, who lives there.\n\nThe ferry is back.",
            &[("It held all night,", "Nora Quill")],
        ),
        (
            Language::English,
            "“It held, said Nora Quill, all night long.”",
            &[
                ("It held,", "Nora Quill"),
                ("all night long.", "Nora Quill"),
            ],
        ),
    ]);
}

#[test]
fn marks_of_archives_and_loose_marks_are_read() {
    let cases: &[(&str, &[&str])] = &[
        (
            "``It held,'' she said. ``All night.''",
            &["It held,", "All night."],
        ),
        ("`` It held , '' she said .", &[" It held , "]),
        (",,Trzyma'', powiedziała.", &["Trzyma"]),
        (
            "She said: \" It held all night. \"",
            &[" It held all night. "],
        ),
        ("She said “ it held ” and left.", &[" it held "]),
        (
            "The wall stood.\n\n\" It held all night.\n\nNobody slept.\n\n\" the mayor said.",
            &[" It held all night.\n\nNobody slept.\n\n"],
        ),
        (
            "\" It held all night.\n\nNobody slept.\n\n\" The mayor left.",
            &[],
        ),
        ("“It held,'' she said.", &["It held,"]),
        ("``It held,″ she said of the 9″ pipe.", &["It held,"]),
        ("»Den håller», säger hon.", &["Den håller"]),
        ("A pipe of 5 \" and one of 6 \" were laid.", &[]),
        ("The film ''The Pier'' and ```code``` stand here.", &[]),
        ("He has a, b and c,, d.", &[]),
    ];
    for (text, wanted) in cases {
        assert_eq!(
            inner(text, &detect(text, Language::English, &[])),
            *wanted,
            "{text}"
        );
    }
}

#[test]
fn the_town_of_a_dateline_is_no_speaker() {
    let text = "OSTERBY (Bell) — The wall held.\n\nOsterby said nothing.\n\n“It held all through the night.”";
    assert_eq!(
        said(text, Language::English),
        [("It held all through the night.", "-".to_owned())]
    );
}

#[test]
fn quoted_spans_hold_speech_with_and_without_marks() {
    let text = "El muro no es nuevo y la ciudad no lo va a derribar este año.\n\n—Aguanta —dijo Nora Vidal.\n\n«Mucho», \
                añadió ella.";
    let spans: Vec<&str> = super::quoted_spans(text)
        .iter()
        .map(|s| s.of(text))
        .collect();
    assert_eq!(spans, ["Aguanta", "Mucho"]);
}

#[test]
fn long_rows_of_equal_lines_and_open_marks_are_read_in_linear_time() {
    let lines = "\"It held, said Nora.\n\n".repeat(20_000);
    assert_eq!(detect(&lines, Language::English, &[]).len(), 20_000);
    let words = "\"no\" ".repeat(50_000);
    assert_eq!(detect(&words, Language::English, &[]).len(), 50_000);
    let loose = "a \" ".repeat(50_000);
    assert!(detect(&loose, Language::English, &[]).len() <= 50_000);
}
