//! The references behind the `law` keys of findings.

use std::collections::BTreeMap;

use mz_budget::library::Library;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    law: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    title: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    article: String,
}

/// Laws and standards by key.
#[derive(Debug, Default)]
pub struct Laws(BTreeMap<String, Entry>);

impl Laws {
    /// Those of `law.toml`; what cannot be read is left out, and its keys are shown as they are.
    pub fn of(library: &Library) -> Self {
        Self(
            library
                .data::<File>("law.toml")
                .map(|file| file.law)
                .unwrap_or_default(),
        )
    }

    /// `《中华人民共和国预算法》第十四条（2018 年修正）`, or the key where nothing is known of it.
    pub fn name(&self, key: &str) -> String {
        let Some(entry) = self.0.get(key) else {
            return key.to_owned();
        };
        // A principle without a number is no titled text.
        if entry.number.is_empty() && entry.article.is_empty() {
            return entry.title.clone();
        }
        let number = if entry.number.is_empty() {
            String::new()
        } else {
            format!("（{}）", entry.number)
        };
        format!("《{}》{}{number}", entry.title, entry.article)
    }

    /// All references of a finding, joined.
    pub fn names(&self, keys: &[&str]) -> String {
        keys.iter()
            .map(|key| self.name(key))
            .collect::<Vec<_>>()
            .join("；")
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn references_read_as_a_person_writes_them() {
        let read = |text| Laws::of(&Library::from_files(Cow::Owned(vec![("law.toml", text)])));
        let laws = read(
            "[law.a]\ntitle = \"预算法\"\nnumber = \"2018\"\narticle = \"第十四条\"\n[law.b]\ntitle = \"应当一致\"\n",
        );
        assert_eq!(
            laws.names(&["a", "b", "c"]),
            "《预算法》第十四条（2018）；应当一致；c"
        );
        assert_eq!(read("not toml").name("a"), "a");
    }
}
