//! English word classes.

use super::word_classes::Flags;

/// Lists by class; a word may stand in several.
pub(crate) const WORDS: &[(Flags, &str)] = &[
    (
        Flags::SAY,
        "said says say stated states added adds wrote writes tweeted tweets retweeted replied replies responded responds \
         remarked remarks quipped quips joked jokes commented comments recalled recalls asserted asserts opined opines \
         retorted retorts exclaimed exclaims shouted shouts yelled yells chanted chants screamed screams whispered \
         declared declares noted notes argued argues explained explains insisted insists concluded concludes observed \
         observes claimed claims acknowledged acknowledges admitted admits conceded concedes continued continues \
         lamented laments complained complains quoted quotes countered counters boasted boasts bragged brags mused muses \
         vowed vows pledged pledges proclaimed proclaims emphasized emphasizes emphasised stressed stresses reiterated \
         reiterates cautioned cautions contended contends alleged alleges maintained maintains interjected posted posts \
         confessed deadpanned scoffed snapped fumed intoned groused testified emailed texted chimed predicted predicts \
         pronounced summarized summed surmised theorized wondered wonders ventured volunteered murmured muttered barked",
    ),
    (
        Flags::SAY.with(Flags::TELL),
        "told tells asked asks answered answers informed informs assured assures reminded reminds",
    ),
    (
        Flags::WEAK,
        "called calls described describes warned warns urged urges announced announces reported reports suggested \
         suggests promised promises accused accuses blamed blames dismissed dismisses denounced denounces criticized \
         criticizes criticised blasted blasts slammed slams praised praises condemned condemns labeled labels labelled \
         branded dubbed dubs demanded demands expressed expresses offered offers indicated indicates hinted hints \
         revealed reveals confirmed confirms denied denies disclosed cited cites referred refers characterized \
         characterizes portrayed portrays compared compares likened believes believed thinks thought feels felt hopes \
         hoped fears feared knows knew disagreed concurred mentioned mentions outlined pointed points \
         read reads published signed lashed ripped mocked mocks ridiculed joking attacked attacks hit tore hailed hails \
         thanked thanks credited credits rejected rejects refuted disputed questioned questions challenged proposed \
         proposes recommended recommends implored pleaded pleads begged begs exhorted encouraged encourages instructed \
         ordered directed advised counseled apologized applauded lauded touted touts spoke speaks talked talks detailed \
         details listed repeated repeats began begins opened closed finished ended went goes sang sings rapped teased \
         taunted chided chastised scolded bemoaned decried derided deplored assailed hammered derided knocked \
         threatened threatens swore swears declined refused wants wanted sees saw views viewed considers considered \
         deemed deems termed terms titled entitled headlined heralded foresees foresaw envisioned envisions tells \
         cried cries sighed laughed smiled shrugged nodded gushed crowed tweaked needled prayed preached lectured \
         urges stipulates stipulated requires calls-for appealed appeals invoked marveled puts suspects suspected \
         testifies shares shared wrote-in broadcast aired rated ranked found finds concluded suggests determined \
         identified accuses credited likens credits asserts speculates speculated imagined reasoned reasons told \
         guaranteed swore defended defends echoed echoes shot fired piled weighed hopes estimates estimated \
         declares says-of rails railed trumpeted tut-tutted pointed-out conveyed relayed heard",
    ),
    (
        Flags::SAY.with(Flags::PARTICIPLE),
        "saying adding writing stating tweeting arguing claiming insisting declaring noting explaining replying \
         responding remarking asserting telling asking shouting yelling chanting screaming concluding quipping joking \
         continuing admitting acknowledging emphasizing stressing vowing pledging proclaiming alleging complaining \
         boasting lamenting posting observing answering",
    ),
    (
        Flags::WEAK.with(Flags::PARTICIPLE),
        "calling describing warning urging announcing reporting suggesting promising accusing blaming dismissing \
         denouncing criticizing blasting slamming praising condemning labeling branding dubbing demanding expressing \
         offering indicating hinting revealing confirming denying citing quoting referring characterizing comparing \
         likening reading mocking thanking predicting questioning pleading begging reminding deriding decrying repeating \
         declining pointing portraying chiding hailing touting conceding",
    ),
    (
        Flags::AUX,
        "has have had is was are were be been being am do does did will would can could shall should may might must \
         isn't wasn't hasn't haven't hadn't didn't doesn't don't won't wouldn't couldn't can't it's he's she's they've",
    ),
    (
        Flags::ADVERB,
        "also later then again once still even just only not never always now already recently previously earlier \
         repeatedly simply further furthermore however meanwhile too instead often sometimes once actually apparently \
         reportedly famously publicly privately quickly immediately rather almost nearly perhaps maybe yet ever soon \
         twice afterward afterwards subsequently initially eventually finally first second third likewise indeed \
         separately specifically moreover nevertheless nonetheless both himself herself themselves itself here there \
         jokingly bluntly flatly simply briefly proudly loudly tersely on-air onstage",
    ),
    (Flags::HE, "he"),
    (Flags::SHE, "she"),
    (Flags::THEY, "they it"),
    (Flags::ME, "i we you"),
    (Flags::WHO, "who"),
    (
        Flags::DET,
        "the a an this that these those his her their its our my your some any every each another one two three four \
         several many few most all both no other",
    ),
    (
        Flags::PREP,
        "of for in at on to from with by about into over after before during under against between among through \
         without within near since until around like as despite upon toward towards across behind beyond per via amid \
         versus than regarding concerning alongside including outside inside throughout following",
    ),
    (Flags::CONJ, "and but or nor so yet plus &"),
    (
        Flags::SUB,
        "that because if when while although though whether where which whose what how why unless since whom whatever \
         whenever wherever until",
    ),
    (
        Flags::TITLE,
        "mr mrs ms miss dr prof sir lord lady dame president vice-president senator sen rep representative gov governor \
         mayor secretary minister chancellor ambassador judge justice chief king queen prince princess pope cardinal \
         bishop archbishop rev reverend father imam rabbi general gen colonel col major maj captain capt lieutenant lt \
         sergeant sgt admiral commander officer detective sheriff inspector congressman congresswoman councilman \
         councilwoman councillor chairman chairwoman speaker leader professor coach host anchor rapper actor actress \
         singer director premier attorney prosecutor commissioner comptroller treasurer undersecretary lawmaker former",
    ),
    (
        Flags::ROLE,
        "official officials spokesman spokeswoman spokesperson spokespeople spokesmen adviser advisers advisor advisors \
         aide aides secretary minister president vice-president chairman chairwoman chair director chief head leader \
         leaders ambassador diplomat diplomats senator senators representative representatives congressman congresswoman \
         lawmaker lawmakers governor governors mayor mayors judge justice prosecutor prosecutors attorney attorneys \
         lawyer lawyers counsel analyst analysts expert experts economist economists professor professors researcher \
         researchers scientist scientists author authors writer writers reporter reporters journalist journalists \
         columnist editor editors host anchor commentator pundit pundits strategist strategists consultant consultants \
         manager managers campaigner activist activists organizer organizers protester protesters demonstrators voter \
         voters supporter supporters critic critics opponent opponents candidate candidates nominee frontrunner \
         front-runner hopeful contender billionaire businessman businesswoman mogul magnate executive executives ceo \
         founder co-founder owner officer officers commander general admiral colonel captain lieutenant sergeant soldier \
         police detective investigator investigators sheriff witness witnesses victim victims resident residents neighbor \
         neighbors student students teacher teachers doctor doctors nurse mother father brother sister son daughter wife \
         husband friend friends man woman men women boy girl people person insider insiders source sources member members \
         delegate delegates republican republicans democrat democrats conservative conservatives liberal liberals \
         progressive socialist libertarian senator-elect president-elect speaker commissioner coordinator operative \
         operatives fellow scholar historian pollster pollsters pastor priest bishop pope rabbi imam actor actress singer \
         comedian rapper musician filmmaker producer coach player veteran deputy undersecretary envoy negotiator \
         chancellor premier prince king queen congressperson treasurer whip staffer staffers worker workers employee \
         farmer doctor surgeon user users fans fan driver passenger mom dad parents moderator interviewer questioner \
         caller heckler crowd audience participant panelist appointee incumbent rival rivals challenger",
    ),
    (
        Flags::ORG,
        "house senate congress government administration ministry department agency bureau office court committee \
         commission council party union association organization group foundation institute university college school \
         company corporation corp inc ltd llc bank fund campaign times post journal news tribune herald guardian gazette \
         magazine network press reuters bloomberg cnn msnbc fox nbc cbs abc npr bbc afp upi politico breitbart buzzfeed \
         huffpost nato un eu opec fbi cia nsa doj dhs irs epa fda nra aclu naacp gop dnc rnc kremlin pentagon capitol \
         parliament cabinet army navy police military center centre coalition league society board statement report \
         study survey poll newspaper paper outlet website letter email memo document documents article editorial op-ed \
         tweet post release transcript lawsuit complaint indictment ruling opinion brief bill resolution law act \
         amendment constitution sign signs slogan headline ad advertisement spot video team club church media twitter \
         facebook google apple microsoft amazon youtube instagram state treasury defense justice homeland security \
         service services force forces tv radio channel show program wikileaks hezbollah hamas taliban isis isil \
         qaeda al-qaeda street journal-constitution super pac republican-led lives matter americans",
    ),
    (
        Flags::PLACE,
        "america u.s. us usa uk u.k. britain england scotland ireland wales france germany italy spain portugal russia \
         ukraine poland hungary austria switzerland greece turkey china japan korea india pakistan afghanistan iraq iran \
         syria israel palestine egypt libya saudi arabia yemen qatar jordan lebanon kuwait mexico canada brazil \
         argentina chile colombia venezuela cuba africa nigeria kenya somalia sudan ethiopia europe asia australia \
         belgium netherlands holland denmark sweden norway finland iceland estonia latvia lithuania belarus moldova \
         romania bulgaria serbia croatia bosnia kosovo albania georgia armenia azerbaijan kazakhstan washington moscow \
         london paris berlin rome madrid brussels beijing tokyo kyiv kiev tehran baghdad damascus jerusalem geneva \
         vienna york angeles chicago boston dallas houston miami philadelphia atlanta detroit denver seattle francisco \
         vegas orleans cleveland baltimore orlando tampa phoenix milwaukee alabama alaska arizona arkansas california \
         colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine \
         maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey \
         carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia wisconsin wyoming \
         city county states kingdom republic island islands north south east west northern southern eastern western \
         hill crimea gaza",
    ),
    (
        Flags::TIME,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august \
         september october november december jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tomorrow \
         tonight morning afternoon evening night week month year last this early late weekend ago days weeks months \
         years hours minutes day time et est edt pm am p.m. a.m. noon",
    ),
    (Flags::ACCORDING, "according per"),
    (
        Flags::ABBR,
        "mr mrs ms dr prof sen rep gov gen col maj capt lt sgt rev hon st jr sr vs jan feb mar apr jun jul aug sept sep \
         oct nov dec del calif fla mass conn pa va md tex ariz ill ind mich minn wis wash ore colo ga ala tenn ky okla \
         kan neb nev mo la no inc corp ltd co u.s u.n u.k d.c e.g i.e p.m a.m",
    ),
    (
        Flags::WORK,
        "book novel film movie documentary song album single track play musical opera painting poem series episode \
         program show essay article column memoir bestseller sitcom podcast hit classic magazine sequel titled entitled",
    ),
    (
        Flags::ADJECTIVE,
        "american russian british french german italian spanish ukrainian chinese japanese israeli iranian iraqi syrian \
         mexican canadian european western senior top former deputy assistant national foreign federal republican \
         democratic presidential congressional white black new old leading veteran longtime top-ranking high-ranking \
         anonymous unnamed unidentified",
    ),
];

/// Word endings that tell a class.
pub(crate) const SUFFIXES: &[(&str, Flags)] = &[("ly", Flags::ADVERB)];
