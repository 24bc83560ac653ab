//! Figures that nothing was made of: numbers of the narrative that were not bound, amounts in tables that were not placed.

use std::collections::BTreeSet;

use mz_budget::{disclosure::Disclosure, money::Decimal};
use mz_document::{Cell, Content, Document};

use crate::spot::{Address, Figure, Sort, Spot, address_of, section_of, text_at};

/// Numbers of the narrative that were not bound. Something may watch over them all the same: a rule on sentences, a sum.
pub fn unbound(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let spots = disclosure.unproved.iter().filter_map(|unproved| {
        let address = address_of(document, &unproved.place)?;
        let figure = Figure::inside(&text_at(document, address)?, address)?;
        let mut spot = spot(figure.address, Sort::Unbound, figure.printed)?;
        spot.area = section_of(disclosure, &unproved.place);
        spot.line = unproved.place.line;
        spot.page = unproved.place.page;
        Some(spot)
    });
    spots.collect()
}

/// Amounts printed in tables that are neither observations nor figures of performance targets.
pub fn unplaced(document: &Document, disclosure: &Disclosure) -> Vec<Spot> {
    let placed: BTreeSet<Address> = disclosure
        .observations
        .iter()
        .filter_map(|observation| {
            let address = address_of(document, &observation.place)?;
            Some(start_of_cell(document, address))
        })
        .collect();
    // The forms of performance targets are prose in cells.
    let forms: BTreeSet<usize> = disclosure
        .targets
        .iter()
        .flat_map(|target| {
            target
                .indicators
                .iter()
                .map(|indicator| indicator.place.block)
        })
        .collect();
    let mut out = Vec::new();
    for (block, content) in document.blocks.iter().map(|b| &b.content).enumerate() {
        let Content::Table(table) = content else {
            continue;
        };
        if forms.contains(&block) {
            continue;
        }
        for (row, cell) in (0..)
            .zip(&table.rows)
            .flat_map(|(i, row)| row.cells.iter().map(move |cell| (i, cell)))
        {
            let address = Address::Cell {
                block,
                row,
                column: cell.column,
            };
            if placed.contains(&address) || !is_amount(cell) {
                continue;
            }
            let Some(mut spot) = spot(address, Sort::Unplaced, cell.text.trim().to_owned()) else {
                continue;
            };
            "unplaced".clone_into(&mut spot.area);
            spot.line = cell.place.line;
            spot.page = cell.place.page;
            out.push(spot);
        }
    }
    out
}

/// The address by the first grid column of the cell, wherever inside its span it points.
fn start_of_cell(document: &Document, address: Address) -> Address {
    let Address::Cell { block, row, column } = address else {
        return address;
    };
    let cell = match document.blocks.get(block).map(|b| &b.content) {
        Some(Content::Table(table)) => table.rows.get(row).and_then(|row| row.at(column)),
        _ => None,
    };
    let column = cell.map_or(column, |cell| cell.column);
    Address::Cell { block, row, column }
}

/// Codes, counts and years have neither decimals nor grouping.
fn is_amount(cell: &Cell) -> bool {
    let text = cell.text.trim();
    text.contains(['.', ',', '，']) && Decimal::parse(text).is_some_and(|number| number.digits != 0)
}

fn spot(address: Address, sort: Sort, printed: String) -> Option<Spot> {
    Some(Spot {
        address,
        line: None,
        page: None,
        sort,
        area: String::new(),
        number: Some(Decimal::parse(&printed)?),
        printed,
        determined: false,
        neighbor: None,
        prior: None,
        rounding: 0,
        rate_of: None,
        reach: 0,
    })
}
