//! Tantivy with its n-grams, as they are recommended for Japanese. All positions of its `NgramTokenizer` are 0, so that there
//! is no query for phrases: of what is longer than a gram all grams must be there, and the texts are compared.

use std::path::Path;

use nenpyo_emulator::Result;
use tantivy::collector::{Collector, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _};
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, TextAnalyzer};
use tantivy::{DocAddress, DocId, Index, ReloadPolicy, Score, Searcher, SegmentReader, TantivyDocument, Term};

use crate::failed;
use crate::find::{FIRST, Find, sum};
use crate::story::{Story, Text};

/// Grams of two and three characters.
const GRAMS: [usize; 2] = [2, 3];

/// Titles, summaries and notes, in both languages.
const FIELDS: [&str; 3] = ["title", "summary", "note"];

fn analyzer() -> tantivy::Result<TextAnalyzer> {
    let grams = NgramTokenizer::all_ngrams(GRAMS[0], GRAMS[1])?;
    Ok(TextAnalyzer::builder(grams).filter(LowerCaser).build())
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    schema.add_u64_field("id", FAST);
    let indexing = TextFieldIndexing::default().set_tokenizer("ngram").set_index_option(IndexRecordOption::WithFreqs);
    for name in FIELDS {
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing.clone()) | STORED);
    }
    schema.build()
}

pub(crate) fn write(story: &Story, folder: &Path) -> Result<()> {
    let folder = folder.join("tantivy");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(failed)?;
    fill(&folder, story).map_err(failed)
}

fn fill(folder: &Path, story: &Story) -> tantivy::Result<()> {
    let index = Index::create_in_dir(folder, schema())?;
    index.tokenizers().register("ngram", analyzer()?);
    let schema = index.schema();
    let id = schema.get_field("id")?;
    let fields = fields(&schema)?;
    let mut writer = index.writer_with_num_threads(1, 100_000_000)?;
    // They are merged once, below; what is merged meanwhile would be gone by then.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for (number, one) in (0_u64..).zip(&story.milestones) {
        let mut document = TantivyDocument::default();
        document.add_u64(id, number);
        for (field, texts) in fields.iter().zip([&one.title, &one.summary, &one.note]) {
            for Text { plain, .. } in texts.iter().filter(|text| !text.plain.is_empty()) {
                document.add_text(*field, plain);
            }
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    // One segment is what is fastest to search.
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()
}

fn fields(schema: &Schema) -> tantivy::Result<Vec<Field>> {
    FIELDS.into_iter().map(|name| schema.get_field(name)).collect()
}

pub(crate) struct Opened {
    searcher: Searcher,
    fields: Vec<Field>,
}

pub(crate) fn open() -> Option<Opened> {
    let index = Index::open_in_dir(crate::folder().join("tantivy")).ok()?;
    index.tokenizers().register("ngram", analyzer().ok()?);
    let fields = fields(&index.schema()).ok()?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().ok()?;
    Some(Opened { searcher: reader.searcher(), fields })
}

/// Whether the grams of a text say only that it may be there.
fn is_longer(text: &str) -> bool {
    text.chars().count() > GRAMS[1]
}

impl Opened {
    /// The longest grams of a text, all in one field.
    fn query(&self, text: &str) -> BooleanQuery {
        let mut ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        ends.push(text.len());
        let length = GRAMS[1].min(ends.len() - 1);
        let grams: Vec<&str> = ends.windows(length + 1).map(|ends| &text[ends[0]..ends[length]]).collect();
        let in_field = |field: &Field| {
            let term = |gram: &&str| -> Box<dyn Query> {
                Box::new(TermQuery::new(Term::from_field_text(*field, gram), IndexRecordOption::WithFreqs))
            };
            let terms = grams.iter().map(|gram| (Occur::Must, term(gram))).collect();
            (Occur::Should, Box::new(BooleanQuery::new(terms)) as Box<dyn Query>)
        };
        BooleanQuery::new(self.fields.iter().map(in_field).collect())
    }

    fn has(&self, address: DocAddress, text: &str) -> bool {
        let Ok(document) = self.searcher.doc::<TantivyDocument>(address) else { return false };
        let mut values = self.fields.iter().flat_map(|field| document.get_all(*field));
        values.any(|value| value.as_str().is_some_and(|value| value.contains(text)))
    }

    fn first_of(&self, text: &str) -> tantivy::Result<usize> {
        let query = self.query(text);
        let (mut found, mut offset) = (0, 0);
        loop {
            let top = self.searcher.search(&query, &TopDocs::with_limit(FIRST).and_offset(offset).order_by_score())?;
            let has = |(_, address): &&(Score, DocAddress)| !is_longer(text) || self.has(*address, text);
            found += top.iter().filter(has).count();
            offset += top.len();
            if found >= FIRST || top.len() < FIRST {
                return Ok(found.min(FIRST));
            }
        }
    }
}

impl Find for Opened {
    fn all(&self, text: &str) -> u32 {
        let Ok(found) = self.searcher.search(&self.query(text), &Ids) else { return u32::MAX };
        sum(found.into_iter().filter(|(address, _)| !is_longer(text) || self.has(*address, text)).map(|(_, id)| id))
    }

    fn first(&self, text: &str) -> u32 {
        self.first_of(text).map_or(u32::MAX, |count| count as u32)
    }
}

/// Collects the numbers of all milestones that are found, as the documentation of `Collector` has it.
struct Ids;

impl Collector for Ids {
    type Fruit = Vec<(DocAddress, u32)>;
    type Child = IdsOfSegment;

    fn for_segment(&self, segment: u32, reader: &SegmentReader) -> tantivy::Result<IdsOfSegment> {
        Ok(IdsOfSegment { segment, ids: reader.fast_fields().u64("id")?, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(fruits.concat())
    }
}

struct IdsOfSegment {
    segment: u32,
    ids: Column<u64>,
    found: Vec<(DocAddress, u32)>,
}

impl SegmentCollector for IdsOfSegment {
    type Fruit = Vec<(DocAddress, u32)>;

    fn collect(&mut self, document: DocId, _: Score) {
        let id = self.ids.first(document).map_or(u32::MAX, |id| id as u32);
        self.found.push((DocAddress::new(self.segment, document), id));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
