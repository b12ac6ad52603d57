//! Every public function of nenpyo, its schema, what runs on the host and what sets texts shows how it is called.
//!
//! The sources are parsed; what a `macro_rules!` makes is found in its text, because no parser looks into that.
//! `unreachable_pub` is a warning everywhere, so what says `pub` can be called.

#[allow(dead_code, reason = "each test program uses its part of the sources")]
mod sources;

use std::path::Path;

use syn::visit::{self, Visit};

const CRATES: [&str; 5] = ["src", "schema/src", "codegen/src", "typeset/src", "kiosk/src"];

#[test]
fn every_public_function_has_a_runnable_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut functions = Functions::default();
    for path in CRATES.iter().flat_map(|folder| sources::rust_files(&root.join(folder))) {
        functions
            .read(&path.strip_prefix(root).unwrap().display().to_string(), &std::fs::read_to_string(&path).unwrap());
    }
    // Fewer would mean that the search has gone blind.
    assert!(functions.found > 200, "only {} public functions found", functions.found);
    let bare = &functions.bare;
    assert!(bare.is_empty(), "{} public functions have no example:\n{}", bare.len(), bare.join("\n"));
}

#[test]
fn what_has_no_example_is_named() {
    let mut functions = Functions::default();
    functions.read(
        "a.rs",
        r#"
/// ```
/// a();
/// ```
pub fn shown() {}
/// ```text
/// picture
/// ```
pub fn drawn() {}
pub(crate) fn ours() {}
pub struct Thing<T>(T);
impl<T> Thing<T> {
    /// ```
    #[doc = concat!("a", "();")]
    /// ```
    pub const fn shown(&self) {}
    /// ```ignore
    /// a();
    /// ```
    pub fn told(&self) {}
    fn own(&self) {}
}
impl Clone for Thing<u8> {
    fn clone(&self) -> Self {
        Self(0)
    }
}
#[cfg(test)]
mod tests {
    pub fn help() {}
}
macro_rules! both {
    ($name:ident) => {
        /// ```
        /// a();
        /// ```
        #[inline]
        pub fn shown() {}
        /// Nothing.
        pub const fn $name(
            self,
        ) {
        }
    };
}
"#,
    );
    assert_eq!(functions.bare, ["a.rs: $name in a macro", "a.rs: drawn", "a.rs: Thing::told"]);
    assert_eq!(functions.found, 6);
}

/// The public functions of the files that were read.
#[derive(Default)]
struct Functions {
    file: String,
    /// The type whose `impl` is being read.
    of: Option<String>,
    found: usize,
    /// Those without an example.
    bare: Vec<String>,
}

impl Functions {
    fn read(&mut self, file: &str, source: &str) {
        file.clone_into(&mut self.file);
        self.read_macros(source);
        self.visit_file(&syn::parse_file(source).unwrap_or_else(|error| panic!("{file}: {error}")));
    }

    fn add(&mut self, name: &str, docs: &str) {
        self.found += 1;
        if !has_example(docs) {
            self.bare.push(format!("{}: {name}", self.file));
        }
    }

    fn read_macros(&mut self, source: &str) {
        let mut docs = String::new();
        let mut end = None;
        for line in source.lines() {
            let text = line.trim_start();
            if text.starts_with("macro_rules! ") {
                end = Some(format!("{}}}", &line[..line.len() - text.len()]));
            } else if end.as_deref() == Some(line) {
                end = None;
            } else if end.is_some() {
                if let Some(doc) = text.strip_prefix("///") {
                    docs.extend([doc, "\n"]);
                } else if let Some(name) = function_name(text) {
                    self.add(&format!("{name} in a macro"), &std::mem::take(&mut docs));
                } else if !text.starts_with("#[") {
                    docs.clear();
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_some() {
            return;
        }
        self.of = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        };
        visit::visit_item_impl(self, item);
        self.of = None;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if is_public(&function.vis) {
            let name = format!("{}::{}", self.of.as_deref().unwrap_or_default(), function.sig.ident);
            self.add(&name, &docs(&function.attrs));
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if is_public(&function.vis) {
            self.add(&function.sig.ident.to_string(), &docs(&function.attrs));
        }
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn is_test(attribute: &syn::Attribute) -> bool {
    let is = |word: &str| attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident(word));
    attribute.path().is_ident("cfg") && is("test")
}

/// The lines of the documentation; what is put together by a macro is code inside an example.
fn docs(attributes: &[syn::Attribute]) -> String {
    let line = |attribute: &syn::Attribute| match &attribute.meta {
        syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value() + "\n"),
            _ => Some("…\n".to_owned()),
        },
        _ => None,
    };
    attributes.iter().filter_map(line).collect()
}

/// Whether there is a block of code that rustdoc runs.
fn has_example(docs: &str) -> bool {
    let fences = docs.lines().filter_map(|line| line.trim().strip_prefix("```"));
    fences.step_by(2).any(|info| matches!(info, "" | "rust" | "should_panic"))
}

/// The name in `pub fn name(…` or `pub const fn name(…`.
fn function_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest).strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}
