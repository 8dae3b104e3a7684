//! Arguments given: the command line; none: the window.

fn main() {}
