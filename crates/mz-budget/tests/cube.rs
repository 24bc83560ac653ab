//! The rules of the cube, one by one.

use mz_budget::{
    cube::{
        Constraints, Cube, Given, IdentityReason, Kind, Listed, Open, Reason, Slip, StepKind,
        Within, identities,
    },
    dimension::{NodeId, Slice, Tree},
};

const ULP: i64 = 10_000;

/// A figure in 万元 with two decimals, as its digits without the point.
fn printed(at: &[NodeId], digits: i64) -> Given {
    Given {
        slice: slice(at),
        value: digits * ULP,
        slack: ULP / 2,
        ulp: ULP,
        kind: Kind::Printed,
        trust: 100,
        prior: None,
    }
}

fn blank(at: &[NodeId]) -> Given {
    Given::blank(slice(at), ULP)
}

fn slice(at: &[NodeId]) -> Slice {
    let mut slice = Slice::WHOLE;
    slice.0[..at.len()].copy_from_slice(at);
    slice
}

/// All → 1, 2, 3; 1 → 4, 5.
fn tree() -> Tree {
    let mut tree = Tree::new("all");
    let first = tree.add(0, "a", "a");
    tree.add(0, "b", "b");
    tree.add(0, "c", "c");
    tree.add(first, "aa", "aa");
    tree.add(first, "ab", "ab");
    tree
}

/// All → 1, 2.
fn halves() -> Tree {
    let mut tree = Tree::new("all");
    tree.add(0, "x", "x");
    tree.add(0, "y", "y");
    tree
}

fn cube(trees: &[Tree], givens: Vec<Given>) -> Cube {
    Cube::new(trees, givens, &Constraints::default())
}

fn value(cube: &Cube, at: &[NodeId]) -> Option<i64> {
    cube.solve().known(slice(at)).map(|known| known.value / ULP)
}

#[test]
fn one_slice_printed_twice_is_equal() {
    let trees = [tree()];
    let same = cube(&trees, vec![printed(&[1], 500), printed(&[1], 500)]).solve();
    assert!(same.conflicts.is_empty());
    assert_eq!(same.n_identities, 1);
    let off = cube(&trees, vec![printed(&[1], 500), printed(&[1], 501)]);
    assert_eq!(
        off.solve().conflicts.len(),
        1,
        "one unit of the last digit is a contradiction between two figures"
    );
    assert_eq!(off.solve().conflicts[0].reason, Reason::Equal);
    assert_eq!(off.solve().conflicts[0].support, [0, 1]);
}

#[test]
fn figures_of_different_precision_must_only_meet() {
    let trees = [tree()];
    let fine = |value| Given {
        value,
        slack: 0,
        ulp: 1,
        ..printed(&[1], 0)
    };
    assert!(
        cube(&trees, vec![printed(&[1], 500), fine(5_004_999)])
            .solve()
            .conflicts
            .is_empty()
    );
    assert_eq!(
        cube(&trees, vec![printed(&[1], 500), fine(5_005_001)])
            .solve()
            .conflicts
            .len(),
        1
    );
    let finer = cube(&trees, vec![printed(&[1], 500), fine(5_004_999)]);
    assert_eq!(
        finer
            .solve()
            .known(slice(&[1]))
            .map(|known| (known.value, known.slack)),
        Some((5_004_999, 0))
    );
}

#[test]
fn parts_make_the_whole_and_the_whole_leaves_the_rest() {
    let trees = [tree()];
    let sum = cube(
        &trees,
        vec![printed(&[1], 100), printed(&[2], 200), printed(&[3], 300)],
    );
    assert_eq!(value(&sum, &[0]), Some(600));
    let rest = cube(
        &trees,
        vec![
            printed(&[0], 600),
            printed(&[2], 200),
            printed(&[3], 300),
            printed(&[4], 70),
        ],
    );
    assert_eq!(value(&rest, &[1]), Some(100));
    assert_eq!(value(&rest, &[5]), Some(30));
    let known = rest.solve().known(slice(&[5])).unwrap();
    assert_eq!(
        (known.support, known.n, known.slack),
        (vec![0, 1, 2, 3], 4, 2 * ULP)
    );
}

