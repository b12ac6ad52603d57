//! `ruby`: the missing readings, written into the Japanese texts of the data folder. Runs on the host.

use nenpyo_codegen::ruby;

use crate::args::Rewrite;
use crate::generated::{Changed, again, told};
use crate::page::counted;
use crate::{Failure, Home, Page, opened};

/// Writes the readings, or says which files lack some.
pub(crate) fn run(args: &Rewrite, home: &Home) -> Result<Page, Failure> {
    let data = opened::data(&args.folder, home)?;
    let files = opened::read(&data)?;
    let rewritten = match ruby::annotate_files(&files) {
        Ok(rewritten) => rewritten,
        Err(error) => return Err(Failure::data(files, error)),
    };
    let before = |name: &str| (0..files.len()).find(|file| files.name(*file) == name).map(|file| files.text(file));
    let changed: Vec<Changed> = rewritten
        .into_iter()
        .map(|(name, after)| Changed { before: before(&name).unwrap_or_default(), path: data.join(&name), after })
        .filter(|file| file.before != file.after)
        .collect();
    let mut text = told(&changed, args)?;
    if changed.is_empty() && !args.json {
        text.push_str("ok: no reading that is known is missing\n");
    }
    let stale = args.check && !changed.is_empty();
    let command = again(args, home, "ruby");
    let failure = stale.then(|| format!("readings are missing in {}; run `{command}`", counted(changed.len(), "file")));
    Ok(Page { text, failure })
}
