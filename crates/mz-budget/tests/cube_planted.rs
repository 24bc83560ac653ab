//! Random consistent budgets: nothing is reported. One figure changed: it is found, and named first.

mod cube_fixture;

use cube_fixture::{Random, Shape, Unit, slip};
use mz_budget::cube::{Cube, Given};

fn cube(unit: &Unit, givens: Vec<Given>) -> Cube {
    Cube::new(&unit.trees, givens, &unit.constraints)
}

#[test]
fn consistent_budgets_have_no_conflicts() {
    let mut random = Random::new(1);
    let (mut n_givens, mut n_identities, mut n_rounding) = (0, 0, 0);
    for seed in 0..40 {
        let shape = Shape::random(&mut random);
        let unit = Unit::new(seed, shape);
        let cube = cube(&unit, unit.givens.clone());
        let solution = cube.solve();
        assert!(
            solution.conflicts.is_empty(),
            "seed {seed} {shape:?}: {:#?}",
            solution.conflicts[0]
        );
        assert!(!solution.truncated, "seed {seed}");
        n_givens += unit.givens.len();
        n_identities += solution.n_identities;
        n_rounding += solution.rounding.len();
        if shape.is_round {
            assert!(
                solution.rounding.is_empty(),
                "seed {seed}: {:?}",
                solution.rounding[0]
            );
        }
        // What is derived is true.
        for identity in solution.identities() {
            let known = solution.known(identity.whole).unwrap();
            let truth = unit.truth(identity.whole);
            assert!(
                (known.value - truth).abs() <= known.slack,
                "seed {seed}: {identity:?} {known:?} {truth}"
            );
        }
    }
    println!(
        "40 budgets: {n_givens} givens, {n_identities} identities, {n_rounding} by rounding, 0 conflicts"
    );
}

#[test]
fn a_changed_figure_is_found_and_named() {
    let mut random = Random::new(7);
    let (mut n, mut n_found, mut n_first, mut n_three, mut n_clusters) = (0, 0, 0, 0, 0);
    for seed in 0..12 {
        let unit = Unit::new(100 + seed, Shape::random(&mut random));
        for _ in 0..25 {
            let given = random.below(unit.givens.len());
            // Rows that are not printed cannot be changed.
            if unit.givens[given].kind == mz_budget::cube::Kind::Absent {
                continue;
            }
            let Some(value) = slip(&mut random, &unit, given) else {
                continue;
            };
            let mut givens = unit.givens.clone();
            givens[given] = Given {
                value,
                kind: mz_budget::cube::Kind::Printed,
                slack: cube_fixture::ULP / 2,
                ..givens[given]
            };
            let cube = cube(&unit, givens);
            let solution = cube.solve();
            n += 1;
            n_found += usize::from(!solution.conflicts.is_empty());
            let clusters = solution.clusters();
            n_clusters += clusters.len();
            let ranks = clusters.iter().flat_map(|cluster| &cluster.suspects);
            let rank = ranks
                .filter(|suspect| suspect.given == given)
                .map(|suspect| suspect.rank)
                .min();
            n_first += usize::from(rank == Some(1));
            n_three += usize::from(rank.is_some_and(|rank| rank <= 3));
            if rank != Some(1) && std::env::var_os("SHOW").is_some() {
                println!(
                    "seed {seed} table {} {:?} {} -> {value}: {} conflicts, rank {rank:?}",
                    unit.tables[given],
                    unit.givens[given].slice,
                    unit.givens[given].value,
                    solution.conflicts.len()
                );
                for cluster in &clusters {
                    for suspect in cluster.suspects.iter().take(4) {
                        println!(
                            "    {suspect:?} table {} {:?}",
                            unit.tables[suspect.given], unit.givens[suspect.given]
                        );
                    }
                }
            }
        }
    }
    println!(
        "{n} changed: {n_found} found, {n_first} named first, {n_three} in the first three, {n_clusters} root causes"
    );
    assert!(n >= 200);
    assert!(n_found * 1_000 >= n * 995);
    assert!(n_first * 100 >= n * 95);
    assert!(n_three * 100 >= n * 99);
}
