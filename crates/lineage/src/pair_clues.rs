//! One pair of a family: what its two texts say of either being the other's parent.

use wirecopy_document::lines::{first_line, lines};
use wirecopy_text::ByteSpan;

use super::compare::{Comparison, Member, Variant};
use super::evidence::{EdgeFeatures, grow};
use super::evidence_spans;
use super::features::{COUNT, EdgeFeature};

/// Words of one side after the last shared word from which on the other's tail counts as cut.
const MIN_TAIL_WORDS: usize = 15;
/// Words after the last shared word that a cut text may still have (boilerplate, a credit).
const MAX_CUT_REST: usize = 14;
/// Lines and marks of damage beyond which more say nothing.
const MAX_BOILERPLATE: usize = 4;
/// First words of a text, most of which the other side must have for its headline to count as dropped.
const BEGINNING_WORDS: usize = 12;
/// Words up to which an unshared line is taken for boilerplate.
const MAX_CHROME_LINE_WORDS: usize = 6;

/// What a member looks like beside the whole family.
#[derive(Debug)]
pub(super) struct Profile {
    /// Short lines at the head and the tail that no other member has.
    chrome_lines: usize,
    /// Whether the shared text ends in mid-sentence at the end of a line.
    ends_abruptly: bool,
    /// The last shared words.
    end: ByteSpan,
    /// Marks of machine translation and broken encoding.
    machine_marks: usize,
}

impl Profile {
    pub(super) fn of(member: &Member<'_>, support: &[u16]) -> Self {
        let last = support.iter().rposition(|&n| n > 0);
        let spans = member.tokens.spans();
        let end = last.map_or(ByteSpan::default(), |i| spans[i]);
        let rest = end.behind(member.facts.text);
        let line = first_line(rest);
        let closed =
            line.contains(['.', '?', '!', '…', '。']) || line.chars().any(char::is_alphanumeric);
        Self {
            chrome_lines: chrome_lines(member, support),
            ends_abruptly: last.is_some() && !closed,
            end,
            machine_marks: member.machine_marks.len(),
        }
    }
}

fn chrome_lines(member: &Member<'_>, support: &[u16]) -> usize {
    let mut found = 0;
    for line in lines(member.facts.text) {
        let words = member.words_in(line);
        let own = words.clone().all(|word| support[word] == 0);
        let sentence = line
            .of(member.facts.text)
            .ends_with(['.', '?', '!', '”', '"']);
        found += usize::from(
            own && !words.is_empty() && words.len() <= MAX_CHROME_LINE_WORDS && !sentence,
        );
    }
    found + member.facts.chrome.len()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    AToB,
    BToA,
}

/// One pair within its family.
pub(super) struct PairView<'v, 'a> {
    pub(super) members: &'v [Member<'a>],
    pub(super) support: &'v [Vec<u16>],
    pub(super) profiles: &'v [Profile],
    pub(super) comparison: &'v Comparison,
}

impl PairView<'_, '_> {
    pub(super) fn edge(&self, parent: usize, child: usize, direction: Direction) -> EdgeFeatures {
        let comparison = self.comparison;
        let (have_parent, have_child, sign) = match direction {
            Direction::AToB => (&comparison.covered_a, &comparison.covered_b, 1.0),
            Direction::BToA => (&comparison.covered_b, &comparison.covered_a, -1.0),
        };
        let mut out = EdgeFeatures {
            parent,
            child,
            amounts: [0.0; COUNT],
            share: covered_share(have_child),
            readings: comparison.sites.len(),
            copied: have_child.iter().filter(|has| **has).count(),
            missing: have_child.iter().filter(|has| !**has).count(),
            left_out: have_parent.iter().filter(|has| !**has).count(),
            distance_refund: 0.0,
            spans: Vec::new(),
        };
        self.add_shares(&mut out, have_child);
        self.add_readings(&mut out, sign);
        self.add_tails(&mut out, have_parent, have_child);
        self.add_times(&mut out);
        self.add_credits(&mut out);
        self.add_boilerplate(&mut out);
        self.add_headline(&mut out, have_parent, have_child);
        let sides = evidence_spans::Sides {
            members: self.members,
            support: &self.support[child],
            covered: [have_parent, have_child],
        };
        out.spans.extend(sides.spans(&out));
        if let Some(site) = self.comparison.sites.first() {
            let span = if sign > 0.0 { site.b } else { site.a };
            out.spans.push((EdgeFeature::VariantReadings, child, span));
        }
        out
    }

