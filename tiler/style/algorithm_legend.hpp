#pragma once
// What an algorithm's pictures mean, for legends and for the table at /algorithms.

#include "tiler/style/legend.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace relief::style {

/// Sets title, unit and algorithm.
void name_algorithm(Legend& legend, const RasterStyle& style, const RasterDescription& raster);

/// False for what draws lines, or numbers for programs: there is no ramp and no class.
bool has_values(AlgorithmId id) noexcept;

/// The lines, or how a colour is read back.
std::vector<LegendEntry> symbol_entries(const AlgorithmCall& call);

/// The row: name, title, formula, bands, two_dates, range, unit, colours, parameters, paper,
/// validity.
nlohmann::ordered_json to_json(const AlgorithmFacts& facts);

/// {"algorithms": [row, …]}.
std::string algorithms_json();

}  // namespace relief::style