#[test]
fn rounding_is_reported_apart() {
    let trees = [halves()];
    let rounded = cube(
        &trees,
        vec![
            printed(&[0], 229_515),
            printed(&[1], 202_169),
            printed(&[2], 27_345),
        ],
    )
    .solve();
    assert!(rounded.conflicts.is_empty());
    assert_eq!(rounded.rounding.len(), 1);
    assert_eq!(rounded.rounding[0].difference, ULP);
    assert!(!rounded.rounding[0].hidden);
    let wrong = cube(
        &trees,
        vec![
            printed(&[0], 229_516),
            printed(&[1], 202_169),
            printed(&[2], 27_345),
        ],
    )
    .solve();
    assert_eq!((wrong.conflicts.len(), wrong.rounding.len()), (1, 0));
    assert_eq!(wrong.conflicts[0].difference, 2 * ULP);
    assert_eq!(wrong.conflicts[0].allowed, 3 * ULP / 2);
}

#[test]
fn a_zero_whole_empties_its_parts() {
    let trees = [tree(), halves()];
    let nothing = cube(
        &trees,
        vec![blank(&[1]), printed(&[0], 900), printed(&[2], 300)],
    );
    assert_eq!(value(&nothing, &[4]), Some(0));
    assert_eq!(value(&nothing, &[5, 2]), Some(0));
    assert_eq!(value(&nothing, &[3]), Some(600));
    let solution = nothing.solve();
    assert_eq!(
        solution.explain(slice(&[4, 1]))[0].kind,
        StepKind::Zero { because: vec![0] }
    );
    let contradicted = cube(&trees, vec![blank(&[1]), printed(&[4, 2], 5)]).solve();
    assert_eq!(contradicted.conflicts.len(), 1);
    assert_eq!(
        (
            contradicted.conflicts[0].reason,
            contradicted.conflicts[0].support.as_slice()
        ),
        (Reason::Zero, &[0, 1][..])
    );
}

#[test]
fn parts_that_use_up_the_whole_leave_nothing() {
    let trees = [tree(), halves()];
    let full = cube(
        &trees,
        vec![
            printed(&[0], 600),
            printed(&[2], 600),
            printed(&[0, 1], 100),
        ],
    );
    assert_eq!(value(&full, &[1]), Some(0));
    assert_eq!(value(&full, &[4, 2]), Some(0));
    assert_eq!(
        value(&full, &[2, 1]),
        Some(100),
        "all of x is b, because nothing else has money"
    );
    assert_eq!(value(&full, &[2, 2]), Some(500));
}

#[test]
fn parts_cannot_exceed_the_whole() {
    let trees = [tree()];
    let over = cube(
        &trees,
        vec![printed(&[0], 100), printed(&[1], 60), printed(&[2], 50)],
    )
    .solve();
    assert_eq!(over.conflicts.len(), 1);
    assert_eq!(over.conflicts[0].reason, Reason::Bound);
    assert_eq!(over.conflicts[0].support, [0, 1, 2]);
    let within = cube(
        &trees,
        vec![printed(&[0], 100), printed(&[1], 60), printed(&[2], 40)],
    )
    .solve();
    assert!(within.conflicts.is_empty());
    // The whole is two steps up, with nothing known between.
    let trees = [tree(), halves()];
    let far = cube(&trees, vec![printed(&[0, 0], 100), printed(&[4, 1], 101)]).solve();
    assert_eq!(far.conflicts.len(), 1);
    assert_eq!(far.conflicts[0].reason, Reason::Bound);
}

