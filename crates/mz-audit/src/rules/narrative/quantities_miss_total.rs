use std::sync::LazyLock;

use mz_budget::{disclosure::TextKind, finding::Severity, money::Decimal};

use crate::{
    Audit, Sink, declare_rule,
    pattern::{Captures, Pattern},
    wording,
};

declare_rule! {
    pub static QUANTITIES_MISS_TOTAL = {
        code: "MZ4101",
        name: "quantities-miss-total",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["NA-08"],
        page: "quantities_miss_total.md",
        check: check,
    };
}

/// A quantity split in brackets right behind it into a part and its negative: 计容 … 不计容 ….
static SPLIT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<total>[0-9][0-9,.]*)(?P<unit>[一-龥]{1,4})[（(]其中[：:]?(?P<name>[一-龥]{2,8}?)(?:为|约为)?(?P<first>[0-9][0-9,.]*)(?P<unit1>[一-龥]{1,4})[，、；](?P<no>[不非未])(?P<name2>[一-龥]{2,8}?)(?:为|约为)?(?P<second>[0-9][0-9,.]*)(?P<unit2>[一-龥]{1,4})[）)]",
    )
});

/// A part and what is not that part make up the whole, whatever they are.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for text in audit
        .texts_with(&SPLIT)
        .filter(|text| text.kind == TextKind::Body)
    {
        for found in SPLIT.captures_iter(&text.text) {
            let part = |name| found.name(name).map_or("", |m| m.as_str());
            let same = part("name") == part("name2")
                && part("unit") == part("unit1")
                && part("unit") == part("unit2");
            let Some((total, sum)) = sums(&found).filter(|_| same) else {
                continue;
            };
            sink.checked(1);
            let Some(whole) = found.get(0).filter(|_| total != sum) else {
                continue;
            };
            let place = wording::part(text, whole.range());
            sink.broken(
                &place,
                format!(
                    "“{}”：两部分合计 {} {}，与 {} {} 不符",
                    place.quote,
                    shown(sum),
                    part("unit"),
                    part("total"),
                    part("unit")
                ),
                format!(
                    "the two parts of “{}” add up to {}",
                    place.quote,
                    shown(sum)
                ),
            );
        }
    }
}

/// Total and sum of the parts, in ten-thousandths.
fn sums(found: &Captures<'_, '_>) -> Option<(i64, i64)> {
    let value = |name: &str| {
        let number = Decimal::parse(found.name(name)?.as_str())?;
        let missing = 4_u8.checked_sub(number.decimals)?;
        number.digits.checked_mul(10_i64.pow(u32::from(missing)))
    };
    Some((
        value("total")?,
        value("first")?.checked_add(value("second")?)?,
    ))
}

fn shown(ten_thousandths: i64) -> String {
    let (whole, rest) = (ten_thousandths / 10_000, ten_thousandths % 10_000);
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{rest:04}")
            .trim_end_matches('0')
            .to_owned()
    }
}