    fn add_shares(&self, out: &mut EdgeFeatures, have_child: &[bool]) {
        out.set_missing(have_child, &self.support[out.child]);
        out.amounts[EdgeFeature::CopiedShare as usize] = out.share;
        out.amounts[EdgeFeature::LeftOut as usize] = grow(out.left_out as f64 / 10.0);
        let equal = out.missing == 0 && out.left_out == 0 && out.readings == 0;
        out.amounts[EdgeFeature::EqualBodies as usize] = f64::from(u8::from(equal));
    }

    fn add_readings(&self, out: &mut EdgeFeatures, sign: f64) {
        let (mut child, mut parent) = (0.0, 0.0);
        for site in &self.comparison.sites {
            let confidence = libm::tanh(site.log_odds() * sign / 2.0);
            child += confidence.max(0.0);
            parent += (-confidence).max(0.0);
        }
        out.amounts[EdgeFeature::VariantReadings as usize] =
            grow(self.comparison.sites.len() as f64);
        out.amounts[EdgeFeature::DamageInChild as usize] = grow(child);
        out.amounts[EdgeFeature::DamageInParent as usize] = grow(parent);
        out.amounts[EdgeFeature::DamageBalance as usize] =
            libm::log((child + 0.5) / (parent + 0.5));
        out.amounts[EdgeFeature::DamageOnBoth as usize] = grow(child.min(parent));
        let strongest = |of: f64| {
            let strength = |site: &&Variant| site.log_odds() * sign * of;
            self.comparison
                .sites
                .iter()
                .max_by(|x, y| strength(x).total_cmp(&strength(y)))
        };
        let sides = [
            (EdgeFeature::DamageInChild, out.child, 1.0),
            (EdgeFeature::DamageInParent, out.parent, -1.0),
        ];
        for (clue, member, of) in sides {
            if let Some(site) = strongest(of) {
                let in_b = (sign > 0.0) == (clue == EdgeFeature::DamageInChild);
                out.spans
                    .push((clue, member, if in_b { site.b } else { site.a }));
            }
        }
    }

    /// Boilerplate and machine marks: only what one side has more of counts, for every site has its own.
    fn add_boilerplate(&self, out: &mut EdgeFeatures) {
        let (parent, child) = (&self.profiles[out.parent], &self.profiles[out.child]);
        let more = |x: usize, y: usize| grow(x.saturating_sub(y).min(MAX_BOILERPLATE) as f64);
        let (lines, marks) = (child.chrome_lines, child.machine_marks);
        out.amounts[EdgeFeature::ChromeInChild as usize] = more(lines, parent.chrome_lines);
        out.amounts[EdgeFeature::ChromeInParent as usize] = more(parent.chrome_lines, lines);
        out.amounts[EdgeFeature::MachineMarksInChild as usize] = more(marks, parent.machine_marks);
        out.amounts[EdgeFeature::MachineMarksInParent as usize] = more(parent.machine_marks, marks);
    }

