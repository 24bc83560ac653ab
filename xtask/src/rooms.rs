//! The rooms of the house and who may use whom: the one table behind the picture in ARCHITECTURE.md and the tidy test.

/// One crate: its name, what lives there, and the crates of ours it may use.
pub struct Room {
    /// Crate name, which is its folder name too.
    pub name: &'static str,
    /// One line.
    pub what: &'static str,
    /// Crates of ours it may depend on.
    pub may_use: &'static [&'static str],
}

/// All rooms, leaves first.
pub const ROOMS: &[Room] = &[
    Room {
        name: "mz-document",
        what: "documents of any format, with places; readers and writers",
        may_use: &[],
    },
    Room {
        name: "mz-fonts",
        what: "fonts of the system, and which serves which use",
        may_use: &[],
    },
    Room {
        name: "mz-typeset",
        what: "documents → PDF; a leaf, because the typesetter takes minutes to build",
        may_use: &["mz-document", "mz-fonts"],
    },
    Room {
        name: "mz-picture",
        what: "pages of PDFs as pictures; a leaf, like the typesetter",
        may_use: &["mz-document", "mz-fonts"],
    },
    Room {
        name: "mz-budget",
        what: "money, catalogues, dimensions, the cube, profiles, findings",
        may_use: &[],
    },
    Room {
        name: "mz-recognise",
        what: "document → disclosure",
        may_use: &["mz-document", "mz-budget"],
    },
    Room {
        name: "mz-compose",
        what: "reports and disclosures → documents",
        may_use: &["mz-document", "mz-budget"],
    },
    Room {
        name: "mz-package",
        what: "forms of a package (workbook, folder, JSON) and imports into one",
        may_use: &["mz-document", "mz-budget"],
    },
    Room {
        name: "mz-audit",
        what: "rules, locating, the obligations ledger",
        may_use: &["mz-budget"],
    },
    Room {
        name: "mingzhang",
        what: "the one binary: arguments, terminal, exit codes",
        may_use: &[
            "mz-document",
            "mz-budget",
            "mz-recognise",
            "mz-compose",
            "mz-package",
            "mz-typeset",
            "mz-audit",
            "mz-picture",
        ],
    },
    Room {
        name: "xtask",
        what: "generated files and tidy checks; must build while generated files are stale",
        may_use: &[],
    },
    Room {
        name: "mz-simulate",
        what: "random consistent disclosures, packages and planted errors, for tests and studies only",
        may_use: &["mz-budget"],
    },
    Room {
        name: "xtask-study",
        what: "the studies: mutation, census, claims, fuzzing",
        may_use: &[
            "mz-document",
            "mz-budget",
            "mz-recognise",
            "mz-audit",
            "mz-simulate",
        ],
    },
];

/// The table as Markdown.
pub fn picture() -> String {
    let mut out = String::from("| room | what lives there | may use |\n|---|---|---|\n");
    for room in ROOMS {
        let uses = if room.may_use.is_empty() {
            "nothing of ours".to_owned()
        } else {
            room.may_use.join(", ")
        };
        out.push_str(&format!("| `{}` | {} | {uses} |\n", room.name, room.what));
    }
    out
}
