//! What the last stage writes: the same bytes each time, data only, each text once, its cost in the docs. Host.

use std::path::Path;

use nenpyo_codegen::{Compiled, Files, compile, compile_files};
use syn::{Expr, Item, ItemStatic, Lit, Meta};

fn fixture() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/ok"))
}

fn compiled() -> Compiled {
    compile(fixture()).expect("the fixture is sound")
}

/// The fixture's files in memory, in reverse order, with a change to one of them.
fn changed(name: &str, change: impl Fn(String) -> String) -> Compiled {
    let files = Files::read(fixture()).expect("the fixture can be read");
    let mut copies: Vec<(String, Vec<u8>)> = (0..files.len())
        .map(|file| {
            let text = files.text(file);
            let text = if files.name(file) == name { change(text) } else { text };
            (files.name(file).to_owned(), text.into_bytes())
        })
        .collect();
    assert!(copies.iter().any(|(other, _)| other == name), "the fixture has `{name}`");
    copies.reverse();
    compile_files(&Files::from_memory("data/", copies)).expect("the changed fixture is sound")
}

fn docs(item: &ItemStatic) -> String {
    let text = |meta: &Meta| match meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => text.value(),
                _ => String::new(),
            },
            _ => String::new(),
        },
        _ => String::new(),
    };
    item.attrs.iter().map(|attribute| text(&attribute.meta)).collect()
}

#[test]
fn the_same_data_gives_the_same_bytes_in_whatever_order_it_is_read() {
    let (one, other) = (compiled(), changed("chronicle.toml", |text| text));
    assert_eq!(one.blob(), other.blob());
    assert_eq!(one.rust(), other.rust());
    assert_eq!(one.fingerprints(), other.fingerprints());
}

#[test]
fn generated_code_is_data_only() {
    let source = compiled().rust();
    assert!(source.starts_with("// @generated"));
    let file = syn::parse_file(&source).expect("generated code parses");
    for item in &file.items {
        let data = match item {
            Item::Const(_) | Item::Static(_) => true,
            Item::Mod(module) => {
                let items = &module.content.as_ref().expect("the module is written out").1;
                items.iter().all(|item| matches!(item, Item::Const(_)))
            }
            _ => false,
        };
        assert!(data, "only constants and statics: {item:?}");
    }
}

#[test]
fn every_table_says_what_it_costs() {
    let compiled = compiled();
    let file = syn::parse_file(&compiled.rust()).expect("generated code parses");
    let statics: Vec<&ItemStatic> = file
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Static(item) => Some(item),
            _ => None,
        })
        .collect();
    for cost in compiled.costs() {
        let name = cost.table.to_uppercase();
        let item = statics.iter().find(|item| item.ident == name).unwrap_or_else(|| panic!("no static `{name}`"));
        let bytes = format!("{} bytes.", cost.bytes);
        assert!(docs(item).ends_with(&bytes), "`{name}` says `{}`, not `{bytes}`", docs(item));
    }
    let bytes: usize = compiled.costs().iter().map(|cost| cost.bytes).sum();
    assert!(bytes < compiled.blob().len(), "a file is its tables and a directory");
}

#[test]
fn equal_texts_stand_once() {
    let pool = |compiled: &Compiled, table: &str| {
        let cost = compiled.costs().into_iter().find(|cost| cost.table == table);
        cost.unwrap_or_else(|| panic!("no table `{table}`")).bytes
    };
    let (names, bodies) = ("name_pool_ja", "body_pool_ja");
    let once = compiled();
    let site = std::fs::read_dir(fixture().join("sites")).expect("the fixture has sites").next();
    let site = site.expect("the fixture has a site").expect("it can be read").path();
    let text = std::fs::read_to_string(&site).expect("the site can be read");
    let key = site.file_stem().and_then(|stem| stem.to_str()).expect("a file name").to_owned();
    let files = Files::read(fixture()).expect("the fixture can be read");
    let mut copies: Vec<(String, Vec<u8>)> =
        (0..files.len()).map(|file| (files.name(file).to_owned(), files.bytes(file).to_vec())).collect();
    let twin = text.replace(&format!("key = \"{key}\""), &format!("key = \"{key}-twin\""));
    copies.push((format!("sites/{key}-twin.toml"), twin.into_bytes()));
    let twice = compile_files(&Files::from_memory("data/", copies)).expect("a twin is sound");
    assert_eq!(pool(&once, names), pool(&twice, names));
    assert_eq!(pool(&once, bodies), pool(&twice, bodies));
}

#[test]
fn sections_are_features_only_when_asked() {
    assert!(!compiled().rust().contains("cfg"));
    let source = compiled().with_features().rust();
    for feature in ["details", "sources", "slugs", "ja", "en"] {
        assert!(source.contains(&format!("feature = \"{feature}\"")), "{feature}");
    }
}

#[test]
fn keys_can_be_left_out() {
    assert!(compiled().rust().contains("pub mod key"));
    assert!(!compiled().without_keys().rust().contains("pub mod key"));
}

#[test]
fn an_older_key_is_a_deprecated_constant() {
    let theme = std::fs::read_dir(fixture().join("themes")).expect("the fixture has themes").next();
    let theme = theme.expect("the fixture has a theme").expect("it can be read").file_name();
    let name = format!("themes/{}", theme.to_str().expect("a file name"));
    let compiled = changed(&name, |text| text.replacen('\n', "\naliases = [\"the-older-key\"]\n", 1));
    let source = compiled.rust();
    let constant = source.lines().find(|line| line.contains("THE_OLDER_KEY")).expect("a constant for the alias");
    assert!(constant.contains("deprecated"), "{constant}");
}
