//! The linear chains over a document's units: one tells boilerplate from article text with fitted weights
//! ([`boilerplate`]), one tells the roles of boilerplate from each other by hand-set cues ([`posteriors`]).
//!
//! Forward-backward on a chain with [`Role::COUNT`] states (Rabiner 1989, section III.A), with factors normalised at
//! each step instead of scaled. Units that are article text beyond doubt cut the chain, so the cost follows the
//! doubtful lines.

use super::Role;
use super::model::Transitions;

/// Log-odds of each role against body for one unit; entry 0 is 0.
pub(crate) type Scores = [f64; Role::COUNT];

/// How much likelier a role is after itself than after another one, in log-odds. Set by hand: boilerplate and
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

/// What stands next to a run of doubtful units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Boundary {
    /// A paragraph beyond doubt.
    Text,
    /// The document's start or end.
    Open,
}

/// Probability that a unit is no article text, for each of a run of neighbours whose own log-odds are `scores`, between
/// `edges`. Forward-backward on two states, kept as log-odds. O(units).
pub(crate) fn boilerplate(
    scores: &[f64],
    steps: Transitions,
    edges: (Boundary, Boundary),
) -> Vec<f64> {
    let mut forward = Vec::with_capacity(scores.len());
    let mut state = match edges.0 {
        Boundary::Text => Some(f64::NEG_INFINITY),
        Boundary::Open => None,
    };
    for &score in scores {
        let odds = score + state.map_or(0.0, |state| step_odds(state, steps.enter, steps));
        forward.push(odds);
        state = Some(odds);
    }
    let mut behind = match edges.1 {
        Boundary::Text => steps.leave,
        Boundary::Open => 0.0,
    };
    for (at, &score) in scores.iter().enumerate().rev() {
        forward[at] += behind;
        behind = step_odds(score + behind, steps.leave, steps);
    }
    forward
        .iter()
        .map(|odds| 1.0 / (1.0 + libm::exp(-odds)))
        .collect()
}

/// Log-odds handed over one step from a neighbour with log-odds `state`; `cross` is what the step costs this side's
/// boilerplate beside the neighbour's article text.
fn step_odds(state: f64, cross: f64, steps: Transitions) -> f64 {
    let other = steps.enter + steps.leave - cross;
    let state = state.clamp(-60.0, 60.0);
    soft_max(cross, steps.stay + state) - soft_max(0.0, other + state)
}

/// ln(e^a + e^b).
fn soft_max(a: f64, b: f64) -> f64 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    most + libm::log1p(libm::exp(least - most))
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
    fn two_states_equal_full_enumeration() {
        let steps = Transitions {
            enter: -1.5,
            stay: 0.7,
            leave: -0.4,
        };
        let scores = [0.3, -1.0, 2.0];
        let step = |from: bool, to: bool| match (from, to) {
            (false, false) => 0.0,
            (false, true) => steps.enter,
            (true, false) => steps.leave,
            (true, true) => steps.stay,
        };
        let path_score = |path: usize| {
            let state = |at: usize| path >> at & 1 == 1;
            let own: f64 = (0..3).filter(|&at| state(at)).map(|at| scores[at]).sum();
            own + step(false, state(0)) + step(state(0), state(1)) + step(state(1), state(2))
        };
        let found = boilerplate(&scores, steps, (Boundary::Text, Boundary::Open));
        for (at, found) in found.iter().enumerate() {
            let sum = |wanted: usize| -> f64 {
                let paths = (0..8).filter(|path| path >> at & 1 == wanted);
                paths.map(|path| libm::exp(path_score(path))).sum()
            };
            assert!((sum(1) / (sum(0) + sum(1)) - found).abs() < 1e-12, "{at}");
        }
    }

    #[test]
    fn extreme_scores_stay_finite() {
        let found = posteriors(&vec![lean(Role::Stock, 900.0); 2000]);
        assert!(found.iter().flatten().all(|p| p.is_finite()));
    }
}
