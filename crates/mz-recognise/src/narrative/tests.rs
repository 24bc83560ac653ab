//! Fictitious paragraphs and the claims they make, one line each.

mod claims;
mod dialects;
mod finals;
mod forms;
mod never_panics;
mod provinces;
mod shared_sample;
mod undeclared;

use mz_budget::{
    dimension::Dimension,
    disclosure::{Base, Claim, ClaimValue, Direction, Disclosure, Measure, StatementKind, Subject},
    library::Library,
};

/// Reads a text as a document of the Xinjiang profile. The name and year of the unit are said on the first lines.
fn read(text: &str) -> Disclosure {
    let text = format!(
        "红石市农机局\n\n2030 年单位预算公开\n\n第三部分 2030 年单位预算情况说明\n\n{text}"
    );
    let document = mz_document::read(text.as_bytes(), "notation.txt").expect("text is readable");
    let mut disclosure =
        crate::recognise(&document, Library::embedded(), Some("xinjiang-unit-2024"))
            .expect("the profile exists");
    if disclosure.year != Some(2030) || disclosure.unit.as_deref() != Some("红石市农机局") {
        // What the whole document says of itself is recognised elsewhere; here it is given.
        let profile = disclosure.profile.clone();
        disclosure = crate::start(&document, Library::embedded(), profile);
        disclosure.year = Some(2030);
        disclosure.unit = Some("红石市农机局".to_owned());
        let unit = disclosure.unit.clone();
        crate::outline::read(&document, &disclosure.profile, unit.as_deref()).fill(&mut disclosure);
        super::read(&document, Library::embedded(), &mut disclosure);
    }
    disclosure
}

/// Compares what a text says with the lines expected.
#[track_caller]
fn check(text: &str, expected: &str) {
    compare(&read(text), expected);
}

/// The same for a document with these titles, of the whole and of its narrative, read through this profile.
#[track_caller]
fn check_through(profile: &str, titles: [&str; 2], text: &str, expected: &str) {
    let [whole, narrative] = titles;
    let text = format!("红石市农机局\n\n{whole}\n\n第三部分 {narrative}\n\n{text}");
    let document = mz_document::read(text.as_bytes(), "notation.txt").expect("text is readable");
    let disclosure = crate::recognise(&document, Library::embedded(), Some(profile))
        .expect("the profile exists");
    compare(&disclosure, expected);
}

#[track_caller]
fn compare(disclosure: &Disclosure, expected: &str) {
    let said = dump(disclosure);
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    assert_eq!(said, expected, "\n{}\n", said.join("\n"));
}

/// Claims, statements, reasons, lists and what is unproved, one line each.
pub(super) fn dump(disclosure: &Disclosure) -> Vec<String> {
    let mut out: Vec<String> = disclosure
        .claims
        .iter()
        .map(|claim| claim_line(disclosure, claim))
        .collect();
    for statement in &disclosure.statements {
        let kind = match &statement.kind {
            StatementKind::NilTable { table } => format!("nil-table {table}"),
            StatementKind::Nil => "nil".to_owned(),
            StatementKind::AllFrom { whole } => {
                format!("all of {} from", subject(disclosure, whole))
            }
            StatementKind::Withheld => "withheld".to_owned(),
            StatementKind::SecretProjects => "secret projects".to_owned(),
        };
        let about = statement
            .subject
            .as_ref()
            .map_or_else(String::new, |s| format!(" {}", subject(disclosure, s)));
        out.push(format!("! {kind}{about}"));
    }
    for reason in &disclosure.reasons {
        out.push(format!("? g{} {}", reason.group, reason.text));
    }
    for list in &disclosure.lists {
        let names: Vec<&str> = list.names.iter().map(|(name, _)| name.as_str()).collect();
        let open = if list.open { " …" } else { "" };
        out.push(format!("= {:?} {}{open}", list.kind, names.join("·")));
    }
    for number in &disclosure.unproved {
        out.push(format!("~ {} {}", number.number, number.why));
    }
    out
}

fn claim_line(disclosure: &Disclosure, claim: &Claim) -> String {
    let measure = match &claim.measure {
        Measure::Amount => "amount".to_owned(),
        Measure::Share { of } => format!("share of {}", subject(disclosure, of)),
        Measure::Change => "change".to_owned(),
        Measure::Growth => "growth".to_owned(),
        Measure::Completion => "completion".to_owned(),
    };
    let direction = match claim.direction {
        Some(Direction::Up) => "+",
        Some(Direction::Down) => "-",
        Some(Direction::Level) => "=",
        None => "",
    };
    let value = match &claim.value {
        ClaimValue::Money(money) => money.to_string(),
        ClaimValue::Percent(percent) => format!("{percent}%"),
        ClaimValue::Quantity { number, unit } => format!("{number} {unit}"),
        ClaimValue::None => String::new(),
    };
    let base = claim.base.map_or("", |base| match base {
        Base::PriorBudget => " on prior-budget",
        Base::PriorExecution => " on prior-execution",
        Base::PriorFinal => " on prior-final",
        Base::InitialBudget => " on initial-budget",
        Base::AdjustedBudget => " on adjusted-budget",
    });
    let part = claim
        .part_of
        .map_or_else(String::new, |group| format!(" in g{group}"));
    let stage = format!("{:?}", claim.stage).to_lowercase();
    let about = subject(disclosure, &claim.subject);
    format!(
        "{about} | {measure} | {stage} | {direction}{value}{base} | g{}{part}",
        claim.group
    )
}

fn subject(disclosure: &Disclosure, subject: &Subject) -> String {
    match subject {
        Subject::Fact(key) => format!("#{key}"),
        Subject::Slice(slice) => {
            let keys: Vec<&str> = Dimension::ALL
                .iter()
                .filter(|d| slice.node(**d) != 0)
                .map(|d| {
                    disclosure
                        .dimensions
                        .tree(*d)
                        .node(slice.node(*d))
                        .key
                        .as_str()
                })
                .collect();
            if keys.is_empty() {
                "all".to_owned()
            } else {
                keys.join("/")
            }
        }
    }
}
