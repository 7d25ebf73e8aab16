#include "tiler/expression/characters.hpp"

#include <algorithm>

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

}  // namespace relief::expression
