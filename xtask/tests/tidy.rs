//! Style and structure, enforced. Each test names every offence it finds.

use xtask::{generate, workspace};

#[test]
fn generated_files_are_current() {
    if let Err(message) = generate::check(&workspace::root()) {
        panic!("{message}");
    }
}
