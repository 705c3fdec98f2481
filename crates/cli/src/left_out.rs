//! What walked folders held and nobody read, told on standard error.

use wirecopy_corpus::read::LeftOut;

use crate::plan::RunPlan;
use crate::print_error::tell as say;
use crate::progress::Verbosity;

/// Says how many reports of earlier runs were passed over, and with `--stats` what else was.
pub(crate) fn tell(left_out: &LeftOut, plan: &RunPlan) {
    if left_out.own_reports > 0 && plan.verbosity == Verbosity::Normal {
        let reports = left_out.own_reports;
        say(format_args!(
            "{reports} files written by earlier runs were passed over"
        ));
    }
    if plan.stats {
        let foreign = left_out.foreign.iter();
        let foreign = foreign.map(|(extension, count)| format!("{count} .{extension}"));
        let others = [
            (left_out.hidden, "hidden"),
            (left_out.excluded, "left out by patterns"),
        ];
        let others = others.into_iter().filter(|&(count, _)| count > 0);
        let others = others.map(|(count, what)| format!("{count} {what}"));
        let all: Vec<String> = foreign.chain(others).collect();
        if !all.is_empty() {
            say(format_args!("not read: {}", all.join(", ")));
        }
    }
}
