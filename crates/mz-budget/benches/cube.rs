//! Prints how long the cube takes: `cargo bench -p mz-budget --bench cube`.

#[path = "../tests/cube_fixture/mod.rs"]
mod cube_fixture;

use std::{
    fs,
    time::{Duration, Instant},
};

use cube_fixture::{Random, Shape, Unit, slip};
use mz_budget::cube::{Cube, Given, Kind};

const UNIT: Shape = Shape {
    n_functions: 4,
    n_projects: 9,
    n_economic: 14,
    n_carried: 4,
    is_mixed: false,
    prints_zeros: false,
    is_round: false,
};

fn main() {
    let plain = UNIT;
    let department = Shape {
        n_functions: 20,
        n_projects: 300,
        n_economic: 40,
        n_carried: 40,
        is_mixed: true,
        ..UNIT
    };
    for (name, shape, runs) in [
        ("unit", plain, 200),
        (
            "unit, zeros printed",
            Shape {
                prints_zeros: true,
                ..plain
            },
            200,
        ),
        (
            "unit, mixed funds",
            Shape {
                is_mixed: true,
                n_functions: 8,
                ..plain
            },
            200,
        ),
        ("department book", department, 20),
    ] {
        let unit = Unit::new(42, shape);
        let cube = Cube::new(&unit.trees, unit.givens.clone(), &unit.constraints);
        let n_figures = unit
            .givens
            .iter()
            .filter(|given| given.kind == Kind::Printed)
            .count();
        if std::env::var("ONLY").is_ok_and(|only| only == name) {
            for _ in 0..runs {
                drop(cube.solve());
            }
            return;
        }
        let solution = cube.solve();
        println!(
            "{name}: {} givens ({n_figures} figures), {} slices, {} identities, {} conflicts, {} rounding{}",
            unit.givens.len(),
            solution.n_slices,
            solution.n_identities,
            solution.conflicts.len(),
            solution.rounding.len(),
            if solution.truncated {
                ", truncated"
            } else {
                ""
            },
        );
        println!(
            "    new {:>8} µs",
            median(runs, || drop(Cube::new(
                &unit.trees,
                unit.givens.clone(),
                &unit.constraints
            )))
        );
        println!("    solve {:>6} µs", median(runs, || drop(cube.solve())));
        locate(&unit, if n_figures > 2_000 { 5 } else { 40 });
    }
}

/// Time of this thread on a processor, where the system tells it, else time on the wall: other programs do not count.
struct Clock(Option<Duration>, Instant);

impl Clock {
    fn start() -> Self {
        Self(on_processor(), Instant::now())
    }

    fn elapsed(&self) -> Duration {
        match (self.0, on_processor()) {
            (Some(start), Some(now)) => now - start,
            _ => self.1.elapsed(),
        }
    }
}

fn on_processor() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split(' ').next()?.parse().ok()?))
}

fn locate(unit: &Unit, runs: usize) {
    let mut random = Random::new(3);
    let mut times = Vec::new();
    while times.len() < runs {
        let given = random.below(unit.givens.len());
        let it = unit.givens[given];
        let Some(value) = slip(&mut random, unit, given).filter(|_| it.kind != Kind::Absent) else {
            continue;
        };
        let mut givens = unit.givens.clone();
        givens[given] = Given {
            value,
            kind: Kind::Printed,
            slack: cube_fixture::ULP / 2,
            ..it
        };
        let cube = Cube::new(&unit.trees, givens, &unit.constraints);
        let start = Clock::start();
        let clusters = cube.solve().clusters();
        times.push(start.elapsed());
        if std::env::var_os("SHOW").is_some() {
            println!(
                "    {:?} for {} causes, {} suspects",
                start.elapsed(),
                clusters.len(),
                clusters.iter().map(|c| c.suspects.len()).sum::<usize>()
            );
        }
    }
    println!(
        "    solve and locate one error: median {} µs, worst {} µs",
        middle(&mut times),
        times.last().map_or(0, Duration::as_micros)
    );
}

/// Median of batches: the processor clock may tick coarsely.
fn median(runs: usize, mut run: impl FnMut()) -> u128 {
    const BATCH: u32 = 10;
    let mut times: Vec<Duration> = (0..runs.div_ceil(10))
        .map(|_| {
            let start = Clock::start();
            (0..BATCH).for_each(|_| run());
            start.elapsed() / BATCH
        })
        .collect();
    middle(&mut times)
}

fn middle(times: &mut [Duration]) -> u128 {
    times.sort_unstable();
    times[times.len() / 2].as_micros()
}
