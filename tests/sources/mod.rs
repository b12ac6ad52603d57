//! The Rust files of this repository, and the functions in them that can be called from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// The Rust files in a folder and all folders in it, in order.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let rust = |path: PathBuf| {
        if path.is_dir() {
            return rust_files(&path);
        }
        Vec::from_iter(path.extension().is_some_and(|extension| extension == "rs").then_some(path))
    };
    paths.into_iter().flat_map(rust).collect()
}

/// The functions that these sources offer, as Rust writes their paths: `Chronicle::get`, `<Text as Display>::fmt`.
///
/// What a `macro_rules!` of the sources makes is expanded; what only tests or a feature for other people's formats
/// see is left out.
pub(crate) fn public_functions(sources: &[String]) -> Vec<String> {
    let files: Vec<syn::File> = sources.iter().map(|source| syn::parse_file(source).expect("Rust")).collect();
    let mut functions = Functions::default();
    for file in &files {
        functions.visit_definitions(file);
    }
    for file in &files {
        functions.visit_file(file);
    }
    functions.found.sort();
    functions.found.dedup();
    functions.found
}

#[derive(Default)]
struct Functions {
    macros: BTreeMap<String, Macro>,
    /// Types and traits that nobody outside knows.
    private: BTreeSet<String>,
    /// The type whose `impl` is being read.
    of: String,
    found: Vec<String>,
}

/// A `macro_rules!` of one arm.
struct Macro {
    variables: Vec<String>,
    /// Whether it takes any number of what it takes.
    repeats: bool,
    /// Whether it takes a type with what is in it: of these only the functions are looked for, not what they do.
    of_type: bool,
    body: TokenStream,
}

impl Functions {
    /// Reads what must be known before functions are looked for.
    fn visit_definitions(&mut self, file: &syn::File) {
        for item in &file.items {
            match item {
                syn::Item::Macro(syn::ItemMacro { ident: Some(name), mac, .. }) => {
                    self.macros.insert(name.to_string(), Macro::read(&name.to_string(), mac.tokens.clone()));
                }
                syn::Item::Struct(syn::ItemStruct { ident, vis, .. })
                | syn::Item::Enum(syn::ItemEnum { ident, vis, .. })
                | syn::Item::Trait(syn::ItemTrait { ident, vis, .. })
                    if !is_public(vis) =>
                {
                    self.private.insert(ident.to_string());
                }
                _ => {}
            }
        }
    }

    /// What a macro makes of this. Only what is included is not looked at: it is data.
    fn expand(&self, call: &syn::Macro) -> Option<TokenStream> {
        let name = call.path.segments.last().expect("a name").ident.to_string();
        if name == "include" {
            return None;
        }
        let known = self.macros.get(&name).unwrap_or_else(|| panic!("{name}! is not in these sources"));
        Some(known.expand(&name, call.tokens.clone()))
    }

