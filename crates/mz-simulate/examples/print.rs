//! Prints the disclosure of a seed: `cargo run -p mz-simulate --example print -- 7`.

fn main() {
    let seed = std::env::args()
        .nth(1)
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1);
    print!("{}", mz_simulate::xinjiang_unit_2024(seed));
}