#[test]
fn overlay_groups_are_the_sum_of_their_members() {
    let mut economic = Tree::new("all");
    let goods = economic.add(0, "302", "302");
    let capital = economic.add(0, "310", "310");
    let reception = economic.add(goods, "30217", "30217");
    let running = economic.add(goods, "30231", "30231");
    economic.add(goods, "30201", "30201");
    let purchase = economic.add(capital, "31013", "31013");
    let vehicles = economic.add_overlay("vehicles", "vehicles", vec![purchase, running]);
    let three = economic.add_overlay("three-public", "three", vec![reception, vehicles]);
    let trees = [economic, halves()];
    let whole = cube(
        &trees,
        vec![
            printed(&[running], 66),
            printed(&[reception], 4),
            blank(&[purchase]),
        ],
    );
    assert_eq!(value(&whole, &[three]), Some(70));
    assert_eq!(value(&whole, &[vehicles]), Some(66));
    let rest = cube(
        &trees,
        vec![
            printed(&[three], 70),
            printed(&[reception], 4),
            blank(&[purchase]),
        ],
    );
    assert_eq!(value(&rest, &[running]), Some(66));
    let none = cube(&trees, vec![blank(&[three])]);
    assert_eq!(value(&none, &[running, 1]), Some(0));
    let wrong = cube(
        &trees,
        vec![
            printed(&[three], 72),
            printed(&[reception], 4),
            blank(&[purchase]),
            printed(&[running], 66),
        ],
    );
    let conflict = &wrong.solve().conflicts[0];
    assert_eq!((conflict.reason, conflict.support.len()), (Reason::Sum, 4));
    // A sub-scope bounds the group, a group is bounded by the whole.
    let above = cube(
        &trees,
        vec![printed(&[three], 50), printed(&[running, 1], 66)],
    )
    .solve();
    assert_eq!(above.conflicts.len(), 1);
    assert_eq!(above.conflicts[0].reason, Reason::Bound);
    let more = cube(&trees, vec![printed(&[0], 40), printed(&[three], 50)]).solve();
    assert_eq!(more.conflicts.len(), 1);
}

/// Fund → {appropriation → {general, funds}, other} × vintage {this, carried} × function {a, b, c} .
fn scopes() -> ([Tree; 3], [NodeId; 6]) {
    let mut fund = Tree::new("all");
    let appropriation = fund.add(0, "appropriation", "");
    let general = fund.add(appropriation, "general", "");
    let managed = fund.add(appropriation, "managed", "");
    let other = fund.add(0, "other", "");
    let mut vintage = Tree::new("all");
    let this = vintage.add(0, "this", "");
    let carried = vintage.add(0, "carried", "");
    (
        [fund, vintage, tree()],
        [appropriation, general, managed, other, this, carried],
    )
}

#[test]
fn zeros_let_tables_of_different_scope_meet() {
    let (trees, [_, general, managed, other, this, carried]) = scopes();
    let mut givens = vec![
        blank(&[managed, this]),
        blank(&[other, this]),
        blank(&[other, carried]),
        blank(&[managed, carried]),
        printed(&[0, 0, 2], 102_630),
        printed(&[general, this, 2], 91_539),
        printed(&[0, carried, 2], 11_091),
    ];
    let right = cube(&trees, givens.clone());
    assert!(right.solve().conflicts.is_empty());
    assert_eq!(value(&right, &[general, carried, 2]), Some(11_091));
    givens[5] = printed(&[general, this, 2], 95_139);
    let wrong = cube(&trees, givens).solve();
    assert_eq!(wrong.conflicts.len(), 1);
    for given in [0, 1, 4, 5, 6] {
        assert!(
            wrong.conflicts[0].support.contains(&given),
            "the zeros that connect the scopes are evidence"
        );
    }
    let cluster = &wrong.clusters()[0];
    let swapped = cluster
        .suspects
        .iter()
        .find(|suspect| suspect.given == 5)
        .unwrap();
    assert_eq!(
        (swapped.rank, swapped.implied, swapped.slip),
        (1, Some(91_539 * ULP), Slip::Swapped)
    );
}