    /// The functions that are derived, as far as they compute or write something.
    fn derived(&mut self, name: &syn::Ident, visibility: &syn::Visibility, attributes: &[syn::Attribute]) {
        if !is_public(visibility) {
            return;
        }
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let derived = attribute.parse_args_with(Punctuated::<syn::Path, syn::Token![,]>::parse_terminated);
            for path in derived.expect("a list of traits") {
                let function = match trait_name(&path).as_str() {
                    "Debug" => "fmt",
                    "PartialEq" => "eq",
                    // What is ordered or hashed here are numbers.
                    _ => continue,
                };
                self.add(format!("<{name} as {}>::{function}", trait_name(&path)));
            }
        }
    }

    fn add(&mut self, name: String) {
        self.found.push(name);
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_for_tests) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.is_none()
            && let Some(made) = self.expand(&item.mac)
        {
            self.visit_file(&syn::parse2(made).expect("items"));
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        // Formats of other people are theirs to write; what we offer beside them is ours.
        if item.attrs.iter().any(is_for_tests) || item.trait_.is_some() && item.attrs.iter().any(is_for_a_format) {
            return;
        }
        let own = type_name(&item.self_ty);
        let of_trait = item.trait_.as_ref().map(|(path, _)| trait_name(path));
        if self.private.contains(&own) || of_trait.as_ref().is_some_and(|name| self.private.contains(name)) {
            return;
        }
        let is_trait = of_trait.is_some();
        self.of = of_trait.map_or_else(|| own.clone(), |name| format!("<{own} as {name}>"));
        if self.of.contains(" as Record") {
            // Sealed, and hidden: only this crate calls it.
            return;
        }
        for part in &item.items {
            match part {
                syn::ImplItem::Fn(function) if is_trait || is_public(&function.vis) => {
                    self.add(format!("{}::{}", self.of, function.sig.ident));
                }
                syn::ImplItem::Macro(call) => {
                    if let Some(made) = self.expand(&call.mac) {
                        let made: syn::ItemImpl = syn::parse2(quote!(impl X { #made })).expect("functions of a type");
                        for part in &made.items {
                            if let syn::ImplItem::Fn(function) = part {
                                self.add(format!("{}::{}", self.of, function.sig.ident));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if is_public(&function.vis) {
            self.add(function.sig.ident.to_string());
        }
        visit::visit_item_fn(self, function);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.derived(&item.ident, &item.vis, &item.attrs);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.derived(&item.ident, &item.vis, &item.attrs);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        for part in &item.items {
            if let syn::TraitItem::Fn(function) = part
                && function.default.is_some()
                && is_public(&item.vis)
            {
                self.add(format!("{}::{}", item.ident, function.sig.ident));
            }
        }
    }
}

impl Macro {
    fn read(name: &str, tokens: TokenStream) -> Self {
        let mut tokens = tokens.into_iter();
        let (Some(TokenTree::Group(pattern)), Some(TokenTree::Group(body))) =
            (tokens.next(), tokens.find(|token| matches!(token, TokenTree::Group(_))))
        else {
            panic!("{name}! is not read by this test: it has no pattern and body")
        };
        let more = tokens.any(|token| matches!(token, TokenTree::Group(_)));
        assert!(!more, "{name}! has several arms: teach this test to read it");
        let text: String = pattern.stream().to_string();
        let repeats = text.starts_with("$ (") && text.ends_with('+');
        let mut variables = Vec::new();
        collect_variables(pattern.stream(), &mut variables);
        Self { variables, repeats, of_type: text.contains('{'), body: body.stream() }
    }

    fn expand(&self, name: &str, call: TokenStream) -> TokenStream {
        let arguments = arguments(call);
        if self.of_type {
            let of = arguments.first().and_then(|argument| argument.clone().into_iter().next());
            let functions = declared(self.body.clone());
            return quote!(impl #of { #(pub fn #functions() {})* });
        }
        let wanted = self.variables.len();
        if self.repeats {
            assert_eq!(wanted, 1, "{name}! repeats several variables: teach this test to read it");
            let each = arguments.into_iter().map(|argument| self.fill(&[argument]));
            return each.collect();
        }
        assert_eq!(arguments.len(), wanted, "{name}! takes {wanted} arguments");
        self.fill(&arguments)
    }

    fn fill(&self, arguments: &[TokenStream]) -> TokenStream {
        fill(self.body.clone(), &self.variables, arguments)
    }
}

/// The variables of a pattern in their order, documentation apart.
fn collect_variables(pattern: TokenStream, variables: &mut Vec<String>) {
    let mut tokens = pattern.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_dollar = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '$');
        match tokens.peek() {
            Some(TokenTree::Ident(name)) if is_dollar => {
                let name = name.to_string();
                if !name.ends_with("doc") {
                    variables.push(name);
                }
            }
            Some(TokenTree::Group(group)) if is_dollar => collect_variables(group.stream(), variables),
            _ => {}
        }
    }
}

/// What stands between the commas of a call, without attributes.
fn arguments(call: TokenStream) -> Vec<TokenStream> {
    let mut arguments = vec![TokenStream::new()];
    let mut tokens = call.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => arguments.push(TokenStream::new()),
            TokenTree::Punct(punct) if punct.as_char() == '#' => drop(tokens.next()),
            _ => arguments.last_mut().expect("one at least").extend([token]),
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// The body of a macro with its variables filled in.
fn fill(body: TokenStream, variables: &[String], arguments: &[TokenStream]) -> TokenStream {
    let mut filled = TokenStream::new();
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '$') {
            match tokens.next() {
                Some(TokenTree::Ident(name)) => match variables.iter().position(|variable| name == variable) {
                    Some(at) => filled.extend(arguments[at].clone()),
                    None => filled.extend(quote!(crate)),
                },
                Some(TokenTree::Group(group)) => {
                    // A repetition: of attributes, which are not read, or of something that may hold functions.
                    if !is_attribute(&group.stream()) {
                        filled.extend(fill(group.stream(), variables, arguments));
                    }
                    // What it is separated and repeated by.
                    while tokens.next().is_some_and(|token| !token.to_string().starts_with(['*', '+', '?'])) {}
                }
                _ => {}
            }
        } else if let TokenTree::Group(group) = token {
            let inner = fill(group.stream(), variables, arguments);
            filled.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
        } else {
            filled.extend([token]);
        }
    }
    filled
}

/// The names of the public functions that are declared somewhere in these tokens.
fn declared(tokens: TokenStream) -> Vec<proc_macro2::Ident> {
    let mut names = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            names.extend(declared(group.stream()));
        }
        if let TokenTree::Ident(name) = &token
            && (words.ends_with(&["pub".into(), "fn".into()])
                || words.ends_with(&["pub".into(), "const".into(), "fn".into()]))
        {
            names.push(name.clone());
        }
        words.push(token.to_string());
    }
    names
}

/// Whether these tokens are one attribute and nothing else.
fn is_attribute(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    matches!(tokens.as_slice(), [TokenTree::Punct(hash), TokenTree::Group(_)] if hash.as_char() == '#')
}

/// The last word of a type's path, as in `Links` for `crate::links::Links<'a, R>`.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        syn::Type::Reference(reference) => format!("&{}", type_name(&reference.elem)),
        _ => String::new(),
    }
}

/// The last word of a trait's path, with the type it is for: `PartialEq<str>`.
fn trait_name(path: &syn::Path) -> String {
    let Some(last) = path.segments.last() else { return String::new() };
    let name = last.ident.to_string();
    match &last.arguments {
        syn::PathArguments::AngleBracketed(of) => format!("{name}{}", quote!(#of).to_string().replace(' ', "")),
        _ => name,
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

fn is_for_tests(attribute: &syn::Attribute) -> bool {
    has_condition(attribute, &["test"])
}

/// Whether this is compiled only with `serde` or `defmt`.
fn is_for_a_format(attribute: &syn::Attribute) -> bool {
    has_condition(attribute, &["feature = \"serde\"", "feature = \"defmt\""])
}

fn has_condition(attribute: &syn::Attribute, conditions: &[&str]) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    attribute.path().is_ident("cfg") && conditions.contains(&list.tokens.to_string().as_str())
}
