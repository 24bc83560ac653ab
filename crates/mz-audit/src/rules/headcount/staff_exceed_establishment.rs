use std::cmp::Ordering;

use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, rules::procurement::facts};

declare_rule! {
    pub static STAFF_EXCEED_ESTABLISHMENT = {
        code: "MZ7021",
        name: "staff-exceed-establishment",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &["HC-02"],
        page: "staff_exceed_establishment.md",
        check: check,
    };
}

/// More staff than posts.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let posts = facts::count(audit.disclosure, "headcount.establishment");
    let active = facts::count(audit.disclosure, "headcount.active");
    let (Some((posts, n_posts)), Some((active, n_active))) = (posts, active) else {
        return;
    };
    sink.checked(1);
    if n_posts.digits > 0 && facts::compare(n_active, n_posts) == Some(Ordering::Greater) {
        sink.broken(
            &active.place,
            format!("在职 {n_active} 人，多于编制数 {n_posts}"),
            format!("{n_active} are employed in {n_posts} posts"),
        )
        .side("在职", facts::printed(active), None)
        .side("编制数", facts::printed(posts), None)
        .also(&posts.place);
    }
}
