#pragma once
// The style documents that are part of the program.

#include <span>
#include <string_view>

namespace relief::stylesheet {

/// A file of `styles/`: `id` is its name, `json` a MapLibre style document, version 8. The members
/// `relief:layer` and `relief:classes` of its metadata name the layer that it draws and the table
/// of its classes.
struct ShippedStyle {
    std::string_view id;
    std::string_view folder;
    std::string_view json;
};

/// In the order of their ids.
std::span<const ShippedStyle> shipped_styles() noexcept;

}  // namespace relief::stylesheet
