//! Panels of any size and depth without a panel: for pictures, the terminal, and tests. Runs on the host.

mod frame;
mod panel;
mod sheet;
mod tour;

pub use frame::{Frame, Picture};
pub use panel::{Depth, Panel, Shown};
pub use sheet::sheet;
pub use tour::{Stop, stops};
