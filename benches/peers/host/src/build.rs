//! Writes the file of one alternative, in a process of its own, and says what that takes.

use std::path::Path;

use nenpyo_emulator::Result;

use crate::failed;
use crate::measured::take;
use crate::peers;
use crate::story::Story;
use crate::write;

/// Writes what an alternative reads.
pub(crate) fn build(peer: &str, folder: &Path) -> Result<()> {
    let rows = std::fs::read(folder.join("story.postcard")).map_err(failed)?;
    let story: Story = postcard::from_bytes(&rows).map_err(failed)?;
    drop(rows);
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).map_err(failed);
    let work = || match peer {
        "structs" => put("structs.rs", write::structs(&story).as_bytes()),
        "phf" => put("phf.rs", write::phf(&story).as_bytes()),
        "databake" => put("databake.rs", write::databake(&story).as_bytes()),
        "zerovec" => put("zerovec.bin", &write::zerovec(&story)?),
        "rkyv" => put("rkyv.bin", &write::rkyv(&story)?),
        "postcard-each" => put("each.bin", &write::each(&story)?),
        "postcard" => put("postcard.bin", &write::postcard(story)?),
        "json" => put("story.json", &write::json(&story)?),
        "flatbuffers" => peers::write_flatbuffers(&story, folder),
        "sqlite-file" => peers::write_sqlite(&story, folder),
        "tantivy" => peers::write_tantivy(&story, folder),
        "fst" => peers::write_fst(&story, folder),
        "memmem" => peers::write_scan(&story, folder),
        _ => Err(failed(format!("nothing is built for {peer}"))),
    };
    let (outcome, taken) = take(work);
    taken.print();
    outcome
}