#[test]
fn evidence_of_one_scope_is_not_evidence_of_another() {
    let (trees, [_, general, managed, other, this, _]) = scopes();
    // All figures are of the general budget of this year: the missing funds have no part in it.
    let wrong = cube(
        &trees,
        vec![
            blank(&[managed]),
            blank(&[other]),
            printed(&[general, this, 0], 600),
            printed(&[general, this, 1], 100),
            printed(&[general, this, 2], 200),
            printed(&[general, this, 3], 310),
        ],
    )
    .solve();
    assert_eq!(wrong.conflicts.len(), 1);
    assert_eq!(wrong.conflicts[0].support, [2, 3, 4, 5]);
}

#[test]
fn projects_only_divide_projects() {
    let mut nature = Tree::new("all");
    let basic = nature.add(0, "basic", "");
    let project = nature.add(0, "project", "");
    let mut projects = Tree::new("all");
    let (first, second) = (projects.add(0, "1", ""), projects.add(0, "2", ""));
    let trees = [nature, projects];
    let within = Within {
        dimension: 1,
        node: 0,
        scope: slice(&[project]),
    };
    let constraints = Constraints {
        within: vec![within],
        ..Constraints::default()
    };
    let solve = |givens| Cube::new(&trees, givens, &constraints);
    let ok = solve(vec![
        printed(&[0], 900),
        printed(&[basic], 400),
        printed(&[0, first], 300),
        printed(&[project, second], 200),
    ]);
    assert!(ok.solve().conflicts.is_empty());
    assert_eq!(value(&ok, &[project]), Some(500));
    assert_eq!(
        value(&ok, &[basic, first]),
        None,
        "no project lies outside project expenditure"
    );
    let off = solve(vec![
        printed(&[0], 910),
        printed(&[basic], 400),
        printed(&[0, first], 300),
        printed(&[project, second], 200),
    ]);
    assert_eq!(off.solve().conflicts.len(), 1);
}

#[test]
fn open_lists_only_bound() {
    let trees = [halves(), halves()];
    let givens = vec![
        printed(&[0, 1], 100),
        printed(&[1, 1], 30),
        printed(&[2, 1], 50),
    ];
    assert_eq!(cube(&trees, givens.clone()).solve().conflicts.len(), 1);
    let open = Open {
        dimension: 0,
        scope: slice(&[0, 1]),
    };
    let constraints = Constraints {
        open: vec![open],
        ..Constraints::default()
    };
    assert!(
        Cube::new(&trees, givens.clone(), &constraints)
            .solve()
            .conflicts
            .is_empty()
    );
    let less = vec![
        printed(&[0, 1], 70),
        printed(&[1, 1], 30),
        printed(&[2, 1], 50),
    ];
    assert_eq!(
        Cube::new(&trees, less, &constraints).solve().conflicts[0].reason,
        Reason::Bound
    );
    let listed = |scope| {
        let listed = vec![Listed {
            dimension: 0,
            node: 0,
            scope: slice(&[0, scope]),
        }];
        Constraints {
            by_list: vec![0],
            listed,
            ..Constraints::default()
        }
    };
    assert!(
        Cube::new(&trees, givens.clone(), &listed(2))
            .solve()
            .conflicts
            .is_empty()
    );
    assert_eq!(
        Cube::new(&trees, givens, &listed(1))
            .solve()
            .conflicts
            .len(),
        1
    );
}

