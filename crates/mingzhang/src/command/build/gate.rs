//! The last gate: the document as composed is read and audited like anybody else's.

use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Severity},
    library::Library,
};
use mz_compose::lang::Lang;
use mz_document::Document;

/// What the audit says of a composed document.
pub struct Gate {
    findings: Vec<Finding>,
    /// What the document says, as anybody reads it.
    pub disclosure: Disclosure,
}

/// Audits a composed document.
pub fn audit(document: &Document, profile: &str) -> Result<Gate, String> {
    let library = Library::embedded();
    let disclosure = mz_recognise::recognise(document, library, Some(profile))
        .map_err(|error| error.to_string())?;
    let report = mz_audit::audit(&disclosure, library);
    let serious = |finding: &Finding| finding.severity > Severity::Info;
    Ok(Gate {
        findings: report.findings.into_iter().filter(serious).collect(),
        disclosure,
    })
}

impl Gate {
    /// Whether something in it cannot be true.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// The findings, one a line.
    pub fn text(&self, lang: Lang) -> String {
        let mut out = String::new();
        if !self.findings.is_empty() {
            out.push_str(&format!(
                "成稿审核发现 {} 个问题，请改资料后重新生成：\n",
                self.findings.len()
            ));
        }
        for finding in &self.findings {
            let message = lang.pick(&finding.message, &finding.message_en);
            out.push_str(&format!("  {} {message}\n", finding.code));
        }
        let n_unproved = self.disclosure.unproved.len();
        if n_unproved > 0 {
            out.push_str(&format!(
                "成稿中有 {n_unproved} 个数字没有对应的事实（多在自写的文字里）\n"
            ));
        }
        out
    }
}
