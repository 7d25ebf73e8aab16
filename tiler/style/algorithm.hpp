#pragma once
// What `algorithm=` offers: each algorithm with its bands, range, colours, paper and validity.

#include "tiler/style/spectral_bands.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::style {

enum class AlgorithmId : std::uint8_t {
    hillshade,
    multidirectional,
    slope,
    aspect,
    contours,
    terrainrgb,
    terrarium,
    ndvi,
    ndwi,
    mndwi,
    nbr,
    ndbi,
    dnbr,
    logratio,
    difference,
    threshold,
};

/// One member of `algorithm_params`. A parameter with choices takes one of these words and is kept
/// as its place among them; a switch (false, true) also takes JSON's own.
struct ParameterFacts {
    std::string_view name;
    std::string_view synonym;  ///< TiTiler's name for it; may be empty
    std::string_view unit;     ///< may be empty
    double fallback = 0;       ///< NaN: none, `meaning` says what then happens
    double low = 0;            ///< least number allowed …
    double high = 0;           ///< … and greatest
    std::string_view meaning;
    std::span<const std::string_view> choices{};
};

/// One row of the table, and all that is told of an algorithm anywhere.
struct AlgorithmFacts {
    AlgorithmId id;
    std::string_view name;
    std::string_view title;
    std::string_view formula;
    std::span<const SpectralBand> bands;  ///< in the order in which `bands=` names them
    bool two_dates = false;               ///< needs an earlier observation: `against=`
    double low = 0;                       ///< range of the results …
    double high = 0;                      ///< … low == high: the data's own
    std::string_view unit;                ///< of the results; empty: none, or the band's
    std::string_view colours;             ///< default ramp by name, or in words
    std::span<const ParameterFacts> parameters{};
    std::string_view paper;
    std::string_view validity;
};

/// The table, in the order in which it is shown.
std::span<const AlgorithmFacts> algorithms() noexcept;

const AlgorithmFacts& facts_of(AlgorithmId id) noexcept;

/// Null when there is none of the name.
const AlgorithmFacts* find_algorithm(std::string_view name) noexcept;

/// "hillshade, multidirectional, …" for refusals.
std::string algorithm_names();

/// Results that are heights written into colours: a picture for programs, of no use with loss.
constexpr bool encodes_heights(AlgorithmId id) noexcept {
    return id == AlgorithmId::terrainrgb || id == AlgorithmId::terrarium;
}

/// Works on heights and their neighbours, not cell by cell.
constexpr bool is_terrain(AlgorithmId id) noexcept {
    return id <= AlgorithmId::terrarium;
}

/// An algorithm with all of its parameters: given or by default.
/// Shape: values[i] belongs to facts().parameters[i].
struct AlgorithmCall {
    AlgorithmId id = AlgorithmId::hillshade;
    std::vector<double> values;

    const AlgorithmFacts& facts() const noexcept { return facts_of(id); }
    /// NaN when the algorithm has no such parameter, or nothing was given and there is no default.
    double value(std::string_view parameter) const noexcept;
    /// Empty when there is no such parameter or it has no choices.
    std::string_view choice(std::string_view parameter) const noexcept;
};

}  // namespace relief::style
