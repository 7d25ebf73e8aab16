#pragma once
// From numbers to colours: ramps by name or from JSON, and classes.

#include "tiler/core/colour.hpp"
#include "tiler/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relief::style {

/// A continuous ramp over 0..1 (after rescale): 256 colours, position p shows
/// colours[round(p·255)].
struct ColourRamp {
    std::string name;  ///< of a named ramp; empty for one given as JSON
    Palette colours;   ///< exactly 256
};

/// Discrete colours of raw values: an exact value, or a range low <= v < high (the last range of a
/// map includes its high end). Values not named are transparent.
struct ColourClass {
    double low = 0;
    double high = 0;  ///< == low: exactly this value
    Colour colour;
    std::string label;  ///< may be empty
};

struct ColourClasses {
    std::vector<ColourClass> classes;  ///< ascending by low, at most 255
};

using ColourMap = std::variant<ColourRamp, ColourClasses>;

/// The matplotlib and ColorBrewer sets by the names that TiTiler uses (lower case; "_r" reverses).
/// Errors: bad_request naming the text and where the list of names stands.
Result<ColourRamp> named_ramp(std::string_view name);

/// Every name, sorted, without the reversed ones.
const std::vector<std::string>& ramp_names();

/// Reads a name or a JSON document: an object {value or "low,high" or "low-high" or [[low, high],
/// colour] pairs …}.
///  object with numeric keys        {"0": "#rrggbb[aa]" | [r,g,b] | [r,g,b,a], …}       classes
///  array of [[low, high], colour]                                                       classes of
///  ranges
///  {"ramp": [[position 0..1, colour], …]}                                               a ramp
/// Errors: bad_request naming the faulty part; over 255 classes or 64 kB is refused.
Result<ColourMap> parse_colour_map(std::string_view text);

/// "#rgb", "#rrggbb", "#rrggbbaa".
std::optional<Colour> parse_hex_colour(std::string_view text) noexcept;

/// "#rrggbb", or "#rrggbbaa" when not opaque.
std::string to_hex(Colour colour);

}  // namespace relief::style
