#include "tiler/expression/characters.hpp"

#include <algorithm>
#include <cstring>

namespace relief::expression {

std::size_t count_characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::size_t byte_after(std::string_view text, std::size_t characters) noexcept {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (begins_character(text[i]) && seen++ == characters) return i;
    return text.size();
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as std::string_view::find has them
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from) noexcept {
    if (from > text.size()) return std::string_view::npos;
    if (part.empty()) return from;
    if (part.size() > text.size() - from) return std::string_view::npos;
    // Two-way search in the C library: string_view::find begins anew at each byte.
    const void* const found =
        ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
    if (found == nullptr) return std::string_view::npos;
    return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace relief::expression
