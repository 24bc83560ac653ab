//! The whole disclosure as one JSON object (`mingzhang.disclosure/1`): the document, and the facts it states.

use mz_document::WriteError;
use serde_json::Value;

use super::{Publication, failed};
use crate::{lang::kind_key, understanding::facts};

pub(super) fn write(publication: &Publication<'_>) -> Result<Vec<u8>, WriteError> {
    let mut whole = mz_document::json::to_json(&publication.document).map_err(failed)?;
    let disclosure = publication.disclosure;
    if let Value::Object(object) = &mut whole {
        object.insert("profile".to_owned(), disclosure.profile.id.as_str().into());
        object.insert(
            "disclosure_kind".to_owned(),
            kind_key(disclosure.kind).into(),
        );
        object.insert("facts".to_owned(), Value::Object(facts(disclosure)));
    }
    let mut bytes = serde_json::to_vec(&whole).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}
