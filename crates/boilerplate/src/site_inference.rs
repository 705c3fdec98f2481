//! Which documents come from one site where nothing says so: those of different stories that share lines of its own.
//!
//! Called once by the detector before lines are counted. Most documents have an address, a source or a folder; these
//! answers are only for the others.

use wirecopy_core::disjoint_sets::DisjointSets;

use super::recurrence::{CorpusMember, INFERRED};

/// Lines of their own that two documents must share: one may be chance, or a saying.
const SHARED_LINES: u32 = 2;

/// For each member without a site the name of the site that it shares with others, where there is one. Members with a
/// site, and those that share lines with nobody, have none.
///
/// Two documents of different stories that have [`SHARED_LINES`] short lines in common, none of which the lexicon
/// knows (comment forms and share buttons are alike everywhere), are of one site; so are those connected through others.
/// Each line links a document with the one before it that has the line, so the work is linear in the lines but for
/// sorting. The names depend on the order of the members only through their numbers.
#[must_use]
pub fn infer_sites(members: &[CorpusMember<'_>]) -> Vec<Option<String>> {
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (number, member) in members
        .iter()
        .enumerate()
        .filter(|(_, member)| member.site.is_none())
    {
        holders.extend(member.columns.own_lines().iter().map(|&key| (key, number)));
    }
    holders.sort_unstable();
    holders.dedup();
    let mut links: Vec<(usize, usize)> = Vec::new();
    for pair in holders.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let (left, right) = (pair[0].1, pair[1].1);
        if members[left].story != members[right].story {
            links.push((left, right));
        }
    }
    links.sort_unstable();
    let mut sets = DisjointSets::new(members.len());
    for run in links.chunk_by(|left, right| left == right) {
        if run.len() as u32 >= SHARED_LINES {
            sets.union(run[0].0, run[0].1);
        }
    }
    names(members, &mut sets)
}

fn names(members: &[CorpusMember<'_>], sets: &mut DisjointSets) -> Vec<Option<String>> {
    let roots: Vec<usize> = (0..members.len()).map(|number| sets.find(number)).collect();
    let mut sizes = vec![0; members.len()];
    roots.iter().for_each(|&root| sizes[root] += 1);
    let name = |(&root, member): (&usize, &CorpusMember<'_>)| {
        let joined = member.site.is_none() && sizes[root] > 1;
        joined.then(|| format!("{INFERRED}{root}"))
    };
    roots.iter().zip(members).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LineColumns;

    #[test]
    fn documents_that_share_lines_of_their_own_are_of_one_site() {
        let page = |head: &str, story: &str| {
            let prose = "The council of the harbour town met for the third time to speak about the old mole and its lamp. ".repeat(3);
            LineColumns::of(
                &format!("{head}\n{story}\n\n{prose}{story}.\n\n{head} weather desk\nShare this"),
                None,
            )
        };
        let pages = [
            page("Tern Observer evening page", "One boat sank"),
            page("Tern Observer evening page", "A gate was sold"),
            page("Lantern Weekly notes", "Two men dug a well"),
            page("Lantern Weekly notes", "Bells are cast again"),
            page("Nobody else has this", "Rain fell"),
        ];
        let member = |(columns, story)| CorpusMember {
            columns,
            story,
            site: None,
        };
        let members: Vec<_> = pages.iter().zip(0..).map(member).collect();
        let sites = infer_sites(&members);
        assert!(sites[0].is_some() && sites[0] == sites[1]);
        assert!(sites[2].is_some() && sites[2] == sites[3] && sites[0] != sites[2]);
        assert_eq!(sites[4], None);
        let told = [
            CorpusMember {
                story: 7,
                ..members[0]
            },
            CorpusMember {
                story: 7,
                ..members[1]
            },
        ];
        assert_eq!(
            infer_sites(&told),
            [None, None],
            "one story may be printed twice"
        );
    }
}
