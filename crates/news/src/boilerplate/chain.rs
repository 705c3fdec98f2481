//! The linear chain over a document's units: sums of cues in, probabilities of roles out.
//!
//! The weights of the cues and of the chain were set by hand, so the probabilities order units by doubt and are not
//! calibrated: of the units marked with 0.9, more or fewer than nine in ten may be furniture.
//!
//! Forward-backward on a chain with [`Role::COUNT`] states (Rabiner 1989, section III.A), with factors normalised at
//! each step instead of scaled. Units that are article text beyond doubt cut the chain, so the cost follows the
//! doubtful lines.

use super::Role;

/// Log-odds of each role against body for one unit; entry 0 is 0.
pub(crate) type Scores = [f64; Role::COUNT];

/// How much likelier a role is after itself than after another one, in log-odds. Set by hand: furniture and
/// credits come in runs, captions less so.
const STAY: Scores = [0.6, 0.9, 0.5, 0.9, 0.0];

/// Probability of each role for each unit. O(units).
pub(crate) fn posteriors(scores: &[Scores]) -> Vec<Scores> {
    let emissions: Vec<Scores> = scores
        .iter()
        .map(|unit| normalised(unit.map(|score| libm::exp(score.clamp(-40.0, 40.0)))))
        .collect();
    let stay = STAY.map(libm::exp);
    let mut forward = Vec::with_capacity(emissions.len());
    let mut state = [1.0; Role::COUNT];
    for emission in &emissions {
        state = normalised(product(step(state, stay), *emission));
        forward.push(state);
    }
    let mut backward = [1.0; Role::COUNT];
    for at in (0..emissions.len()).rev() {
        forward[at] = normalised(product(forward[at], backward));
        backward = normalised(step(product(backward, emissions[at]), stay));
    }
    forward
}

/// One transition; the matrix is symmetric: 1 between roles, `stay` on the diagonal.
fn step(state: Scores, stay: Scores) -> Scores {
    let total: f64 = state.iter().sum();
    std::array::from_fn(|role| total + state[role] * (stay[role] - 1.0))
}

fn product(left: Scores, right: Scores) -> Scores {
    std::array::from_fn(|role| left[role] * right[role])
}

fn normalised(mut state: Scores) -> Scores {
    let total: f64 = state.iter().sum();
    state.iter_mut().for_each(|part| *part /= total);
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lean(role: Role, score: f64) -> Scores {
        let mut scores = [-5.0; Role::COUNT];
        scores[0] = 0.0;
        scores[role as usize] = score;
        scores
    }

    #[test]
    fn neighbours_support_a_doubtful_unit() {
        let alone = posteriors(&[lean(Role::Chrome, 0.0)])[0][1];
        let among = posteriors(&[
            lean(Role::Chrome, 6.0),
            lean(Role::Chrome, 0.0),
            lean(Role::Chrome, 6.0),
        ])[1][1];
        let between = posteriors(&[
            lean(Role::Chrome, -6.0),
            lean(Role::Chrome, 0.0),
            lean(Role::Chrome, -6.0),
        ])[1][1];
        assert!(
            among > alone && alone > between,
            "{among} {alone} {between}"
        );
    }

    #[test]
    fn posteriors_equal_full_enumeration() {
        let scores = [
            lean(Role::Chrome, 1.0),
            lean(Role::Caption, 0.3),
            lean(Role::Provenance, -0.5),
        ];
        let mut exact = [0.0; Role::COUNT];
        for path in 0..Role::COUNT.pow(3) {
            let roles = [path % 5, path / 5 % 5, path / 25];
            let score: f64 = (0..3).map(|i| scores[i][roles[i]]).sum();
            let stays: f64 = (1..3)
                .filter(|&i| roles[i] == roles[i - 1])
                .map(|i| STAY[roles[i]])
                .sum();
            // The start is uniform, and `step` is applied once before the first unit.
            let first = libm::exp(STAY[roles[0]]) + 4.0;
            exact[roles[1]] += libm::exp(score + stays) * first;
        }
        let exact = normalised(exact);
        let found = posteriors(&scores)[1];
        assert!(
            (0..Role::COUNT).all(|role| (exact[role] - found[role]).abs() < 1e-12),
            "{exact:?} {found:?}"
        );
    }

    #[test]
    fn extreme_scores_stay_finite() {
        let found = posteriors(&vec![lean(Role::Stock, 900.0); 2000]);
        assert!(found.iter().flatten().all(|p| p.is_finite()));
    }
}
