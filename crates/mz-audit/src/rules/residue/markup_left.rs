use std::sync::LazyLock;

use mz_budget::finding::Severity;

use super::pattern::{self, Wording};
use crate::{Audit, Sink, declare_rule, lexicon::RESIDUE, pattern::Pattern};

declare_rule! {
    pub static MARKUP_LEFT = {
        code: "MZ9001",
        name: "markup-left",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["FM-01"],
        page: "markup_left.md",
        check: check,
    };
}

/// Only known names count, so that “<5%” and “<张三>” are left alone.
static PATTERN: LazyLock<Pattern> = LazyLock::new(|| {
    let tags: Vec<String> = RESIDUE
        .markup
        .tags
        .iter()
        .map(|tag| crate::pattern::escape(tag))
        .collect();
    let entities = RESIDUE.markup.entities.join("|");
    Pattern::known(&format!(
        r"</?(?i-u:{})(?:\s+[A-Za-z:-]+\s*=[^<>]*|\s*)/?>|&(?:(?i-u:{entities})|#\d{{2,5}});",
        tags.join("|")
    ))
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let wording = Wording {
        zh: "文中留有网页标记：",
        en: "web markup is left in the text",
        advice: "删去标记，核对前后文字是否完整",
    };
    pattern::report(audit, sink, &PATTERN, |_| true, &wording);
}

#[cfg(test)]
mod tests {
    use super::PATTERN;

    #[test]
    fn comparisons_are_not_markup() {
        assert!(
            PATTERN.is_match("<p>确保")
                && PATTERN.is_match("a&nbsp;b")
                && PATTERN.is_match("<br/>")
        );
        for text in ["<5%", "a<b", "<=30 分钟", "A&B", "<关于通知>", "B<p"] {
            assert!(!PATTERN.is_match(text), "{text}");
        }
    }
}