    /// A first line of one side alone, above text that the other side begins with.
    fn add_headline(&self, out: &mut EdgeFeatures, have_parent: &[bool], have_child: &[bool]) {
        let above = |member: usize, have: &[bool]| {
            let headline = self.members[member].headline();
            !headline.is_empty() && !have[headline].iter().any(|has| *has)
        };
        let begins = |have: &[bool]| {
            have.iter()
                .take(BEGINNING_WORDS)
                .filter(|has| **has)
                .count()
                > BEGINNING_WORDS / 2
        };
        let dropped = above(out.parent, have_parent) && begins(have_child);
        let missing = above(out.child, have_child) && begins(have_parent);
        out.amounts[EdgeFeature::HeadlineDropped as usize] = f64::from(u8::from(dropped));
        out.amounts[EdgeFeature::HeadlineMissing as usize] = f64::from(u8::from(missing));
    }

    fn add_tails(&self, out: &mut EdgeFeatures, have_parent: &[bool], have_child: &[bool]) {
        let rest =
            |have: &[bool]| have.len() - have.iter().rposition(|&has| has).map_or(0, |i| i + 1);
        let (rest_parent, rest_child) = (rest(have_parent), rest(have_child));
        let child_cut = rest_parent >= MIN_TAIL_WORDS && rest_child <= MAX_CUT_REST;
        let parent_cut = rest_child >= MIN_TAIL_WORDS && rest_parent <= MAX_CUT_REST;
        let ends = [
            (
                EdgeFeature::ChildTailCut,
                EdgeFeature::ChildEndsAbruptly,
                out.child,
                child_cut,
            ),
            (
                EdgeFeature::ParentTailCut,
                EdgeFeature::ParentEndsAbruptly,
                out.parent,
                parent_cut,
            ),
        ];
        for (tail, end, member, cut) in ends {
            if cut {
                let profile = &self.profiles[member];
                out.amounts[tail as usize] = 1.0;
                out.spans.push((tail, member, profile.end));
                out.amounts[end as usize] = f64::from(u8::from(profile.ends_abruptly));
                out.spans.push((end, member, profile.end));
            }
        }
    }

    fn add_times(&self, out: &mut EdgeFeatures) {
        let (parent, child) = (
            &self.members[out.parent].facts,
            &self.members[out.child].facts,
        );
        let (Some(before), Some(after)) = (parent.published, child.published) else {
            return;
        };
        let Some(hours) = before.hours_until(after) else {
            return;
        };
        if hours > 0.0 {
            out.amounts[EdgeFeature::PublishedLater as usize] = 1.0;
            out.amounts[EdgeFeature::HoursLater as usize] = grow(hours);
        } else if hours < 0.0 {
            out.amounts[EdgeFeature::PublishedEarlier as usize] = 1.0;
        }
    }

    fn add_credits(&self, out: &mut EdgeFeatures) {
        let (parent, child) = (&self.members[out.parent], &self.members[out.child]);
        let mut another = None;
        for (cue, name) in child.credits() {
            if parent.outlet.as_deref() == Some(name) {
                out.amounts[EdgeFeature::CreditsParent as usize] = 1.0;
                out.spans
                    .push((EdgeFeature::CreditsParent, out.child, cue.span));
            } else if child.outlet.as_deref() != Some(name)
                && !parent.cue_outlets.iter().any(|inherited| inherited == name)
            {
                another = another.or(Some(cue.span));
            }
        }
        if let Some(span) =
            another.filter(|_| out.amounts[EdgeFeature::CreditsParent as usize] == 0.0)
        {
            out.amounts[EdgeFeature::CreditsAnother as usize] = 1.0;
            out.spans
                .push((EdgeFeature::CreditsAnother, out.child, span));
        }
        for (cue, _) in parent
            .credits()
            .filter(|(_, name)| child.outlet.as_deref() == Some(name))
        {
            out.amounts[EdgeFeature::CreditedByParent as usize] = 1.0;
            out.spans
                .push((EdgeFeature::CreditedByParent, out.parent, cue.span));
        }
    }
}

fn covered_share(have: &[bool]) -> f64 {
    if have.is_empty() {
        0.0
    } else {
        have.iter().filter(|has| **has).count() as f64 / have.len() as f64
    }
}
