//! The first example of the README is one that is compiled, and what stands under it is what it says.
#![cfg(all(feature = "qst", feature = "ja", feature = "en"))]

#[path = "../examples/readme.rs"]
mod readme;

const README: &str = include_str!("../README.md");
const EXAMPLE: &str = include_str!("../examples/readme.rs");

/// The lines of the first block of code that begins with this fence.
fn block(fence: &str) -> Vec<&'static str> {
    let lines = README.lines().skip_while(|line| *line != fence);
    lines.skip(1).take_while(|line| *line != "```").collect()
}

#[test]
fn the_code_is_that_of_the_example() {
    let lines = EXAMPLE.lines().skip_while(|line| *line != "// README begins").skip(1);
    let example: Vec<&str> = lines.take_while(|line| *line != "// README ends").collect();
    assert!(!example.is_empty(), "the marks are gone from the example");
    // What begins with `# ` is for the compiler alone.
    let code: Vec<&str> = block("```rust").into_iter().filter(|line| !line.starts_with("# ")).collect();
    assert_eq!(code, example);
}

#[test]
fn the_output_is_that_of_the_example() {
    let mut output = String::new();
    assert!(readme::show(&mut output).is_some(), "QST lacks something that the example shows: {output}");
    assert_eq!(block("```text"), output.lines().collect::<Vec<_>>());
}
