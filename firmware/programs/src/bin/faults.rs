//! Goes wrong in the way that its argument names, so that it is seen whether anybody notices.
#![no_std]
#![no_main]

use core::hint::black_box;

use nenpyo_programs::entry;
use nenpyo_programs::stack::stack;
use semihosting::experimental::env;
use semihosting::{println, process};

#[entry]
fn main() -> ! {
    let Ok(arguments) = env::args::<64>() else { process::exit(2) };
    match (&arguments).into_iter().nth(1).and_then(Result::ok) {
        Some("assertion") => assert_eq!(black_box(2016), 2019, "a claim that does not hold"),
        Some("hang") => {
            println!("it hangs now");
            loop {
                black_box(());
            }
        }
        Some("silence") => {}
        Some("stack") => println!("{:?}", stack(ten_kilobytes, &1, &mut 2)),
        Some("overflow") => {
            println!("it runs over now");
            println!("{}", recursion(black_box(1)));
        }
        other => {
            println!("no such fault: {other:?}");
            process::exit(2)
        }
    }
    process::exit(0)
}

#[inline(never)]
fn ten_kilobytes(from: &u32, to: &mut u32) {
    let array = [*from; 2560];
    *to = black_box(&array).iter().sum();
}

#[allow(unconditional_recursion, reason = "that is the fault")]
fn recursion(depth: u32) -> u32 {
    let array = black_box([depth; 64]);
    recursion(depth.wrapping_add(1)).wrapping_add(array[1])
}