#[test]
fn one_tree_is_a_cube_too() {
    let trees = [tree()];
    let counts = |at: NodeId, value| Given {
        slack: 0,
        ulp: 1,
        value,
        ..printed(&[at], 0)
    };
    let vehicles = cube(
        &trees,
        vec![
            counts(0, 26),
            counts(1, 20),
            counts(2, 5),
            counts(3, 1),
            counts(4, 20),
            counts(5, 0),
        ],
    );
    assert!(vehicles.solve().conflicts.is_empty());
    let off = cube(
        &trees,
        vec![counts(0, 27), counts(1, 20), counts(2, 5), counts(3, 1)],
    )
    .solve();
    assert_eq!((off.conflicts.len(), off.conflicts[0].difference), (1, 1));
}

#[test]
fn signed_amounts_add_up_without_bounds() {
    let trees = [tree()];
    let constraints = Constraints {
        signed: true,
        ..Constraints::default()
    };
    let changes = vec![
        printed(&[0], -50),
        printed(&[1], 20),
        printed(&[2], -70),
        printed(&[3], 0),
    ];
    assert!(
        Cube::new(&trees, changes.clone(), &constraints)
            .solve()
            .conflicts
            .is_empty()
    );
    let rest = Cube::new(&trees, changes[..3].to_vec(), &constraints);
    assert_eq!(value(&rest, &[3]), Some(0));
    let zero_whole = vec![
        printed(&[0], 0),
        printed(&[1], 20),
        printed(&[2], -20),
        printed(&[3], 0),
    ];
    assert!(
        Cube::new(&trees, zero_whole, &constraints)
            .solve()
            .conflicts
            .is_empty()
    );
    let wrong = vec![
        printed(&[0], -50),
        printed(&[1], 20),
        printed(&[2], -60),
        printed(&[3], 0),
    ];
    assert_eq!(
        Cube::new(&trees, wrong, &constraints)
            .solve()
            .conflicts
            .len(),
        1
    );
}

#[test]
fn printed_zeros_may_hide_what_rounds_to_them() {
    let trees = [tree()];
    // 30 yuan each, printed 0.00: the sum is 0.01.
    let hidden = cube(
        &trees,
        vec![
            printed(&[0], 1),
            printed(&[1], 0),
            printed(&[2], 0),
            printed(&[3], 0),
        ],
    )
    .solve();
    assert!(hidden.conflicts.is_empty());
    assert!(hidden.rounding[0].hidden);
    let blanks = cube(
        &trees,
        vec![printed(&[0], 1), blank(&[1]), blank(&[2]), blank(&[3])],
    )
    .solve();
    assert_eq!(blanks.conflicts.len(), 1, "a blank hides nothing");
}

#[test]
fn independent_errors_are_separate_root_causes() {
    let trees = [tree(), halves()];
    let amounts = [
        [30, 12, 18],
        [10, 4, 6],
        [8, 3, 5],
        [12, 5, 7],
        [6, 1, 5],
        [4, 3, 1],
    ];
    let mut givens = Vec::new();
    for (row, line) in amounts.iter().enumerate() {
        for (column, amount) in line.iter().enumerate() {
            givens.push(printed(&[row as NodeId, column as NodeId], *amount * 1_000));
        }
    }
    assert!(cube(&trees, givens.clone()).solve().conflicts.is_empty());
    givens[7].value += 300 * ULP;
    let one = cube(&trees, givens.clone()).solve().clusters();
    assert_eq!(one.len(), 1);
    assert_eq!((one[0].suspects.len(), one[0].suspects[0].given), (1, 7));
    assert_eq!(one[0].suspects[0].implied, Some(3_000 * ULP));
    givens[14].value += 90 * ULP;
    let two = cube(&trees, givens).solve().clusters();
    let named: Vec<usize> = two
        .iter()
        .map(|cluster| cluster.suspects[0].given)
        .collect();
    assert_eq!(named.len(), 2);
    assert!(named.contains(&7) && named.contains(&14), "{named:?}");
    assert!(two.iter().all(|cluster| cluster.is_proved));
}

