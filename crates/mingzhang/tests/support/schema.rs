//! JSON Schema draft 7, as far as our schemas and that of SARIF use it. A keyword that is not known fails, so that nothing
//! is taken for checked that was not.

use regex::Regex;
use serde_json::Value;

/// Everything in `value` that the schema forbids, as `path: reason`.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Validator { root: schema }.check(schema, value, "$", &mut faults);
    faults
}

struct Validator<'s> {
    root: &'s Value,
}

impl Validator<'_> {
    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Value::Object(keywords) = schema else {
            if schema == &Value::Bool(false) {
                faults.push(format!("{path}: nothing is allowed here"));
            }
            return;
        };
        for (keyword, wanted) in keywords {
            let fine = match keyword.as_str() {
                "$schema" | "$id" | "title" | "description" | "default" | "definitions" => true,
                "$ref" => {
                    self.check(self.resolve(wanted), value, path, faults);
                    true
                }
                "type" => list(wanted).iter().any(|one| is_type(value, text(one))),
                "enum" => list(wanted).contains(&value),
                "const" => wanted == value,
                "minimum" => value.as_f64().is_none_or(|n| n >= number(wanted)),
                "maximum" => value.as_f64().is_none_or(|n| n <= number(wanted)),
                "minLength" => value
                    .as_str()
                    .is_none_or(|s| s.chars().count() as f64 >= number(wanted)),
                "minItems" => value
                    .as_array()
                    .is_none_or(|items| items.len() as f64 >= number(wanted)),
                "maxItems" => value
                    .as_array()
                    .is_none_or(|items| items.len() as f64 <= number(wanted)),
                "uniqueItems" => wanted == &Value::Bool(false) || is_unique(value),
                "pattern" => value.as_str().is_none_or(|s| pattern(wanted).is_match(s)),
                "format" => value.as_str().is_none_or(|s| has_format(s, text(wanted))),
                "required" => self.required(wanted, value, path, faults),
                "properties" => self.properties(wanted, value, path, faults),
                "additionalProperties" => {
                    self.additional(keywords.get("properties"), wanted, value, path, faults)
                }
                "items" => self.items(wanted, value, path, faults),
                "anyOf" => self.n_holding(wanted, value) > 0,
                "oneOf" => self.n_holding(wanted, value) == 1,
                other => panic!("the schema uses `{other}`, which this validator does not know"),
            };
            if !fine {
                faults.push(format!(
                    "{path}: {keyword} {wanted} does not hold of {value}"
                ));
            }
        }
    }

    fn resolve(&self, reference: &Value) -> &Value {
        let pointer = text(reference)
            .strip_prefix('#')
            .expect("a local reference");
        self.root
            .pointer(pointer)
            .expect("a reference that resolves")
    }

    fn n_holding(&self, schemas: &Value, value: &Value) -> usize {
        let holds = |schema: &&Value| {
            let mut inner = Vec::new();
            self.check(schema, value, "$", &mut inner);
            inner.is_empty()
        };
        list(schemas).into_iter().filter(holds).count()
    }

    fn required(
        &self,
        wanted: &Value,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        if let Value::Object(object) = value {
            for key in list(wanted).into_iter().map(text) {
                if !object.contains_key(key) {
                    faults.push(format!("{path}: `{key}` is missing"));
                }
            }
        }
        true
    }

    fn properties(
        &self,
        schemas: &Value,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        if let Value::Object(object) = value {
            for (key, inner) in object {
                if let Some(schema) = schemas.get(key) {
                    self.check(schema, inner, &format!("{path}.{key}"), faults);
                }
            }
        }
        true
    }

    fn additional(
        &self,
        known: Option<&Value>,
        schema: &Value,
        value: &Value,
        path: &str,
        faults: &mut Vec<String>,
    ) -> bool {
        if let Value::Object(object) = value {
            for (key, inner) in object {
                if known.is_none_or(|known| known.get(key).is_none()) {
                    self.check(schema, inner, &format!("{path}.{key}"), faults);
                }
            }
        }
        true
    }

    fn items(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) -> bool {
        for (i, item) in value.as_array().into_iter().flatten().enumerate() {
            self.check(schema, item, &format!("{path}[{i}]"), faults);
        }
        true
    }
}

/// The values of an array, or the value alone.
fn list(value: &Value) -> Vec<&Value> {
    value
        .as_array()
        .map_or_else(|| vec![value], |items| items.iter().collect())
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a schema keyword with a string")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a schema keyword with a number")
}

fn pattern(value: &Value) -> Regex {
    Regex::new(text(value)).expect("a pattern that compiles")
}

fn is_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the schema uses the type `{other}`"),
    }
}

fn is_unique(value: &Value) -> bool {
    let items: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    items
        .iter()
        .enumerate()
        .all(|(i, item)| !items[..i].contains(item))
}

fn has_format(value: &str, format: &str) -> bool {
    let is_reference =
        value.is_ascii() && !value.contains([' ', '"', '<', '>', '\\', '^', '`', '{', '|', '}']);
    match format {
        "uri" => {
            is_reference
                && value
                    .split_once(':')
                    .is_some_and(|(scheme, _)| !scheme.is_empty())
        }
        "uri-reference" => is_reference,
        "date-time" => value.len() >= 20 && value.contains('T'),
        other => panic!("the schema uses the format `{other}`"),
    }
}
