//! Makes a failing case small.

use crate::attempt::attempt;
use crate::case::{Article, Case, Content};

/// Runs that shrinking may take.
const MOST_RUNS: usize = 4_000;

/// A smaller case with a fault of the same kind; `case` itself where it has none. Articles, fields and stretches of text are
/// dropped while the fault stays.
#[must_use]
pub fn shrink(case: &Case) -> Case {
    let Err(fault) = attempt(case) else {
        return case.clone();
    };
    let mut shrinker = Shrinker {
        kind: fault.kind(),
        best: case.clone(),
        runs: 0,
    };
    shrinker.drop_articles();
    shrinker.drop_fields();
    for number in 0..shrinker.best.articles.len() {
        shrinker.cut_text(|case| {
            case.articles
                .get_mut(number)
                .map(|article| &mut article.text)
        });
        shrinker.cut_text(|case| case.articles.get_mut(number)?.title.as_mut());
        shrinker.cut_text(|case| case.articles.get_mut(number)?.published.as_mut());
    }
    shrinker.cut_text(|case| match &mut case.file.as_mut()?.content {
        Content::Text(text) => Some(text),
        Content::Bytes(_) => None,
    });
    shrinker.best
}

struct Shrinker {
    kind: String,
    best: Case,
    runs: usize,
}

impl Shrinker {
    /// Takes `smaller` if it has the fault.
    fn accept(&mut self, smaller: Case) -> bool {
        self.runs += 1;
        let fails = self.runs < MOST_RUNS
            && attempt(&smaller).is_err_and(|fault| fault.kind() == self.kind);
        if fails {
            self.best = smaller;
        }
        fails
    }

    fn drop_articles(&mut self) {
        for number in (0..self.best.articles.len()).rev() {
            let mut smaller = self.best.clone();
            smaller.articles.remove(number);
            self.accept(smaller);
        }
    }

    fn drop_fields(&mut self) {
        let fields: [fn(&mut Article); 6] = [
            |article| article.title = None,
            |article| article.url = None,
            |article| article.source = None,
            |article| article.published = None,
            |article| article.language = None,
            |article| article.authors.clear(),
        ];
        for number in 0..self.best.articles.len() {
            for clear in fields {
                let mut smaller = self.best.clone();
                smaller.articles.get_mut(number).map(clear);
                self.accept(smaller);
            }
        }
    }

    /// Drops ever shorter stretches of one text.
    fn cut_text(&mut self, text_of: impl Fn(&mut Case) -> Option<&mut String>) {
        let mut step = text_of(&mut self.best).map_or(0, |text| text.chars().count()) / 2;
        while step > 0 && self.runs < MOST_RUNS {
            let mut at = 0;
            loop {
                let mut smaller = self.best.clone();
                let Some(text) = text_of(&mut smaller) else {
                    return;
                };
                if at >= text.chars().count() {
                    break;
                }
                let kept = text.chars().take(at).chain(text.chars().skip(at + step));
                *text = kept.collect();
                if !self.accept(smaller) {
                    at += step;
                }
            }
            step /= 2;
        }
    }
}
