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
    std::vector<ColourClass> classes;  ///< ascending by low, at most 255, apart
};

using ColourMap = std::variant<ColourRamp, ColourClasses>;

/// The matplotlib and ColorBrewer sets by the names that TiTiler uses (any case; "_r" reverses),
/// and `hypsometric` for heights. Qualitative sets are flat steps.
/// Errors: bad_request naming the text and where the list of names stands.
Result<ColourRamp> named_ramp(std::string_view name);

/// Every name, sorted, without the reversed ones.
const std::vector<std::string>& ramp_names();

/// Reads a name or a JSON document. A colour is "#rgb", "#rrggbb", "#rrggbbaa", [r,g,b] or
/// [r,g,b,a] with whole levels of 0 to 255.
///  {"5": colour, "10,20": colour, "-5--1": colour, …}   classes: values and ranges as keys
///  {"0": colour, …, "255": colour}                      every level: a ramp, as TiTiler has it
///  [[[low, high], colour], …]                           classes of ranges
///  {"ramp": [[position 0..1, colour], …]}               a ramp, positions ascending
/// Errors: bad_request naming the faulty part: what is no colour or number, a key named twice,
///         classes that overlap, none or over 255 of them, over 64 kB.
Result<ColourMap> parse_colour_map(std::string_view text);

/// "#rgb", "#rrggbb", "#rrggbbaa".
std::optional<Colour> parse_hex_colour(std::string_view text) noexcept;

/// "#rrggbb", or "#rrggbbaa" when not opaque.
std::string to_hex(Colour colour);

}  // namespace relief::style
