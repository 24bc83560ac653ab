//! Inheritance between data files: a child file overrides, adds to and removes from its parent's, key by key.
//!
//! Tables merge key by key. Arrays of tables whose elements are named (`id` or `key`) merge element by element: an element
//! with `remove = true` takes the parent's away, one with `after = "other"` is placed behind that element. Everything else
//! replaces the parent's value.

use toml::{Table, Value};

/// Keys that name the element of an array, in order of preference.
const NAMES: [&str; 2] = ["id", "key"];

/// The parent's table with the child's laid over it.
pub(super) fn merge(parent: Table, child: Table) -> Table {
    let mut merged = parent;
    for (key, value) in child {
        let value = match merged.remove(&key) {
            Some(below) => merge_values(below, value),
            None => without_directives(value),
        };
        merged.insert(key, value);
    }
    merged
}

fn merge_values(below: Value, above: Value) -> Value {
    match (below, above) {
        (Value::Table(below), Value::Table(above)) => Value::Table(merge(below, above)),
        (Value::Array(below), Value::Array(above)) => match element_name(&below, &above) {
            Some(name) => Value::Array(merge_elements(below, above, name)),
            None => Value::Array(above),
        },
        (_, above) => above,
    }
}

/// The key that names every element of both arrays.
fn element_name(below: &[Value], above: &[Value]) -> Option<&'static str> {
    let named =
        |elements: &[Value], name: &str| elements.iter().all(|e| name_of(e, name).is_some());
    NAMES
        .into_iter()
        .find(|name| !above.is_empty() && named(below, name) && named(above, name))
}

fn name_of<'a>(element: &'a Value, name: &str) -> Option<&'a str> {
    element.get(name).and_then(Value::as_str)
}

fn merge_elements(below: Vec<Value>, above: Vec<Value>, name: &str) -> Vec<Value> {
    let mut merged = below;
    for mut element in above {
        let Some(id) = name_of(&element, name).map(str::to_owned) else {
            continue;
        };
        let at = merged.iter().position(|e| name_of(e, name) == Some(&id));
        let (remove, after) = take_directives(&mut element);
        match (at, remove) {
            (Some(at), true) => {
                merged.remove(at);
            }
            (None, true) => {}
            (Some(at), false) => {
                let below = merged.remove(at);
                merged.insert(at, merge_values(below, element));
            }
            (None, false) => {
                let behind = after
                    .and_then(|after| merged.iter().position(|e| name_of(e, name) == Some(&after)));
                merged.insert(behind.map_or(merged.len(), |i| i + 1), element);
            }
        }
    }
    merged
}

/// Takes `remove` and `after` out of an element; they direct the merge and are no keys of the data.
fn take_directives(element: &mut Value) -> (bool, Option<String>) {
    let Some(table) = element.as_table_mut() else {
        return (false, None);
    };
    let remove = table
        .remove("remove")
        .and_then(|v| v.as_bool())
        .unwrap_or(false);
    let after = table
        .remove("after")
        .and_then(|v| v.as_str().map(str::to_owned));
    (remove, after)
}

fn without_directives(value: Value) -> Value {
    match value {
        Value::Array(elements) => Value::Array(
            elements
                .into_iter()
                .filter_map(|mut element| {
                    let named = NAMES.iter().any(|name| name_of(&element, name).is_some());
                    let (remove, _) = if named {
                        take_directives(&mut element)
                    } else {
                        (false, None)
                    };
                    (!remove).then_some(element)
                })
                .collect(),
        ),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        text.parse().expect("test data is TOML")
    }

    #[test]
    fn a_child_overrides_adds_and_removes() {
        let parent = table(
            "unit = '万元'\n[[table]]\nid = 'a'\ntitle = '甲'\n[[table]]\nid = 'b'\ntitle = '乙'\nmarks = [1]",
        );
        let child = table(
            "unit = '元'\n[[table]]\nid = 'b'\nmarks = [2, 3]\n[[table]]\nid = 'c'\nafter = 'a'\n[[table]]\nid = 'x'\nremove = true",
        );
        let expected = table(
            "unit = '元'\n[[table]]\nid = 'a'\ntitle = '甲'\n[[table]]\nid = 'c'\n[[table]]\nid = 'b'\ntitle = '乙'\nmarks = [2, 3]",
        );
        assert_eq!(merge(parent.clone(), child), expected);
        let without = merge(parent, table("[[table]]\nid = 'a'\nremove = true"));
        assert_eq!(without["table"].as_array().map(Vec::len), Some(1));
    }
}
