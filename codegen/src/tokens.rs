//! The Rust source of the tables: data only, made with `quote`. Host only.

use std::fmt::Write as _;

use nenpyo_schema::{FORMAT, KeyRow, LinkRow, MilestoneRow, PeriodRow, SpanRow, StateRow, TableId};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::emit::{Compiled, Split, Table};
use crate::lower::hash;

/// What the source of a table must know.
struct Shape {
    /// The word for it in file names and constants.
    name: &'static str,
    /// What it holds, for the documentation.
    about: &'static str,
    /// How it is read.
    read: Read,
    /// The features it depends on besides its language's.
    features: &'static [&'static str],
    /// Whether there is one for each language.
    by_language: bool,
}

#[derive(Clone, Copy)]
enum Read {
    /// A slice of bytes: a postcard blob or a column of bytes.
    Bytes(&'static str),
    /// Rows of so many words.
    Rows(usize),
    /// Rows of half words.
    Spans,
    /// Words.
    Numbers,
    /// Slugs or addresses.
    Text,
    /// A text pool, dense or not.
    Pool,
}

/// The one list of all tables, in the order of their numbers.
#[rustfmt::skip]
fn shape(id: TableId) -> Shape {
    use Read::{Bytes, Numbers, Pool, Rows, Spans, Text};
    use TableId as T;
    const NONE: &[&str] = &[];
    const SLUGS: &[&str] = &["slugs"];
    const DETAILS: &[&str] = &["details"];
    const SOURCES: &[&str] = &["sources"];
    const BOTH: &[&str] = &["sources", "details"];
    const SEARCH: &[&str] = &["search"];
    const SEARCH_SOURCES: &[&str] = &["search", "sources"];
    const INDEX: &[&str] = &["search-index", "details"];
    const INDEX_SOURCES: &[&str] = &["search-index", "sources", "details"];
    const GLYPHS_8: &[&str] = &["glyphs-8"];
    const GLYPHS_10: &[&str] = &["glyphs-10"];
    const GLYPHS_12: &[&str] = &["glyphs-12"];
    const GLYPHS_16: &[&str] = &["glyphs-16"];
    const GLYPHS_16_GREY: &[&str] = &["glyphs-16-grey"];
    const GLYPHS_24_GREY: &[&str] = &["glyphs-24-grey"];
    const GLYPHS_32_GREY: &[&str] = &["glyphs-32-grey"];
    let (name, about, read, features) = match id {
        T::Manifest => ("manifest", "What the chronicle says of itself", Bytes("postcard"), NONE),
        T::KeyStarts => ("key_starts", "Where the keys whose hash ends so begin", Numbers, NONE),
        T::KeyIndex => ("key_index", "Keys with their records, by the end of their hash", Rows(KeyRow::WORDS), NONE),
        T::Keys => ("keys", "The key of each record", Numbers, NONE),
        T::Subkinds => ("subkinds", "The kind of each record within its kind", Bytes("table"), NONE),
        T::Milestones => ("milestones", "Milestones in order of time", Rows(MilestoneRow::WORDS), NONE),
        T::LongMilestones => ("long_milestones", "Milestones that are open or very long", Numbers, NONE),
        T::LinkStarts => ("link_starts", "Where the links of each record begin", Numbers, NONE),
        T::Links => ("links", "What each record points at", Rows(LinkRow::WORDS), NONE),
        T::ReferrerStarts => ("referrer_starts", "Where the referrers of each record begin", Numbers, NONE),
        T::Referrers => ("referrers", "What points at each record", Rows(LinkRow::WORDS), NONE),
        T::PeriodStarts => ("period_starts", "Where the periods of each record begin", Numbers, NONE),
        T::Periods => ("periods", "Names, kinds and parents with their periods", Rows(PeriodRow::WORDS), NONE),
        T::StateStarts => ("state_starts", "Where the states of each organisation begin", Numbers, NONE),
        T::States => ("states", "What comes of the periods of organisations", Rows(StateRow::WORDS), NONE),
        T::SlugSpans => ("slug_spans", "Where each slug stands", Spans, SLUGS),
        T::SlugPool => ("slug_pool", "The slugs", Text, SLUGS),
        T::DetailStarts => ("detail_starts", "Where the details of each record begin", Numbers, DETAILS),
        T::Details => ("details", "Details of each record", Bytes("postcard"), DETAILS),
        T::SourceKeyStarts => ("source_key_starts", "Where the keys of sources whose hash ends so begin", Numbers, SOURCES),
        T::SourceKeyIndex => ("source_key_index", "Keys of sources, by the end of their hash", Rows(KeyRow::WORDS), SOURCES),
        T::SourceKeys => ("source_keys", "The key of each source", Numbers, SOURCES),
        T::SourceSubkinds => ("source_subkinds", "The kind of each source", Bytes("table"), SOURCES),
        T::SourcePeriodStarts => ("source_period_starts", "Where the date of each source stands", Numbers, SOURCES),
        T::SourcePeriods => ("source_periods", "Dates of sources", Rows(PeriodRow::WORDS), SOURCES),
        T::AddressSpans => ("address_spans", "Where each address stands", Spans, SOURCES),
        T::AddressPool => ("address_pool", "Addresses of sources", Text, SOURCES),
        T::CitationStarts => ("citation_starts", "Where the citations of each record begin", Numbers, SOURCES),
        T::Citations => ("citations", "The sources of each record", Rows(LinkRow::WORDS), SOURCES),
        T::CitedByStarts => ("cited_by_starts", "Where what cites each source begins", Numbers, SOURCES),
        T::CitedBy => ("cited_by", "What cites each source", Rows(LinkRow::WORDS), SOURCES),
        T::Ranks => ("ranks", "Records in the order in which hits are shown", Rows(LinkRow::WORDS), SEARCH),
        T::SourceRanks => ("source_ranks", "Sources in the order in which hits are shown", Rows(LinkRow::WORDS), SEARCH_SOURCES),
        T::Folds => ("folds", "What folds into the characters of the texts", Bytes("table"), SEARCH),
        T::Alphabet => ("alphabet", "Characters and pairs of dense text", Bytes("table"), NONE),
        T::Characters => ("characters", "The characters that have glyphs", Bytes("table"), NONE),
        T::Breaks => ("breaks", "Where lines break", Bytes("table"), NONE),
        T::NameSpans => ("name_spans", "Where each title and name stands", Spans, NONE),
        T::NamePool => ("name_pool", "Titles and names", Pool, NONE),
        T::BodySpans => ("body_spans", "Where each summary and note stands", Spans, DETAILS),
        T::BodyPool => ("body_pool", "Summaries and notes", Pool, DETAILS),
        T::RubyStarts => ("ruby_starts", "Where the ruby of each text begins", Numbers, DETAILS),
        T::Ruby => ("ruby", "Ruby of names, then of bodies", Bytes("postcard"), DETAILS),
        T::ReadingSpans => ("reading_spans", "Where each reading stands", Spans, DETAILS),
        T::ReadingPool => ("reading_pool", "The distinct readings", Pool, DETAILS),
        T::SourceTextSpans => ("source_text_spans", "Where each text of a source stands", Spans, SOURCES),
        T::SourceTextPool => ("source_text_pool", "Titles, publishers and notes of sources", Pool, SOURCES),
        T::SourceRubyStarts => ("source_ruby_starts", "Where the ruby of a source's text begins", Numbers, BOTH),
        T::SourceRuby => ("source_ruby", "Ruby of texts of sources", Bytes("postcard"), BOTH),
        T::SearchIndex => ("search_index", "Which records have which grams", Bytes("table"), INDEX),
        T::SourceSearchIndex => ("source_search_index", "Which sources have which grams", Bytes("table"), INDEX_SOURCES),
        T::Glyphs8 => ("glyphs_8", "Glyphs of 8 pixels", Bytes("table"), GLYPHS_8),
        T::Glyphs10 => ("glyphs_10", "Glyphs of 10 pixels", Bytes("table"), GLYPHS_10),
        T::Glyphs12 => ("glyphs_12", "Glyphs of 12 pixels", Bytes("table"), GLYPHS_12),
        T::Glyphs16 => ("glyphs_16", "Glyphs of 16 pixels", Bytes("table"), GLYPHS_16),
        T::Glyphs16Grey => ("glyphs_16_grey", "Glyphs of 16 pixels in grey", Bytes("table"), GLYPHS_16_GREY),
        T::Glyphs24Grey => ("glyphs_24_grey", "Glyphs of 24 pixels in grey", Bytes("table"), GLYPHS_24_GREY),
        T::Glyphs32Grey => ("glyphs_32_grey", "Glyphs of 32 pixels in grey", Bytes("table"), GLYPHS_32_GREY),
    };
    Shape { name, about, read, features, by_language: id.is_by_language() }
}

/// The features that a table depends on.
pub(crate) fn features(compiled: &Compiled, table: &Table) -> Vec<String> {
    let shape = shape(table.id);
    let mut features: Vec<String> = shape.features.iter().map(ToString::to_string).collect();
    if shape.by_language {
        features.push(compiled.lowered.languages[table.language].to_string());
    }
    features
}

/// Whether a table is there once for glyphs of any size.
pub(crate) fn goes_with_glyphs(id: TableId) -> bool {
    matches!(id, TableId::Characters | TableId::Breaks)
}

/// The section a table belongs to.
pub(crate) fn section(compiled: &Compiled, table: &Table) -> String {
    let features = features(compiled, table);
    if goes_with_glyphs(table.id) {
        "glyphs".to_owned()
    } else if features.is_empty() {
        "core".to_owned()
    } else {
        features.join(" + ")
    }
}

/// The table's name with its language.
pub(crate) fn table_name(compiled: &Compiled, table: &Table) -> String {
    let shape = shape(table.id);
    if shape.by_language {
        format!("{}_{}", shape.name, compiled.lowered.languages[table.language])
    } else {
        shape.name.to_owned()
    }
}

/// The file that holds the table's bytes.
pub(crate) fn file_name(compiled: &Compiled, table: &Table) -> String {
    let extension = match shape(table.id).read {
        Read::Bytes(extension) => extension,
        Read::Rows(_) | Read::Spans | Read::Numbers => "table",
        Read::Pool if compiled.is_dense() => "table",
        Read::Text | Read::Pool => "txt",
    };
    format!("{}.{extension}", table_name(compiled, table))
}

/// The Rust source: a static for each table, the chronicle that points at them, and the keys.
pub(crate) fn rust(compiled: &Compiled) -> String {
    let mut source = format!(
        "// @generated from the data folder by nenpyo-codegen {}. Do not edit: edit the data and build.\n",
        env!("CARGO_PKG_VERSION")
    );
    let format = Literal::u16_unsuffixed(FORMAT);
    put(&mut source, &quote! { const _: () = assert!(::nenpyo::tables::FORMAT == #format); });
    if compiled.is_dense() {
        let what = "these texts are dense: they need nenpyo's feature `dense-text`";
        put(&mut source, &quote! { const _: () = assert!(::nenpyo::tables::READS_DENSE_TEXT, #what); });
    }
    for table in &compiled.tables {
        put(&mut source, &table_static(compiled, table));
    }
    put(&mut source, &chronicle(compiled));
    if !compiled.keys {
        return source;
    }
    source.push_str("/// The keys of the records, valid in every chronicle that has them.\n#[allow(dead_code, clippy::doc_markdown, clippy::unreadable_literal)]\npub mod key {\n");
    keys(compiled).for_each(|key| put(&mut source, &key));
    source.push_str("}\n");
    source
}

/// One item a line, so that a debugger, a diff and a reader find their way.
fn put(source: &mut String, tokens: &TokenStream) {
    let _ = writeln!(source, "{tokens}");
}

fn constant(name: &str) -> Ident {
    Ident::new(&name.to_uppercase(), Span::call_site())
}

/// `#[cfg(…)]` for what is there and for what is not, if sections are features.
fn conditions(compiled: &Compiled, table: &Table) -> (TokenStream, Option<TokenStream>) {
    if goes_with_glyphs(table.id) {
        let glyphs = compiled.tables.iter().filter(|table| table.id >= TableId::Glyphs8);
        let features: Vec<String> = glyphs.flat_map(|table| features(compiled, table)).collect();
        return on(compiled, &quote! { any(#(feature = #features),*) });
    }
    all_on(compiled, &features(compiled, table))
}

/// The same for what needs all of some features.
fn all_on(compiled: &Compiled, features: &[String]) -> (TokenStream, Option<TokenStream>) {
    if features.is_empty() {
        return (TokenStream::new(), None);
    }
    on(compiled, &quote! { all(#(feature = #features),*) })
}

fn on(compiled: &Compiled, condition: &TokenStream) -> (TokenStream, Option<TokenStream>) {
    if !compiled.features {
        return (TokenStream::new(), None);
    }
    (quote! { #[cfg(#condition)] }, Some(quote! { #[cfg(not(#condition))] }))
}

fn table_static(compiled: &Compiled, table: &Table) -> TokenStream {
    let shape = shape(table.id);
    let name = constant(&table_name(compiled, table));
    let file = file_name(compiled, table);
    let (kind, value, empty) = match shape.read {
        Read::Bytes(_) => (quote!(&[u8]), quote!(include_bytes!(#file)), quote!(&[])),
        Read::Rows(words) => {
            let words = Literal::usize_unsuffixed(words);
            rows(&quote!([u32; #words]), &file, table, shape.read)
        }
        Read::Spans => {
            let halves = Literal::usize_unsuffixed(SpanRow::HALVES);
            rows(&quote!([u16; #halves]), &file, table, shape.read)
        }
        Read::Numbers => rows(&quote!(u32), &file, table, shape.read),
        Read::Pool if compiled.is_dense() => (quote!(&[u8]), quote!(include_bytes!(#file)), quote!(&[])),
        Read::Text | Read::Pool => (quote!(&str), quote!(include_str!(#file)), quote!("")),
    };
    let doc = doc(compiled, table, &shape);
    let (present, absent) = conditions(compiled, table);
    let absent = absent.map(|absent| quote! { #absent static #name: #kind = #empty; });
    quote! { #[doc = #doc] #present static #name: #kind = #value; #absent }
}

/// The type, the value and the empty value of a table of rows. The bytes are read as words by the compiler, which puts
/// them where words lie.
fn rows(row: &TokenStream, file: &str, table: &Table, read: Read) -> (TokenStream, TokenStream, TokenStream) {
    let bytes = Literal::usize_unsuffixed(table.bytes.len());
    let count = Literal::usize_unsuffixed(table.bytes.len() / read.row().unwrap_or(1));
    let value = quote!(&::nenpyo::tables::must_cast::<[u8; #bytes], [#row; #count]>(*include_bytes!(#file)));
    (quote!(&[#row]), value, quote!(&[]))
}

impl Read {
    /// How many bytes a row has.
    fn row(self) -> Option<usize> {
        match self {
            Self::Rows(words) => Some(4 * words),
            Self::Spans => Some(SpanRow::BYTES),
            Self::Numbers => Some(4),
            Self::Bytes(_) | Self::Text | Self::Pool => None,
        }
    }
}

/// What the table holds and what it costs.
fn doc(compiled: &Compiled, table: &Table, shape: &Shape) -> String {
    let bytes = table.bytes.len();
    let language =
        if shape.by_language { format!(" ({})", compiled.lowered.languages[table.language]) } else { String::new() };
    match shape.read.row() {
        Some(row) => format!(" {}{language}: {} rows, {bytes} bytes.", shape.about, bytes / row),
        None => format!(" {}{language}: {bytes} bytes.", shape.about),
    }
}

/// The name of a table's static, or nothing if the chronicle has no such table.
fn value(compiled: &Compiled, id: TableId, language: usize) -> TokenStream {
    match compiled.tables.iter().find(|table| table.id == id && table.language == language) {
        Some(table) => {
            let name = constant(&table_name(compiled, table));
            match shape(id).read {
                Read::Pool if compiled.is_dense() => quote!(::nenpyo::tables::Pool::Dense(#name)),
                Read::Pool => quote!(::nenpyo::tables::Pool::Utf8(#name)),
                _ => quote!(#name),
            }
        }
        None => match shape(id).read {
            Read::Text => quote!(""),
            Read::Pool => quote!(::nenpyo::tables::Pool::Utf8("")),
            Read::Bytes(_) | Read::Rows(_) | Read::Spans | Read::Numbers => quote!(&[]),
        },
    }
}

fn chronicle(compiled: &Compiled) -> TokenStream {
    use TableId as T;
    let core = |id| value(compiled, id, 0);
    let strings = |spans, pool| pair(&quote!(Strings), "spans", "pool", &core(spans), &core(pool));
    let lists = |starts, rows| pair(&quote!(Lists), "starts", "rows", &core(starts), &core(rows));
    let alphabet = if compiled.is_dense() {
        let table = core(T::Alphabet);
        quote!(::nenpyo::tables::Alphabet::new(#table))
    } else {
        quote!(::nenpyo::tables::Alphabet::NONE)
    };
    let counts = compiled.lowered.counts.iter().map(|count| Literal::u32_unsuffixed(*count));
    let (manifest, keys) = (core(T::Manifest), core(T::Keys));
    let key_index = lists(T::KeyStarts, T::KeyIndex);
    let (subkinds, milestones, long) = (core(T::Subkinds), core(T::Milestones), core(T::LongMilestones));
    let links = lists(T::LinkStarts, T::Links);
    let referrers = lists(T::ReferrerStarts, T::Referrers);
    let periods = lists(T::PeriodStarts, T::Periods);
    let states = lists(T::StateStarts, T::States);
    let slugs = strings(T::SlugSpans, T::SlugPool);
    let details = pair(&quote!(Stretches), "starts", "bytes", &core(T::DetailStarts), &core(T::Details));
    let (source_index, source_keys) = (lists(T::SourceKeyStarts, T::SourceKeyIndex), core(T::SourceKeys));
    let source_subkinds = core(T::SourceSubkinds);
    let source_periods = lists(T::SourcePeriodStarts, T::SourcePeriods);
    let addresses = strings(T::AddressSpans, T::AddressPool);
    let citations = lists(T::CitationStarts, T::Citations);
    let cited_by = lists(T::CitedByStarts, T::CitedBy);
    let (ranks, source_ranks, folds) = (core(T::Ranks), core(T::SourceRanks), core(T::Folds));
    let glyphs = glyphs(compiled);
    let languages = (0..nenpyo_schema::MAX_LANGUAGES).map(|position| language(compiled, position));
    let tags = compiled.lowered.languages.iter().enumerate().map(|(position, _)| language_tag(compiled, position));
    let bytes: usize = compiled.tables.iter().map(|table| table.bytes.len()).sum();
    let doc = format!(
        " The chronicle: {} records and {} sources; {bytes} bytes of flash with every section, none of RAM.",
        compiled.lowered.records.len(),
        compiled.lowered.sources.len()
    );
    quote! {
        #(#tags)*
        #[doc = #doc]
        pub static CHRONICLE: ::nenpyo::Chronicle<'static> = ::nenpyo::Chronicle::baked(::nenpyo::tables::Tables {
            manifest: #manifest,
            counts: [#(#counts),*],
            key_index: #key_index,
            keys: #keys,
            subkinds: #subkinds,
            milestones: #milestones,
            long_milestones: #long,
            links: #links,
            referrers: #referrers,
            periods: #periods,
            states: #states,
            slugs: #slugs,
            details: #details,
            sources: ::nenpyo::tables::SourceTables {
                key_index: #source_index,
                keys: #source_keys,
                subkinds: #source_subkinds,
                periods: #source_periods,
                addresses: #addresses,
                citations: #citations,
                cited_by: #cited_by,
                ranks: #source_ranks,
            },
            ranks: #ranks,
            folds: #folds,
            alphabet: #alphabet,
            glyphs: #glyphs,
            languages: [#(#languages),*],
        });
    }
}

/// Where the glyphs are, of all sizes that there are.
fn glyphs(compiled: &Compiled) -> TokenStream {
    let sizes = compiled.tables.iter().filter(|table| table.id >= TableId::Glyphs8);
    let sizes: Vec<TokenStream> = sizes.map(|table| value(compiled, table.id, 0)).collect();
    if sizes.is_empty() {
        return quote!(::nenpyo::tables::GlyphTables::NONE);
    }
    let (characters, breaks) = (value(compiled, TableId::Characters, 0), value(compiled, TableId::Breaks, 0));
    quote! {
        ::nenpyo::tables::GlyphTables::Baked(&::nenpyo::tables::BakedGlyphs {
            characters: #characters,
            breaks: #breaks,
            sizes: &[#(#sizes),*],
        })
    }
}

fn pair(of: &TokenStream, first: &str, second: &str, one: &TokenStream, two: &TokenStream) -> TokenStream {
    let first = Ident::new(first, Span::call_site());
    let second = Ident::new(second, Span::call_site());
    quote! { ::nenpyo::tables::#of { #first: #one, #second: #two } }
}

/// The constant that is a language, or none where its feature is off.
fn language_tag(compiled: &Compiled, position: usize) -> TokenStream {
    let tag = compiled.lowered.languages[position].to_string();
    let name = constant(&format!("language_{tag}"));
    let (present, absent) = all_on(compiled, std::slice::from_ref(&tag));
    let language = quote! { ::nenpyo::tables::Language };
    let absent = absent.map(|absent| quote! { #absent const #name: #language = #language::NONE; });
    quote! {
        #present const #name: #language = match #language::new(#tag) {
            Some(language) => language,
            None => #language::NONE,
        };
        #absent
    }
}

fn language(compiled: &Compiled, position: usize) -> TokenStream {
    use TableId as T;
    let Some(language) = compiled.lowered.languages.get(position) else {
        return quote! { ::nenpyo::tables::LanguageTables::EMPTY };
    };
    let tag = constant(&format!("language_{language}"));
    let at = |id| value(compiled, id, position);
    let stretches = |starts, bytes| pair(&quote!(Stretches), "starts", "bytes", &at(starts), &at(bytes));
    let texts = |spans, pool| pair(&quote!(Texts), "spans", "pool", &at(spans), &at(pool));
    let names = texts(T::NameSpans, T::NamePool);
    let bodies = texts(T::BodySpans, T::BodyPool);
    let ruby = stretches(T::RubyStarts, T::Ruby);
    let readings = texts(T::ReadingSpans, T::ReadingPool);
    let source_texts = texts(T::SourceTextSpans, T::SourceTextPool);
    let source_ruby = stretches(T::SourceRubyStarts, T::SourceRuby);
    let (search_index, source_search_index) = (at(T::SearchIndex), at(T::SourceSearchIndex));
    quote! {
        ::nenpyo::tables::LanguageTables {
            language: #tag,
            names: #names,
            bodies: #bodies,
            ruby: #ruby,
            readings: #readings,
            source_texts: #source_texts,
            source_ruby: #source_ruby,
            search_index: #search_index,
            source_search_index: #source_search_index,
        }
    }
}

/// A constant for each record's key, and a deprecated one for each older key.
fn keys(compiled: &Compiled) -> impl Iterator<Item = TokenStream> {
    let lowered = &compiled.lowered;
    let last = lowered.languages.len() - 1;
    let records = lowered.records.iter().zip(&lowered.names);
    let records = records.map(move |(record, title)| (&record.slug, &record.aliases, &title[last]));
    let sources = lowered.sources.iter().map(move |source| (&source.slug, &source.aliases, &source.title[last]));
    records.chain(sources).flat_map(|(slug, aliases, title)| {
        let doc = format!(" {} (`{slug}`).", escaped(&Split::of(title).plain));
        let aliases = aliases.iter().map(|alias| {
            let note = format!("the key is now `{slug}`");
            let key = key(alias, &doc);
            quote! { #[deprecated(note = #note)] #key }
        });
        std::iter::once(key(slug, &doc)).chain(aliases).collect::<Vec<_>>()
    })
}

fn key(slug: &str, doc: &str) -> TokenStream {
    let name = constant(&slug.replace('-', "_"));
    let hash = Literal::u32_unsuffixed(hash(slug));
    quote! { #[doc = #doc] pub const #name: ::nenpyo::Key = ::nenpyo::Key::from_hash(#hash); }
}

/// A title that rustdoc does not take for a link.
fn escaped(title: &str) -> String {
    title.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<")
}
