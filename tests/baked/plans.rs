//! The chronicles that the build script writes and the tests ask about.

use crate::generator::Plan;

/// A small one in which hardly anything is known for sure.
pub(crate) fn uncertain() -> Plan {
    Plan {
        seed: 20_160_401,
        languages: vec!["ja", "en"],
        milestones: 70,
        organizations: 40,
        others: 6,
        years: (1930, 1990),
        chains: 50,
        vague: true,
    }
}

/// Hundreds of units in deep trees that are renamed and moved.
pub(crate) fn reformed() -> Plan {
    Plan {
        seed: 20_190_401,
        languages: vec!["ja", "en"],
        milestones: 150,
        organizations: 350,
        others: 4,
        years: (1850, 2030),
        chains: 96,
        vague: false,
    }
}

/// More than a thousand milestones in one language.
pub(crate) fn eventful() -> Plan {
    Plan {
        seed: 20_261_122,
        languages: vec!["en"],
        milestones: 1200,
        organizations: 40,
        others: 12,
        years: (1950, 2030),
        chains: 20,
        vague: false,
    }
}

/// Each with the name of its folder.
pub(crate) fn all() -> [(&'static str, Plan); 3] {
    [("uncertain", uncertain()), ("reformed", reformed()), ("eventful", eventful())]
}
