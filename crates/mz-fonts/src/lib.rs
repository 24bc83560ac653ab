//! The fonts of the system: which faces its folders hold, and which of them serves which use.
//!
//! Nothing is loaded but the heads of files: Chinese fonts have tens of megabytes each.

mod scan;
mod uses;

use std::{
    env,
    path::{Path, PathBuf},
};

pub use scan::{Face, Table};
pub use uses::{USES, Use};

/// All faces that were found.
#[derive(Clone, Debug)]
pub struct Fonts {
    /// Folders that were looked through, in order.
    pub folders: Vec<PathBuf>,
    /// Faces of the folder that was asked for, then those of the user and the system.
    groups: [Vec<Face>; 2],
}

impl Fonts {
    /// Looks through a folder that was asked for, the folder `fonts` beside the program, and those of the user and the
    /// system.
    pub fn find(asked: Option<&Path>) -> Self {
        let system = system_folders();
        let given = asked.map(scan::faces).unwrap_or_default();
        let found = system
            .iter()
            .flat_map(|folder| scan::faces(folder))
            .collect();
        Self {
            folders: asked
                .map(Path::to_path_buf)
                .into_iter()
                .chain(system)
                .collect(),
            groups: [given, found],
        }
    }

    /// The faces that serve a use, best first: any family of the folder asked for goes before all others, and families
    /// with rare characters come last. Empty when there is no Chinese font.
    pub fn chain(&self, one: Use) -> Vec<&Face> {
        let mut chain: Vec<&Face> = Vec::new();
        for families in [one.families().as_slice(), &uses::RARE] {
            for group in &self.groups {
                let faces = families
                    .iter()
                    .filter_map(|family| best(group, family, one.weight()));
                for face in faces {
                    if !chain.iter().any(|known| known.is_same(face)) {
                        chain.push(face);
                    }
                }
            }
        }
        // Rare characters alone make no text.
        let serves = chain
            .iter()
            .any(|face| one.families().iter().any(|family| face.is_named(family)));
        if serves { chain } else { Vec::new() }
    }
}

/// The face of a family whose weight comes nearest; the first in order of paths among equals.
fn best<'a>(faces: &'a [Face], family: &str, weight: u16) -> Option<&'a Face> {
    faces
        .iter()
        .filter(|face| face.is_named(family))
        .min_by_key(|face| face.weight.abs_diff(weight))
}

/// Folders with fonts, the nearest first: beside the program, of the user, of the system.
fn system_folders() -> Vec<PathBuf> {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from);
    let home = variable("HOME");
    let beside = env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("fonts")));
    let mut folders: Vec<PathBuf> = beside.into_iter().collect();
    if cfg!(windows) {
        folders.extend(variable("LOCALAPPDATA").map(|f| f.join("Microsoft/Windows/Fonts")));
        folders.push(
            variable("WINDIR")
                .unwrap_or_else(|| PathBuf::from("C:/Windows"))
                .join("Fonts"),
        );
    } else if cfg!(target_os = "macos") {
        folders.extend(home.map(|home| home.join("Library/Fonts")));
        folders.extend(["/Library/Fonts", "/System/Library/Fonts"].map(PathBuf::from));
    } else {
        let data = variable("XDG_DATA_HOME")
            .or_else(|| home.as_ref().map(|home| home.join(".local/share")));
        folders.extend(data.map(|data| data.join("fonts")));
        folders.extend(home.map(|home| home.join(".fonts")));
        folders.extend(
            [
                "/usr/local/share/fonts",
                "/usr/share/fonts",
                "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
            ]
            .map(PathBuf::from),
        );
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(path: &str, name: &str, weight: u16) -> Face {
        Face {
            path: PathBuf::from(path),
            index: 0,
            names: vec![name.to_owned()],
            weight,
        }
    }

    fn fonts(given: Vec<Face>, system: Vec<Face>) -> Fonts {
        Fonts {
            folders: Vec::new(),
            groups: [given, system],
        }
    }

    #[test]
    fn the_nearest_weight_is_chosen() {
        let faces = [
            face("a", "x", 300),
            face("b", "x", 400),
            face("c", "y", 700),
        ];
        assert_eq!(best(&faces, "x", 700).map(|f| f.weight), Some(400));
        assert!(best(&faces, "z", 400).is_none());
    }

    #[test]
    fn every_use_ends_with_an_open_family() {
        for one in USES {
            assert!(one.families().contains(&"noto serif cjk sc"), "{one:?}");
        }
    }

    #[test]
    fn a_folder_asked_for_goes_first_and_rare_characters_last() {
        let fonts = fonts(
            vec![face("given", "noto serif cjk sc", 400)],
            vec![face("rare", "simsun-extb", 400), face("own", "仿宋", 400)],
        );
        let paths: Vec<&str> = fonts
            .chain(Use::Body)
            .iter()
            .filter_map(|face| face.path.to_str())
            .collect();
        assert_eq!(paths, ["given", "own", "rare"]);
    }

    #[test]
    fn rare_characters_alone_serve_nothing() {
        let fonts = fonts(Vec::new(), vec![face("rare", "simsun-extb", 400)]);
        assert!(fonts.chain(Use::Body).is_empty());
    }
}
