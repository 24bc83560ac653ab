//! Colors of the terminal, or none.

use mz_budget::finding::Severity;

/// Whether to color.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// With escape sequences.
    pub color: bool,
}

impl Ink {
    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Bold.
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Faint.
    pub fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// The color of a severity, bold.
    pub fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Query => "1;36",
            Severity::Info => "1;34",
        };
        self.paint(code, text)
    }

    /// Underlines what stands between ⟦ and ⟧; the brackets stay, because they survive copying.
    pub fn marks(self, text: &str) -> String {
        if self.color {
            text.replace('⟦', "⟦\u{1b}[4m").replace('⟧', "\u{1b}[24m⟧")
        } else {
            text.to_owned()
        }
    }
}
