//! The JSON form: the model as it is. The schema is `docs/schema/mingzhang.package-1.schema.json`.

use mz_budget::package::{FormPlace, Package};

use crate::{FormProblem, Opened, paths, problem::Problems};

/// Writes a package as JSON.
///
/// # Errors
///
/// Never for a package read by this program.
pub fn write(package: &Package) -> Result<Vec<u8>, String> {
    let mut bytes = serde_json::to_vec_pretty(package).map_err(|error| error.to_string())?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads a package.
///
/// # Errors
///
/// When the text is not JSON, or says something the model has no place for: where, and what.
pub fn read(bytes: &[u8], file: &str) -> Result<Opened, Vec<FormProblem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice::<Package>(bytes) {
        Ok(mut package) => {
            paths::fill(&mut package, file);
            Ok(Opened {
                package,
                problems: Vec::new(),
            })
        }
        Err(error) => {
            let mut problems = Problems::default();
            let place = FormPlace::new(
                file,
                format!("第 {} 行第 {} 列", error.line(), error.column()),
            );
            problems.error("not-a-package", format!("不是明账的资料：{error}"), place);
            Err(problems.0)
        }
    }
}
