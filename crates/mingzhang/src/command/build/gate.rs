//! The last gate: the document as composed is read and audited like anybody else's.

use mz_audit::withhold::Rests;
use mz_budget::{
    disclosure::Disclosure,
    finding::{Finding, Severity},
    library::Library,
    package::Package,
};
use mz_compose::lang::Lang;
use mz_document::Document;

/// What the audit says of a composed document.
pub struct Gate {
    findings: Vec<Finding>,
    /// How many findings say nothing but what is withheld.
    n_unsaid: usize,
    /// What the document says, as anybody reads it.
    pub disclosure: Disclosure,
}

/// Audits the composed document of a package. What differs by a withheld figure is not said: the difference is the
/// figure. Whether others can find it out is for `withhold` to prove.
pub fn audit(document: &Document, package: &Package) -> Result<Gate, String> {
    let library = Library::embedded();
    let disclosure = mz_recognise::recognise(document, library, Some(&package.profile))
        .map_err(|error| error.to_string())?;
    let report = mz_audit::audit(&disclosure, library);
    let rests = Rests::of(package, &disclosure, library);
    let serious = |finding: &Finding| finding.severity > Severity::Info;
    let (unsaid, findings): (Vec<_>, Vec<_>) = report
        .findings
        .into_iter()
        .filter(serious)
        .partition(|finding| rests.are_said_by(finding));
    Ok(Gate {
        findings,
        n_unsaid: unsaid.len(),
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
        if self.n_unsaid > 0 {
            out.push_str(&format!(
                "另有 {} 处合计与明细之差就是不予公开的数，不列出；外人能否推算，见 mingzhang withhold\n",
                self.n_unsaid
            ));
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