#[test]
fn what_cannot_be_told_apart_is_a_tie() {
    let trees = [halves()];
    let clusters = cube(
        &trees,
        vec![
            printed(&[0], 123_456),
            printed(&[1], 100_000),
            printed(&[2], 20_000),
        ],
    )
    .solve()
    .clusters();
    assert_eq!(clusters.len(), 1);
    let ranks: Vec<usize> = clusters[0]
        .suspects
        .iter()
        .map(|suspect| suspect.rank)
        .collect();
    assert_eq!(clusters[0].suspects.len(), 3);
    assert_eq!(ranks[0], 1);
    assert_eq!(ranks[1], 1, "nothing favours one of them");
}

#[test]
fn a_copied_figure_is_recognised() {
    let trees = [tree()];
    let copied = cube(
        &trees,
        vec![
            printed(&[0], 1_000),
            printed(&[1], 640),
            printed(&[2], 200),
            printed(&[3], 160),
            printed(&[4], 640),
            printed(&[5], 300),
        ],
    );
    let clusters = copied.solve().clusters();
    assert_eq!(clusters.len(), 1);
    let first = &clusters[0].suspects[0];
    assert_eq!(
        (first.given, first.slip, first.implied),
        (4, Slip::Copied(1), Some(340 * ULP))
    );
}

#[test]
fn computations_are_shown_step_by_step() {
    let trees = [tree(), halves()];
    let rest = cube(
        &trees,
        vec![
            printed(&[0], 600),
            printed(&[2], 200),
            printed(&[3], 300),
            printed(&[1, 1], 70),
        ],
    );
    let solution = rest.solve();
    let steps = solution.explain(slice(&[1, 2]));
    assert_eq!(steps.last().unwrap().slice, slice(&[1, 2]));
    assert_eq!(steps.last().unwrap().value, 30 * ULP);
    assert!(
        matches!(&steps.last().unwrap().kind, StepKind::Rest { dimension: 1, whole, others }
        if *whole == slice(&[1]) && others == &[slice(&[1, 1])])
    );
    assert!(steps.iter().any(|step| matches!(&step.kind, StepKind::Rest { dimension: 0, whole, .. } if *whole == slice(&[0]))));
    assert!(solution.solve_without(&[3]).known(slice(&[1, 2])).is_none());
    let bounds = solution.solve_without(&[3]).bounds(slice(&[1, 2]));
    assert_eq!(
        (bounds.least, bounds.most),
        (0, Some(100 * ULP + 3 * ULP / 2))
    );
}

#[test]
fn identities_can_be_listed_without_amounts() {
    let trees = [tree(), halves()];
    let declared = [&[0, 0][..], &[1], &[2], &[3], &[1], &[4], &[0, 1], &[0, 2]].map(slice);
    let found = identities(&trees, &declared, &Constraints::default());
    let of = |reason| {
        found
            .iter()
            .filter(|identity| identity.reason == reason)
            .count()
    };
    assert_eq!(
        (
            of(IdentityReason::SameSlice),
            of(IdentityReason::Partition),
            of(IdentityReason::Bound)
        ),
        (1, 2, 0)
    );
}

#[test]
fn nonsense_does_no_harm() {
    let trees = [tree()];
    let bad = vec![
        printed(&[99], 5),
        printed(&[0, 3], 5),
        Given {
            value: i64::MAX,
            ..printed(&[1], 0)
        },
        Given {
            value: -5,
            ..printed(&[1], 0)
        },
        Given {
            slack: -1,
            ..printed(&[1], 7)
        },
        Given {
            ulp: 0,
            ..printed(&[2], 7)
        },
    ];
    let solution = cube(&trees, bad);
    assert!(solution.solve().conflicts.is_empty());
    assert_eq!(solution.solve().known(slice(&[77])), None);
    assert!(solution.solve().explain(slice(&[0, 5])).is_empty());
    assert!(solution.solve().clusters().is_empty());
    assert!(
        cube(&[], vec![printed(&[0], 1), printed(&[0], 2)])
            .solve()
            .conflicts
            .len()
            == 1
    );
}
