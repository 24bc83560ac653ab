//! Groups in a list of figures: a figure that is the sum of the figures under it heads a group.

use mz_budget::money::Decimal;

/// Longest list that is looked at.
const MAX_FIGURES: usize = 2_000;

/// For each figure whether it heads a group; `None` where no grouping adds up to the whole.
pub(super) fn heads(figures: &[Decimal], whole: Option<Decimal>) -> Option<Vec<bool>> {
    let whole = whole?;
    if figures.len() > MAX_FIGURES {
        return None;
    }
    let decimals = figures.iter().chain([&whole]).map(|n| n.decimals).max()?;
    let scaled = |n: &Decimal| {
        n.digits
            .checked_mul(10_i64.checked_pow(u32::from(decimals - n.decimals))?)
    };
    let values: Vec<i64> = figures.iter().map(scaled).collect::<Option<_>>()?;
    let whole = scaled(&whole)?;
    // A group of one is a figure printed twice: it may as well be two things of one price. The whole decides.
    [2, 1]
        .into_iter()
        .map(|least| grouped(&values, least))
        .find(|(_, top)| is_near(*top, whole, values.len()))
        .map(|(heads, _)| heads)
}

fn is_near(sum: i64, whole: i64, n: usize) -> bool {
    (sum - whole).abs() * 2 <= i64::try_from(n).unwrap_or(0) + 1
}

/// Groups from the end of the list: what is not yet in a group and adds up to the figure before it becomes its group.
/// Returns the heads and the sum of what is in no group.
fn grouped(values: &[i64], least: usize) -> (Vec<bool>, i64) {
    let mut heads = vec![false; values.len()];
    // Figures in no group, the first of the list last.
    let mut tops: Vec<i64> = Vec::new();
    for (i, value) in values.iter().enumerate().rev() {
        let mut sum = 0;
        let mut taken = None;
        for (n, top) in tops.iter().rev().enumerate() {
            sum += top;
            if *value != 0 && n + 1 >= least && is_near(sum, *value, n + 1) {
                taken = Some(n + 1);
                break;
            }
        }
        if let Some(n) = taken {
            tops.truncate(tops.len() - n);
            if let Some(head) = heads.get_mut(i) {
                *head = true;
            }
        }
        tops.push(*value);
    }
    (heads, tops.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(figures: &str, whole: &str) -> Option<String> {
        let figures: Vec<Decimal> = figures.split(' ').filter_map(Decimal::parse).collect();
        let heads = heads(&figures, Decimal::parse(whole))?;
        Some(
            heads
                .iter()
                .map(|head| if *head { 'H' } else { '.' })
                .collect(),
        )
    }

    #[test]
    fn groups_are_found_by_their_sums() {
        assert_eq!(groups("30 10 20 5", "35").as_deref(), Some("H..."));
        assert_eq!(groups("1 2 3", "6").as_deref(), Some("..."));
        assert_eq!(groups("60 30 10 20 30 30", "60").as_deref(), Some("HH..H."));
        assert_eq!(groups("1 2", "9"), None);
    }
}
